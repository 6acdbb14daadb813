"""A plate of known speech: two faces side by side, one of them given moving lips by the built-in engine.

Synthetic, for measuring only: of two real clips nobody speaks in, one is drawn with its mouth opened and shut as a
spoken excerpt says, and the excerpt becomes the sound. What opens is a real mouth's direction of opening, kept in
`resources/bench/mouth_opening.npy`: of `synthetic_talker.mp4`, the mean change of the canonical face a centimetre of
gap between the lips.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from pipeline.engines.faces import FaceSample, FaceSolve
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.swappers.mesh.swapper import MeshSwapper
from pipeline.imaging.arrays import ImageU8
from pipeline.jobs.bench_media import ROOT
from pipeline.jobs.faces import plate_crops
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.media.sound_reader import SOUND_RATE, sound_blocks
from pipeline.project.face_parameters import FaceParameters

OPENING = ROOT / "resources" / "bench" / "mouth_opening.npy"
ROW = NAMES.index("jawOpen")
"""The score under whose name the mouth is opened."""
WIDEST_CM = 0.9
"""Gap between the lips that a fully open vowel adds."""
PRESSED = -0.25
"""Lips pressed together, in parts of WIDEST_CM."""
BLENDED_S = 0.035
"""Gaussian over the phonemes' openings: lips are on their way from one to the next, seconds."""
CELL_HEIGHT = 360
CODING = {"preset": "veryfast", "crf": "14"}
PRESSED_SOUNDS = ("p", "b", "m")
OPEN_VOWELS = frozenset({"a", "A:", "A", "A@", "aa", "aI", "aU", "V", "0"})
OPEN_SOUNDS, MIDDLE_SOUNDS, CLOSE_SOUNDS = "aAV", "EeOo03@", "iIuUy"

Curve = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ClipRange:
    """Frames first..last of a clip, played forwards and back again for as long as is needed."""

    path: Path
    first: int
    last: int

    def frames(self, count: int) -> list[int]:
        """`count` frame numbers."""
        there = list(range(self.first, self.last + 1))
        loop = [*there, *there[-2:0:-1]]
        return [loop[number % len(loop)] for number in range(count)]


def said_opening(phonemes: Path, times: Sequence[Fraction]) -> Curve:
    """How far the mouth is open, in parts of WIDEST_CM, at `times`, by an excerpt's phonemes."""
    told = json.loads(phonemes.read_text(encoding="utf-8"))["phonemes"]
    fine = np.arange(0.0, float(times[-1]) + 1.0, 0.005)
    starts = np.array([second for second, _ in told])
    openings = np.array([_opening(name) for _, name in told])
    place = np.searchsorted(starts, fine, side="right") - 1
    stepped = np.where(place >= 0, openings[np.maximum(place, 0)], 0.0)
    smooth = gaussian_filter1d(stepped, BLENDED_S / 0.005)
    return np.asarray(np.interp([float(each) for each in times], fine, smooth))


def open_vowels(phonemes: Path, until: Fraction) -> list[tuple[float, float]]:
    """(begin, end) of an excerpt's open vowels that begin before `until`, seconds."""
    told = json.loads(phonemes.read_text(encoding="utf-8"))["phonemes"]
    spans = [(begin, end, name) for (begin, name), (end, _) in pairwise(told)]
    return [(begin, end) for begin, end, name in spans if name in OPEN_VOWELS and begin < until]


def _opening(phoneme: str) -> float:
    first = phoneme[:1]
    if first in PRESSED_SOUNDS:
        return PRESSED
    if first in OPEN_SOUNDS:
        return 0.55 if phoneme == "a#" else 1.0
    if first in MIDDLE_SOUNDS:
        return 0.6
    if first in CLOSE_SOUNDS:
        return 0.3
    return 0.0 if first == "_" else 0.15


