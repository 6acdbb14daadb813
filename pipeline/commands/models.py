"""`models list|verify|add`: the networks that ship."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.arguments import Subcommands, add_json
from pipeline.commands.console import Console
from pipeline.errors import LikenessError

if TYPE_CHECKING:
    from pipeline.engines.engine import ModelCard


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser("models", help="list the networks that ship, check their files, or restore them")
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|verify|add")
    listing = actions.add_parser("list", help="id, licence, purpose and limits of every network")
    add_json(listing)
    listing.set_defaults(run=run_list)
    checking = actions.add_parser("verify", help="compare every file with its card's checksum")
    add_json(checking)
    checking.set_defaults(run=run_verify)
    adding = actions.add_parser(
        "add", help="put files of networks where the program keeps them, known by their checksum"
    )
    adding.add_argument("files", type=Path, nargs="+", metavar="FILE", help="file of a network, whatever it is called")
    add_json(adding)
    adding.set_defaults(run=run_add)


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
    from dataclasses import asdict

    from pipeline.jobs.device import quick_device
    from pipeline.jobs.models import card_values, list_models, model_states, refuse_unless_good

    states = model_states()
    answer = {"models": states, "cards": [card_values(card) for card in list_models()]}
    if console.as_json:
        answer["device"] = asdict(quick_device())
    if not console.as_json:
        for model, state in states.items():
            console.say(f"{state:8} {model}")
    try:
        refuse_unless_good()
    except LikenessError as error:
        console.note(f"likeness: {error}")
        problem = {"kind": type(error).__name__, "message": str(error)}
        console.answer({**answer, "error": problem})
        return error.exit_code
    console.answer(answer)
    return 0


def run_add(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.add_models import add_models, refuse_unless_added

    found = add_models(arguments.files)
    for each in found:
        if each.card is not None and each.error is None and not console.as_json:
            console.say(f"{each.card.file}: {'was there already' if each.was_good else 'restored'} ({each.card.title})")
    taken = [each for each in found if each.card is not None and each.error is None]
    answer: dict[str, object] = {
        "added": [each.card.title for each in taken if each.card is not None and not each.was_good],
        "good_already": [each.card.title for each in taken if each.card is not None and each.was_good],
    }
    try:
        refuse_unless_added(found)
    except LikenessError as error:
        console.note(f"likeness: {error}")
        console.answer({**answer, "error": {"kind": type(error).__name__, "message": str(error)}})
        return error.exit_code
    console.answer(answer)
    return 0
