"""Keyframes read by eye, and how well proposed frames agree with them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from pipeline.errors import MediaNotFound, MediaUnreadable

NEAR = 3
"""Frames that a proposal may lie beside an event."""


@dataclass(frozen=True, slots=True)
class KeyframeLabels:
    """Frames of one clip at which something happens; `covered` (first, last) has something before the face."""

    clip: str
    events: tuple[int, ...]
    covered: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How proposals and events meet within NEAR frames.

    `recall`: share of events with a proposal near them; `precision`: share of proposals with an event near them;
    `paired_recall`, `paired_precision`: the same with each proposal and event used once.
    """

    recall: float
    precision: float
    paired_recall: float
    paired_precision: float


def load_keyframe_labels(path: Path) -> KeyframeLabels:
    """The labels of a JSON file; entries that aren't marked as events (`use`) are left out.

    Raises
    ------
    MediaNotFound, MediaUnreadable
    """
    if not path.is_file():
        raise MediaNotFound(f"There are no keyframe labels at {path}. Give the folder that holds them.")
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        events = tuple(int(each["frame"]) for each in document["events"] if each["use"] == "event")
        span = document.get("hand_overlaps_face")
        covered = None if span is None else (int(span[0]), int(span[1]))
        return KeyframeLabels(str(document["clip"]), events, covered)
    except (KeyError, TypeError, ValueError) as cause:
        raise MediaUnreadable(f"The keyframe labels in {path} cannot be read ({cause!r}). Restore the file.") from cause


def agreement(proposed: Sequence[int], events: Sequence[int]) -> Agreement:
    """Proposed frames against events; without either, nothing is met."""
    if not proposed or not events:
        return Agreement(0.0, 0.0, 0.0, 0.0)
    near = np.abs(np.subtract.outer(np.array(proposed), np.array(events))) <= NEAR
    pairs = int(near[linear_sum_assignment(near, maximize=True)].sum())
    return Agreement(
        float(near.any(axis=0).mean()), float(near.any(axis=1).mean()), pairs / len(events), pairs / len(proposed)
    )


def random_agreement(count: int, frames: int, events: Sequence[int], draws: int = 500) -> Agreement:
    """The mean over draws of `count` different frames out of `frames`, each as likely; the same at every call."""
    random = np.random.default_rng(0)
    found = [agreement(random.choice(frames, count, replace=False).tolist(), events) for _ in range(draws)]
    values: NDArray[np.float64] = np.array([[getattr(each, name) for name in _FIELDS] for each in found])
    return Agreement(*values.mean(axis=0).tolist())


_FIELDS = tuple(Agreement.__dataclass_fields__)
