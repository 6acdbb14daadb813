"""Mattes of neighbouring frames made one: the picture's motion carries each into the next.

A matte cut frame by frame trembles at its edge, and where the joints were lost there is none. Carried along dense
flow, the neighbours' mattes calm the edge and fill the gap from both sides; where the flow cannot explain the
picture, they count little.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8, Matte, MatteU8, Rect
from pipeline.imaging.flow import FlowRegion, dense_flow


@dataclass(frozen=True, slots=True)
class CarrySettings:
    """How neighbours count."""

    neighbour: float = 0.5
    """Weight of a neighbour's matte against the frame's own."""
    doubtful_own: float = 0.15
    """Weight of a frame's own matte where its joints are doubtful."""
    residual: float = 10.0
    """Difference between the picture and the carried neighbour, grey levels, at which it counts e⁻¹."""
    residual_blur: float = 2.0
    """Gaussian over that difference, working pixels."""
    agree: float = 0.93
    """Intersection over union of own and carried matte from which the carried one counts in full."""
    disagree: float = 0.8
    """And under which it does not count at all."""
    carry_from: float = 0.03
    """A matte with a smaller mean over its rectangle is not carried into a gap."""
    contrast: float = 1.25
    """What averaging took from the edge's contrast is given back."""


class FrameMatte(NamedTuple):
    """One frame on the working grid, inside `rect`: grey picture, matte (None where none was cut), and trust in it."""

    rect: Rect
    gray: ImageU8
    matte: MatteU8 | None
    sure: bool


def fill_gaps(frames: Sequence[FrameMatte], settings: CarrySettings) -> list[FrameMatte]:
    """Gives frames without a matte one carried from both sides, weighted by nearness. Such a frame is not `sure`.

    A matte is carried only while it is sizeable: a hand that was leaving when it was lost is gone.
    """
    forward = _carry_along(frames, settings)
    backward = _carry_along(frames[::-1], settings)[::-1]
    filled = list(frames)
    for i, frame in enumerate(frames):
        if frame.matte is None:
            matte = _blend(forward[i], backward[i], frame.gray.shape)
            filled[i] = frame._replace(matte=matte, sure=False)
    return filled


class _Carried(NamedTuple):
    matte: Matte | None
    age: int


def _carry_along(frames: Sequence[FrameMatte], settings: CarrySettings) -> list[_Carried]:
    out: list[_Carried] = []
    for i, frame in enumerate(frames):
        last = out[-1] if out else _Carried(None, 0)
        if frame.matte is not None:
            out.append(_Carried(_unit(frame.matte), 0))
        elif last.matte is None or last.matte.mean() < settings.carry_from:
            out.append(_Carried(None, 0))
        else:
            before = frames[i - 1]._replace(matte=to_u8(last.matte))
            out.append(_Carried(carried(before, frame, settings.residual_blur)[0], last.age + 1))
    return out


def _blend(one: _Carried, other: _Carried, shape: tuple[int, ...]) -> MatteU8:
    given = [(1.0 / max(1, c.age), c.matte) for c in (one, other) if c.matte is not None]
    if not given:
        return np.zeros(shape, np.uint8)
    total = sum(weight for weight, _ in given)
    return to_u8(np.asarray(sum(weight / total * matte for weight, matte in given), np.float32))


def calm(before: FrameMatte | None, frame: FrameMatte, after: FrameMatte | None, settings: CarrySettings) -> Matte:
    """The frame's matte (h, w) 0..1, averaged with what the neighbours' mattes become in it.

    Where the motion explains both neighbours well, the median of the three stands instead: what only one of them
    shows, a spur towards a nostril or a lip, is no part of the hand.
    """
    zero = np.zeros(frame.gray.shape, np.float32)
    own = np.float32(1.0 if frame.sure else settings.doubtful_own)
    mine = _unit(frame.matte) if frame.matte is not None else zero
    (earlier, trust_earlier), (later, trust_later) = (_seen_here(each, frame, settings) for each in (before, after))
    total = own + settings.neighbour * (trust_earlier + trust_later)
    mean = (own * mine + settings.neighbour * (trust_earlier * earlier + trust_later * later)) / total
    mean = np.clip((mean - 0.5) * settings.contrast + 0.5, 0.0, 1.0)
    low, high = np.minimum(earlier, later), np.maximum(earlier, later)
    agreed = np.minimum(trust_earlier, trust_later)
    return np.asarray(mean + agreed * (np.clip(mine, low, high) - mean), np.float32)


def _seen_here(neighbour: FrameMatte | None, frame: FrameMatte, settings: CarrySettings) -> tuple[Matte, Matte]:
    """The neighbour's matte carried into the frame, and how far it may be trusted there, 0..1."""
    if neighbour is None or neighbour.matte is None:
        zero = np.zeros(frame.gray.shape, np.float32)
        return zero, zero
    moved, residual = carried(neighbour, frame, settings.residual_blur)
    trust = 1.0 if neighbour.sure else settings.doubtful_own
    if frame.sure and frame.matte is not None:
        trust *= _agreement(_unit(frame.matte), moved, settings)
    return moved, np.asarray(trust * np.exp(-((residual / settings.residual) ** 2)), np.float32)


def _agreement(mine: Matte, moved: Matte, settings: CarrySettings) -> float:
    """Trust 0..1 in a carried matte by how far it agrees with the frame's own.

    Skin that a fast hand uncovers fits skin elsewhere: the picture alone does not tell that the flow went wrong.
    """
    union = float(np.maximum(mine, moved).sum())
    share = float(np.minimum(mine, moved).sum()) / union if union > 0 else 1.0
    return float(np.clip((share - settings.disagree) / (settings.agree - settings.disagree), 0.0, 1.0))


def carried(source: FrameMatte, target: FrameMatte, residual_blur: float) -> tuple[Matte, NDArray[np.float32]]:
    """The source's matte where the flow takes it in the target, and how badly its picture fits there (grey levels)."""
    height, width = target.gray.shape
    shift = np.array([target.rect.x0 - source.rect.x0, target.rect.y0 - source.rect.y0], np.float32)
    seen = _shifted(source.gray, shift, (width, height))
    flow = dense_flow(target.gray, seen, FlowRegion(Rect(0, 0, width, height), 1.0))
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    x, y = columns + flow[..., 0], rows + flow[..., 1]
    assert source.matte is not None
    matte = cv2.remap(source.matte, x + shift[0], y + shift[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    there = cv2.remap(seen, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    difference = cv2.GaussianBlur(np.asarray(cv2.absdiff(there, target.gray), np.float32), (0, 0), residual_blur)
    return _unit(np.asarray(matte, np.uint8)), np.asarray(difference, np.float32)


def _shifted(gray: ImageU8, shift: NDArray[np.float32], size: tuple[int, int]) -> ImageU8:
    """The picture as seen through a window of `size` moved by whole pixels; edges repeated."""
    matrix = np.array([[1, 0, -shift[0]], [0, 1, -shift[1]]], np.float32)
    moved = cv2.warpAffine(gray, matrix, size, flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)


def _unit(matte: MatteU8) -> Matte:
    return np.asarray(matte, np.float32) / np.float32(255)


def to_u8(matte: Matte) -> MatteU8:
    """Coverage 0..1 as 0..255."""
    return np.asarray(np.rint(np.clip(matte, 0.0, 1.0) * 255.0), np.uint8)
