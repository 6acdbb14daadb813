"""Texts that come as English data, from tables and from the pipeline, in the language in use.

The pipeline speaks English, to the command line and into files, and knows no window. What the editor shows of it is
looked up here: a whole text by itself, a sentence with numbers or names in it by its pattern, in which `{name}` stands
for any words. What isn't in the catalogue is shown as it came.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_FIELD = re.compile(r"\{(\w+)\}")


class Catalogue:
    """The texts of one language by the English ones."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._whole = {english: text for english, text in texts.items() if not _FIELD.search(english)}
        patterns = sorted((each for each in texts if _FIELD.search(each)), key=_fixed_length, reverse=True)
        self._patterns = [(_pattern(each), texts[each]) for each in patterns]
        """The most exact first: a longer one says more of the sentence."""
        self.text = lru_cache(maxsize=4096)(self._text)

    def _text(self, english: str) -> str:
        whole = self._whole.get(english)
        if whole is not None:
            return whole
        for pattern, text in self._patterns:
            found = pattern.fullmatch(english)
            if found is not None:
                fields = {name: self._whole.get(value, value) for name, value in found.groupdict().items()}
                return text.format(**fields)
        return english


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue of a file: tables of `"English" = "translation"`, whose names only put them in order."""
    tables = tomllib.loads(path.read_text("utf-8"))
    return Catalogue({english: text for table in tables.values() for english, text in table.items()})


def translated(text: str) -> str:
    """A text that comes as data, in the language in use."""
    return _in_use[-1].text(text) if text else text


def use(catalogue: Catalogue) -> None:
    """Have a catalogue answer from now on. A process speaks one language, chosen before its window is built."""
    _in_use[:] = [catalogue]


def _fixed_length(english: str) -> int:
    return len(_FIELD.sub("", english))


def _pattern(english: str) -> re.Pattern[str]:
    parts = _FIELD.split(english)
    seen: set[str] = set()
    made = []
    for number, part in enumerate(parts):
        if number % 2 == 0:
            made.append(re.escape(part))
        elif part in seen:
            made.append(f"(?P={part})")
        else:
            seen.add(part)
            made.append(f"(?P<{part}>.+?)")
    return re.compile("".join(made), re.DOTALL)


ENGLISH = Catalogue({})
_in_use = [ENGLISH]
