"""What stands in the plate's place: versions of the project and exports that are chosen."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.viewer.spot import told
from pipeline.ipc.exported import Export
from pipeline.project.project import Project, Quality, Source
from tests.ui.stand_in import StandInClient, level


@pytest.fixture
def shown(editor: Editor, project_file: Path, qtbot: QtBot) -> Editor:
    """Saved as it was opened, then with a likeness of 0.4, then edited to 0.8."""
    window = editor.window
    window.session.open(project_file)
    edit(editor, 0.4)
    with qtbot.waitSignal(window.session.saver.finished):
        editor.run("project.save_file")
    qtbot.waitUntil(lambda: not window.document.unsaved)
    edit(editor, 0.8)
    window.view.toggle_hud()
    wait_for(editor, qtbot)
    return editor


def edit(editor: Editor, likeness: float) -> None:
    def change(project: Project) -> Project:
        face = project.faces[0]
        return replace(project, faces=(replace(face, settings=replace(face.settings, likeness=likeness)),))

    editor.window.document.edit("Likeness", change)


def wait_for(editor: Editor, qtbot: QtBot) -> None:
    window = editor.window
    qtbot.waitUntil(lambda: all(window.pictures.has(window.playhead.frame, each) for each in window.view.layers))


def colour(editor: Editor, across: float) -> tuple[int, int, int]:
    image = editor.window.canvas.grab().toImage()
    found = QColor(image.pixel(int(across * (image.width() - 1)), int(0.3 * (image.height() - 1))))
    return found.red(), found.green(), found.blue()


def of_version(frame: int, likeness: float) -> tuple[int, int, int]:
    return level(frame), round(255 * likeness), level(frame)


def result(frame: int) -> tuple[int, int, int]:
    return 255, level(frame), level(frame)


def client() -> StandInClient:
    return StandInClient.made[-1]


def lines(menu: QMenu | None) -> list[QAction]:
    """What a menu offers once it is opened."""
    assert menu is not None
    menu.aboutToShow.emit()
    return menu.actions()


def has_just_asked_for(what: str) -> bool:
    return [each for each, _ in client().asked if each.startswith("version")][-1] == what


def version_lines(editor: Editor) -> list[QAction]:
    return lines(editor.window.actions_by_id["view.choose_version"].menu())  # type: ignore[arg-type]


def export_lines(editor: Editor) -> list[QAction]:
    return lines(editor.window.actions_by_id["view.choose_export"].menu())  # type: ignore[arg-type]


def test_the_last_save_stands_beside_the_document_whatever_is_done_to_it(shown: Editor, qtbot: QtBot) -> None:
    window = shown.window
    window.actions_by_id["view.compare_saved"].trigger()
    qtbot.waitUntil(lambda: colour(shown, 0.3) == of_version(0, 0.4))
    assert colour(shown, 0.7) == result(0)
    assert window.actions_by_id["view.compare_saved"].isChecked()
    window.playhead.go(50)
    wait_for(shown, qtbot)
    qtbot.waitUntil(lambda: colour(shown, 0.3) == of_version(50, 0.4))

    asked = len(client().asked)
    edit(shown, 0.9)
    window.document.undo_stack.undo()
    wait_for(shown, qtbot)
    assert colour(shown, 0.3) == of_version(50, 0.4)
    with qtbot.waitSignal(window.session.saver.finished):
        shown.run("project.save_file")
    assert colour(shown, 0.3) == of_version(50, 0.4), "a later save is another version"
    assert not [each for each, _ in client().asked[asked:] if each.startswith("version")]

    window.actions_by_id["view.compare_saved"].trigger()
    wait_for(shown, qtbot)
    assert colour(shown, 0.3) == (level(50),) * 3, "the plate again"
    assert client().version is None, "the worker holds nothing for it any more"


def test_any_save_can_be_chosen_and_says_where_it_differs(shown: Editor, qtbot: QtBot) -> None:
    window = shown.window
    last, before = version_lines(shown)
    assert "as saved last" in last.text()
    assert "one save earlier" in before.text()
    assert all("other in every frame" in each.text() for each in (last, before))
    edit(shown, 0.4)
    assert "same picture as now" in version_lines(shown)[0].text()

    likeness = window.document.project.faces[0].settings
    version_lines(shown)[1].trigger()
    first = type(likeness)().likeness
    qtbot.waitUntil(lambda: colour(shown, 0.3) == of_version(0, first))
    assert [each.isChecked() for each in version_lines(shown)] == [False, True]
    assert "Saved " in window.canvas._reference_text(0)
    version_lines(shown)[0].trigger()
    qtbot.waitUntil(lambda: colour(shown, 0.3) == of_version(0, 0.4))
    version_lines(shown)[0].trigger()
    assert window.view.against == "plate", "chosen again, it ends"


def test_a_b_flips_the_whole_picture_and_back(shown: Editor, qtbot: QtBot) -> None:
    window = shown.window
    shown.run("view.toggle_other")
    wait_for(shown, qtbot)
    assert colour(shown, 0.7) == (level(0),) * 3, "without anything else, the plate"
    shown.run("view.toggle_other")
    shown.run("view.compare_saved")
    shown.run("view.toggle_side")
    shown.run("view.toggle_other")
    qtbot.waitUntil(lambda: colour(shown, 0.7) == of_version(0, 0.4))
    assert colour(shown, 0.3) == of_version(0, 0.4)
    canvas = window.canvas
    at = QPointF(canvas.width() * 0.7, canvas.height() * 0.3)
    assert f"G {round(255 * 0.4)} " in told(shown.samples.probe.spot_at(at))
    head_up = canvas._head_up(canvas._halves()[-1].picture)
    assert head_up.layers == ()
    assert "Saved " in head_up.reference
    shown.run("view.toggle_other")
    assert window.view.compare == "side"
    shown.run("view.toggle_other")
    window.view.compare_with("plate")
    assert window.view.compare == "side", "nothing is left to flip to"


def test_the_version_shows_the_layer_that_is_seen_and_of_the_plate_its_result(shown: Editor, qtbot: QtBot) -> None:
    shown.run("view.compare_saved")
    for action, layer in (("view.show_matte", "matte"), ("view.show_plate", "result")):
        shown.run(action)
        qtbot.waitUntil(partial(has_just_asked_for, f"version {layer}"))
    shown.run("view.toggle_wipe")
    asked = len(client().asked)
    shown.window.playhead.go(7)
    qtbot.waitUntil(lambda: len(client().asked) > asked)
    assert not [each for each, _ in client().asked[asked:] if each.startswith("version")], "nothing of it is seen"


def test_while_the_playhead_is_dragged_only_what_it_rests_at_is_asked_for(shown: Editor, qtbot: QtBot) -> None:
    shown.run("view.compare_saved")
    asked = len(client().asked)
    for frame in (10, 20, 30):
        shown.window.playhead.drag(frame)
    qtbot.waitUntil(lambda: ("version result", 30) in client().asked)
    assert [frame for each, frame in client().asked[asked:] if each == "version result"] == [30]


def test_a_version_without_its_photo_is_told_of_and_the_plate_is_back(shown: Editor, qtbot: QtBot) -> None:
    window = shown.window
    document = window.document

    def lose(project: Project) -> Project:
        identity = project.identities[0]
        return replace(project, identities=(replace(identity, sources=(Source(path="gone.png", sha256="9" * 64),)),))

    document.edit("Photo", lose)
    with qtbot.waitSignal(window.session.saver.finished):
        shown.run("project.save_file")
    document.undo_stack.undo()
    shown.run("view.compare_saved")
    qtbot.waitUntil(lambda: any("can't be compared with" in each for each in window.notices.texts))
    assert any("gone.png" in each for each in window.notices.texts)
    assert window.view.against == "plate"
    assert client().version is None
    assert not window.actions_by_id["view.compare_saved"].isChecked()


def test_a_fresh_worker_is_given_the_version_again_and_another_project_none(
    shown: Editor, project_file: Path, qtbot: QtBot
) -> None:
    window = shown.window
    shown.run("view.compare_saved")
    qtbot.waitUntil(lambda: colour(shown, 0.3) == of_version(0, 0.4))
    before = client().version
    window.bridge.start_anew()
    qtbot.waitUntil(lambda: client().asked.count(("version result", 0)) == 1)
    assert client().version == before
    window.session.open(project_file)
    assert client().version is None
    assert window.view.reference is None


def test_one_of_several_exports_is_chosen(shown: Editor, qtbot: QtBot) -> None:
    window = shown.window
    (only,) = export_lines(shown)
    assert not only.isEnabled()
    made: tuple[tuple[str, Quality | None], ...] = (("b.mp4", "final"), ("old/a.mp4", "draft"), ("older/a.mp4", None))
    client().exported = tuple(
        Export(path=f"/films/{name}", time="2026-03-01T10:00:00+00:00", quality=quality, first=10, last=99)
        for name, quality in made
    )
    export_lines(shown)
    qtbot.waitUntil(lambda: len(export_lines(shown)) == 3)
    texts = [each.text() for each in export_lines(shown)]
    assert [each.split("\t")[0] for each in texts] == ["b.mp4", "old/a.mp4", "older/a.mp4"]
    assert "final" in texts[0]
    assert "draft" in texts[1]
    assert all("frames 10 – 99" in each and "01 Mar" in each for each in texts)
    window.playhead.go(50)
    wait_for(shown, qtbot)
    export_lines(shown)[1].trigger()
    qtbot.waitUntil(lambda: colour(shown, 0.3) == (level(50), level(50), 255))
    assert ("film", (50, Path("/films/old/a.mp4"))) in client().asked
    assert [each.isChecked() for each in export_lines(shown)] == [False, True, False]
    assert not window.actions_by_id["view.compare_film"].isChecked()
    assert not window.actions_by_id["view.compare_export"].isChecked()
    export_lines(shown)[1].trigger()
    assert window.view.against == "plate"
