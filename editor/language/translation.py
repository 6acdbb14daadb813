"""The editor's own texts in the language in use.

They stand in English in the code, inside `tr(...)`, where `pyside6-lupdate` finds them; their context is the empty one,
which is what lupdate gives to a free function of that name. `scripts/translations.py` gathers and compiles them.
Texts of tables and of the pipeline are `editor.language.catalogue`'s.
"""

from PySide6.QtCore import QCoreApplication

CONTEXT = ""


def tr(text: str, meaning: str = "", /, **fields: object) -> str:
    """A text in the language in use, its fields filled as `str.format` does. `meaning` tells the translator which of
    several things a short word means; the same word with another meaning is a text of its own.

    Where a number decides between two English sentences, both are texts of their own. Called when something is shown,
    never when a module is imported: no language is chosen then.
    """
    said = QCoreApplication.translate(CONTEXT, text, meaning)
    return said.format(**fields) if fields else said


def mark(text: str, meaning: str = "", /) -> str:
    """The English text as it is, for a table that is read when modules are imported: it is found for translation here,
    and given to `tr` where it is shown.
    """
    return text
