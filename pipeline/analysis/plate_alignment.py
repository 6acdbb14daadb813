"""Two versions of a plate laid side by side by their pictures: which frames of the one are which of the other.

Works on small grey pictures of every frame. Where shots hold still, neighbouring frames look alike, and only what moves
tells where one is: offsets are proposed by the correlation of what changes, and a path through the proposals (Viterbi
1967) decides frame by frame by picture and movement, a change of offset having its price.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from pipeline.analysis.cuts import sampling_step, thumbnail
from pipeline.analysis.picture import Picture
from pipeline.errors import Cancelled, FrameUnreadable
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.project.plate_map import PlateMap, Stretch

SMALL = (36, 64)
SmallPictures = NDArray[np.float16]
"""(T, 36, 64) display-referred grey, 0..255."""

LEAST_FRAMES = 6
"""A shorter run proves nothing."""
_WINDOW = 48
"""Frames that propose an offset together."""
_PROJECTED = 48
_MOST_OFFSETS = 24
_SWITCH = 10.0
"""What a change of offset costs."""
_MOVEMENT = 4.0
"""What movement that isn't the same costs a frame; the picture's usual difference costs 1."""
_STRANGE = 8.0
"""How many times the usual difference a frame has that isn't there at all."""
_STRANGE_BOUNDS = (0.01, 0.15)
_STILL = 1.0
"""Levels of movement, as a root mean square, under which a picture says nothing by it."""


