"""Arguments that several commands share, and how their texts become values."""

import argparse
import math
import os
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.jobs.landmark_corrections import ReachRequest
    from pipeline.jobs.motion_choice import Motion

Subcommands = Any
"""argparse's private type of `add_subparsers()`."""

_SIZE = re.compile(r"^(\d+(?:\.\d+)?)\s*([kmg]?)(i?b)?$", re.IGNORECASE)
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_LEAST_MEMORY = 64 << 20
SCOPES = ("keyframe", "range", "shot", "plate", "key")
"""How far an edit of a face may reach, as the document has them; the last is one key and nothing else."""


def size(text: str) -> int:
    """Bytes that a size such as 512M or 2G names; not under 64 MB, which is what a few frames need."""
    match = _SIZE.match(text.strip())
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size: write for example 512M or 2G")
    value = int(float(match[1]) * _UNITS[match[2].lower()])
    if value < _LEAST_MEMORY:
        raise argparse.ArgumentTypeError(f"{text} is too little: give at least 64M")
    return value


def threads(text: str) -> int:
    """A number of threads, at least one."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of threads: write 1 or more")
    return int(text)


def project_or_plate(text: str) -> Path:
    """The file that is meant: `job` is the project `job.likeness` where nothing is called `job` itself."""
    from pipeline.project.storage import file_meant

    return file_meant(Path(text))


def number_between(lowest: float, highest: float) -> Callable[[str], float]:
    """Reads a number within bounds, both included."""

    def number(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not lowest <= value <= highest:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from {lowest:g} to {highest:g}")
        return value

    return number


share = number_between(0.0, 1.0)
"""Reads a number from 0 to 1."""


def fraction(text: str) -> Fraction:
    """A factor above 0: a number, or a quotient such as 25/24."""
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        value = Fraction(0)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0: write for example 2, 0.5 or 25/24")
    return value


def add_project(parser: argparse.ArgumentParser) -> None:
    """Which project is meant."""
    parser.add_argument("project", type=project_or_plate, metavar="PROJECT", help="a project file")


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the answer as JSON on stdout")


def add_faces(parser: argparse._ActionsContainer) -> None:
    """Several identities for several faces."""
    parser.add_argument(
        "--face",
        action="append",
        default=[],
        metavar="N=S",
        help="instead of --source, for several faces: source of face N as `analyze` numbers them; repeat it for more",
    )


def add_motion(what: argparse._ActionsContainer, how: argparse._ActionsContainer) -> None:
    """Whose expression a face wears, and how far."""
    what.add_argument(
        "--motion",
        metavar="FILM[@FRAME]",
        help="take the face's motion from another clip or frame; without --source the performer's own face moves",
    )
    how.add_argument(
        "--motion-gain", type=float, metavar="G", help="how far the motion is the other clip's, 0 to 1.5 (default: 1)"
    )
    how.add_argument(
        "--motion-limit",
        type=float,
        metavar="L",
        help="by how much an expression score may change at most, 0 to 1 (default: 0.6)",
    )


def check_motion(arguments: argparse.Namespace) -> None:
    """End with a usage error where a motion names a face, or its gain or limit is out of bounds or has no motion."""
    from pipeline.jobs.source_choice import source_choice

    if arguments.motion is not None and source_choice(arguments.motion).face is not None:
        arguments.parser.error("--motion is the most prominent face's: name FILM or FILM@FRAME, without a #FACE")
    if arguments.motion_gain is not None and not (arguments.motion and 0 <= arguments.motion_gain <= 1.5):
        arguments.parser.error("--motion-gain is a number from 0 to 1.5 and goes with --motion")
    if arguments.motion_limit is not None and not (arguments.motion and 0 <= arguments.motion_limit <= 1):
        arguments.parser.error("--motion-limit is a number from 0 to 1 and goes with --motion")


def motion_of(arguments: argparse.Namespace) -> "Motion | None":
    """The motion that checked arguments ask for; None: the performer's own."""
    from pipeline.jobs.motion_choice import Motion
    from pipeline.jobs.source_choice import source_choice

    if arguments.motion is None:
        return None
    bounds = {"gain": arguments.motion_gain, "limit": arguments.motion_limit}
    return Motion(source_choice(arguments.motion), **{k: v for k, v in bounds.items() if v is not None})


def add_colour_space(parser: argparse._ActionsContainer) -> None:
    """In which colour space a plate is read."""
    parser.add_argument(
        "--colour-space",
        metavar="NAME",
        help="read the plate as this, such as slog3-sgamut3cine, instead of by its tags; a wrong name lists them all",
    )


def add_provider(parser: argparse._ActionsContainer) -> None:
    """Where networks run."""
    parser.add_argument(
        "--provider",
        choices=("auto", "cpu", "cuda"),
        default="auto",
        help="where networks run; auto takes CUDA where a session proves that it works (default: auto)",
    )


def add_compute(parser: argparse._ActionsContainer) -> None:
    """Where and with how much a job runs."""
    add_provider(parser)
    parser.add_argument(
        "--threads",
        type=threads,
        default=os.cpu_count() or 1,
        metavar="N",
        help="threads for analysis, rendering and encoding (default: all cores)",
    )
    parser.add_argument(
        "--memory",
        type=size,
        default=size("256M"),
        metavar="SIZE",
        help="memory for decoded frames kept at hand, such as 512M or 2G (default: 256M)",
    )


def add_scope(parser: argparse.ArgumentParser, *, key_alone: bool = True) -> None:
    """Where an edit of a face acts, and how far it reaches; `check_scope` then says whether they go together.

    `key_alone`: whether one key and nothing else may be meant.
    """
    scopes = SCOPES if key_alone else SCOPES[:-1]
    parser.add_argument("--frame", metavar="F", help="frame, 0-based, or timecode")
    parser.add_argument("--scope", choices=scopes, default="keyframe", help="how far it reaches (default: keyframe)")
    parser.add_argument("--in", dest="first", metavar="F", help="first frame of a range")
    parser.add_argument("--out", dest="last", metavar="F", help="last frame of a range, inclusive")
    parser.add_argument("--ramp", type=int, default=0, metavar="N", help="frames that lead to a range (default: 0)")


def check_scope(arguments: argparse.Namespace) -> None:
    """Leave with the usage where `--scope` doesn't go with `--frame`, `--in`, `--out` and `--ramp`."""
    ranged = arguments.scope == "range"
    if ranged and (arguments.first is None or arguments.last is None or arguments.frame is not None):
        arguments.parser.error("--scope range takes --in and --out, and no --frame")
    if not ranged and (arguments.frame is None or arguments.first or arguments.last or arguments.ramp):
        arguments.parser.error(f"--scope {arguments.scope} takes --frame; --in, --out, --ramp go with --scope range")
    if arguments.ramp < 0:
        arguments.parser.error("--ramp is a number of frames, 0 or more")


def reach_asked(arguments: argparse.Namespace) -> "ReachRequest":
    """Where an edit of a face is to act, as `--face`, `--scope` and what goes with it say; leaves as `check_scope`."""
    from pipeline.jobs.landmark_corrections import ReachRequest

    check_scope(arguments)
    ends = (arguments.frame or "0", arguments.first or "0", arguments.last or "0")
    return ReachRequest(arguments.face, arguments.scope, *ends, arguments.ramp)
