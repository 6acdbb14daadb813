"""`analyze`: who is seen in a plate, when and how large."""

import argparse
from pathlib import Path

from pipeline.commands.arguments import Subcommands, add_compute, add_json
from pipeline.commands.console import Console


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser("analyze", help="find and follow the faces of a plate or a project's plate")
    parser.add_argument(
        "what", type=Path, metavar="PROJECT|PLATE", help="a project file, a film, a sequence or a still"
    )
    add_compute(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.analyse import analyse_plate, plate_of
    from pipeline.jobs.render_request import Compute
    from pipeline.project.storage import is_project

    compute = Compute(arguments.provider, arguments.threads, arguments.memory)
    plate = plate_of(arguments.what, console.note)
    beside = arguments.what.resolve().parent if is_project(arguments.what) else None
    report = analyse_plate(plate, beside, compute, console.progress, console.interrupt)
    if not console.as_json:
        console.say(
            f"{plate}: {report.frames} frames, {len(report.faces)} {'face' if len(report.faces) == 1 else 'faces'}"
        )
        for face in report.faces:
            console.say(
                f"  face {face.track}: frames {face.first} to {face.last}, seen in {face.seen}, "
                f"{face.width_px:.0f} pixels wide"
            )
    console.answer(report.values())
    return 0
