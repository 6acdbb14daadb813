"""`balance`: likeness at rest, motion in strong expression, as curves that may be edited."""

import argparse

from pipeline.commands.arguments import Subcommands, add_compute, add_json, add_project, share
from pipeline.commands.console import Console


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "balance",
        help="let shape, gain and matching follow the strength of the expression",
        description="Writes curves that lean to the identity where the face is at rest and to the performance where "
        "it expresses something strongly. They are ordinary keys; those that a person set are not touched.",
    )
    add_project(parser)
    parser.add_argument("--face", metavar="ID", help="only this face of the project")
    parser.add_argument("--amount", type=share, default=1.0, metavar="A", help="how far they lean, 0 to 1 (default: 1)")
    parser.add_argument("--remove", action="store_true", help="take the keys of a balance away again")
    add_compute(parser)
    add_json(parser)
    parser.set_defaults(run=run, parser=parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.balance import BalanceRequest, balance, take_back
    from pipeline.jobs.render_request import Compute

    if arguments.remove:
        take_back(arguments.project, arguments.face)
        console.say("The keys of the balance are taken away.")
        console.answer([])
        return 0
    compute = Compute(arguments.provider, arguments.threads, arguments.memory)
    request = BalanceRequest(arguments.project, arguments.face, arguments.amount, compute)
    reports = balance(request, console.progress, console.interrupt)
    for each in reports:
        left = f"; left alone for keys of your own: {', '.join(each.left)}" if each.left else ""
        console.say(f"{each.face}: {each.keys} keys on {', '.join(each.written) or 'nothing'}{left}.")
    console.answer([each.values() for each in reports])
    return 0
