"""What the voice says of the lips: where they contradict it, where something covers them, and how aroused it is.

The voice is believed only of a face whose lips follow it over the plate: how many centimetres a sound opens this mouth,
and how far the two usually lie apart, is read off the frames in which both are known. A correction is a proposal: it
says how far the weight of the lips' gap (AU25) would have to go, and of lips at rest, which no weight opens, how much
of the talk preset would be added.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.action_units import CHANNEL_NAMES
from pipeline.analysis.mouth_sound import (
    delayed,
    lip_sound_correlation,
    on_plate,
    sounded_opening,
    syllables,
)
from pipeline.analysis.signals import FaceSignals
from pipeline.analysis.swings import runs_of
from pipeline.project.correction import Correction
from pipeline.project.proposal import Proposal

PARAMETER, STRENGTH, TALK = "AU25", "expression", "talk"
LOWEST, HIGHEST = 0.0, 1.5
"""Bounds of a weight."""
SPEAKS_FROM = 0.5
"""Least probability that it is this face that speaks."""
FOLLOWS_FROM = 0.4
"""Least correlation of lips and voice over the plate from which the voice says anything."""
LEAST_SPOKEN_S = 2.0
"""Least speech with the mouth in sight, seconds."""
LEAST_CM, LEAST_TIMES = 0.3, 2.0
"""A contradiction: at least so many centimetres, and so many times the usual distance of lips and voice."""
LEAST_VOICED = 1.0
"""How far the voice itself opens or shuts where it contradicts, at least, in standard deviations of what it does while
the face speaks: lips that dip or part under an even voice do so by themselves."""
LEAST_FRAMES = 2
FADE_S = 0.12
"""How far from its keys a correction reaches, seconds."""
LEAST_REACHED = 0.25
"""Share of the way that a weight must be able to go."""
LEAST_BEYOND_CM = 0.02
"""Lips that are less than this farther apart than at rest have no gap that a weight could scale."""
SHUT_PERCENTILE = 5.0
"""Of the gaps that a speaking face shows, the one that counts as shut."""
MOST_TALK = 0.8
"""Most strength of the talk preset that is proposed."""
LONGEST_BRIDGE_S = 2.0
"""Covered spans longer than this are not bridged."""
SIDE_S = 0.4
"""What a bridge stands on, at each side, seconds."""
KEY_STEP = 3
"""Frames from key to key of a bridge."""
LEAST_PHRASE_S = 0.8
PHRASE_GAP_S = 0.3
AROUSED_FROM = 0.4
"""Least mean distance of a phrase from the voice's usual loudness and pitch, in standard deviations of its moments."""
PER_DEVIATION, MOST_STRENGTH = 0.2, 0.2
"""What a standard deviation adds to the weight of the whole expression, and the most that is added or taken."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Lips:
    """Gap of the lips of one face by plate frame (F,), centimetres, as shown and as the voice would have it."""

    shown: Array
    """Absolute; a guess where the mouth isn't trusted, NaN where the face isn't seen."""
    trusted: NDArray[np.bool_]
    voiced: Array
    """What the voice adds at the pace of syllables."""
    distance: Array
    """Shown less voiced, at that pace; NaN where the mouth isn't trusted."""
    rest: float
    """Gap of the neutral face, centimetres, 0 and more: the weight scales what goes beyond it."""
    interval_s: float

    def weight(self, wanted: float, shown: float) -> float:
        """The weight that takes a gap towards the one wanted, within its bounds; 1 where there is none to scale."""
        beyond = shown - self.rest
        if beyond <= LEAST_BEYOND_CM:
            return 1.0
        return round(float(np.clip((wanted - self.rest) / beyond, LOWEST, HIGHEST)), 3)


def lip_corrections(signals: FaceSignals) -> list[Proposal]:
    """Where lips and voice contradict each other, and where covered lips are bridged, each with a correction."""
    lips = _lips(signals)
    if lips is None:
        return []
    return [*_contradictions(signals, lips), *_bridges(signals, lips)]


