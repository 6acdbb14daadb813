"""`face matte`: strokes over a face's matte, where what lies before the face was found wrong."""

import argparse
import math
from typing import TYPE_CHECKING

from pipeline.commands.arguments import Subcommands, add_compute, add_json, add_project, add_scope, reach_asked, share
from pipeline.commands.console import Console, counted
from pipeline.project.matte_stroke import SHOWN, USUAL_RADIUS, USUAL_SOFTNESS

if TYPE_CHECKING:
    from pipeline.jobs.landmark_corrections import Unit
    from pipeline.jobs.matte_strokes import PaintedStroke

_SPOKEN = {"plate": "the plate shows", "face": "the face shows", "found": "as it was found"}


def pixel(text: str) -> tuple[float, float]:
    """Two finite numbers with a comma between them."""
    try:
        x, y = (float(each) for each in text.split(","))
    except ValueError:
        x = y = math.nan
    if not (abs(x) < 1e6 and abs(y) < 1e6):
        raise argparse.ArgumentTypeError(f"{text!r} is not a point: write X,Y in pixels, right and down")
    return x, y


def length(text: str) -> "tuple[float, Unit]":
    """A number with `px` or `cm` behind it; centimetres without."""
    unit: Unit = "px" if text.endswith("px") else "cm"
    try:
        value = float(text.removesuffix(unit))
    except ValueError:
        value = math.nan
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is not a length: write 0.6 or 0.6cm of the face, or 12px")
    return value, unit


def register_matte(actions: Subcommands) -> None:
    """The action, among those of `face`."""
    parser = actions.add_parser(
        "matte",
        help="paint where the plate shows over the face, or the face over what lies before it",
        description="Lays a stroke over a face's matte, where what lies before the face was found wrong: the plate is "
        "to show, the face, or again what was found. It rides with the skin. At a keyframe (the default) it fades to "
        "what was there on the neighbouring keyframes.",
        epilog="A point with a minus in front is written --points=-3,2, and those after it with another --points.",
    )
    add_project(parser)
    parser.add_argument("--face", metavar="ID", help="face of the project (default: its only one)")
    parser.add_argument("--show", choices=SHOWN, help="what is seen where the stroke lies")
    parser.add_argument(
        "--points",
        type=pixel,
        nargs="+",
        action="extend",
        metavar="X,Y",
        help="its way, in pixels of the plate's picture; one is a dab",
    )
    parser.add_argument(
        "--radius",
        type=length,
        default=(USUAL_RADIUS, "cm"),
        metavar="R",
        help=f"centimetres of the face, which is about 15 wide, or pixels: 12px (default: {USUAL_RADIUS:g})",
    )
    parser.add_argument(
        "--softness",
        type=share,
        default=USUAL_SOFTNESS,
        metavar="S",
        help=f"share of the radius that fades out, 0 to 1 (default: {USUAL_SOFTNESS:g})",
    )
    add_scope(parser)
    parser.add_argument("--copy-to", metavar="F", help="instead of --show: paint frame F as --frame is")
    parser.add_argument("--clear", action="store_true", help="instead of --show: what was found again")
    parser.add_argument("--list", action="store_true", help="instead of --show: tell what is painted")
    add_compute(parser)
    add_json(parser)
    parser.set_defaults(run=run_matte, parser=parser)


def run_matte(arguments: argparse.Namespace, console: Console) -> int:
    parser = arguments.parser
    wanted = (arguments.show is not None, arguments.copy_to is not None, arguments.clear, arguments.list)
    if sum(wanted) != 1:
        parser.error(f"give one of --show {'|'.join(SHOWN)}, --copy-to F, --clear and --list")
    if (arguments.show is None) != (arguments.points is None):
        parser.error("--show takes --points X,Y, and nothing else does")
    from pipeline.jobs import matte_strokes

    if arguments.list:
        return _answer(matte_strokes.strokes_of(arguments.project, arguments.face, console.note), console)
    if arguments.copy_to is not None:
        if arguments.frame is None:
            parser.error("--copy-to takes --frame, the frame that is copied")
        meant = (arguments.project, arguments.face)
        return _answer(matte_strokes.copy(*meant, arguments.frame, arguments.copy_to), console)
    if arguments.clear and arguments.frame is None and arguments.scope == "keyframe":
        arguments.scope, arguments.frame = "plate", "0"
    where = reach_asked(arguments)
    if arguments.clear:
        return _answer(matte_strokes.reset(arguments.project, where), console)
    from pipeline.jobs.face_tracks import TracksPlace
    from pipeline.jobs.render_request import Compute

    place = TracksPlace(arguments.project, Compute(arguments.provider, arguments.threads, arguments.memory))
    stroke = (arguments.show, tuple(arguments.points), where, *arguments.radius, arguments.softness)
    request = matte_strokes.PaintRequest(*stroke)
    return _answer(matte_strokes.paint(place, request, console.progress, console.interrupt), console)


def _answer(strokes: "list[PaintedStroke]", console: Console) -> int:
    if not console.as_json:
        for each in strokes:
            console.say(_told(each))
        if not strokes:
            console.say("Nothing is painted.")
    console.answer({"strokes": [each.values() for each in strokes]})
    return 0


def _told(each: "PaintedStroke") -> str:
    spans = ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in each.frames)
    brush = each.stroke.brush
    keys = [f"  {key['frame']:6} {key['amount']:.0%}" for key in each.values()["keys"]]
    line = (
        f"{each.face}: {_SPOKEN[brush.shows]}, {counted(len(brush.points), 'point')}, radius {brush.radius:g} cm, "
        f"frames {spans or 'none'}"
    )
    return "\n".join([line, *keys])
