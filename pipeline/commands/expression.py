"""`expression`: looks of the face by name, listed, mixed in, taken away, made of what a frame shows."""

import argparse
from typing import TYPE_CHECKING

from pipeline.commands.arguments import Subcommands, add_json, add_project, add_scope, project_or_plate
from pipeline.commands.console import Console

if TYPE_CHECKING:
    from pipeline.jobs.expressions import ListedExpression


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser("expression", help="mix presets of expression into a project's faces")
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|apply|remove|save")
    listing = actions.add_parser("list", help="the presets there are, or those that a project's faces use")
    listing.add_argument(
        "project",
        nargs="?",
        type=project_or_plate,
        metavar="PROJECT",
        help="a project (default: every preset there is)",
    )
    add_json(listing)
    listing.set_defaults(run=run_list, parser=listing)
    applying = actions.add_parser(
        "apply",
        help="mix a preset in at a keyframe, in a range, in a shot, or on the whole plate",
        description="Mixes a preset into a face. Its strength is a parameter like any other: at a keyframe (the "
        "default) it fades to what was there on the neighbouring keyframes.",
    )
    _add_face(applying)
    applying.add_argument("name", metavar="NAME", help="a name that `expression list` shows")
    applying.add_argument("--strength", type=float, default=1.0, metavar="S", help="0 to 1 (default: 1)")
    add_scope(applying, key_alone=False)
    applying.set_defaults(run=run_apply, parser=applying)
    removing = actions.add_parser("remove", help="take a preset off a face, with its strength and keys")
    _add_face(removing)
    removing.add_argument("name", metavar="NAME", help="a preset that the face uses")
    removing.set_defaults(run=run_remove, parser=removing)
    saving = actions.add_parser("save", help="make a preset of your own of a face's weights and presets at a frame")
    _add_face(saving)
    saving.add_argument("name", metavar="NAME", help="small letters, digits, - and _")
    saving.add_argument("--frame", required=True, metavar="F", help="frame, 0-based, or timecode")
    saving.add_argument("--overwrite", action="store_true", help="replace one of your own of that name")
    saving.set_defaults(run=run_save, parser=saving)


def _add_face(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--face", metavar="ID", help="face of the project (default: its only one)")
    add_json(parser)


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.expressions import expressions_of, known_expressions

    chosen = arguments.project
    found = known_expressions() if chosen is None else expressions_of(chosen, console.note)
    if not console.as_json:
        for each in found:
            console.say(_line(each))
    console.answer([each.values() for each in found])
    return 0


def _line(listed: "ListedExpression") -> str:
    preset = listed.preset
    held = f"{listed.parameter} of {listed.face}: " if listed.face else ""
    own = " (your own)" if listed.own else ""
    return f"{held}{preset.name}{own}: {preset.description or preset.title}"


def run_apply(arguments: argparse.Namespace, console: Console) -> int:
    ranged = arguments.scope == "range"
    if ranged and (arguments.first is None or arguments.last is None or arguments.frame is not None):
        arguments.parser.error("--scope range takes --in and --out, and no --frame")
    if arguments.scope == "keyframe" and arguments.frame is None:
        arguments.parser.error("--scope keyframe takes --frame")
    if not ranged and (arguments.first or arguments.last or arguments.ramp):
        arguments.parser.error("--in, --out, --ramp go with --scope range")
    if arguments.ramp < 0:
        arguments.parser.error("--ramp is a number of frames, 0 or more")
    from pipeline.jobs.expressions import apply_expression
    from pipeline.jobs.keys import KeyRequest

    request = KeyRequest(
        face=arguments.face,
        parameter="",
        value=arguments.strength,
        scope=arguments.scope,
        frame=arguments.frame or "0",
        first=arguments.first or "0",
        last=arguments.last or "0",
        ramp=arguments.ramp,
    )
    report = apply_expression(arguments.project, arguments.name, request)
    console.say(f"{arguments.name} is mixed into {report.face}: its strength is {report.parameter}.")
    console.answer(report.values() | {"expression": arguments.name})
    return 0


def run_remove(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.expressions import remove_expression

    remove_expression(arguments.project, arguments.face, arguments.name)
    console.say(f"{arguments.name} is taken away.")
    console.answer({"removed": arguments.name})
    return 0


def run_save(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.expressions import keep_expression

    preset, path = keep_expression(
        arguments.project, arguments.face, arguments.frame, arguments.name, arguments.overwrite, console.note
    )
    console.say(f"Saved as {path}.")
    console.answer({"path": str(path), "weights": preset.weights, "activations": preset.activations})
    return 0
