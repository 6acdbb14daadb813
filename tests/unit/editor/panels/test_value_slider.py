"""A number by drag, by key and by typing."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from editor.panels.value_slider import ValueSlider, text_of
from pipeline.project.parameter_table import parameter_named

GRAIN = parameter_named("grain")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def slider(qtbot: QtBot) -> ValueSlider:
    slider = ValueSlider(GRAIN)
    qtbot.addWidget(slider)
    slider.resize(200, 20)
    slider.show()
    slider.show_values((0.8,))
    return slider


def field(slider: ValueSlider) -> QLineEdit | None:
    """Where a number is being typed."""
    return slider._field


def test_a_drag_over_half_the_width_is_half_the_range(slider: ValueSlider, qtbot: QtBot) -> None:
    wanted: list[float] = []
    order: list[str] = []
    slider.moved.connect(wanted.append)
    slider.began.connect(lambda: order.append("began"))
    slider.ended.connect(lambda: order.append("ended"))
    qtbot.mousePress(slider, LEFT, pos=QPoint(50, 10))
    qtbot.mouseMove(slider, QPoint(150, 10))
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(150, 10))
    assert wanted[-1] == 1.8
    assert order == ["began", "ended"]


def test_a_drag_ends_at_the_bounds(slider: ValueSlider, qtbot: QtBot) -> None:
    wanted: list[float] = []
    slider.moved.connect(wanted.append)
    qtbot.mousePress(slider, LEFT, pos=QPoint(50, 10))
    qtbot.mouseMove(slider, QPoint(900, 10))
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(900, 10))
    assert wanted[-1] == GRAIN.highest


def test_a_typed_number_is_taken_and_nonsense_is_not(slider: ValueSlider, qtbot: QtBot) -> None:
    wanted: list[float] = []
    slider.moved.connect(wanted.append)
    for text in ("1,25", "x", "nan", "99"):
        slider.type_value()
        assert slider._field is not None
        slider._field.setText(text)
        qtbot.keyClick(slider._field, Qt.Key.Key_Return)
        assert field(slider) is None
    assert wanted == [1.25, GRAIN.highest]


def test_escape_leaves_the_value_as_it_was(slider: ValueSlider, qtbot: QtBot) -> None:
    wanted: list[float] = []
    slider.moved.connect(wanted.append)
    slider.type_value()
    assert slider._field is not None
    qtbot.keyClicks(slider._field, "1.5")
    qtbot.keyClick(slider._field, Qt.Key.Key_Escape)
    assert field(slider) is None
    assert not wanted


def test_ctrl_click_brings_the_default_back_and_arrows_step(slider: ValueSlider, qtbot: QtBot) -> None:
    wanted: list[float] = []
    slider.moved.connect(wanted.append)
    qtbot.mouseClick(slider, LEFT, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(slider, Qt.Key.Key_Up)
    qtbot.keyClick(slider, Qt.Key.Key_Down)
    assert wanted == [GRAIN.default, 0.82, 0.78]


def test_values_that_differ_are_shown_as_mixed(slider: ValueSlider) -> None:
    mixed = []
    for values in ((0.2, 0.8), (0.8, 0.8)):
        slider.show_values(values)
        mixed.append(slider.mixed)
    assert mixed == [True, False]
    assert text_of(GRAIN, 0.8) == "0.80"
    assert text_of(parameter_named("turn_start"), 35.0) == "35.0°"
