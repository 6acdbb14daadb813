"""`relink`: a project's media found again after they were moved or renamed."""

import argparse
from pathlib import Path

from pipeline.commands.arguments import Subcommands, add_json, add_project
from pipeline.commands.console import Console
from pipeline.errors import MediaNotFound


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "relink",
        help="find a project's moved or renamed media by their content",
        description="Looks for the media of a project that are not where they were, and saves where they are now.",
    )
    add_project(parser)
    parser.add_argument(
        "folder", nargs="*", type=Path, metavar="FOLDER", help="where to look (default: the project's folder)"
    )
    parser.add_argument("--plan", action="store_true", help="tell what would be found, and leave the project alone")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.relink import relink

    report = relink(arguments.project, arguments.folder, console.interrupt, console.note, save=not arguments.plan)
    if not console.as_json:
        console.say(f"Found again: {len(report.moved)}. Still missing: {len(report.missing)}.")
        for each in report.missing:
            console.say(f"  {each}")
    console.answer(report.values())
    return MediaNotFound.exit_code if report.missing and not arguments.plan else 0
