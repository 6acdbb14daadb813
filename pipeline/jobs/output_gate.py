"""What is checked about a result's place before any work begins: analysis must not end in 'no such folder'."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import OutputFolderMissing, OutputIsInput, OutputNotWritable


def check_output(output: Path, inputs: Iterable[Path]) -> None:
    """Raise unless `output` (a file, or a folder of frames) can be written without touching an input.

    Raises OutputFolderMissing, OutputNotWritable, OutputIsInput.
    """
    parent = output.resolve().parent
    if not parent.is_dir():
        raise OutputFolderMissing(f"The folder {parent} does not exist: make it first, or choose another place.")
    for each in inputs:
        if _same_place(output, each):
            raise OutputIsInput(f"The result {output} would overwrite the input {each}: choose another name.")
    if output.is_file() and not os.access(output, os.W_OK):
        raise OutputNotWritable(f"{output} is write-protected: remove the protection, or choose another name.")
    _try_writing(output if output.is_dir() else parent, output)


def _same_place(output: Path, other: Path) -> bool:
    """The same file, the same folder, or a file inside an input folder."""
    if not output.exists():
        return output.resolve().parent == other.resolve() and other.is_dir()
    if other.exists() and output.samefile(other):
        return True
    return other.is_dir() and output.resolve().parent == other.resolve()


def _try_writing(folder: Path, output: Path) -> None:
    try:
        handle, name = tempfile.mkstemp(prefix=".likeness-", suffix=".partial", dir=folder)
    except OSError as error:
        raise OutputNotWritable(
            f"{output} cannot be written: {folder} refuses new files ({error.strerror}). "
            "Change its permissions, free some space, or choose another folder."
        ) from error
    os.close(handle)
    Path(name).unlink()
