"""Keyframes: proposals against frames read by eye, beside the plain change script and chance; and what signals cost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from pipeline.analysis.action_units import CHANNEL_NAMES, REGIONS
from pipeline.analysis.change import CHANGED_FROM
from pipeline.analysis.journal import Journal
from pipeline.analysis.keyframes import propose_keyframes
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.plate_sound import FrameSound, shown_last
from pipeline.analysis.shots import shots_of
from pipeline.analysis.signals import FaceSignals, face_signals
from pipeline.analysis.speakers import with_speech
from pipeline.engines.faces import FaceSolve
from pipeline.jobs.bench_media import ROOT, BenchMedia
from pipeline.jobs.bench_signals import signal_cost
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.jobs.plate_sound import hear_plate
from pipeline.media.reader import open_plate
from pipeline.project.detection import DetectionOptions
from pipeline.project.proposal import Proposal
from pipeline.quality.bars import Bar
from pipeline.quality.keyframe_labels import (
    Agreement,
    KeyframeLabels,
    agreement,
    load_keyframe_labels,
    random_agreement,
)

DATA = ROOT / "tests" / "data"
TUNED = DATA / "media" / "WolfgangLanger_Pexels.keyframes.json"
HELD_OUT = (DATA / "labels" / "single_face.keyframes.json", DATA / "labels" / "synthetic_talker.keyframes.json")
COSTS = (("360p", TUNED, 1.0, 3.0), ("1080p", HELD_OUT[1], 2.0, None))
"""Label, labelled clip, most milliseconds, least ratio; none at 1080p, where decode is more than half of the script."""
MICRO_RISE, MICRO_FRAMES, MICRO_STEP = 0.15, 8, 6
NOTES = (
    "recall, precision: within 3 frames; paired: every proposal and event used once",
    f"inserted: the left dimple (AU14) rises by {MICRO_RISE} and falls in {MICRO_FRAMES} frames, where lips count",
    "micro_found, keyed_found: share found as a micro-expression, and with a keyframe of any kind",
    "cpu_ms: change of picture and face, sound_ms, signals and proposals, beyond decode, landmarks and solve",
    "sound_ms: the sound heard and laid on the frames, without its decoding; no film here holds speech",
    "decode_ms, ssim_ms, script_ms: decode alone; decode and change of the picture by us, and by the plain script",
)
COLUMNS = (
    "recall", "precision", "paired_recall", "paired_precision", "proposed", "mouth_covered", "micro_per_minute",
    "micro_found", "keyed_found", "cpu_ms", "sound_ms", "decode_ms", "ssim_ms", "script_ms", "ratio",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Clip:
    plate: Path
    labels: KeyframeLabels
    track: TrackObservations
    solve: FaceSolve
    times: Sequence[Fraction]
    journal: Journal
    sound: FrameSound | None

    def signals(self) -> FaceSignals:
        seen = face_signals(self.track, self.solve, self.times, shots_of(self.journal), self.journal.change())
        return seen if self.sound is None else with_speech([seen], self.sound, float(shown_last(self.times)))[0]


def bench_keyframes(media: BenchMedia) -> BenchTable:
    """A row a labelled clip with its baselines, one for inserted micro-expressions, and one a size for the cost."""
    clips = {path: _clip(media, path) for path in (TUNED, *HELD_OUT)}
    tuned = clips[TUNED]
    proposals = propose_keyframes(tuned.signals(), DetectionOptions())
    rows = [_found(tuned, proposals, {"recall": Bar(">=", 0.85), "precision": Bar(">=", 0.7)})]
    rows += _baselines(tuned, len(proposals))
    rows += [_found(clips[path], propose_keyframes(clips[path].signals(), DetectionOptions()), {}) for path in HELD_OUT]
    rows.append(_inserted(tuned.signals()))
    for label, path, limit, ratio in COSTS:
        clip = clips[path]
        rows.append(signal_cost(label, clip.plate, clip.track, clip.signals, media.pool, limit, ratio))
    return BenchTable("keyframes", "Keyframes", COLUMNS, rows, NOTES)


def _clip(media: BenchMedia, path: Path) -> _Clip:
    labels = load_keyframe_labels(path)
    plate = media.path(labels.clip)
    track, journal, times = media.observed(plate)
    events = tuple(frame for frame in labels.events if frame < media.stop(plate))
    with open_plate(plate) as reader:
        sound = hear_plate(reader, media.pool, None, media.progress, media.cancelled)
    return _Clip(plate, replace(labels, events=events), track, media.solve(plate), times, journal, sound)


def _figures(found: Agreement, count: int) -> dict[str, float]:
    return {
        "recall": found.recall,
        "precision": found.precision,
        "paired_recall": found.paired_recall,
        "paired_precision": found.paired_precision,
        "proposed": float(count),
    }


def _found(clip: _Clip, proposals: Sequence[Proposal], bars: dict[str, Bar]) -> BenchRow:
    frames = [each.frame for each in proposals]
    figures = _figures(agreement(frames, clip.labels.events), len(frames))
    minutes = float(clip.times[-1] - clip.times[0]) / 60.0
    figures["micro_per_minute"] = sum(each.kind == "micro" for each in proposals) / max(minutes, 1e-9)
    if clip.labels.covered is not None:
        first, last = clip.labels.covered
        inside = [each for each in proposals if first <= each.frame <= last and each.region == "mouth"]
        figures["mouth_covered"] = float(len(inside))
        bars = {**bars, "mouth_covered": Bar("<=", 0)}
    return BenchRow(Path(clip.labels.clip).stem, figures, bars)


def _baselines(clip: _Clip, count: int) -> list[BenchRow]:
    events = clip.labels.events
    change = np.nan_to_num(clip.journal.change())
    script = np.flatnonzero(change > CHANGED_FROM).tolist()
    strongest = np.argsort(-change, kind="stable")[:count].tolist()
    return [
        BenchRow("  plain change over 0.15", _figures(agreement(script, events), len(script))),
        BenchRow("  plain change, as many", _figures(agreement(strongest, events), count)),
        BenchRow("  chance, as many", _figures(random_agreement(count, len(change), events), count)),
    ]


def _inserted(signals: FaceSignals) -> BenchRow:
    """One-sided movements added to the real scores, one at a time."""
    column = CHANNEL_NAMES.index("AU14L")
    wave = np.sin(np.pi * (np.arange(MICRO_FRAMES) + 0.5) / MICRO_FRAMES) ** 2
    trust = signals.trust[:, REGIONS.index("mouth")].min(axis=1)
    micro = keyed = places = 0
    for first in range(0, len(signals.frames) - MICRO_FRAMES, MICRO_STEP):
        span = slice(first, first + MICRO_FRAMES)
        if trust[span].min() < 0.5:
            continue
        units = signals.units.copy()
        units[span, column] += MICRO_RISE * wave / wave.max()
        inside = range(int(signals.frames[first]), int(signals.frames[span.stop - 1]) + 2)
        found = [
            each
            for each in propose_keyframes(replace(signals, units=units), DetectionOptions())
            if each.frame in inside and any("dimple" in reason for reason in each.reasons)
        ]
        places += 1
        micro += any(each.kind == "micro" for each in found)
        keyed += bool(found)
    return BenchRow(
        "  inserted micro-expression", {"micro_found": micro / max(1, places), "keyed_found": keyed / max(1, places)}
    )
