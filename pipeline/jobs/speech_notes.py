"""Which of a project's faces speaks, in a sentence."""

from collections.abc import Mapping

import numpy as np

from pipeline.analysis.signals import FaceSignals
from pipeline.analysis.speech_events import SPEAKS_FROM


def speech_told(faces: Mapping[str, FaceSignals]) -> str | None:
    """In how many frames with a voice each face, by its id, speaks rather than not; None where no voice is heard.

    Counted are the frames that show one of the faces.
    """
    voiced: set[int] = set()
    speaking: dict[str, set[int]] = {}
    for name, each in faces.items():
        if each.sound is not None and each.speaks is not None:
            heard = each.sound.voiced
            voiced |= set(each.frames[heard].tolist())
            speaking[name] = set(each.frames[heard & np.asarray(each.speaks >= SPEAKS_FROM)].tolist())
    if not voiced:
        return None
    shares = [f"{name} speaks in {len(frames)}" for name, frames in speaking.items()]
    none = len(voiced.difference(*speaking.values()))
    return f"A voice is heard in {len(voiced)} frames: {', '.join(shares)}, nobody of them in {none}."
