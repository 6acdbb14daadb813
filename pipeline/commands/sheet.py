"""`sheet`: a plate and its result side by side, the way they are looked at before they are signed."""

import argparse
from pathlib import Path

from pipeline.commands.arguments import Subcommands, add_json, add_provider
from pipeline.commands.console import Console
from pipeline.errors import RangeError


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "sheet",
        help="contact sheets of a plate and its result",
        description="Whole frames, faces, features, tone views and slices through time of a plate and its result.",
    )
    parser.add_argument("original", type=Path, metavar="ORIGINAL", help="the plate")
    parser.add_argument("result", type=Path, metavar="RESULT", help="the result, of the same frames")
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("sheet.png"), metavar="PNG", help="default: sheet.png"
    )
    parser.add_argument("--frames", metavar="N,N,…", help="frames of ORIGINAL to show, 0-based (default: twelve)")
    parser.add_argument("--in", dest="first", metavar="F", help="ORIGINAL's first frame that RESULT shows, or timecode")
    parser.add_argument("--out", dest="last", metavar="F", help="the last one, inclusive, or timecode")
    add_provider(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    frames = _frames(arguments.frames)
    from pipeline.engines.session import SessionPool
    from pipeline.jobs.sheet import make_sheet

    pool = SessionPool(provider=arguments.provider)
    pages = make_sheet(
        arguments.original,
        arguments.result,
        arguments.output,
        pool,
        frames,
        arguments.first,
        arguments.last,
        console.progress,
        console.interrupt,
    )
    if not console.as_json:
        for page in pages:
            console.say(str(page))
    console.answer({"pages": [str(page) for page in pages]})
    return 0


def _frames(text: str | None) -> list[int]:
    """The frames of a list such as 0,24,57. Raises RangeError: something else."""
    parts = [] if text is None else text.replace(",", " ").split()
    if not all(part.isdecimal() for part in parts):
        raise RangeError(f"{text!r} is not a list of frames: write for example 0,24,57.")
    return [int(part) for part in parts]
