"""`new`: a project file for a plate and its sources."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from pipeline.commands.arguments import (
    Subcommands,
    add_colour_space,
    add_faces,
    add_json,
    add_motion,
    check_motion,
    motion_of,
)
from pipeline.commands.console import Console, counted


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "new",
        help="make a project file from a plate and sources",
        description="Makes a project. Without sources it is the performer's own face that is re-expressed.",
    )
    parser.add_argument(
        "project", type=Path, metavar="PROJECT", help="file to make; .likeness is added if it is missing"
    )
    parser.add_argument("--plate", type=Path, required=True, metavar="P", help="film, still or image sequence")
    parser.add_argument(
        "--source",
        nargs="+",
        default=[],
        metavar="S",
        help="photos of the face that goes in, films, or FILM@FRAME; FILE#2 is the second face from the left",
    )
    add_faces(parser)
    add_motion(parser, parser)
    parser.add_argument(
        "--consent",
        metavar="FILE|TEXT",
        help="record of consent of the person in the sources; without any, the performer's",
    )
    add_colour_space(parser)
    add_json(parser)
    parser.set_defaults(run=run, parser=parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.face and (arguments.source or arguments.motion):
        arguments.parser.error(
            "--source and --motion are for the most prominent face; with --face N=SOURCE, name every face so"
        )
    if arguments.face and arguments.consent:
        arguments.parser.error("--consent is one person's and goes with --source; give others with `face assign`")
    check_motion(arguments)
    from pipeline.jobs.new import new_project, new_project_of_faces
    from pipeline.jobs.source_choice import source_choice, sources_by_track
    from pipeline.project.consent import read_consent

    today = datetime.now(UTC).date()
    consent = read_consent(arguments.consent, today) if arguments.consent is not None else None
    place = arguments.project, arguments.plate, arguments.colour_space
    if arguments.face:
        path, project = new_project_of_faces(*place, sources_by_track(arguments.face))
    else:
        path, project = new_project(*place, list(map(source_choice, arguments.source)), consent, motion_of(arguments))
    plate = project.plates[0]
    if not console.as_json:
        count = len(arguments.source) + len(arguments.face)
        sources = counted(count, "source") if count else "the performer's own face"
        console.say(f"{path}: {counted(plate.frames, 'frame')} of {plate.width} × {plate.height}, {sources}")
    console.answer(
        {"project": str(path), "plate": {"frames": plate.frames, "width": plate.width, "height": plate.height}}
    )
    return 0
