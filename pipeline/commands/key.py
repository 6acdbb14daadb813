"""`key`: the values of a project's parameters over time, set, listed and taken away."""

import argparse
from typing import TYPE_CHECKING

from pipeline.commands.arguments import Subcommands, add_json, add_project, add_scope, check_scope, fraction
from pipeline.commands.console import Console

if TYPE_CHECKING:
    from pipeline.jobs.keys import KeyReport, ParameterState

_INTERPOLATIONS = ("hold", "linear", "smooth", "ease", "bezier")


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser("key", help="set, list or remove the keys of a project's parameters")
    actions = parser.add_subparsers(dest="action", required=True, metavar="set|list|remove|copy|shift|retime")
    setting = actions.add_parser(
        "set",
        help="give a parameter a value at a keyframe, in a range, in a shot, or on the whole plate",
        description="Gives a parameter a value. At a keyframe (the default) it fades to what was there on the "
        "neighbouring keyframes; beyond them nothing changes.",
    )
    _add_meant(setting, required=True)
    setting.add_argument("--value", type=float, required=True, metavar="V", help="the value; `key list` has the bounds")
    add_scope(setting)
    setting.add_argument(
        "--interpolation", choices=_INTERPOLATIONS, default="smooth", help="between keys (default: smooth)"
    )
    setting.set_defaults(run=run_set, parser=setting)
    listing = actions.add_parser("list", help="parameters with their values and keys")
    _add_meant(listing, required=False)
    listing.add_argument("--frame", metavar="F", help="frame whose values are shown (default: the first)")
    listing.add_argument("--part", metavar="PART", help="only this part, such as settings, expression or eyes")
    listing.set_defaults(run=run_list, parser=listing)
    _register_moves(actions)
    removing = actions.add_parser("remove", help="take keys away; a parameter without keys is one number again")
    _add_meant(removing, required=True)
    removing.add_argument("--frame", metavar="F", help="the key on this frame (default: all keys)")
    removing.add_argument("--in", dest="first", metavar="F", help="keys from this frame on")
    removing.add_argument("--out", dest="last", metavar="F", help="keys up to this frame, inclusive")
    removing.set_defaults(run=run_remove, parser=removing)


def _register_moves(actions: Subcommands) -> None:
    copying = actions.add_parser("copy", help="copy the keys of a range to another place, or to another face")
    copying.add_argument("--in", dest="first", required=True, metavar="F", help="first frame of the range")
    copying.add_argument("--out", dest="last", required=True, metavar="F", help="last frame of the range, inclusive")
    copying.add_argument("--to", required=True, metavar="F", help="frame that the range's first frame becomes")
    copying.add_argument("--to-face", metavar="ID", help="face that gets them (default: the same)")
    shifting = actions.add_parser("shift", help="move a parameter's keys in time")
    shifting.add_argument("--by", type=int, required=True, metavar="N", help="frames later; below 0 earlier")
    retiming = actions.add_parser("retime", help="stretch a parameter's keys in time")
    retiming.add_argument("--about", default="0", metavar="F", help="frame that stays where it is (default: 0)")
    retiming.add_argument("--factor", type=fraction, required=True, metavar="X", help="such as 2, 0.5 or 25/24")
    for each, run in ((copying, run_copy), (shifting, run_shift), (retiming, run_retime)):
        _add_meant(each, required=True)
        each.set_defaults(run=run, parser=each)


def _add_meant(parser: argparse.ArgumentParser, required: bool) -> None:
    """What is keyed: a parameter of a face of a project."""
    add_project(parser)
    parser.add_argument("--face", metavar="ID", help="face of the project (default: its only one)")
    parser.add_argument("--parameter", required=required, metavar="NAME", help="a name that `key list` shows")
    add_json(parser)


def run_set(arguments: argparse.Namespace, console: Console) -> int:
    check_scope(arguments)
    from pipeline.jobs.keys import KeyRequest, set_parameter

    request = KeyRequest(
        face=arguments.face,
        parameter=arguments.parameter,
        value=arguments.value,
        scope=arguments.scope,
        frame=arguments.frame or "0",
        first=arguments.first or "0",
        last=arguments.last or "0",
        ramp=arguments.ramp,
        interpolation=arguments.interpolation,
    )
    _tell(set_parameter(arguments.project, request), console)
    return 0


def run_remove(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.frame is not None and (arguments.first or arguments.last):
        arguments.parser.error("name one key by --frame, or a range by --in and --out")
    from pipeline.jobs.keys import remove_from

    first, last = arguments.frame or arguments.first, arguments.frame or arguments.last
    _tell(remove_from(arguments.project, arguments.face, arguments.parameter, first, last), console)
    return 0


def run_copy(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.keys import copy_to

    meant = (arguments.project, arguments.face, arguments.parameter)
    _tell(copy_to(*meant, arguments.first, arguments.last, arguments.to, arguments.to_face), console)
    return 0


def run_shift(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.keys import shift_by

    _tell(shift_by(arguments.project, arguments.face, arguments.parameter, arguments.by), console)
    return 0


def run_retime(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.keys import retime_about

    meant = (arguments.project, arguments.face, arguments.parameter)
    _tell(retime_about(*meant, arguments.about, arguments.factor), console)
    return 0


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.keys import parameters_of

    found = parameters_of(
        arguments.project, arguments.face, arguments.parameter, arguments.frame, console.note, arguments.part
    )
    if not console.as_json:
        several = len({each.face for each in found}) > 1
        last = None
        for each in found:
            if each.parameter.part != last and arguments.parameter is None:
                last = each.parameter.part
                console.say(f"{'' if each is found[0] else chr(10)}[{last.rpartition('.')[2]}]")
            console.say(_line(each, several))
    console.answer([each.values() for each in found])
    return 0


def _line(state: "ParameterState", with_face: bool) -> str:
    parameter = state.parameter
    face = f"{state.face} " if with_face else ""
    bounds = f"{parameter.lowest:g} to {parameter.highest:g}" + (f" {parameter.unit}" if parameter.unit else "")
    keys = ""
    if state.curve is not None:
        keys = "\n    keys: " + ", ".join(f"{key.frame}: {key.value:g} {key.interpolation}" for key in state.curve.keys)
    return f"{face}{parameter.name} {state.value:g} ({bounds}): {parameter.description}{keys}"


def _tell(report: "KeyReport", console: Console) -> None:
    if not console.as_json:
        if report.first is None:
            console.say(f"{report.parameter} of {report.face}: no frame changes.")
        elif report.first == report.last:
            console.say(f"{report.parameter} of {report.face}: frame {report.first} changes.")
        else:
            console.say(f"{report.parameter} of {report.face}: frames {report.first} to {report.last} change.")
        keys = () if report.curve is None else report.curve.keys
        for key in keys:
            console.say(f"  {key.frame:6} {key.value:g} {key.interpolation}")
    console.answer(report.values())