def _lips(signals: FaceSignals) -> _Lips | None:
    if signals.sound is None or signals.speaks is None or len(signals.frames) < LEAST_FRAMES:
        return None
    count = int(signals.frames[-1]) + 1
    interval_s = float(np.median(np.diff(signals.seconds) / np.diff(signals.frames)))
    speaks = _plate(signals.speaks, signals.frames, count, 0.0) >= SPEAKS_FROM
    sounded = _plate(sounded_opening(signals.sound), signals.frames, count, 0.0) * speaks
    trusted = np.isfinite(on_plate(signals, count))
    gap = signals.rest_gap + signals.units[:, CHANNEL_NAMES.index("AU25g")]
    shown = _plate(gap, signals.frames, count, np.nan)
    known = np.where(trusted, shown, np.nan)
    if (trusted & speaks).sum() * interval_s < LEAST_SPOKEN_S:
        return None
    correlation, lag = lip_sound_correlation(known, sounded, interval_s)
    if not correlation >= FOLLOWS_FROM:
        return None
    mouth = syllables(known, interval_s)
    voice = np.nan_to_num(delayed(syllables(sounded, interval_s), -round(lag / interval_s)))
    both = np.isfinite(mouth) & speaks
    gain = float(mouth[both] @ voice[both]) / max(float(voice[both] @ voice[both]), 1e-12)
    voiced = gain * voice
    distance = np.where(speaks, mouth - voiced, np.nan)
    return _Lips(shown, trusted, voiced, distance, max(signals.rest_gap, 0.0), interval_s)


def _plate(values: Array, frames: NDArray[np.int32], count: int, fill: float) -> Array:
    found = np.full(count, fill)
    found[frames] = values
    return found


def _contradictions(signals: FaceSignals, lips: _Lips) -> Iterator[Proposal]:
    known = np.isfinite(lips.distance)
    usual = 1.4826 * float(np.median(np.abs(lips.distance[known])))
    least, moved = max(LEAST_CM, LEAST_TIMES * usual), LEAST_VOICED * float(lips.voiced[known].std())
    opening = _usual_opening(lips, known, moved)
    frames = np.arange(len(lips.shown), dtype=np.int32)
    for sign, words in ((1.0, "voice says shut, lips"), (-1.0, "voice says open, lips")):
        beyond = np.nan_to_num(sign * lips.distance) >= least
        for run in runs_of(beyond, frames, signals.cuts, LEAST_FRAMES):
            worst = run.start + int(np.argmax(sign * lips.distance[run]))
            if -sign * lips.voiced[worst] < moved:
                continue
            shown, away = float(lips.shown[worst]), float(lips.distance[worst])
            wanted = max(shown - away, 0.0)
            parameter, preset, value = PARAMETER, "", lips.weight(wanted, shown)
            reasons = [f"{words} {shown:.1f} cm apart, {wanted:.1f} expected"]
            if abs((value - 1.0) * (shown - lips.rest)) < LEAST_REACHED * abs(away):
                if sign > 0:
                    continue  # The lips are at rest already: no weight shuts them further.
                parameter, preset, value = "", TALK, round(min((wanted - shown) / opening, MOST_TALK), 3)
                reasons.append("no weight opens lips at rest: talk is added")
            yield Proposal(
                frame=worst,
                kind="lip_sync",
                score=round(float(np.tanh(abs(away) / least)), 4),
                reasons=tuple(reasons),
                region="mouth",
                correction=_correction(parameter, [(worst, value)], run.start, run.stop - 1, lips, signals, preset),
            )


def _usual_opening(lips: _Lips, known: NDArray[np.bool_], loud_from: float) -> float:
    """Centimetres from where these lips count as shut to where syllables that open by `loud_from` take them."""
    loud = lips.shown[known & (lips.voiced >= loud_from)]
    shut = float(np.percentile(lips.shown[known], SHUT_PERCENTILE))
    return max(float(np.median(loud)) - shut if len(loud) else 0.0, LEAST_CM)