def small_pictures(
    reader: PlateReader,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> SmallPictures:
    """Those of a whole plate; a frame that can't be read has the one before. Raises Cancelled."""
    view, found = view_of(reader.info), np.zeros((reader.info.frames, *SMALL), np.float16)
    for frame, planes in enumerate(reader.frames()):
        if cancelled():
            raise Cancelled("Stopped while the plates were compared; the project is as it was.")
        if isinstance(planes, FrameUnreadable):
            found[frame] = found[max(0, frame - 1)]
        else:
            picture = Picture(planes, view)
            found[frame] = thumbnail(picture.sparse(sampling_step(*picture.size))).mean(axis=2)
        progress(frame + 1, reader.info.frames)
    return found


def align(old: SmallPictures, new: SmallPictures) -> PlateMap:
    """The stretches of `old` that are in `new`, in the order of both, whatever was cut out, added or graded."""
    moving = _movement(old), _movement(new)
    offsets = _proposed(*moving)
    pictures = _unit(old), _unit(new)
    away = np.stack([_away(*pictures, each) for each in offsets])
    moved = np.stack([_away(*moving, each) for each in offsets])
    usual = float(np.percentile(away.min(axis=0), 25)) + 2e-4
    alike = float(np.clip(_STRANGE * usual, *_STRANGE_BOUNDS))
    strange = alike / usual + _MOVEMENT
    costs = np.minimum(away / usual + _MOVEMENT * moved, 4 * strange)
    chosen = _path(np.concatenate([costs, np.full((1, len(old)), strange)]))

    def differ(one: int, other: int) -> float:
        return 1.0 - float(pictures[0][one] @ pictures[1][other])

    found = _in_order(_parted(_stretches(chosen, offsets), differ), min(LEAST_FRAMES, len(old), len(new)))
    return PlateMap(stretches=_grown(found, lambda one, other: differ(one, other) < alike, len(old), len(new)))


def _movement(pictures: SmallPictures) -> NDArray[np.float32]:
    """(T, n) how each picture differs from those around it, at unit length; near 0 where it stands still."""
    flat = pictures.reshape(len(pictures), -1).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    flat -= uniform_filter1d(flat, min(_WINDOW // 2 + 1, len(flat)), axis=0, mode="nearest")
    lengths = np.linalg.norm(flat, axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(lengths, _STILL * flat.shape[1] ** 0.5), np.float32)


def _unit(pictures: SmallPictures) -> NDArray[np.float32]:
    """(T, n) each picture without its mean, at unit length; the noise of a black one stays small."""
    flat = pictures.reshape(len(pictures), -1).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(flat, axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(lengths, _STILL * flat.shape[1] ** 0.5), np.float32)


def _proposed(old: NDArray[np.float32], new: NDArray[np.float32]) -> list[int]:
    """Offsets at which what moves in some part of the old plate moves in the new one, the most likely first."""
    mixed = np.random.default_rng(7).standard_normal((old.shape[1], _PROJECTED)).astype(np.float32)
    one, other = old @ mixed, new @ mixed
    size = 1 << int(np.ceil(np.log2(len(new) + _WINDOW)))
    spectrum = np.fft.rfft(other, size, axis=0)
    votes: dict[int, float] = {}
    for start in range(0, len(old), _WINDOW // 2):
        part = one[start : start + _WINDOW]
        score = np.fft.irfft((np.conj(np.fft.rfft(part, size, axis=0)) * spectrum).sum(axis=1), size)
        score /= float(np.linalg.norm(part)) + 1e-6
        for at in np.argsort(score)[-3:].tolist():
            shift = at - size if at > len(new) else at
            votes[shift - start] = votes.get(shift - start, 0.0) + float(score[at])
    likely = sorted(votes, key=lambda each: -votes[each])[:_MOST_OFFSETS]
    # What doesn't move at all, as a still, proposes nothing.
    return likely if 0 in likely else [*likely, 0]


def _away(old: NDArray[np.float32], new: NDArray[np.float32], offset: int) -> NDArray[np.float64]:
    """(T,) 0..2 one minus the correlation of each old row with the new one at an offset; 2 where there is none."""
    found = np.full(len(old), 2.0)
    frames = slice(max(0, -offset), max(0, min(len(old), len(new) - offset)))
    other = slice(frames.start + offset, frames.stop + offset)
    if frames.stop > frames.start:
        found[frames] = 1.0 - np.einsum("ij,ij->i", old[frames], new[other])
    return found


def _path(costs: NDArray[np.float64]) -> NDArray[np.intp]:
    """(T,) the cheapest row of `costs` (K, T) for every column, a change of row costing `_SWITCH`."""
    rows, columns = costs.shape
    came = np.zeros((columns, rows), np.intp)
    total = costs[:, 0].copy()
    for i in range(1, columns):
        best = int(np.argmin(total))
        stays = total <= total[best] + _SWITCH
        came[i] = np.where(stays, np.arange(rows), best)
        total = np.where(stays, total, total[best] + _SWITCH) + costs[:, i]
    chosen = np.zeros(columns, np.intp)
    chosen[-1] = int(np.argmin(total))
    for i in range(columns - 1, 0, -1):
        chosen[i - 1] = came[i, chosen[i]]
    return chosen


def _stretches(chosen: NDArray[np.intp], offsets: Sequence[int]) -> list[Stretch]:
    """Runs of one offset."""
    edges = [0, *(np.flatnonzero(np.diff(chosen)) + 1).tolist(), len(chosen)]
    return [
        Stretch(old=start, new=start + offsets[chosen[start]], length=stop - start)
        for start, stop in pairwise(edges)
        if chosen[start] < len(offsets)
    ]


def _parted(found: Sequence[Stretch], differ: Callable[[int, int], float]) -> list[Stretch]:
    """The stretches; new frames that one and the next one claim go to whichever they resemble more, up to one frame."""
    parted: list[Stretch] = []
    for each in found:
        last = parted[-1] if parted else None
        if last is not None and last.new < each.new < last.new + last.length <= each.new + each.length:
            claimed = range(each.new, last.new + last.length)
            gains = [differ(frame - each.offset, frame) - differ(frame - last.offset, frame) for frame in claimed]
            first = int(np.argmax(np.cumsum([0.0, *gains])))
            parted[-1] = Stretch(old=last.old, new=last.new, length=each.new + first - last.new)
            each = Stretch(old=each.old + first, new=each.new + first, length=each.length - first)
        if each.length:
            parted.append(each)
    return parted


def _in_order(found: Sequence[Stretch], least: int) -> tuple[Stretch, ...]:
    """Those that go on in the new plate as in the old one: the longest first, others as far as they fit between."""
    kept: list[Stretch] = []
    for each in sorted(found, key=lambda one: -one.length):
        before = max((one.new + one.length for one in kept if one.old < each.old), default=0)
        after = min((one.new for one in kept if one.old > each.old), default=each.new + each.length)
        late = max(0, before - each.new)
        length = min(each.length, after - each.new) - late
        if length >= least:
            kept.append(Stretch(old=each.old + late, new=each.new + late, length=length))
    return tuple(sorted(kept, key=lambda one: one.old))


def _grown(
    found: Sequence[Stretch], alike: Callable[[int, int], bool], old_frames: int, new_frames: int
) -> tuple[Stretch, ...]:
    """The stretches with the frames before and after them that nothing else takes and that show the same.

    Near an end, movement is judged against other frames than in the other plate, and may have been taken for strange.
    """
    grown: list[Stretch] = []
    for number, each in enumerate(found):
        old, new, length = each.old, each.new, each.length
        last = grown[-1] if grown else Stretch(old=0, new=0, length=0)
        while old > last.old + last.length and new > last.new + last.length and alike(old - 1, new - 1):
            old, new, length = old - 1, new - 1, length + 1
        following = found[number + 1] if number + 1 < len(found) else Stretch(old=old_frames, new=new_frames, length=0)
        while old + length < following.old and new + length < following.new and alike(old + length, new + length):
            length += 1
        grown.append(Stretch(old=old, new=new, length=length))
    return tuple(grown)
