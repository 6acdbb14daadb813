"""The people of a project: names, terms, consent, photos with what they are worth."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QTreeWidgetItem

from editor.app.editor import Editor
from editor.panels.identity_panel import IdentityPanel
from editor.panels.source_marks import SourceMark
from pipeline.project.project import Identity, Source
from pipeline.project.storage import load_project, save_project

PHOTOS = (Source(path="x.png", sha256="1" * 64), Source(path="y.png", sha256="2" * 64))


@pytest.fixture
def panel(editor: Editor, project_file: Path) -> IdentityPanel:
    """Ada with two photos, worn by the one face; the panel isn't in front, so that nothing is looked at."""
    stored = load_project(project_file)
    ada = replace(stored.project.identities[0], sources=PHOTOS)
    save_project(stored.changed(replace(stored.project, identities=(ada,))), project_file)
    editor.window.session.open(project_file)
    return editor.window.identity


def ada(panel: IdentityPanel) -> Identity:
    return panel._document.project.identities[0]


def lines(panel: IdentityPanel) -> list[list[str]]:
    found = [panel.people.topLevelItem(i) for i in range(panel.people.topLevelItemCount())]
    return [[item.text(column) for column in range(3)] for item in found if isinstance(item, QTreeWidgetItem)]


def choose(panel: IdentityPanel, number: int) -> None:
    panel.people.setCurrentIndex(panel.people.model().index(number, 0))


def actions(panel: IdentityPanel, number: int) -> list[str]:
    menu = panel.sources.tiles[number].menu()
    return [each.text() for each in menu.actions()]


def trigger(panel: IdentityPanel, number: int, text: str) -> None:
    menu = panel.sources.tiles[number].menu()
    next(each for each in menu.actions() if each.text() == text).trigger()


def test_everybody_is_listed_with_who_agreed_and_when(panel: IdentityPanel) -> None:
    assert lines(panel) == [["Ada", "face-1", "none on record"], ["performer", "face-1", "none on record"]]
    panel.form.who.setText("Ada Example")
    panel.form.statement.setPlainText("May be used in this test.")
    panel.record.click()
    consent = ada(panel).consent
    assert consent is not None
    assert lines(panel)[0][2] == f"Ada Example, {consent.date}"


def test_a_performers_consent_is_recorded_with_the_performer(panel: IdentityPanel) -> None:
    choose(panel, 1)
    assert panel.licence.isHidden()
    assert panel.sources.isHidden()
    panel.form.who.setText("Bob")
    panel.form.statement.setPlainText("May be used.")
    panel.record.click()
    project = panel._document.project
    assert project.performers[0].consent is not None
    assert project.identities[0].consent is None
    assert panel.shown == project.performers[0], "it stays in sight"


def test_name_and_licence_are_typed_and_undone(panel: IdentityPanel) -> None:
    for field, text in ((panel.name, "Grace"), (panel.licence, "CC BY 4.0")):
        field.setText(text)
        field.editingFinished.emit()
    assert (ada(panel).name, ada(panel).licence) == ("Grace", "CC BY 4.0")
    panel._document.undo_stack.undo()
    panel._document.undo_stack.undo()
    assert (panel.name.text(), panel.licence.text()) == ("Ada", "")


def test_photos_are_led_and_removed(panel: IdentityPanel) -> None:
    assert actions(panel, 0) == ["Remove"]
    trigger(panel, 1, "Lead with this one")
    assert ada(panel).sources == PHOTOS[::-1]
    trigger(panel, 0, "Remove")
    assert ada(panel).sources == PHOTOS[:1]
    assert "Remove" not in actions(panel, 0), "the only one stays"


def test_a_photo_of_several_faces_asks_which_one_is_meant(panel: IdentityPanel, editor: Editor) -> None:
    faces = [SourceMark(200.0, 3.0, ""), SourceMark(90.0, -30.0, "")]
    editor.window.marks.take(PHOTOS[1], faces)
    assert editor.window.marks.mark(PHOTOS[1]) is None
    trigger(panel, 1, "Face 2 from the left: 90 px, -30°")
    assert ada(panel).sources[1] == replace(PHOTOS[1], face=2)
    assert editor.window.marks.mark(ada(panel).sources[1]) == faces[1]
    assert not faces[1].is_good
    assert faces[0].is_good


def test_an_identity_that_nobody_wears_can_be_removed(panel: IdentityPanel, editor: Editor) -> None:
    assert panel.remove.isHidden()
    box = editor.window.faces.identity
    box.activated.emit(box.findText("The performer's own face"))
    choose(panel, 0)
    assert not panel.remove.isHidden()
    panel.remove.click()
    assert panel._document.project.identities == ()
