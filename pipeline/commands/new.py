"""`new`: a project file for a plate and its sources."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from pipeline.commands.arguments import Subcommands, add_colour_space, add_json
from pipeline.commands.console import Console


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser("new", help="make a project file from a plate and sources")
    parser.add_argument(
        "project", type=Path, metavar="PROJECT", help="file to make; .likeness is added if it is missing"
    )
    parser.add_argument("--plate", type=Path, required=True, metavar="P", help="film, still or image sequence")
    parser.add_argument("--source", nargs="+", required=True, metavar="S", help="photos of the face that goes in")
    parser.add_argument("--consent", metavar="FILE|TEXT", help="record of consent of the person in the sources")
    add_colour_space(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.new import new_project
    from pipeline.jobs.source_choice import source_choice
    from pipeline.project.consent import read_consent

    today = datetime.now(UTC).date()
    consent = read_consent(arguments.consent, today) if arguments.consent is not None else None
    sources = list(map(source_choice, arguments.source))
    path, project = new_project(arguments.project, arguments.plate, arguments.colour_space, sources, consent)
    plate = project.plates[0]
    if not console.as_json:
        console.say(
            f"{path}: {plate.frames} frames of {plate.width} × {plate.height}, {len(arguments.source)} source(s)"
        )
    console.answer(
        {"project": str(path), "plate": {"frames": plate.frames, "width": plate.width, "height": plate.height}}
    )
    return 0
