"""`sources`: the faces that photos and films would give, to look at and to choose from."""

import argparse
from pathlib import Path

from pipeline.commands.arguments import Subcommands, add_json, add_provider
from pipeline.commands.console import Console


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "sources",
        help="show the faces of photos, and the views that are taken of a film",
        description="Writes a picture of every face that the sources show, under the name it is chosen by.",
    )
    parser.add_argument("source", nargs="+", metavar="S", help="photo, film, or FILM@FRAME")
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("sources.png"), metavar="PNG", help="default: sources.png"
    )
    add_provider(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.engines.session import SessionPool
    from pipeline.jobs.source_choice import source_choice
    from pipeline.jobs.source_views import show_sources

    choices = list(map(source_choice, arguments.source))
    pool = SessionPool(provider=arguments.provider)
    views, pictures = show_sources(choices, arguments.output, pool, console.interrupt)
    if not console.as_json:
        for view in views:
            console.say(f"{view.argument}: {view.described}")
            if view.why_not:
                console.say(f"  {view.why_not}")
        console.say(f"They are shown in {', '.join(map(str, pictures))}.")
    console.answer({"pictures": [str(each) for each in pictures], "views": [view.values() for view in views]})
    return 0
