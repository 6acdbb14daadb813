from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.analysis import speakers
from pipeline.analysis.mouth_sound import sounded_opening
from pipeline.analysis.signals import FaceSignals
from pipeline.analysis.speakers import who_speaks
from tests.unit.analysis.signal_maker import still_face, with_units
from tests.unit.analysis.test_mouth_sound import FRAMES, RATE, babble, sound_that_opens

INTERVAL = 1 / RATE
SOUND = sound_that_opens(babble(0))


def mouth(opening: NDArray[np.float64]) -> FaceSignals:
    """A face whose lips part so far, under a little noise."""
    noise = 0.02 * np.random.default_rng(7).standard_normal(len(opening))
    return with_units(still_face(len(opening)), {"AU25g": 0.5 * opening + noise})


def spoken_mouth(lag: int = 0) -> FaceSignals:
    return mouth(2 * np.roll(sounded_opening(SOUND), lag))


def test_the_face_whose_mouth_follows_the_sound_speaks_on_either_side_and_at_every_lag() -> None:
    for lag in (-2, 0, 3):
        pair = [spoken_mouth(lag), mouth(babble(3))]
        for order in (1, -1):
            found = who_speaks(pair[::order], SOUND, INTERVAL)
            assert (found.likeliest() == (0 if order == 1 else 1)).all()
            assert abs(found.lag_s - lag / RATE) < 1e-9


def test_probabilities_add_up() -> None:
    found = who_speaks([spoken_mouth(), mouth(babble(3))], SOUND, INTERVAL)
    total = found.nobody + found.faces.sum(axis=0) - found.several
    np.testing.assert_allclose(total, 1.0, atol=1e-9)
    assert found.speaking(0).max() <= 1.0


def test_a_voice_that_no_mouth_follows_is_off_screen() -> None:
    for faces in ([mouth(babble(3)), mouth(babble(4))], [still_face(FRAMES), still_face(FRAMES)], []):
        # Steady babble falls into step with other babble for a second now and then.
        assert float((who_speaks(faces, SOUND, INTERVAL).likeliest() == -1).mean()) > 0.85


def test_two_that_speak_in_chorus_are_several() -> None:
    found = who_speaks([spoken_mouth(), spoken_mouth()], SOUND, INTERVAL)
    assert float((found.several > 0.5).mean()) > 0.9
    assert found.faces.min() > 0.5


def test_turns_of_speech_change_the_speaker() -> None:
    half = FRAMES // 2
    said = 2 * sounded_opening(SOUND)
    other = 2 * babble(3)
    first = mouth(np.where(np.arange(FRAMES) < half, said, other))
    second = mouth(np.where(np.arange(FRAMES) < half, other[::-1], said))
    found = who_speaks([first, second], SOUND, INTERVAL).likeliest()
    assert (found[: half - 12] == 0).all()
    assert (found[half + 12 :] == 1).all()


def test_a_covered_mouth_is_no_evidence_and_its_turn_goes_on() -> None:
    face = spoken_mouth()
    face.trust[100:125, 2] = 0.0
    assert (who_speaks([face, mouth(babble(3))], SOUND, INTERVAL).likeliest() == 0).all()
    hidden = spoken_mouth()
    hidden.trust[:] = 0.0
    assert float(who_speaks([hidden], SOUND, INTERVAL).faces[0].max()) < 0.6


def test_who_is_not_in_the_picture_does_not_speak() -> None:
    face = spoken_mouth()
    values = [(name, getattr(face, name)) for name in FaceSignals.__slots__]
    cut: dict[str, Any] = {name: each[125:] for name, each in values if isinstance(each, np.ndarray)}
    late = replace(face, **cut)
    found = who_speaks([late], SOUND, INTERVAL)
    assert (found.likeliest()[:115] == -1).all()
    assert (found.likeliest()[140:] == 0).all()


def test_in_silence_nobody_speaks() -> None:
    found = who_speaks([spoken_mouth()], sound_that_opens(babble(0), speech=0.0), INTERVAL)
    assert (found.likeliest() == -1).all()
    assert found.speaking(0).max() == 0.0


def test_a_long_film_of_many_faces_is_gone_through_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    faces = [spoken_mouth(), mouth(babble(3)), mouth(babble(4))]
    whole = who_speaks(faces, SOUND, INTERVAL)
    monkeypatch.setattr(speakers, "PIECE_S", 2.0)
    pieces = who_speaks(faces, SOUND, INTERVAL)
    np.testing.assert_allclose(pieces.faces, whole.faces, atol=0.02)
    np.testing.assert_allclose(pieces.nobody + pieces.faces.sum(axis=0) - pieces.several, 1.0, atol=1e-9)
