"""Reading a blind review: files of viewers against the key, as opinions of plate and result."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np

from pipeline.errors import MediaUnreadable
from pipeline.jobs.review_key import QUESTIONS, Kind, ReviewClip, ReviewKey, ViewerScores, read_key, read_scores
from pipeline.quality.bootstrap import Interval
from pipeline.quality.measures import finite
from pipeline.quality.review_scores import Scores, krippendorff_alpha, mean_opinion, opinion_interval

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Opinion:
    """Mean opinion 1..5 of `given` scores, with its interval and the viewers' agreement (Krippendorff's alpha)."""

    mean: float
    interval: Interval | None
    alpha: float | None
    given: int

    def values(self) -> dict[str, Any]:
        """As JSON values."""
        interval = None if self.interval is None else list(self.interval)
        return {"mean": finite(self.mean), "interval": interval, "alpha": self.alpha, "given": self.given}


@dataclass(frozen=True, slots=True)
class KeyframeOpinion:
    """Mean opinion of plate and result around one keyframe, by question."""

    frame: int
    reason: str
    plate: dict[str, float]
    result: dict[str, float]


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """What a review says. `opinions`: by question, of plate and of result."""

    viewers: tuple[str, ...]
    opinions: dict[str, dict[Kind, Opinion]]
    keyframes: tuple[KeyframeOpinion, ...]

    def values(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "viewers": list(self.viewers),
            "questions": {
                name: {kind: opinion.values() for kind, opinion in each.items()} for name, each in self.opinions.items()
            },
            "keyframes": [
                {
                    "frame": each.frame,
                    "reason": each.reason,
                    "plate": {name: finite(value) for name, value in each.plate.items()},
                    "result": {name: finite(value) for name, value in each.result.items()},
                }
                for each in self.keyframes
            ],
        }


def read_review(key_file: Path, score_files: Sequence[Path]) -> ReviewReport:
    """What the viewers say.

    Raises MediaNotFound, MediaUnreadable: a file that is none of this review, or a viewer's second one.
    """
    key = read_key(key_file)
    viewers: dict[str, ViewerScores] = {}
    for path in score_files:
        found = read_scores(path, key)
        if found.viewer in viewers:
            raise MediaUnreadable(f"{path} is a second file of {found.viewer}. Give one file a viewer.")
        viewers[found.viewer] = found
    ordered = [viewers[name] for name in sorted(viewers)]
    by_kind = {kind: [clip for clip in key.clips if clip.kind == kind] for kind in KINDS}
    opinions = {
        name: {kind: _opinion(_scores(ordered, clips, name)) for kind, clips in by_kind.items()}
        for name, _ in QUESTIONS
    }
    return ReviewReport(tuple(sorted(viewers)), opinions, _by_keyframe(ordered, key))


def _by_keyframe(viewers: Sequence[ViewerScores], key: ReviewKey) -> tuple[KeyframeOpinion, ...]:
    reasons = {clip.frame: clip.reason for clip in sorted(key.clips, key=lambda each: each.frame)}

    def means(frame: int, kind: Kind) -> dict[str, float]:
        clips = [clip for clip in key.clips if clip.frame == frame and clip.kind == kind]
        return {name: mean_opinion(_scores(viewers, clips, name)) for name, _ in QUESTIONS}

    return tuple(
        KeyframeOpinion(frame, reason, means(frame, "plate"), means(frame, "result"))
        for frame, reason in reasons.items()
    )


def _scores(viewers: Sequence[ViewerScores], clips: Sequence[ReviewClip], question: str) -> Scores:
    """(viewers, clips) of one question."""
    names = [clip.name for clip in clips]
    rows = [[viewer.scores.get(name, {}).get(question) for name in names] for viewer in viewers]
    filled = [[np.nan if score is None else float(score) for score in row] for row in rows]
    return np.array(filled, np.float64).reshape(len(viewers), len(names))


def _opinion(scores: Scores) -> Opinion:
    return Opinion(
        mean_opinion(scores), opinion_interval(scores), krippendorff_alpha(scores), int(np.isfinite(scores).sum())
    )
