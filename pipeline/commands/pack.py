"""`pack`: a project collected for hand-over."""

import argparse
from pathlib import Path

from pipeline.commands.arguments import Subcommands, add_json, add_project
from pipeline.commands.console import Console


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "pack",
        help="collect a project with its plates for hand-over",
        description="Writes a folder, or a zip, with the project file, its media named from there, and a list of all "
        "files with their hashes. Biometric data are left out unless they are asked for.",
    )
    add_project(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="a folder to make, or NAME.zip")
    parser.add_argument(
        "--sources", action="store_true", help="with the photos and films of the faces that go in, and of motion"
    )
    parser.add_argument(
        "--analysis", action="store_true", help="with what was measured of faces: landmarks and embeddings"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.pack import pack

    report = pack(
        arguments.project,
        arguments.output,
        console.progress,
        console.interrupt,
        console.note,
        sources=arguments.sources,
        analysis=arguments.analysis,
    )
    if not console.as_json:
        for each in report.files:
            console.say(f"{each.sha256[:12]} {each.bytes:12} {each.name}")
        for left in report.left_out:
            console.say(f"left out: {left}")
        console.say(
            f"{report.output} holds biometric data."
            if report.biometric
            else f"{report.output} holds no biometric data beyond what the plates show."
        )
    console.answer(report.values())
    return 0
