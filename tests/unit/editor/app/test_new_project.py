"""Projects made by the program's own command, and the demo's own folder."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from editor.app.new_project import ProjectMaker, demo_order
from editor.panels.start_page import NewProject
from pipeline.project.storage import load_project


def test_a_project_that_cannot_be_made_says_why(qtbot: QtBot, tmp_path: Path, media_dir: Path) -> None:
    maker, busy = ProjectMaker(), []
    maker.busy_changed.connect(lambda: busy.append(maker.busy))
    order = NewProject(tmp_path / "a.likeness", tmp_path / "none.mp4", (media_dir / "single_face.jpg",), None)
    with qtbot.waitSignal(maker.failed, timeout=180_000) as told:
        maker.make(order)
    assert "none.mp4" in str(told.args)
    assert busy == [True, False]
    assert not order.project.exists()


def test_the_demo_lies_in_a_folder_of_its_own_with_its_media(qtbot: QtBot, tmp_path: Path) -> None:
    order = demo_order(tmp_path / "demo")
    assert sorted(each.name for each in (tmp_path / "demo").iterdir()) == ["plate.mp4", "portrait.jpg"]
    maker = ProjectMaker()
    with qtbot.waitSignal(maker.made, timeout=180_000) as made:
        maker.make(order)
    assert made.args == [order]
    assert load_project(order.project).project.plates[0].path == "plate.mp4"
