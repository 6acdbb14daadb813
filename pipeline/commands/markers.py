"""`markers`: the markers of a project, listed, written for other programs, taken from their lists."""

import argparse
from pathlib import Path

from pipeline.commands.arguments import Subcommands, add_json, add_project
from pipeline.commands.console import Console


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "markers",
        help="list a project's markers, write them for other programs, take theirs in",
        description="Without an option the markers are listed. Lists are .csv, .edl (DaVinci Resolve) or .xml "
        "(Premiere Pro, Final Cut Pro 7).",
    )
    add_project(parser)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--export", type=Path, metavar="FILE", help="write the markers to this list")
    way.add_argument("--import", dest="taken", type=Path, metavar="FILE", help="take in the markers of this list")
    parser.add_argument("--overwrite", action="store_true", help="let --export replace a file")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.markers import export_markers, import_markers, list_markers

    project = arguments.project
    if arguments.export is not None:
        report = export_markers(project, arguments.export, console.note, overwrite=arguments.overwrite)
        console.note(f"Wrote {len(report.markers)} markers to {arguments.export}.")
    elif arguments.taken is not None:
        report = import_markers(project, arguments.taken)
        console.note(f"{arguments.taken} is taken in: the project has {len(report.markers)} markers now.")
    else:
        report = list_markers(project, console.note)
    if not console.as_json:
        for marker, timecode in report.markers:
            told = "; ".join(each for each in (marker.name, marker.note) if each)
            console.say(f"{marker.frame:6} {timecode} {marker.colour:7} {told}".rstrip())
        for each in report.outside:
            console.say(f"Left out, outside the plate: frame {each.frame} {each.name}".rstrip())
    console.answer(report.values())
    return 0