def _bridges(signals: FaceSignals, lips: _Lips) -> Iterator[Proposal]:
    """Unseen lips between two stretches that are seen: from side to side, and with the voice between them."""
    seen = np.isfinite(lips.shown)
    covered = seen & ~lips.trusted
    frames = np.arange(len(lips.shown), dtype=np.int32)
    side = max(1, round(SIDE_S / lips.interval_s))
    for run in runs_of(covered, frames, signals.cuts, LEAST_FRAMES):
        around = (slice(max(0, run.start - side), run.start), slice(run.stop, run.stop + side))
        resting = lips.shown - lips.voiced
        sides = [resting[part][lips.trusted[part]] for part in around]
        length_s = (run.stop - run.start) * lips.interval_s
        if length_s > LONGEST_BRIDGE_S or any(len(each) < LEAST_FRAMES for each in sides):
            continue
        if not lips.voiced[run].any():
            continue
        left, right = (float(np.median(each)) for each in sides)
        level = np.linspace(left, right, run.stop - run.start)
        bridged = np.maximum(level + lips.voiced[run], 0.0)
        places = range(0, run.stop - run.start, KEY_STEP)
        keys = [(run.start + at, lips.weight(float(bridged[at]), float(lips.shown[run][at]))) for at in places]
        yield Proposal(
            frame=(run.start + run.stop - 1) // 2,
            kind="lip_sync",
            score=0.5,
            reasons=(f"lips unseen in {run.stop - run.start} frames: bridged from both sides and the voice",),
            region="mouth",
            correction=_correction(PARAMETER, keys, run.start, run.stop - 1, lips, signals),
        )


def _correction(
    parameter: str,
    keys: Sequence[tuple[int, float]],
    first: int,
    last: int,
    lips: _Lips,
    signals: FaceSignals,
    preset: str = "",
) -> Correction:
    fade = max(1, round(FADE_S / lips.interval_s))
    begin, end = int(signals.frames[0]), int(signals.frames[-1])
    return Correction(
        parameter=parameter,
        preset=preset,
        first=max(begin, first - fade),
        last=min(end, last + fade),
        keys=tuple(keys),
    )


def arousal_corrections(signals: FaceSignals) -> list[Proposal]:
    """More of the whole expression in phrases that are louder and higher than usual, less in softer and lower ones."""
    sound, speaks = signals.sound, signals.speaks
    if sound is None or speaks is None or not (speaks >= SPEAKS_FROM).any():
        return []
    spoken = speaks >= SPEAKS_FROM
    arousal = (_deviation(sound.level, spoken) + _deviation(np.log(sound.pitch), spoken)) / 2.0
    found = []
    for first, last in _phrases(spoken, signals.seconds):
        phrase = slice(first, last + 1)
        mean = float(arousal[phrase][spoken[phrase]].mean())
        if abs(mean) < AROUSED_FROM:
            continue
        peak = first + int(np.argmax(np.where(spoken[phrase], sound.level[phrase], -np.inf)))
        value = round(1.0 + float(np.clip(PER_DEVIATION * mean, -MOST_STRENGTH, MOST_STRENGTH)), 3)
        correction = Correction(
            parameter=STRENGTH,
            first=int(signals.frames[first]),
            last=int(signals.frames[last]),
            keys=((int(signals.frames[peak]), value),),
        )
        found.append(
            Proposal(
                frame=int(signals.frames[peak]),
                kind="arousal",
                score=round(float(np.tanh(abs(mean))), 4),
                reasons=(f"voice arousal {mean:+.1f} over {last - first + 1} frames: loudness and pitch",),
                region="face",
                correction=correction,
            )
        )
    return found


def _deviation(values: Array, spoken: NDArray[np.bool_]) -> Array:
    """(T,) standard deviations over the mean of what is spoken; 0 where there is no value."""
    known = values[spoken & np.isfinite(values)]
    if len(known) < LEAST_FRAMES:
        return np.zeros(len(values))
    return np.asarray(np.nan_to_num((values - known.mean()) / max(float(known.std()), 1e-6)))


def _phrases(spoken: NDArray[np.bool_], seconds: Array) -> Iterator[tuple[int, int]]:
    """First and last index of each stretch of speech; pauses under PHRASE_GAP_S don't end it."""
    places = np.flatnonzero(spoken)
    breaks = np.flatnonzero(np.diff(seconds[places]) > PHRASE_GAP_S) + 1
    for part in np.split(places, breaks):
        if seconds[part[-1]] - seconds[part[0]] >= LEAST_PHRASE_S:
            yield int(part[0]), int(part[-1])
