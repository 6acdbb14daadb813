"""Texts that come as English data, from tables and from the pipeline, in the language in use.

The pipeline speaks English, to the command line and into files, and knows no window. What the editor shows of it is
looked up here: a whole text by itself, a sentence with numbers or names in it by its pattern, in which `{name}` stands
for any words. What stands at `{words}` (or `{words2}`) is itself looked up; other fields are names and numbers, and
stay. What isn't in the catalogue is shown as it came.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FIELD = re.compile(r"\{(\w+)\}")
_KEPT = 1 << 15
"""Answers that are kept: a table of keyframes asks for the reasons of thousands."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A pattern: `longest` of its fixed parts tells quickly that it isn't the one."""

    longest: str
    fixed: int
    pattern: re.Pattern[str]
    text: str

    @classmethod
    def of(cls, english: str, text: str) -> "_Sentence":
        parts = _FIELD.split(english)
        seen: set[str] = set()
        made = []
        for number, part in enumerate(parts):
            if number % 2 == 0:
                made.append(re.escape(part))
            else:
                made.append(f"(?P={part})" if part in seen else f"(?P<{part}>.+?)")
                seen.add(part)
        fixed = parts[::2]
        return cls(max(fixed, key=len), sum(map(len, fixed)), re.compile("".join(made), re.DOTALL), text)


class Catalogue:
    """The texts of one language by the English ones."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._whole = {english: text for english, text in texts.items() if not _FIELD.search(english)}
        sentences = (_Sentence.of(english, text) for english, text in texts.items() if english not in self._whole)
        # The more a pattern says of a sentence, the more exact it is.
        self._sentences = sorted(sentences, key=lambda each: each.fixed, reverse=True)
        self.text = lru_cache(maxsize=_KEPT)(self._text)

    def _text(self, english: str) -> str:
        whole = self._whole.get(english)
        if whole is not None:
            return whole
        for each in self._sentences:
            if each.longest in english and (found := each.pattern.fullmatch(english)) is not None:
                said = found.groupdict().items()
                return each.text.format(**{k: self.text(v) if k.startswith("words") else v for k, v in said})
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


ENGLISH = Catalogue({})
_in_use = [ENGLISH]
