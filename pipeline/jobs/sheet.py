"""The contact sheet as a job: pages made and written beside each other."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from pipeline.engines.session import SessionPool
from pipeline.errors import OutputNotWritable
from pipeline.imaging.arrays import ImageU8
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink, never_cancelled, no_progress
from pipeline.media.output_file import check_output, writing
from pipeline.media.reader import open_plate
from pipeline.project.timebase import parse_range
from pipeline.quality.frame_pairs import WHOLE, Span
from pipeline.quality.sheet import SheetPage, contact_sheet


def make_sheet(
    original: Path,
    result: Path,
    output: Path,
    pool: SessionPool,
    frames: Sequence[int] = (),
    first: str | None = None,
    last: str | None = None,
    progress: ProgressSink = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> list[Path]:
    """Write the sheet of a plate and its result: `output` is the first page, the others stand beside it.

    `look.png` brings `look.png` (whole frames), `look-face.png`, `look-close.png`, … ; further pages of a
    kind are numbered. Returns the files in order. `first`, `last`: the plate's frames that the result shows; None: all.

    Raises
    ------
    MediaError, RangeError
        The films cannot be read, don't match, or lack a frame asked for.
    OutputError
        The pages cannot be written; checked before any work.
    Cancelled
    """
    check_page(output, [original, result])
    made = contact_sheet(
        original,
        result,
        pool,
        frames,
        span=_span(original, first, last),
        watch=lambda done, total: progress(Progress("look", done, total)),
        cancelled=cancelled,
    )
    paths = page_paths(output, made)
    for path in paths:
        check_output(path, [original, result])
    for path, page in zip(paths, made, strict=True):
        write_png(path, page.picture)
    return paths


def _span(original: Path, first: str | None, last: str | None) -> Span:
    """The frames of a plate from `first` to `last`. Raises MediaError, RangeError."""
    if first is None and last is None:
        return WHOLE
    with open_plate(original) as reader:
        info = reader.info
    frames = parse_range(first, last, info.frames, info.rate, info.first_timecode)
    return Span(frames.start, len(frames))


def check_page(output: Path, inputs: Sequence[Path]) -> None:
    """Refuse a page that is no PNG by its name, or that `check_output` refuses. Raises OutputError."""
    check_output(output, list(inputs))
    if output.suffix.lower() not in ("", ".png"):
        raise OutputNotWritable(f"Pages are written as PNG: {output} has another ending. Name it {output.stem}.png.")


def page_paths(output: Path, made: Sequence[SheetPage]) -> list[Path]:
    """A file name for each page: the first gets `output` itself."""
    suffix = output.suffix or ".png"
    rest = [output.with_name(f"{output.stem}-{page.name}{suffix}") for page in made[1:]]
    return [output.with_suffix(suffix), *rest][: len(made)]


def write_png(path: Path, picture: ImageU8) -> None:
    """An RGB picture as PNG, whole or not at all. Raises OutputNotWritable, DiskFull."""
    done, data = cv2.imencode(".png", np.ascontiguousarray(picture[..., ::-1]))
    if not done:
        raise OutputNotWritable(f"The picture for {path} cannot be encoded as PNG.")
    with writing(path) as file:
        file.write(data.tobytes())
