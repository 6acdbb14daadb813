"""Reels of real pictures with passages of known places, for measuring only: dissolves, fades, cuts; and what is none.

What is none: photographers' flashes, changes of light, pans faster than anybody makes them, a hand before the face,
and the clips as they are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.cuts import CutDetector, thumbnail
from pipeline.analysis.dissolves import Dissolve, tiny
from pipeline.analysis.shots import Shots, shots_in
from pipeline.errors import FrameUnreadable
from pipeline.imaging.arrays import ImageU8
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate

FULL = 24
"""Frames of a shot between two passages."""

Small = NDArray[np.float32]
"""(36, 64, 3) thumbnail."""


@dataclass
class Reel:
    """Thumbnails in a row, and what lies where."""

    pictures: list[Small] = field(default_factory=list)
    dissolves: list[Dissolve] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)

    def shot(self, pictures: Sequence[Small]) -> None:
        """More of the running shot."""
        self.pictures.extend(pictures)

    def cut(self, pictures: Sequence[Small]) -> None:
        """A new shot at once."""
        self.cuts.append(len(self.pictures))
        self.pictures.extend(pictures)

    def dissolve(self, old: Sequence[Small], new: Sequence[Small], fade: bool = False) -> None:
        """Both go on while one passes over into the other; as many frames as `old` has."""
        count = len(old)
        first = len(self.pictures)
        for k, (a, b) in enumerate(zip(old, new, strict=True)):
            share = np.float32((k + 1) / (count + 1))
            self.pictures.append((1 - share) * a + share * b)
        self.dissolves.append(Dissolve(first, first + count, fade))

    def found(self) -> Shots:
        """What analysis finds; the first frame's cut is left out."""
        detector = CutDetector()
        cuts = [t for t, small in enumerate(self.pictures) if detector.starts_shot(small)]
        shots = shots_in(np.stack([tiny(each) for each in self.pictures]), cuts)
        return Shots(shots.cuts[1:], shots.dissolves)


def clip_thumbnails(path: Path) -> list[Small]:
    """Every frame of a clip."""
    with open_plate(path) as reader:
        view = view_of(reader.info)
        planes = reader.frames(0, reader.info.frames)
        return [thumbnail(view.rgb8(each)) for each in planes if not isinstance(each, FrameUnreadable)]


def panned(picture: ImageU8, frames: int, still: int) -> list[Small]:
    """A pan over three quarters of a picture in `frames`, with `still` frames before and after it."""
    height, width = picture.shape[:2]
    window = width // 4
    places = np.concatenate([np.zeros(still), np.linspace(0, width - window, frames), np.full(still, width - window)])
    tall = min(height, window * 9 // 16)
    top = (height - tall) // 2
    return [thumbnail(picture[top : top + tall, int(x) : int(x) + window]) for x in places]


def flashed(pictures: Sequence[Small], at: int, frames: int) -> list[Small]:
    """The pictures with a flash over `frames` of them, strongest at first."""
    lit = [each.copy() for each in pictures]
    for k in range(frames):
        lit[at + k] = np.clip(lit[at + k] * (1 + 3 * (1 - k / frames)) + 90 * (1 - k / frames), 0, 255)
    return lit


def relit(pictures: Sequence[Small], gain: Callable[[float], float]) -> list[Small]:
    """The pictures under light that changes; `gain` of the time 0..1."""
    return [np.clip(each * gain(k / (len(pictures) - 1)), 0, 255) for k, each in enumerate(pictures)]
