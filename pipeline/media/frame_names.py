"""What the files of a rendered image sequence, or the one file of a still, are called.

An output is a folder (files take the plate's own names), a pattern (`shot.%04d.png` or `shot.####.png`), or,
for a single frame, a file.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OutputFolderMissing, OutputIsInput, OutputNotWritable
from pipeline.media.output_file import check_not_input, check_writable, output_error
from pipeline.media.plate_info import PlateInfo
from pipeline.media.presets import Preset

_NUMBER = re.compile(r"%0?(\d*)d|#+")
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class FrameNames:
    """Names of result files by plate frame. `folder` may have to be made; its parent exists."""

    folder: Path
    names: dict[int, str]

    def path(self, frame: int) -> Path:
        """The file of a plate frame."""
        return self.folder / self.names[frame]

    def prepare(self) -> None:
        """Make the folder. Raises OutputNotWritable, DiskFull."""
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise output_error(error, self.folder) from error


def frame_names(output: Path, preset: Preset, info: PlateInfo, frames: range) -> FrameNames:
    """The files for `frames` of a plate, checked before any work.

    Raises
    ------
    OutputFolderMissing, OutputNotWritable
        The folder, or its parent, does not exist or takes no files; the name does not fit the preset.
    """
    if _NUMBER.search(output.name):
        names = {frame: _numbered(output.name, (info.first_number or 0) + frame) for frame in frames}
        folder = output.parent
        _check_ending(output, preset)
    elif output.suffix and not output.is_dir():
        _check_ending(output, preset)
        if len(frames) > 1:
            raise OutputNotWritable(
                f"{output.name} is one picture, but {len(frames)} frames were asked for. "
                f"Name a folder, or a pattern such as {output.stem}.####{output.suffix}."
            )
        names = {frames[0]: output.name}
        folder = output.parent
    else:
        names = {frame: _own_name(info, frame, preset.extensions[0]) for frame in frames}
        folder = output
        if not folder.parent.is_dir():
            raise OutputFolderMissing(f"The folder {folder.parent} does not exist. Make it, or choose another output.")
        if folder.exists() and not folder.is_dir():
            raise OutputNotWritable(f"{folder} is a file; name a folder for the frames.")
        check_writable(folder if folder.is_dir() else folder.parent)
        return FrameNames(folder, names)
    if not folder.is_dir():
        raise OutputFolderMissing(f"The folder {folder} does not exist. Make it, or choose another output.")
    check_writable(folder)
    return FrameNames(folder, names)


def check_frames_are_not_inputs(names: FrameNames, inputs: tuple[Path, ...]) -> None:
    """Raises OutputIsInput: a file to be written is one of `inputs`, by path or under another name."""
    taken: dict[tuple[int, int], Path] = {}
    for path in inputs:
        if path.exists():
            status = path.stat()
            taken[(status.st_dev, status.st_ino)] = path
    for frame in names.names:
        path = names.path(frame)
        if path.exists():
            status = path.stat()
            same = taken.get((status.st_dev, status.st_ino))
            if same is not None:
                raise OutputIsInput(f"{path} is the input {same}, which is never overwritten. Choose another folder.")
    if len(names.names) == 1:
        check_not_input(names.path(next(iter(names.names))), inputs)


def _numbered(name: str, number: int) -> str:
    def digits(match: re.Match[str]) -> str:
        width = len(match[0]) if match[0].startswith("#") else int(match[1] or 0)
        return f"{number:0{width}}"

    return _NUMBER.sub(digits, name, count=1)


def _own_name(info: PlateInfo, frame: int, ending: str) -> str:
    if info.members:
        return info.members[frame].stem + ending
    return f"{info.path.stem}.{frame:0{_DIGITS}}{ending}"


def _check_ending(output: Path, preset: Preset) -> None:
    if output.suffix.lower() not in preset.extensions:
        raise OutputNotWritable(
            f"{preset.name} is not written as {output.suffix}; end the name in {', '.join(preset.extensions)}."
        )
