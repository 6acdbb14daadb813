"""What is asked before a project closes: in one question what would be lost, and what would stop."""

from collections.abc import Sequence

from editor.language.translation import tr


def closing_question(unsaved: str, exports: Sequence[str]) -> str:
    """`unsaved` is the name of a project with unsaved changes, empty where it has none; `exports` are the titles of
    exports that run or wait. Empty where nothing is to be asked: an analysis is kept as far as it is."""
    stops = tr(
        "Closing stops what is under way: {exports}. Exporting to the same file again goes on from the frames that are "
        "finished.",
        exports=", ".join(exports),
    )
    changes = tr("{name} has unsaved changes.", name=unsaved)
    if unsaved and exports:
        return f"{changes} {stops}"
    return changes if unsaved else stops if exports else ""
