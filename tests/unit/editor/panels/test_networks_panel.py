"""The networks with their licences, the state of their files and where they run, as the real commands say."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.panels.networks_panel import NetworksPanel
from pipeline.engines.registry import cards


@pytest.fixture
def panel(editor: Editor, project_file: Path) -> NetworksPanel:
    editor.window.session.open(project_file)
    return editor.window.networks


def lines(panel: NetworksPanel) -> list[list[str]]:
    found = [panel.list.topLevelItem(i) for i in range(panel.list.topLevelItemCount())]
    return [[item.text(column) for column in range(4)] for item in found if item is not None]


def card(identity: str) -> dict[str, object]:
    names = ("title", "licence", "purpose", "limits", "source", "file")
    return {"id": identity, "commercial_use": identity != "b", **{name: f"{name} of {identity}" for name in names}}


def test_every_network_is_there_verified_and_with_its_provider(
    panel: NetworksPanel, editor: Editor, qtbot: QtBot
) -> None:
    assert lines(panel) == []
    editor.window.bring_panel("networks")
    qtbot.waitUntil(lambda: bool(lines(panel)) and not editor.window.network_feed.busy)
    known = {each.title: each.licence for each in cards()}
    assert {line[0]: line[3] for line in lines(panel)} == known
    assert {line[1] for line in lines(panel)} == {"verified"}
    assert {line[2] for line in lines(panel) if line[0] != "Canonical face mesh"} <= {"CPU", "CUDA"}
    assert "All 9 files" in panel.told.text()


def test_a_file_that_is_not_its_cards_is_said_and_doubtful_licences_are_marked(panel: NetworksPanel) -> None:
    panel.show_networks([card("a"), card("b")])
    panel.show_states({"a": "changed", "b": "good"}, {"b": ["CUDAExecutionProvider", "CPUExecutionProvider"]})
    assert [line[1:3] for line in lines(panel)] == [["changed", ""], ["verified", "CUDA"]]
    assert "title of a" in panel.told.text()
    panel.list.setCurrentIndex(panel.list.model().index(1, 0))
    assert "limits of b" in panel.told.text()
    assert "commercial use is in doubt" in panel.told.text()
