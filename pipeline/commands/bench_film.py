"""`bench-film`: a film whose sync frames are as far apart as a measurement wants them."""

import argparse
from pathlib import Path

from pipeline.commands.arguments import Subcommands, add_json, number_between
from pipeline.commands.console import Console

_FRAMES = 300


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "bench-film",
        help="a copy of a plate with its sync frames as far apart as wanted",
        description="Writes a plate's pictures, again and again, as 8-bit H.264 with a sync frame every N frames.",
    )
    parser.add_argument("plate", type=Path, metavar="PLATE", help="film, sequence or still")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="F.mp4", help="film to write")
    parser.add_argument(
        "--group", type=number_between(1, 10_000), default=250, metavar="N", help="from sync frame to sync frame (250)"
    )
    parser.add_argument(
        "--frames",
        type=number_between(1, 100_000),
        default=_FRAMES,
        metavar="N",
        help=f"how many are written ({_FRAMES})",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.bench_film import make_bench_film

    group, frames = int(arguments.group), int(arguments.frames)
    make_bench_film(arguments.plate, arguments.output, group, frames, console.progress, console.interrupt)
    console.say(f"{arguments.output}: {frames} frames, a sync frame every {group}.")
    console.answer({"film": str(arguments.output), "frames": frames, "group": group})
    return 0
