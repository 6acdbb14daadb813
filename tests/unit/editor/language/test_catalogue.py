"""Texts that come as data: whole, by pattern, and every text of the editor's tables."""

import re
import tomllib

import pytest

from editor.app.action_table import ACTIONS, MENUS
from editor.language.catalogue import Catalogue, read_catalogue, translated
from editor.language.languages import FOLDER
from tests.unit.editor.language.test_texts import fields

FILE = FOLDER / "zh_CN.toml"


@pytest.fixture(scope="module")
def chinese() -> Catalogue:
    return read_catalogue(FILE)


def test_a_sentence_is_found_by_its_pattern_the_most_exact_one_first() -> None:
    texts = {
        "{a} is gone.": "没有 {a}。",
        "Frame {a} is gone.": "没有第 {a} 帧。",
        "smile": "微笑",
        "{a}: {b}": "{b}（{a}）",
    }
    catalogue = Catalogue(texts)
    assert catalogue.text("Frame 12 is gone.") == "没有第 12 帧。"
    assert catalogue.text("smile is gone.") == "没有 微笑。"
    assert catalogue.text("Frame 3: smile") == "微笑（Frame 3）"
    assert catalogue.text("something else") == "something else"


def test_without_a_language_data_stays_as_it_came() -> None:
    assert translated("Undo") == "Undo"


def test_keys_stand_once_and_fields_are_the_same_in_both() -> None:
    tables = tomllib.loads(FILE.read_text("utf-8"))
    texts = [pair for table in tables.values() for pair in table.items()]
    assert len({english for english, _ in texts}) == len(texts)
    assert not [english for english, text in texts if fields(english) != fields(text) or not text]


def test_every_action_and_menu_has_its_text(chinese: Catalogue) -> None:
    texts = {text for each in ACTIONS for text in (each.text, each.help, each.short, each.submenu) if text} | set(MENUS)
    same_in_both = {"English", "简体中文", "100 %", "200 %", "400 %"}
    assert not [text for text in texts - same_in_both if not re.search("[一-鿿]", chinese.text(text))]