def loud_opening(sound: Path, times: Sequence[Fraction]) -> Curve:
    """The same by the sound's envelope alone: the root of its loudness over 50 ms, 1 at the loudest tenth."""
    samples = np.concatenate(list(sound_blocks(sound, 0, Fraction(0))))
    power = gaussian_filter1d(samples.astype(np.float64) ** 2, 0.02 * SOUND_RATE)
    envelope = np.maximum(power, 0.0) ** 0.25
    at = np.array([round(each * SOUND_RATE) for each in times])
    values = np.where(at < len(envelope), envelope[np.minimum(at, len(envelope) - 1)], 0.0)
    return np.asarray(np.clip(values / np.percentile(envelope, 90), 0.0, 1.2) + 0.1 * PRESSED)


def spoken_frames(driven: ClipRange, solve: FaceSolve, opening: Curve) -> Iterator[ImageU8]:
    """The clip's frames, as many as `opening` has values, with its face's mouth opened by it."""
    basis = solve.basis.copy()
    basis[ROW] = np.load(OPENING)
    with open_plate(driven.path) as reader:
        swapper, settings = MeshSwapper(), FaceParameters()
        view = view_of(reader.info)
        prepared = swapper.prepare(replace(solve, basis=basis), (), plate_crops(reader, view))
        for frame, amount in zip(driven.frames(len(opening)), opening.tolist(), strict=True):
            planes = reader.read(frame)
            picture = view.rgb8(planes).copy()
            corrections = np.zeros((len(solve.frames), len(NAMES)))
            corrections[:, ROW] = WIDEST_CM * amount
            face = prepared.corrected(corrections)
            region = swapper.region(face, frame, settings)
            rect = None if region is None else region.clipped(*view.size)
            if rect is not None and not rect.empty:
                sample = FaceSample(frame, rect, view.crop(planes, rect))
                colour = swapper.swap(face, [sample], [settings])[0].colour
                shown = np.clip(np.rint(colour * 255.0), 0, 255).astype(np.uint8)
                picture[rect.y0 : rect.y1, rect.x0 : rect.x1] = shown
            yield picture


def plain_frames(clip: ClipRange, count: int) -> Iterator[ImageU8]:
    """The clip's frames as they are."""
    with open_plate(clip.path) as reader:
        view = view_of(reader.info)
        for frame in clip.frames(count):
            yield view.rgb8(reader.read(frame))


def write_plate(output: Path, left: Iterator[ImageU8], right: Iterator[ImageU8], sound: Path, rate: Fraction) -> Path:
    """Both pictures side by side, CELL_HEIGHT high, with the sound; H.264 and PCM in Matroska."""
    with av.open(str(output), "w", format="matroska") as container:
        video = container.add_stream("libx264", rate=rate, options=dict(CODING))
        audio = container.add_stream("pcm_s16le", rate=SOUND_RATE, layout="mono")
        assert isinstance(video, av.VideoStream)
        assert isinstance(audio, av.AudioStream)
        video.pix_fmt = "yuv420p"
        for number, pair in enumerate(zip(left, right, strict=True)):
            picture = np.hstack([_cell(each) for each in pair])
            if number == 0:
                video.width, video.height = picture.shape[1], picture.shape[0]
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709")
            frame.colorspace, frame.color_range = 1, 1
            frame.pts, frame.time_base = number, 1 / rate
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        samples = np.concatenate(list(sound_blocks(sound, 0, Fraction(0))))
        coded = np.clip(np.rint(samples * 32767.0), -32768, 32767).astype(np.int16)
        heard = av.AudioFrame.from_ndarray(coded[None], format="s16", layout="mono")
        heard.sample_rate, heard.pts, heard.time_base = SOUND_RATE, 0, Fraction(1, SOUND_RATE)
        container.mux(audio.encode(heard))
        container.mux(audio.encode(None))
    return output


def _cell(picture: ImageU8) -> ImageU8:
    height, width = picture.shape[:2]
    wide = round(width * CELL_HEIGHT / height / 2) * 2
    if (height, width) == (CELL_HEIGHT, wide):
        return picture
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
    sized = frame.reformat(wide, CELL_HEIGHT, "rgb24", interpolation="AREA")
    return np.asarray(sized.to_ndarray(), np.uint8)
