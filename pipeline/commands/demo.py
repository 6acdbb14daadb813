"""`demo`: the main job on the bundled plate and portrait."""

import argparse
from pathlib import Path

from pipeline.commands.arguments import Subcommands, add_compute, add_json
from pipeline.commands.console import Console


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "demo",
        help="replace the face in the bundled five seconds; writes a film and a contact sheet",
        description="Puts a computer-made face, nobody's likeness, into the bundled five seconds of film.",
    )
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("likeness-demo"), metavar="FOLDER", help="default: ./likeness-demo"
    )
    add_compute(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.commands.render import told
    from pipeline.jobs.demo import PLATE, SOURCE, run_demo
    from pipeline.jobs.render_request import Compute

    compute = Compute(arguments.provider, arguments.threads, arguments.memory)
    console.note(f"The face of {SOURCE.name} goes into {PLATE.name}.")
    report = run_demo(arguments.output, compute, console.progress, console.interrupt, console.note)
    if not console.as_json:
        for line in told(report.film):
            console.say(line)
        console.say(f"Plate, result and difference of some frames: {report.sheet}")
        console.say(f"Plate, result and matte of one frame: {report.picture}")
    console.answer({"film": report.film.values(), "sheet": str(report.sheet), "picture": str(report.picture)})
    return 0
