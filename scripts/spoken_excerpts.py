"""Make the spoken excerpts of tests/data/speech: espeak-ng's voices, with the time of every phoneme.

Needs libespeak-ng (Debian: espeak-ng), which nothing else here does: the excerpts are kept. Run it as
`.venv/bin/python scripts/spoken_excerpts.py` from the checkout.
"""

import ctypes
import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

import av
import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "speech"
SYNCHRONOUS, PHONEME_EVENTS = 2, 1
RATE_PARAMETER, PITCH_PARAMETER = 1, 3
LIST_END, PHONEME = 0, 7
BIT_RATE = 32000


@dataclass(frozen=True)
class Excerpt:
    name: str
    voice: str
    words_per_minute: int
    pitch: int
    text: str


EXCERPTS = (
    Excerpt(
        "man",
        "gmw/en-US",
        150,
        45,
        "My father had a small farm far from the harbour. We keep the blue boats in the water until noon. "
        "Stop that, Martha! Nobody saw the car, and nobody heard the alarm. "
        "Are you calm now? Come over to the table and tell me all about it.",
    ),
    Excerpt(
        "woman",
        "en+f3",
        160,
        55,
        "Papa called again last Sunday. He wants the garden back, and half of the apples. "
        "I asked him to wait, but he laughed and put the hammer on the bar. "
        "What a summer! Three weeks of rain, two of thunder, and not one calm day at the park.",
    ),
    Excerpt(
        "german",
        "de",
        150,
        50,
        "Am Abend kam der Vater nach Hause und sagte kein Wort. Die Kinder liefen in den Garten. "
        "Halt, wo hast du das alte Fahrrad gelassen? Es war warm, und alle lachten. "
        "Sieben Tage lang hat niemand gefragt, warum das Haus am Hafen dunkel blieb.",
    ),
)


class _Name(ctypes.Union):
    _fields_: ClassVar = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_: ClassVar = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Name),
    ]


def speak(library: ctypes.CDLL, rate: int, excerpt: Excerpt) -> tuple[NDArray[np.int16], list[tuple[float, str]]]:
    """Samples at `rate`, and (second, phoneme) of every phoneme's begin."""
    blocks: list[NDArray[np.int16]] = []
    phonemes: list[tuple[float, str]] = []

    def take(wave: "ctypes._Pointer[ctypes.c_short]", count: int, events: "ctypes._Pointer[_Event]") -> int:
        if count:
            blocks.append(np.ctypeslib.as_array(wave, (count,)).copy())
        place = 0
        while events[place].type != LIST_END:
            if events[place].type == PHONEME:
                name = bytes(events[place].id.string).decode("utf-8", "replace")
                phonemes.append((events[place].audio_position / 1000, name))
            place += 1
        return 0

    callback = ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
    )(take)  # fmt: skip
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(excerpt.voice.encode()) != 0:
        raise SystemExit(f"espeak-ng has no voice {excerpt.voice}")
    library.espeak_SetParameter(RATE_PARAMETER, excerpt.words_per_minute, 0)
    library.espeak_SetParameter(PITCH_PARAMETER, excerpt.pitch, 0)
    text = excerpt.text.encode()
    library.espeak_Synth(text, len(text) + 1, 0, 1, 0, 1, None, None)
    library.espeak_Synchronize()
    return np.concatenate(blocks), phonemes


def write(path: Path, samples: NDArray[np.int16], rate: int) -> None:
    """Ogg Opus, mono."""
    with av.open(str(path), "w", format="ogg") as output:
        stream = output.add_stream("libopus", rate=48000, layout="mono", options={"flags": "+bitexact"})
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), 0
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


def main() -> None:
    library = ctypes.CDLL("libespeak-ng.so.1")
    rate = int(library.espeak_Initialize(SYNCHRONOUS, 0, None, PHONEME_EVENTS))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for excerpt in EXCERPTS:
        samples, phonemes = speak(library, rate, excerpt)
        write(FOLDER / f"{excerpt.name}.opus", samples, rate)
        lines = ",\n".join(f"  {json.dumps([round(second, 3), name])}" for second, name in phonemes)
        about = f'"voice": {json.dumps(excerpt.voice)},\n"text": {json.dumps(excerpt.text)}'
        content = f'{{\n{about},\n"phonemes": [\n{lines}\n]\n}}\n'
        (FOLDER / f"{excerpt.name}.json").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
