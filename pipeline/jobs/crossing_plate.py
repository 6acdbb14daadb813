"""A plate of three faces, real clips in one frame: two cross, one leaves and returns. For measuring only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.detectors.blazeface import BlazeFaceDetector
from pipeline.engines.session import SessionPool
from pipeline.errors import FrameUnreadable, NoFace
from pipeline.imaging.arrays import ImageU8
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate

SIZE = (1280, 540)
FRAMES = 72
RATE = Fraction(24)
CODING = {"preset": "veryfast", "crf": "14"}
FACE_WIDTH = 170.0
"""Width that each face's detection is brought to, pixels."""
CELL = (300, 400)
"""Width and height of what is cut out around a face."""
_SOFT = 24
"""Pixels over which a cell fades into the background."""

Path2d = Callable[[int], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Player:
    """A clip from one of its frames on, and where its face's centre is in each frame of the plate."""

    clip: str
    first: int
    centre: Path2d


def _across(t: int) -> tuple[float, float]:
    return 220.0 + 820.0 * t / (FRAMES - 1), 285.0


def _back(t: int) -> tuple[float, float]:
    return 1040.0 - 820.0 * t / (FRAMES - 1), 260.0


def _away(t: int) -> tuple[float, float]:
    """Up and out of the picture, and back in again."""
    return 640.0, 270.0 - 620.0 * np.sin(np.pi * t / (FRAMES - 1))


PLAYERS = (
    Player("synthetic_talker.mp4", 0, _away),
    Player("single_face.mp4", 0, _back),
    Player("WolfgangLanger_Pexels.mp4", 290, _across),
)
"""From the back to the front."""


def crossing_plate(media: Callable[[str], Path], pool: SessionPool, output: Path) -> Path:
    """The plate as H.264 in `output`. Raises NoFace, MediaError."""
    cells = [_cells(media(each.clip), each.first, pool) for each in PLAYERS]
    weight = _weight()
    with av.open(str(output), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options=dict(CODING))
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        for t in range(FRAMES):
            picture = np.full((SIZE[1], SIZE[0], 3), (70, 84, 92), np.float32)
            for player, cell in zip(PLAYERS, cells, strict=True):
                _put(picture, cell[t], weight, *player.centre(t))
            frame = av.VideoFrame.from_ndarray(np.clip(picture, 0, 255).astype(np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return output


def _cells(clip: Path, first: int, pool: SessionPool) -> Sequence[ImageU8]:
    """What is around the face, frame by frame, the face at one size; where it is in the first frame."""
    with open_plate(clip) as reader:
        view = view_of(reader.info)
        planes = reader.frames(first, first + FRAMES)
        pictures = [view.rgb8(each) for each in planes if not isinstance(each, FrameUnreadable)]
    found = BlazeFaceDetector(pool, "full").find(pictures[0])
    if not found:
        raise NoFace(f"No face was found in frame {first} of {clip}. Choose another clip.")
    x0, y0, x1, y1 = max((each.box for each in found), key=lambda box: float(box[2] - box[0]))
    scale = FACE_WIDTH / float(x1 - x0)
    place = np.array(
        [
            [scale, 0, CELL[0] / 2 - scale * float(x0 + x1) / 2],
            [0, scale, CELL[1] / 2 - scale * float(y0 + y1) / 2],
        ]
    )
    return [
        np.asarray(cv2.warpAffine(each, place, CELL, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE), np.uint8)
        for each in pictures
    ]


def _weight() -> NDArray[np.float32]:
    """(h, w, 1) 1 inside a cell, fading at its edges."""
    sides = [np.minimum(np.arange(n) + 1, n - np.arange(n)) / _SOFT for n in (CELL[1], CELL[0])]
    return np.clip(np.minimum.outer(sides[0], sides[1]), 0, 1).astype(np.float32)[..., None]


def _put(picture: NDArray[np.float32], cell: ImageU8, weight: NDArray[np.float32], x: float, y: float) -> None:
    left, top = round(x - CELL[0] / 2), round(y - CELL[1] / 2)
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(SIZE[0], left + CELL[0]), min(SIZE[1], top + CELL[1])
    if x0 >= x1 or y0 >= y1:
        return
    part = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
    under = picture[y0:y1, x0:x1]
    under += weight[part] * (cell[part].astype(np.float32) - under)
