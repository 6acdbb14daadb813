"""Expression presets as files: those that ship, and the user's own."""

from pathlib import Path

import pytest

from pipeline.errors import ProjectError
from pipeline.project.expression_preset import ExpressionPreset
from pipeline.project.preset_files import expression_names, load_expression, own_folder, save_expression


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path))


def test_seven_expressions_ship_and_each_does_something() -> None:
    assert expression_names() == ("anger", "neutral", "sadness", "smile", "surprise", "talk", "wink")
    for name in expression_names():
        preset = load_expression(name)
        assert preset.title
        assert preset.description
        assert preset.weights or preset.activations


def test_one_s_own_comes_back_as_it_was_saved_and_goes_before_a_shipped_one() -> None:
    mine = ExpressionPreset(
        name="smile", title='My "smile"', description="ä\nb", weights={"AU12L": 0.5}, activations={"AU1R": 1.25}
    )
    path = save_expression(mine)
    assert path == own_folder() / "smile.toml"
    assert load_expression("smile") == mine
    with pytest.raises(ProjectError, match="choose another name"):
        save_expression(mine)
    save_expression(ExpressionPreset(name="smile", weights={"AU12R": 0.5}), overwrite=True)
    assert load_expression("smile").weights == {"AU12R": 0.5}


@pytest.mark.parametrize("name", ["../smile", "", "Smile!", "a b"])
def test_a_name_that_is_no_file_is_refused(name: str) -> None:
    with pytest.raises(ProjectError, match="use small letters"):
        save_expression(ExpressionPreset(name=name, weights={"AU12R": 0.5}))


@pytest.mark.parametrize(
    "text", ["[weights", "[weights]\nAU99 = 1", "[activations]\nAU12L = 9", "colour = 1\nweights = 2"]
)
def test_a_broken_file_is_said(text: str) -> None:
    own_folder().mkdir(parents=True)
    (own_folder() / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError, match=r"mine\.toml is no expression"):
        load_expression("mine")


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(ProjectError, match="Choose one of: anger, neutral"):
        load_expression("joy")
    with pytest.raises(ProjectError, match="Choose one of"):
        load_expression("../presets/png")
