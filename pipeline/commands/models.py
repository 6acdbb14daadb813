"""`models list|verify`: the networks that ship."""

import argparse
from typing import TYPE_CHECKING

from pipeline.commands.arguments import Subcommands, add_json
from pipeline.commands.console import Console
from pipeline.errors import LikenessError

if TYPE_CHECKING:
    from pipeline.engines.engine import ModelCard


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser("models", help="list the networks that ship, or check their files")
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|verify")
    listing = actions.add_parser("list", help="id, licence, purpose and limits of every network")
    add_json(listing)
    listing.set_defaults(run=run_list)
    checking = actions.add_parser("verify", help="compare every file with its card's checksum")
    add_json(checking)
    checking.set_defaults(run=run_verify)


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.models import card_values, list_models

    found = list_models()
    for card in found:
        if not console.as_json:
            console.say(_told(card))
    console.answer({"models": [card_values(card) for card in found]})
    return 0


def _told(card: "ModelCard") -> str:
    use = "" if card.commercial_use else "; commercial use is in doubt"
    return "\n  ".join(
        (
            f"{card.id}: {card.title}",
            card.purpose,
            f"limits: {card.limits}",
            f"licence {card.licence}{use}; from {card.source}",
            f"file {card.file}",
        )
    )


def run_verify(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.models import model_states, refuse_unless_good

    states = model_states()
    if not console.as_json:
        for model, state in states.items():
            console.say(f"{state:8} {model}")
    try:
        refuse_unless_good()
    except LikenessError as error:
        console.note(f"likeness: {error}")
        console.answer({"models": states, "error": {"kind": type(error).__name__, "message": str(error)}})
        return error.exit_code
    console.answer({"models": states})
    return 0
