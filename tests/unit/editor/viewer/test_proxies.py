"""While the playhead is dragged its frame's proxy is seen, and says so; everything else is the plate's own picture."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.look import colours
from editor.viewer.spot import told
from pipeline.ipc.messages import ErrorNotice, JobFailed, Progress
from tests.ui.stand_in import StandInClient, level


@pytest.fixture
def shown(editor: Editor, project_file: Path, qtbot: QtBot) -> Editor:
    """An open project whose plate has proxies; the result of frame 0 is seen, and no head-up display."""
    editor.window.session.open(project_file)
    StandInClient.made[-1].has_proxies = True
    editor.window.view.toggle_hud()
    qtbot.waitUntil(lambda: editor.window.pictures.has(0, "result"))
    return editor


def dragged(editor: Editor, qtbot: QtBot, *frames: int) -> None:
    """Drag over frames, seeing each; the drag doesn't pause of itself."""
    window = editor.window
    window.playhead._pause.setInterval(60_000)
    for frame in frames:
        window.playhead.drag(frame)
        qtbot.waitUntil(lambda frame=frame: window.pictures.proxy(frame, "plate") is not None)  # type: ignore[misc]


def colour(editor: Editor, across: float, down: float) -> tuple[int, int, int]:
    canvas = editor.window.canvas
    image = canvas.grab().toImage()
    found = QColor(image.pixel(int(across * (image.width() - 1)), int(down * (image.height() - 1))))
    return found.red(), found.green(), found.blue()


def has_badge(editor: Editor) -> bool:
    canvas = editor.window.canvas
    image = canvas.grab().toImage()
    wanted = colours.WORK.rgb()
    return any(image.pixel(x, 12) == wanted for x in range(image.width() // 2 - 40, image.width() // 2 + 40))


def asked(kind: str) -> list[int]:
    """What for; several views may ask for the same."""
    found = [frame for what, frame in StandInClient.made[-1].asked if what == kind]
    return [frame for number, frame in enumerate(found) if number == 0 or frame != found[number - 1]]


def test_every_frame_on_the_way_is_the_one_that_is_told(shown: Editor, qtbot: QtBot) -> None:
    for frame in (50, 51, 120, 7):
        dragged(shown, qtbot, frame)
        assert shown.window.playhead.frame == frame
        assert colour(shown, 0.5, 0.5) == (level(frame),) * 3
        picture = shown.window.canvas.picture("result")
        assert picture is not None
        assert (picture.frame, picture.facts.frame) == (frame, frame)
        assert has_badge(shown)
    assert asked("proxy result") == [50, 51, 120, 7]
    assert asked("frame result") == [0]


def test_the_picture_itself_is_seen_once_the_drag_pauses(shown: Editor, qtbot: QtBot) -> None:
    dragged(shown, qtbot, 50)
    shown.window.playhead.drop()
    qtbot.waitUntil(lambda: shown.window.pictures.has(50, "result"))
    assert colour(shown, 0.5, 0.5) == (255, level(50), level(50))
    assert not has_badge(shown)
    assert asked("frame result") == [0, 50]


def test_a_picture_that_is_kept_is_seen_in_place_of_a_proxy(shown: Editor, qtbot: QtBot) -> None:
    dragged(shown, qtbot, 50)
    shown.window.playhead.drag(0)
    assert colour(shown, 0.5, 0.5) == (255, level(0), level(0))
    shown.window.playhead.drag(50)
    assert colour(shown, 0.5, 0.5) == (level(50),) * 3
    assert asked("proxy result") == [50]


def test_mattes_and_differences_have_none(shown: Editor, qtbot: QtBot) -> None:
    for layer in ("matte", "difference"):
        shown.run(f"view.show_{layer}")
        shown.window.playhead._pause.setInterval(60_000)
        shown.window.playhead.drag(60)
        qtbot.waitUntil(lambda layer=layer: shown.window.pictures.has(60, layer))  # type: ignore[misc]
        assert not has_badge(shown)


def test_no_value_is_read_and_nothing_grabbed_of_a_proxy(shown: Editor, qtbot: QtBot) -> None:
    canvas, view = shown.window.canvas, shown.window.view
    dragged(shown, qtbot, 50)
    canvas.grab()
    middle = QPointF(canvas.rect().center())
    assert told(shown.samples.probe.spot_at(middle)).endswith("PROXY")
    shown.run("view.keep_grab")
    assert not view.has_grab
    shown.window.playhead.drop()
    qtbot.waitUntil(lambda: shown.window.pictures.has(50, "result"))
    canvas.grab()
    assert f"G {level(50)}" in told(shown.samples.probe.spot_at(middle))
    shown.run("view.keep_grab")
    assert view.has_grab


def test_the_mouse_on_the_ruler_drags_and_lets_go(shown: Editor, qtbot: QtBot) -> None:
    timeline = shown.window.timeline
    shown.window.playhead._pause.setInterval(60_000)
    y = timeline.ruler().center().y()

    def at(frame: int) -> QPointF:
        return QPointF(timeline.area().left() + timeline.scale.x(frame + 0.5), y)

    timeline.snaps = False
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=at(40).toPoint())
    qtbot.mouseMove(timeline, at(90).toPoint())
    on_the_way = shown.window.playhead.dragging
    frame = shown.window.playhead.frame
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=at(90).toPoint())
    assert (on_the_way, shown.window.playhead.dragging) == (True, False)
    qtbot.waitUntil(lambda: shown.window.pictures.has(frame, "result"))
    assert frame in asked("proxy result")


def test_switched_off_nothing_is_made_or_shown_and_that_is_kept(shown: Editor, qtbot: QtBot, tmp_path: Path) -> None:
    assert shown.window.actions_by_id["view.use_proxies"].isChecked()
    assert StandInClient.made[-1].asked.count(("proxies", "plate-1")) == 1
    shown.run("view.use_proxies")
    assert not shown.window.actions_by_id["view.use_proxies"].isChecked()
    assert not Settings(tmp_path / "editor.ini").shows_proxies
    shown.window.playhead.drag(70)
    qtbot.waitUntil(lambda: shown.window.pictures.has(70, "result"))
    assert asked("proxy result") == []
    shown.run("view.use_proxies")
    assert StandInClient.made[-1].asked.count(("proxies", "plate-1")) == 2


def test_making_them_is_a_job_with_progress_and_ends_with_its_switch(shown: Editor, qtbot: QtBot) -> None:
    client, jobs = StandInClient.made[-1], shown.window.jobs
    client.make_proxies = lambda plate: 900  # type: ignore[method-assign]
    shown.run("view.use_proxies")
    shown.run("view.use_proxies")
    assert not jobs.knows(900), "most plates need none"
    for done in (1, 2):
        client.on_event(Progress(job=900, stage="making proxies", done=done, total=9, rate=3.0, seconds_left=2.0))
    qtbot.waitUntil(lambda: jobs.knows(900) and jobs.jobs[-1].done == 2)
    assert jobs.jobs[-1].title == "Making proxies of a.mp4"
    shown.run("view.use_proxies")
    assert ("cancel", 900) in client.asked
    client.on_event(JobFailed(job=900, error=ErrorNotice(kind="Cancelled", message="Stopped.")))
    qtbot.waitUntil(lambda: jobs.jobs[-1].ended == "stopped")
