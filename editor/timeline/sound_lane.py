"""The plate's sound on the timeline: brighter where somebody speaks, in colour where it is the face in hand."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from editor.look import colours
from editor.timeline.frame_scale import FrameScale
from editor.timeline.signal_traces import SignalBuckets
from editor.timeline.sound_outline import SoundOutline

QUIET, SPOKEN, OWN = colours.grey(108), colours.grey(208), QColor(150, 186, 124)
"""Sound; speech; speech of the face in hand."""
_SPEAKS_FROM = 0.5
_LIFT = 0.6
"""Power that samples are drawn by, so that dialogue, which lies at a tenth of full scale, is seen."""


def draw_sound(
    painter: QPainter, lane: QRectF, scale: FrameScale, sound: SoundOutline, face: SignalBuckets | None
) -> None:
    """Draw the waveform into a lane; `face`: the signals of the face in hand, of which `speaks` is used."""
    ratio = painter.device().devicePixelRatioF()
    width, height = max(1, round(lane.width() * ratio)), max(3, round((lane.height() - 3) * ratio))
    edges = scale.first + np.arange(width + 1) / (scale.frame_px * ratio)
    low, high = sound.between(edges)
    frames = np.floor((edges[:-1] + edges[1:]) / 2).astype(np.int64)
    ink = np.full(width, QUIET.rgb(), np.uint32)
    spoken = sound.is_spoken(frames)
    ink[spoken] = SPOKEN.rgb()
    ink[spoken & _speaks(face, frames)] = OWN.rgb()
    image = _waves(low, high, ink, height)
    painter.drawImage(QRectF(lane.left(), lane.top() + 1, lane.width(), lane.height() - 3), image)


def has_voice(face: SignalBuckets | None) -> bool:
    """Whether it is known when a face speaks."""
    return face is not None and "speaks" in face.channels and not bool(np.isnan(_row(face)).all())


def _waves(low: NDArray[np.float32], high: NDArray[np.float32], ink: NDArray[np.uint32], height: int) -> QImage:
    """(height, columns) a bar a column from its least to its greatest sample, one row at least."""
    middle = (height - 1) / 2
    rows = np.arange(height, dtype=np.float32)[:, None]
    top, bottom = (middle - np.sign(each) * np.abs(each) ** _LIFT * middle for each in (high, low))
    seen = (rows >= np.floor(top)) & (rows <= np.ceil(bottom))
    pixels = np.where(seen, ink[None], np.uint32(0))
    image = QImage(pixels.data, pixels.shape[1], height, 4 * pixels.shape[1], QImage.Format.Format_ARGB32)
    return image.copy()  # Its own memory: the array's goes.


def _speaks(face: SignalBuckets | None, frames: NDArray[np.int64]) -> NDArray[np.bool_]:
    if face is None or "speaks" not in face.channels:
        return np.zeros(len(frames), np.bool_)
    row = _row(face)
    columns = (frames - face.start) // face.step
    inside = (columns >= 0) & (columns < len(row))
    return np.asarray(inside & (row[np.clip(columns, 0, len(row) - 1)] >= _SPEAKS_FROM))


def _row(face: SignalBuckets) -> NDArray[np.float32]:
    return np.asarray(face.high[face.channels.index("speaks")])
