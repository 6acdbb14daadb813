"""Who speaks: the mouths of a plate's faces against its sound, as probabilities in every frame.

Frame by frame, mouth and sound are compared within a sliding window: a mouth that opens when the sound says so speaks
for its face, one that moves otherwise, or not at all, against it. A hidden Markov model over "nobody seen", each face,
and each pair of faces adds the evidence up over a turn of speech and lets turns change. Covered mouths are no evidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from pipeline.analysis.mouth_sound import MOST_LAG_S, delayed, on_plate, sounded_opening, syllables
from pipeline.analysis.plate_sound import SPOKEN_FROM, FrameSound
from pipeline.analysis.signals import FaceSignals

WINDOW_S = 1.0
"""Gaussian of the window in which movements are set against their usual size, seconds."""
AGREEMENT = 0.6
"""Correlation of a speaker's mouth and voice that is reckoned with."""
SYLLABLE_HZ = 4.0
"""Bandwidth of mouth and envelope: twice as many moments a second are evidence of their own."""
STILL_CM = 0.06
"""A mouth that moves less than this does not speak."""
TURN_S = 4.0
"""Usual length of a turn of speech, seconds."""
PIECE_S, MARGIN_S = 60.0, 15.0
"""A film is gone through in pieces, each with a margin on both sides in which a turn is as good as forgotten."""
PRIOR_NOBODY, PRIOR_PAIR = 0.45, 0.05
"""How often nobody seen speaks, or two at once; single faces share the rest."""
ABSENT = -3.0
"""Evidence a moment against a face that isn't in the picture."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Speakers:
    """Probabilities of every plate frame, each given that there is speech where `speech` says so."""

    speech: Array
    """(F,) somebody speaks, 0..1."""
    faces: Array
    """(K, F) that this face speaks, 0..1, alone or with another."""
    nobody: Array
    """(F,) that no face that is seen speaks: off-screen."""
    several: Array
    """(F,) that two speak at once."""
    lag_s: float
    """How much later than the sound the mouths move, seconds."""

    def speaking(self, face: int) -> Array:
        """(F,) probability that there is speech and that it is the face's."""
        return np.asarray(self.speech * self.faces[face])

    def likeliest(self) -> NDArray[np.int64]:
        """(F,) the face that speaks in each frame by its row, -1 for nobody who is seen or no speech at all."""
        best = np.argmax(np.vstack([self.nobody, self.faces]), axis=0) - 1
        return np.where(self.speech >= SPOKEN_FROM, best, -1)


def who_speaks(faces: Sequence[FaceSignals], sound: FrameSound, interval_s: float) -> Speakers:
    """Who speaks in every frame of a plate; `interval_s`: seconds from frame to frame, usually."""
    count = len(sound.speech)
    voice = syllables(sounded_opening(sound), interval_s)
    mouths = [syllables(on_plate(each, count), interval_s) for each in faces]
    scaled = [_scaled(each, interval_s, STILL_CM) for each in mouths]
    voiced = _scaled(voice, interval_s, 0.25 * float(np.std(voice)) + 1e-9)
    lag = _common_lag(scaled, voiced, interval_s)
    evidence = np.zeros((len(faces), count))
    seen = np.zeros((len(faces), count), np.bool_)
    for row, (face, mouth) in enumerate(zip(faces, scaled, strict=True)):
        seen[row, face.frames] = True
        told = _evidence(delayed(mouth, lag), voiced)
        evidence[row] = np.where(seen[row], told, ABSENT) * 2.0 * SYLLABLE_HZ * interval_s
    found = Speakers(sound.speech, np.zeros((len(faces), count)), np.ones(count), np.zeros(count), lag * interval_s)
    piece, margin = round(PIECE_S / interval_s), round(MARGIN_S / interval_s)
    for begin in range(0, count, piece):
        around = slice(max(0, begin - margin), min(count, begin + piece + margin))
        _add_piece(found, evidence, seen, around, slice(begin, min(count, begin + piece)), interval_s)
    return found


