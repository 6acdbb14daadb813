from dataclasses import replace

import numpy as np

from pipeline.analysis.plate_sound import FrameSound
from pipeline.analysis.signals import FaceSignals
from pipeline.jobs.speech_notes import speech_told
from tests.unit.analysis.signal_maker import still_face

FRAMES = 20


def heard(speech: np.ndarray, speaks: np.ndarray) -> FaceSignals:
    flat = np.zeros(FRAMES)
    sound = FrameSound(level=flat, onset=flat, speech=speech, pitch=flat, openness=flat)
    return replace(still_face(FRAMES), sound=sound, speaks=speaks)


def test_who_speaks_is_told_in_frames_with_a_voice() -> None:
    speech = np.where(np.arange(FRAMES) < 12, 0.95, 0.0)
    first = heard(speech, speech * (np.arange(FRAMES) < 8))
    second = heard(speech, speech * (np.arange(FRAMES) >= 10))
    assert speech_told({"face-1": first, "face-2": second}) == (
        "A voice is heard in 12 frames: face-1 speaks in 8, face-2 speaks in 2, nobody of them in 2."
    )


def test_without_a_voice_nothing_is_told() -> None:
    silent = heard(np.zeros(FRAMES), np.zeros(FRAMES))
    assert speech_told({"face-1": silent, "face-2": still_face(FRAMES)}) is None
