"""The waveform on the timeline: where sound is, how loud, who speaks, at every zoom."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from editor.app.editor import Editor
from editor.timeline.frame_scale import FrameScale
from editor.timeline.signal_traces import SignalBuckets
from editor.timeline.sound_lane import OWN, QUIET, SPOKEN, draw_sound, has_voice
from editor.timeline.sound_outline import SoundOutline

WIDTH, HEIGHT = 400, 43
BINS = 8


def outlined(loud: NDArray[np.int8], speech: NDArray[np.uint8] | None = None) -> SoundOutline:
    """A sound whose bins reach `loud` both ways."""
    found = SoundOutline.of(BINS, (-loud).astype(np.int8), loud, np.zeros(0, np.uint8) if speech is None else speech)
    assert found is not None
    return found


def drawn(sound: SoundOutline, scale: FrameScale, face: SignalBuckets | None = None) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    draw_sound(painter, QRectF(0, 0, WIDTH, HEIGHT), scale, sound, face)
    painter.end()
    return image


def colours(image: QImage, x: int) -> set[str]:
    return {image.pixelColor(x, y).name() for y in range(HEIGHT)} - {"#000000"}


def tall(image: QImage, x: int) -> int:
    return sum(image.pixelColor(x, y) != QColor("black") for y in range(HEIGHT))


@pytest.mark.parametrize("frames", [50, 20_000, 200_000])
def test_one_loud_frame_is_seen_at_any_zoom(qapp: QApplication, frames: int) -> None:
    loud = np.ones(frames * BINS, np.int8)
    at = frames * 5 // 8
    loud[at * BINS + 3] = 127
    image = drawn(outlined(loud), FrameScale.fitting(frames, WIDTH))
    scale = FrameScale.fitting(frames, WIDTH)
    heights = [tall(image, x) for x in range(WIDTH)]
    assert max(heights) >= 38
    assert abs(heights.index(max(heights)) - scale.x(at)) <= max(1, scale.frame_px)
    assert sorted(heights)[WIDTH // 2] <= 5


def test_speech_is_bright_and_that_of_the_face_in_hand_coloured(qapp: QApplication) -> None:
    speech = np.where(np.arange(100) >= 50, 255, 0).astype(np.uint8)
    speaks = np.full((1, 100), np.nan, np.float32)
    speaks[0, 75:] = 0.9
    face = SignalBuckets("face-1", ("speaks",), 0, 1, speaks, speaks)
    image = drawn(outlined(np.full(100 * BINS, 90, np.int8), speech), FrameScale.fitting(100, WIDTH), face)
    assert [colours(image, x) for x in (40, 240, 360)] == [{QUIET.name()}, {SPOKEN.name()}, {OWN.name()}]
    assert has_voice(face)
    assert not has_voice(SignalBuckets("face-1", ("AU4",), 0, 1, speaks, speaks))


def test_nothing_is_drawn_beyond_the_plates_ends(qapp: QApplication) -> None:
    image = drawn(outlined(np.full(10 * BINS, 100, np.int8)), FrameScale(0, 20))
    assert tall(image, 100) > 20
    assert tall(image, 300) <= 2


def test_a_plate_with_sound_has_the_lane_and_one_without_has_not(editor: Editor, project_file: Path) -> None:
    w = editor.window
    w.session.open(project_file)
    QApplication.processEvents()
    assert w.timeline.lanes().sound_lane.height > 0
    assert w.record.sound is not None
    assert w.record.sound.is_spoken(np.array([20, 120, 999])).tolist() == [False, True, False]
    w.timeline.grab()
    w.record.put_sound("plate-1", SoundOutline.of(8, np.zeros(0, np.int8), np.zeros(0, np.int8), np.zeros(0, np.uint8)))
    assert w.timeline.lanes().sound_lane.height == 0
