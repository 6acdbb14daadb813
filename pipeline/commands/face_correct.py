"""`face correct`: parts of a plate's face put where they belong, where the analysis has them wrong."""

import argparse
from typing import TYPE_CHECKING

from pipeline.commands.arguments import (
    Subcommands,
    add_compute,
    add_json,
    add_project,
    add_scope,
    number_between,
    reach_asked,
)
from pipeline.commands.console import Console

if TYPE_CHECKING:
    from pipeline.jobs.landmark_corrections import CorrectedPart


def numbers(text: str) -> tuple[float, ...]:
    """Two or three finite numbers with commas between them."""
    try:
        values = tuple(float(each) for each in text.split(","))
    except ValueError:
        values = ()
    if len(values) not in (2, 3) or not all(abs(each) < 1e6 for each in values):
        raise argparse.ArgumentTypeError(f"{text!r} is not a way: write X,Y in pixels, or X,Y,Z in centimetres")
    return values


def register_correct(actions: Subcommands) -> None:
    """The action, among those of `face`."""
    parser = actions.add_parser(
        "correct",
        help="move a mouth corner, a lid, any part of the plate's face to where it belongs",
        description="Says where a part of the plate's face lies, where the analysis has it wrong. The skin around it "
        "follows. At a keyframe (the default) it fades to what was there on the neighbouring keyframes.",
        epilog="A way with a minus in front is written --move=-3,2.",
    )
    add_project(parser)
    parser.add_argument("--face", metavar="ID", help="face of the project (default: its only one)")
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--region", dest="part", metavar="NAME", help="mouth, left_eye …; a wrong name lists them all")
    part.add_argument("--point", dest="part", metavar="N", help="a landmark by its number, 0 to 467")
    parser.add_argument("--move", type=numbers, metavar="X,Y", help="the way, right and down in the picture")
    parser.add_argument(
        "--unit",
        choices=("px", "cm"),
        default="px",
        help="px: of the plate's picture; cm: of the face, to its left, up and, as a third number, out of it "
        "(default: px)",
    )
    parser.add_argument(
        "--reach", type=number_between(0, 6), metavar="CM", help="of skin around the part that follows (first: 1.5)"
    )
    add_scope(parser)
    parser.add_argument("--copy-to", metavar="F", help="instead of --move: make frame F as --frame is")
    parser.add_argument("--clear", action="store_true", help="instead of --move: take back a part, or all of them")
    parser.add_argument("--list", action="store_true", help="instead of --move: tell what is corrected")
    add_compute(parser)
    add_json(parser)
    parser.set_defaults(run=run_correct, parser=parser)


def run_correct(arguments: argparse.Namespace, console: Console) -> int:
    parser = arguments.parser
    wanted = (arguments.move is not None, arguments.copy_to is not None, arguments.clear, arguments.list)
    if sum(wanted) != 1:
        parser.error("give one of --move X,Y, --copy-to F, --clear and --list")
    from pipeline.jobs import landmark_corrections as corrections

    if arguments.list:
        return _answer(corrections.corrections_of(arguments.project, arguments.face, console.note), console)
    if arguments.copy_to is not None:
        if arguments.frame is None:
            parser.error("--copy-to takes --frame, the frame that is copied")
        meant = (arguments.project, arguments.face, arguments.part)
        return _answer(corrections.copy(*meant, arguments.frame, arguments.copy_to), console)
    if arguments.clear and arguments.frame is None and arguments.scope == "keyframe":
        arguments.scope, arguments.frame = "plate", "0"
    where = reach_asked(arguments)
    if arguments.clear:
        return _answer(corrections.reset(arguments.project, arguments.part, where), console)
    if arguments.part is None:
        parser.error("--move takes --region or --point")
    if arguments.unit == "px" and len(arguments.move) != 2:
        parser.error("a way in pixels has two numbers, X,Y")
    from pipeline.jobs.face_tracks import TracksPlace
    from pipeline.jobs.render_request import Compute

    place = TracksPlace(arguments.project, Compute(arguments.provider, arguments.threads, arguments.memory))
    request = corrections.CorrectRequest(arguments.part, arguments.move, where, arguments.unit, arguments.reach)
    return _answer(corrections.correct(place, request, console.progress, console.interrupt), console)


def _answer(parts: "list[CorrectedPart]", console: Console) -> int:
    if not console.as_json:
        for each in parts:
            console.say(_told(each))
        if not parts:
            console.say("Nothing is corrected.")
    console.answer({"corrections": [each.values() for each in parts]})
    return 0


def _told(each: "CorrectedPart") -> str:
    from pipeline.project.landmark_parts import spoken_part

    spans = ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in each.frames)
    keys = [
        f"  {key['frame']:6} {key['x']:+.2f} {key['y']:+.2f} {key['z']:+.2f} cm, reach {key['reach']:g} cm"
        for key in each.values()["keys"]
    ]
    return "\n".join([f"{each.face}: {spoken_part(each.move.part)}, frames {spans or 'none'}", *keys])
