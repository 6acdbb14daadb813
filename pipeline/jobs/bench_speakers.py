"""Who speaks: synthetic plates of known speech, by voice, side and lag, and with a voice that is off-screen."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.action_units import CHANNEL_NAMES
from pipeline.analysis.journal import MemoryJournal
from pipeline.analysis.keyframes import propose_keyframes
from pipeline.analysis.lip_prior import lip_corrections
from pipeline.analysis.mouth_sound import lip_sound_correlation, on_plate, sounded_opening
from pipeline.analysis.peaks import peaks_of
from pipeline.analysis.plate_sound import FrameSound, PlateSound, frame_sound
from pipeline.analysis.signals import FaceSignals, face_signals
from pipeline.analysis.speakers import who_speaks, with_speech
from pipeline.analysis.speech_events import speech_events
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.bench_media import ROOT, BenchMedia
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.jobs.plate_sound import listen_to, plate_times
from pipeline.jobs.solve import solve_track
from pipeline.jobs.speaker_plate import (
    ClipRange,
    loud_opening,
    open_vowels,
    plain_frames,
    said_opening,
    spoken_frames,
    write_plate,
)
from pipeline.media.reader import open_plate
from pipeline.project.detection import DetectionOptions
from pipeline.quality.bars import Bar

SPEECH = ROOT / "tests" / "data" / "speech"
RIGHT, NONE = Bar(">=", 0.95), Bar("<=", 0)
NEAR_S, LEAST_VOWEL_S = 0.04, 0.08
"""How far from an open vowel a reading of it may lie, and the shortest that must be found, seconds."""
EDGE = 20
"""Frames at the ends in which nothing is changed."""
LAGS_S = (-0.08, 0.08)
NOTES = (
    "synthetic: two clips side by side; in one the built-in engine opens and shuts the mouth as an excerpt is spoken",
    "right: share of voiced frames in which the face that speaks is found; sure: mean probability given to it",
    "late, early: the same with the sound moved by 80 ms; off: with another excerpt's sound, both faces moving on",
    "turn: with another excerpt's sound from the middle on; swapped: frames in which a face is on the other's side",
    "foreign: speech keyframes on the face that doesn't speak; vowels_found: share of open vowels of 80 ms and more",
    "that are read from the one that does; vowels_right: share of readings that lie on one of any length, within 40 ms",
    "shut_told: share of loud syllables in which the lips are held shut that are told as contradicting the voice;",
    "unasked_per_minute: the same told where nothing was changed (driven lips that stayed shut among them)",
    "agrees, other: correlation of lips and sound of the face that speaks, and of the other",
)
COLUMNS = (
    "voiced", "right", "sure", "late", "early", "turn", "off", "agrees", "other", "swapped", "foreign", "vowels_found",
    "vowels_right", "shut_told", "unasked_per_minute",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Case:
    """`driven` speaks on the left or right; `voice` is an excerpt, or None for `speech.mp3` by its loudness."""

    driven: tuple[str, int, int]
    beside: tuple[str, int, int]
    voice: str | None
    rate: Fraction
    left: bool
    seconds: int


_LAUGH = ("WolfgangLanger_Pexels.mp4", 240, 471)
_GRIN, _GRINNING = ("single_face.mp4", 0, 71), ("single_face.mp4", 34, 71)
_TALKER = ("synthetic_talker.mp4", 0, 152)
CASES = {
    "speech.mp3, left, laughter beside": _Case(_GRINNING, _LAUGH, None, Fraction(24000, 1001), True, 14),
    "man, right, a grin beside": _Case(_LAUGH, _GRIN, "man", Fraction(25), False, 16),
    "woman, right, a mute talker beside": _Case(_GRINNING, _TALKER, "woman", Fraction(30), False, 15),
    "german, left, a mute talker beside": _Case(_LAUGH, _TALKER, "german", Fraction(24000, 1001), True, 17),
}


@dataclass(frozen=True, slots=True, eq=False)
class _Plate:
    times: Sequence[Fraction]
    faces: Sequence[FaceSignals]
    sound: PlateSound
    speaker: int
    swapped: int
    vowels: Sequence[tuple[float, float]] | None
    """(begin, end) of the open vowels that are said, seconds; None where the words aren't known."""

    @property
    def interval_s(self) -> float:
        return float(self.times[1] - self.times[0])


