"""A folder of stills as a batch: every picture a plate of its own, with the same sources and settings.

One picture that can't be used doesn't end the batch; it is reported with its reason.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import (
    Cancelled,
    ConsentError,
    LikenessError,
    ModelError,
    OutputFolderMissing,
    OutputNotWritable,
    RangeError,
)
from pipeline.jobs.progress import CancelledCheck, Note, Progress, ProgressSink, no_progress
from pipeline.jobs.render import RenderReport, render
from pipeline.jobs.render_request import RenderRequest
from pipeline.media.output_file import output_error
from pipeline.media.picture_run import batch_members
from pipeline.media.presets import load_preset, written_endings

_ENDS_THE_BATCH = (Cancelled, ConsentError, ModelError)
"""Errors that no other picture would be spared."""


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What came of each picture: reports in order, and the pictures that couldn't be used, with the reason."""

    done: tuple[RenderReport, ...]
    refused: tuple[tuple[Path, LikenessError], ...]


def stills_of(request: RenderRequest) -> tuple[Path, ...]:
    """The pictures of a batch; () where the request's plate is one plate.

    Raises MediaError: a folder without pictures.
    """
    return batch_members(request.plate)


def render_batch(
    request: RenderRequest, stills: tuple[Path, ...], progress: ProgressSink, cancelled: CancelledCheck, note: Note
) -> BatchReport:
    """Render every still into the folder `request.output`, under its own name.

    Raises RangeError: a range, which a still doesn't have. OutputError: the folder can't be made, or the preset is
    a film's. Cancelled, ModelError.
    """
    if request.first is not None or request.last is not None:
        raise RangeError(f"{request.plate} is a folder of stills: each has one frame, so there is no range to choose.")
    if request.matte is not None or request.support is not None:
        raise OutputNotWritable(f"{request.plate} is a folder of stills: a matte or support is that of one plate.")
    ending = _ending(request)
    if request.output.suffix.lower() in written_endings() and not request.output.is_dir():
        raise OutputNotWritable(
            f"{request.plate} is a folder of {len(stills)} stills: {request.output.name} is a file's name. "
            "Name a folder for the results."
        )
    _make_folder(request.output)
    done: list[RenderReport] = []
    refused: list[tuple[Path, LikenessError]] = []
    for number, still in enumerate(stills):
        progress(Progress("stills", number, len(stills)))
        output = request.output / (still.stem + (ending or still.suffix))
        one = replace(request, plate=still, output=output, measured=False)  # One frame says nothing about motion.
        try:
            done.append(render(one, no_progress, cancelled, note))
        except _ENDS_THE_BATCH:
            raise
        except LikenessError as error:
            refused.append((still, error))
    progress(Progress("stills", len(stills), len(stills)))
    return BatchReport(tuple(done), tuple(refused))


def _ending(request: RenderRequest) -> str | None:
    """The file name ending that the preset prescribes; None keeps each still's own."""
    if request.preset is None:
        return None
    preset = load_preset(request.preset)
    if preset.kind == "film":
        raise OutputNotWritable(
            f"{preset.name} writes films, but {request.plate} is a folder of stills: choose png or tiff."
        )
    return preset.extensions[0]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError as error:
        raise OutputFolderMissing(
            f"The folder {folder.parent} does not exist. Make it, or choose another output."
        ) from error
    except FileExistsError as error:
        raise OutputNotWritable(f"{folder} is a file; name a folder for the pictures.") from error
    except OSError as error:
        raise output_error(error, folder) from error
