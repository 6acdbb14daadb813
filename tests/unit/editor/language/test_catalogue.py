"""Texts that come as data: whole, by pattern, and every text of the tables and of the pipeline that is shown."""

import re
import tomllib
from collections.abc import Iterable

import pytest

from editor.app.action_table import ACTIONS, MENUS
from editor.document.edits import STATUS_WORDS
from editor.language.catalogue import Catalogue, read_catalogue, translated
from editor.language.languages import FOLDER
from editor.panels.export_form import presets
from editor.panels.parameter_groups import groups, title_of
from editor.timeline.signal_traces import channel_title
from pipeline.project.keyframe import MANUAL
from pipeline.project.landmark_parts import REGIONS, spoken_part
from pipeline.project.marker import MARKER_COLOURS
from pipeline.project.parameter_table import PARAMETERS
from pipeline.project.preset_files import expression_names, load_expression
from pipeline.project.proposal import PROPOSAL_KINDS
from tests.unit.editor.language.pipeline_texts import error_names, shape, texts_given_to
from tests.unit.editor.language.test_texts import fields

FILE = FOLDER / "zh_CN.toml"
SAME_IN_BOTH = {"English", "100 %", "200 %", "400 %", "CIELAB"}
SAME_IN_BOTH |= {"DNxHR HQX", "JPEG", "PNG", "ProRes 422 HQ", "ProRes 4444", "TIFF"}


@pytest.fixture(scope="module")
def chinese() -> Catalogue:
    return read_catalogue(FILE)


def left(chinese: Catalogue, texts: Iterable[str]) -> list[str]:
    """Those that have no Chinese."""
    return [text for text in texts if text not in SAME_IN_BOTH and not re.search("[一-鿿]", chinese.text(text) or "一")]


def test_a_sentence_is_found_by_its_pattern_the_most_exact_one_first() -> None:
    gone = {"{a} is gone.": "没有 {a}。", "Frame {a} is gone.": "没有第 {a} 帧。", "{words} is here.": "有{words}。"}
    catalogue = Catalogue({**gone, "smile": "微笑"})
    assert catalogue.text("Frame 12 is gone.") == "没有第 12 帧。"
    assert catalogue.text("smile is gone.") == "没有 smile。", "a name stays"
    assert catalogue.text("smile is here.") == "有微笑。", "words are looked up"
    assert catalogue.text("something else") == "something else"


def test_without_a_language_data_stays_as_it_came() -> None:
    assert translated("Undo") == "Undo"


def test_keys_stand_once_and_fields_are_the_same_in_both() -> None:
    tables = tomllib.loads(FILE.read_text("utf-8"))
    texts = [pair for table in tables.values() for pair in table.items()]
    assert len({english for english, _ in texts}) == len(texts)
    assert not [english for english, text in texts if fields(english) != fields(text) or not text]


def test_a_pattern_says_enough_to_be_meant() -> None:
    tables = tomllib.loads(FILE.read_text("utf-8"))
    patterns = [english for table in tables.values() for english in table if fields(english)]
    assert not [each for each in patterns if len(re.findall("[A-Za-z]", re.sub(r"\{\w+\}", "", each))) < 4]


def test_every_action_and_menu_has_its_text(chinese: Catalogue) -> None:
    texts = {text for each in ACTIONS for text in (each.text, each.help, each.short, each.submenu)}
    assert not left(chinese, texts | set(MENUS))


def test_every_parameter_has_its_texts(chinese: Catalogue) -> None:
    for each in PARAMETERS.values():
        spoken = each.name.replace("_", " ")
        words = [title_of(each), each.description, each.unit, channel_title(each.name).partition(" (")[0]]
        assert not left(chinese, words if each.name.startswith("AU") else [*words, spoken]), each.name
    assert not left(chinese, (each.title for each in groups()))


def test_no_text_of_a_parameter_that_is_gone_stays() -> None:
    tables = tomllib.loads(FILE.read_text("utf-8"))
    assert set(tables["names"]) <= {each.replace("_", " ") for each in PARAMETERS}
    known = {text for each in PARAMETERS.values() for text in (title_of(each), each.description)}
    assert set(tables["parameters"]) <= known


def test_every_kind_status_colour_and_preset_has_its_text(chinese: Catalogue) -> None:
    kinds = [each.replace("_", " ") for each in (*PROPOSAL_KINDS, MANUAL)]
    words = [*kinds, *STATUS_WORDS.values(), *MARKER_COLOURS, "draft", "final"]
    assert not left(chinese, [*words, *(each.capitalize() for each in words)])
    assert not left(chinese, ("plate", "result", "matte", "difference"))
    assert not left(chinese, (spoken_part(part) for part in (*REGIONS, "61")))
    expressions = [load_expression(name) for name in expression_names()]
    assert not left(chinese, (text for each in expressions for text in (each.name, each.title, each.description)))
    assert not left(chinese, (text for each in presets() for text in (each.title, each.description)))


def test_every_network_has_its_texts(chinese: Catalogue) -> None:
    cards = [tomllib.loads(path.read_text("utf-8")) for path in sorted((FOLDER.parents[1] / "models").glob("*.toml"))]
    assert len(cards) > 5
    assert not left(chinese, (card[name] for card in cards for name in ("title", "purpose", "limits")))


def test_reasons_are_in_chinese(chinese: Catalogue) -> None:
    for english, expected in {
        "left smile apex 0.82, +0.61 in 9 frames": "左侧微笑达到顶点 0.82，9 帧内 +0.61",
        "jaw open onset, +1.20 cm in 1 frame": "张嘴开始，1 帧内 +1.20 cm",
        "micro lip press +0.20, up and down in 7 frames, one-sided": "微表情：抿唇 +0.20，7 帧内起落，单侧",
        "head begins to nod, 12 degrees down in 8 frames": "头部开始俯仰，8 帧内向下 12 度",
        "gaze shifts 9 degrees to picture left and 4 degrees up": "视线向画面左侧移动 9 度、向上移动 4 度",
        "stressed syllable, +6 dB, pitch +2.1 semitones": "重读音节，+6 dB，音高 +2.1 半音",
        "slow blink, lids shut 0.93, 12 frames": "慢眨眼，眼睑闭合 0.93，12 帧",
    }.items():
        assert chinese.text(english) == expected


def test_every_error_note_and_stage_of_the_pipeline_has_its_text() -> None:
    tables = tomllib.loads(FILE.read_text("utf-8"))
    known = {shape(english) for table in tables.values() for english in table}
    no_words = {"{}: {}", "{} {}, not {}."}  # fields alone; the second is there with each of the words it takes
    said = {*texts_given_to(*error_names(), "ErrorNotice", "note", "Progress", "Evidence")}
    assert not said - known - no_words