def _add_piece(
    found: Speakers, evidence: Array, seen: NDArray[np.bool_], around: slice, kept: slice, interval_s: float
) -> None:
    """Fill in the frames `kept` from the evidence `around` them: of all of a film's faces few are seen in a minute."""
    rows = np.flatnonzero(seen[:, around].any(axis=1))
    states = _states(len(rows))
    inside = slice(kept.start - around.start, kept.stop - around.start)
    posterior = _posterior(evidence[rows, around], states, interval_s)[:, inside]
    for place, row in enumerate(rows.tolist()):
        found.faces[row, kept] = posterior[[place in state for state in states]].sum(axis=0)
    found.nobody[kept] = posterior[0]
    found.several[kept] = posterior[[len(state) > 1 for state in states]].sum(axis=0)


def with_speech(faces: Sequence[FaceSignals], sound: FrameSound, interval_s: float) -> list[FaceSignals]:
    """Signals of all of a plate's faces with what is heard in their frames, and how likely each one speaks."""
    found = who_speaks(faces, sound, interval_s)
    return [
        replace(each, sound=sound.taken(each.frames), speaks=found.speaking(row)[each.frames])
        for row, each in enumerate(faces)
    ]


def _scaled(values: Array, interval_s: float, least: float) -> Array:
    """`values` in parts of their own size in the window around each, but at least `least`."""
    known = np.isfinite(values)
    sigma = WINDOW_S / interval_s
    weight = gaussian_filter1d(known.astype(np.float64), sigma)
    power = gaussian_filter1d(np.where(known, values, 0.0) ** 2, sigma) / np.maximum(weight, 1e-6)
    return np.asarray(values / np.maximum(np.sqrt(power), least))


def _common_lag(mouths: Sequence[Array], voice: Array, interval_s: float) -> int:
    """Frames by which the mouths that agree best with the sound lag behind it: one number a plate."""
    reach = int(MOST_LAG_S / interval_s)
    sigma = WINDOW_S / interval_s
    best = (-np.inf, 0)
    for lag in sorted(range(-reach, reach + 1), key=abs):
        products = [np.nan_to_num(delayed(each, lag) * voice) for each in mouths]
        agreed = [gaussian_filter1d(each, sigma) for each in products]
        score = float(np.max(agreed, axis=0).mean()) if agreed else 0.0
        best = max(best, (score, lag), key=lambda each: each[0])
    return best[1]


def _evidence(mouth: Array, voice: Array) -> Array:
    """(F,) log likelihood ratio of each moment: related by AGREEMENT, or not at all; 0 where nothing is known."""
    rho = AGREEMENT
    exponent = (rho**2 * (mouth**2 + voice**2) - 2.0 * rho * mouth * voice) / (2.0 * (1.0 - rho**2))
    return np.asarray(np.nan_to_num(-0.5 * np.log(1.0 - rho**2) - exponent))


def _states(faces: int) -> list[tuple[int, ...]]:
    """Nobody, each face, each pair of faces."""
    return [(), *((row,) for row in range(faces)), *combinations(range(faces), 2)]


def _posterior(evidence: Array, states: Sequence[tuple[int, ...]], interval_s: float) -> Array:
    """(S, F) probability of each state in each frame, by forward and backward passes."""
    count = evidence.shape[1]
    sizes = np.array([len(state) for state in states])
    shares = np.select([sizes == 0, sizes == 1], [PRIOR_NOBODY, 1.0 - PRIOR_NOBODY - PRIOR_PAIR], PRIOR_PAIR)
    prior = shares / np.array([np.sum(sizes == size) for size in sizes])
    prior /= prior.sum()
    told = np.array([evidence[list(state)].sum(axis=0) for state in states])
    likely = np.exp(told - told.max(axis=0))
    stay = float(np.exp(-interval_s / TURN_S))
    forward, backward = np.empty_like(likely), np.ones_like(likely)
    belief = prior
    for frame in range(count):
        belief = (stay * belief + (1.0 - stay) * prior) * likely[:, frame]
        belief = belief / belief.sum()
        forward[:, frame] = belief
    for frame in range(count - 2, -1, -1):
        ahead = likely[:, frame + 1] * backward[:, frame + 1]
        ahead = stay * ahead + (1.0 - stay) * float(prior @ ahead)
        backward[:, frame] = ahead / ahead.sum()
    joint = forward * backward
    return np.asarray(joint / joint.sum(axis=0))