def bench_speakers(media: BenchMedia) -> BenchTable:
    """A row a plate, and one for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        plates = {name: _made(media, case, Path(folder) / "plate.mkv") for name, case in CASES.items()}
    rows, hits = [], []
    for name, plate in plates.items():
        row, hit = _measured(name, plate, [each.sound for each in plates.values() if each is not plate])
        rows.append(row)
        hits.append(hit)
    share = float(np.concatenate(hits).mean())
    figures = {"voiced": sum(row.figures["voiced"] for row in rows), "right": share}
    figures["swapped"] = sum(row.figures["swapped"] for row in rows)
    rows.append(BenchRow("all plates", figures, {"right": RIGHT, "voiced": Bar(">=", 300), "swapped": NONE}))
    return BenchTable("speakers", "Who speaks", COLUMNS, rows, NOTES)


def _made(media: BenchMedia, case: _Case, output: Path) -> _Plate:
    driven, beside = (ClipRange(media.path(name), first, last) for name, first, last in (case.driven, case.beside))
    count = case.seconds * case.rate.numerator // case.rate.denominator
    if media.last is not None:
        count = min(count, media.last + 1)
    times = [number / case.rate for number in range(count)]
    if case.voice is None:
        sound = media.path("speech.mp3")
        opening = loud_opening(sound, times)
    else:
        sound = SPEECH / f"{case.voice}.opus"
        opening = said_opening(SPEECH / f"{case.voice}.json", times)
    pictures = [spoken_frames(driven, media.solve(driven.path), opening), plain_frames(beside, count)]
    left, right = pictures if case.left else reversed(pictures)
    write_plate(output, left, right, sound, case.rate)
    vowels = None if case.voice is None else open_vowels(SPEECH / f"{case.voice}.json", times[-1])
    return _analysed(media, output, case.left, vowels)


def _analysed(media: BenchMedia, path: Path, left: bool, vowels: Sequence[tuple[float, float]] | None) -> _Plate:
    journal = MemoryJournal()
    with open_plate(path) as reader:
        times = plate_times(reader)
        tracks = analyse_range(reader, media.pool, range(len(times)), media.progress, media.cancelled, journal)
        tracks = sorted(tracks, key=lambda track: float(np.median(track.landmarks[:, 1, 0])))
        faces = [face_signals(track, solve_track(track, reader, media.pool), times) for track in tracks]
        sound = listen_to(reader, media.pool, None, media.progress, media.cancelled)
    assert sound is not None
    places = [track.landmarks[:, 1, 0] for track in tracks]
    border = (float(np.median(places[0])) + float(np.median(places[-1]))) / 2
    swapped = int((places[0] > border).sum() + (places[-1] < border).sum()) + max(0, len(tracks) - 2) * len(times)
    return _Plate(times, faces, sound, 0 if left else len(tracks) - 1, swapped, vowels)


def _measured(name: str, plate: _Plate, others: Sequence[PlateSound]) -> tuple[BenchRow, NDArray[np.bool_]]:
    own = frame_sound(plate.sound, plate.times)
    right, sure = _found(plate, own, np.full(len(plate.times), plate.speaker))
    figures = {"voiced": float(own.voiced.sum()), "right": float(right.mean()), "sure": sure}
    for column, lag in zip(("late", "early"), LAGS_S, strict=True):
        shifted = own.taken(
            np.clip(np.arange(len(plate.times)) + round(lag / plate.interval_s), 0, len(plate.times) - 1)
        )
        figures[column] = float(_found(plate, shifted, np.full(len(plate.times), plate.speaker))[0].mean())
    elsewhere = [frame_sound(each, plate.times) for each in others]
    nobody = np.full(len(plate.times), -1)
    figures["off"] = float(np.mean([_found(plate, each, nobody)[0].mean() for each in elsewhere]))
    half = np.arange(len(plate.times)) >= len(plate.times) // 2
    turns = [_found(plate, _after(own, each, half), np.where(half, -1, plate.speaker))[0].mean() for each in elsewhere]
    figures["turn"] = float(np.mean(turns))
    agreed = [
        lip_sound_correlation(on_plate(face, len(plate.times)), sounded_opening(own), plate.interval_s)[0]
        for face in plate.faces
    ]
    figures["agrees"] = agreed.pop(plate.speaker)
    figures["other"] = max(agreed)
    figures["swapped"] = float(plate.swapped)
    figures |= _detected(plate, own)
    return BenchRow(
        name, figures, {"right": RIGHT, "late": RIGHT, "early": RIGHT, "swapped": NONE, "foreign": NONE}
    ), right


def _detected(plate: _Plate, sound: FrameSound) -> dict[str, float]:
    """What is told of the face that speaks: contradictions, open vowels where they are known; and speech on others."""
    heard = with_speech(plate.faces, sound, plate.interval_s)
    options = DetectionOptions(profile="dialogue")
    foreign = sum(
        each.kind in ("speech_stress", "open_vowel")
        for row, face in enumerate(heard)
        if row != plate.speaker
        for each in propose_keyframes(face, options)
    )
    face = heard[plate.speaker]
    told = {"foreign": float(foreign), **_contradicted(face)}
    if plate.vowels is None:
        return told
    read = [
        float(face.seconds[each.index]) + plate.interval_s / 2
        for each in speech_events(face)
        if each.kind == "open_vowel"
    ]
    near = [[begin - NEAR_S <= moment <= end + NEAR_S for begin, end in plate.vowels] for moment in read]
    met = np.array(near, np.bool_).reshape(len(read), len(plate.vowels))
    long = [end - begin >= LEAST_VOWEL_S for begin, end in plate.vowels]
    return {
        **told,
        "vowels_found": float(met[:, long].any(axis=0).mean()),
        "vowels_right": float(met.any(axis=1).mean()) if read else 0.0,
    }


def _contradicted(face: FaceSignals) -> dict[str, float]:
    """Lips that are shut for seven frames in the loudest syllables, one at a time: how often that is told."""
    gap, sounded = CHANNEL_NAMES.index("AU25g"), sounded_opening(face.sound) if face.sound is not None else np.zeros(0)
    peaks = peaks_of(sounded, least_height=float(np.percentile(sounded, 85)), least_distance=8)
    wave = np.hanning(9)[1:-1]
    own = {each.frame for each in lip_corrections(face)}
    told = []
    for peak in peaks[(peaks > EDGE) & (peaks < len(sounded) - EDGE)].tolist():
        span, units = slice(peak - 3, peak + 4), face.units.copy()
        shut = float(units[peak - EDGE : peak + EDGE, gap].min())
        units[span, gap] += (shut - units[span, gap]) * wave
        found = {each.frame for each in lip_corrections(replace(face, units=units))}
        told.append(any(abs(frame - int(face.frames[peak])) <= 4 for frame in found))
    minutes = float(face.seconds[-1] - face.seconds[0]) / 60.0
    return {"shut_told": float(np.mean(told)), "unasked_per_minute": len(own) / minutes}


def _found(plate: _Plate, sound: FrameSound, wanted: NDArray[np.integer]) -> tuple[NDArray[np.bool_], float]:
    """Whether the one who is `wanted` (-1: nobody) was found in each voiced frame; the mean probability of it."""
    speakers = who_speaks(plate.faces, sound, plate.interval_s)
    given = np.vstack([speakers.faces, speakers.nobody])[wanted, np.arange(len(wanted))]
    return (speakers.likeliest() == wanted)[sound.voiced], float(given[sound.voiced].mean())


def _after(first: FrameSound, second: FrameSound, later: NDArray[np.bool_]) -> FrameSound:
    """The first sound, and the second one in the frames that are `later`."""
    return FrameSound(*(np.where(later, getattr(second, name), getattr(first, name)) for name in FrameSound.__slots__))
