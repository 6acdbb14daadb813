"""Shots: hard cuts, dissolves and fades of known places, and what must not be taken for one."""

from collections.abc import Sequence
from itertools import permutations

import numpy as np

from pipeline.jobs.bench_media import BenchMedia
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.jobs.shot_reel import FULL, Reel, Small, clip_thumbnails, flashed, panned, relit
from pipeline.media.photo import read_photo
from pipeline.quality.bars import Bar
from pipeline.quality.shot_agreement import passages_hit

CLIPS = ("WolfgangLanger_Pexels.mp4", "single_face.mp4", "synthetic_talker.mp4")
PHOTOS = ("multi_face.jpg", "single_face.jpg")
LENGTHS = (4, 6, 8, 12, 16, 24, 36, 48, 60)
FLASHES = (1, 2, 4, 6, 8)
PANS = (8, 12, 16, 24, 36)
LIGHTS = (0.15, 0.3, 2.0, 3.0)
COLUMNS = ("reels", "there", "found", "recall", "precision", "false_cuts", "false_dissolves")
NOTES = (
    "pictures of real clips, mixed as a dissolve mixes them, not encoded again; a dissolve counts where half of the",
    "  longer one's frames are shared; pans: over three quarters of a photo in 8 to 36 frames",
)


def bench_shots(media: BenchMedia) -> BenchTable:
    """A row for each kind of passage, one for each kind of what is none."""
    clips = [clip_thumbnails(media.path(name)) for name in CLIPS]
    full = {"recall": Bar(">=", 0.95), "precision": Bar(">=", 0.95)}
    none = {"false_cuts": Bar("<=", 0), "false_dissolves": Bar("<=", 0)}
    photos = [read_photo(media.path(name)) for name in PHOTOS]
    rows = [
        _row("dissolves of 4 to 60 frames", _dissolves(clips), full),
        _row("fades out and in, 6 to 48", _fades(clips), full),
        _row("hard cuts", _cuts(clips), full),
        _row("the clips as they are", _plain(clips), none),
        _row("flashes of 1 to 8 frames", [_shot(flashed(clip[:60], 25, n)) for clip in clips for n in FLASHES], none),
        _row("changes of light", [_shot(_lit(clip, gain)) for clip in clips for gain in LIGHTS], none),
        _row("pans", [_shot(panned(photo, n, FULL)) for photo in photos for n in PANS], none),
    ]
    return BenchTable("shots", "Shots", COLUMNS, rows, NOTES)


def _row(label: str, reels: Sequence[Reel], bars: dict[str, Bar]) -> BenchRow:
    there = hit = right = told = false_cuts = false_dissolves = 0
    for reel in reels:
        shots = reel.found()
        cuts = set(shots.cuts) & set(reel.cuts)
        found, true = passages_hit(shots.dissolves, reel.dissolves)
        there += len(reel.cuts) + len(reel.dissolves)
        hit += len(cuts) + found
        right += len(cuts) + true
        told += len(shots.cuts) + len(shots.dissolves)
        false_cuts += len(shots.cuts) - len(cuts)
        false_dissolves += len(shots.dissolves) - true
    figures = {
        "reels": float(len(reels)),
        "there": float(there),
        "found": float(hit),
        "recall": hit / there if there else float("nan"),
        "precision": right / told if told and there else float("nan"),
        "false_cuts": float(false_cuts),
        "false_dissolves": float(false_dissolves),
    }
    return BenchRow(label, figures, bars)


def _looped(clip: Sequence[Small], frames: int) -> list[Small]:
    """The clip forwards and back, for as long as is needed."""
    there_and_back = [*clip, *clip[-2:0:-1]]
    return [there_and_back[k % len(there_and_back)] for k in range(frames)]


def _dissolves(clips: Sequence[Sequence[Small]]) -> list[Reel]:
    reels = []
    for a, b in permutations(clips, 2):
        for length in LENGTHS:
            old, new = _looped(a, FULL + length), _looped(b, FULL + length)
            reel = _shot(old[:FULL])
            reel.dissolve(old[FULL:], new[:length])
            reel.shot(new[length:])
            reels.append(reel)
    return reels


def _fades(clips: Sequence[Sequence[Small]]) -> list[Reel]:
    reels = []
    for clip in clips:
        for length in (6, 12, 24, 48):
            for colour in (0.0, 255.0):
                plain: list[Small] = [np.full_like(clip[0], colour)] * length
                pictures = _looped(clip, 2 * FULL + 2 * length)
                reel = _shot(pictures[:FULL])
                reel.dissolve(pictures[FULL : FULL + length], plain, fade=True)
                reel.shot(plain[:4] * 3)
                reel.dissolve(plain, pictures[FULL + length : FULL + 2 * length], fade=True)
                reel.shot(pictures[FULL + 2 * length :])
                reels.append(reel)
    return reels


def _cuts(clips: Sequence[Sequence[Small]]) -> list[Reel]:
    reels = []
    for a, b in permutations(clips, 2):
        for at in (0, 11, 30):
            reel = _shot(a[at : at + FULL])
            reel.cut(b[at : at + FULL])
            reels.append(reel)
    return reels


def _plain(clips: Sequence[Sequence[Small]]) -> list[Reel]:
    return [_shot(clip) for clip in clips]


def _shot(pictures: Sequence[Small]) -> Reel:
    reel = Reel()
    reel.shot(pictures)
    return reel


def _lit(clip: Sequence[Small], gain: float) -> list[Small]:
    """Light that changes over a second, and stays."""
    pictures = _looped(clip, 3 * FULL)
    changing = relit(pictures[FULL : 2 * FULL], lambda t: 1 + (gain - 1) * t)
    return [*pictures[:FULL], *changing, *relit(pictures[2 * FULL :], lambda t: gain)]
