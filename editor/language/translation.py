"""The editor's own texts in the language in use.

They stand in English in the code, inside `tr(...)`, where `pyside6-lupdate` finds them and gathers them into a .ts file
(`scripts/translations.py`); their context is the empty one, which is what it gives to a free function of that name. The
.ts file is read when a language is chosen: a compiled one would have to be kept like it, and can't be merged.
Texts of tables and of the pipeline are `editor.language.catalogue`'s.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

Texts = Mapping[tuple[str, str], str]
"""By the English text and its meaning, empty for most."""


def tr(text: str, meaning: str = "", /, **fields: object) -> str:
    """A text in the language in use, its fields filled as `str.format` does. `meaning` tells the translator which of
    several things a short word means; the same word with another meaning is a text of its own.

    Where a number decides between two English sentences, both are texts of their own. Called when something is shown,
    never when a module is imported: no language is chosen then.
    """
    said = _in_use[-1].get((text, meaning), text)
    return said.format(**fields) if fields else said


def mark(text: str, meaning: str = "", /) -> str:
    """The English text as it is, for a table that is read when modules are imported: it is found for translation here,
    and given to `tr` where it is shown.
    """
    return text


def read_texts(path: Path) -> Texts:
    """The texts of a .ts file; what isn't translated there is left out."""
    messages = ET.parse(path).iter("message")
    found = {(each.findtext("source", ""), each.findtext("comment", "")): each for each in messages}
    return {english: text for english, each in found.items() if (text := each.findtext("translation", ""))}


def use(texts: Texts) -> None:
    """Have these texts stand for the English ones from now on; none: English."""
    _in_use[:] = [texts]


_in_use: list[Texts] = [{}]
