"""`review`: plate and result judged blind by people, and what they say."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.arguments import Subcommands, add_colour_space, add_compute, add_json, project_or_plate
from pipeline.commands.console import Console, counted

if TYPE_CHECKING:
    from pipeline.jobs.review_read import Opinion, ReviewReport


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser("review", help="have plate and result judged blind, and read what viewers say")
    actions = parser.add_subparsers(dest="action", required=True, metavar="make|read")
    making = actions.add_parser(
        "make",
        help="write shuffled clips and a page to score them on",
        description="Writes clips of plate and result around keyframes, shuffled, with a page that works offline; the "
        "key that tells them apart is written beside the folder.",
    )
    making.add_argument("original", type=Path, metavar="ORIGINAL", help="the plate")
    making.add_argument("result", type=Path, metavar="RESULT", help="the result, of the same frames")
    making.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="what viewers are given")
    making.add_argument("--key", type=Path, metavar="FILE", help="where the key goes (default: FOLDER.key.json)")
    making.add_argument(
        "--project", type=project_or_plate, metavar="P", help="whose keyframes are shown (default: detected ones)"
    )
    making.add_argument("--face", metavar="ID", help="face of the project (default: its only one)")
    making.add_argument("--in", dest="first", metavar="F", help="ORIGINAL's first frame that RESULT shows, or timecode")
    making.add_argument("--out", dest="last", metavar="F", help="the last one, inclusive, or timecode")
    making.add_argument("--keyframes", type=int, metavar="N", help="show at most so many keyframes (default: 12)")
    making.add_argument("--seconds", type=float, metavar="S", help="length of a clip (default: 2)")
    add_colour_space(making)
    add_compute(making)
    add_json(making)
    making.set_defaults(run=run_make, parser=making)
    reading = actions.add_parser("read", help="read the files that the page saved")
    reading.add_argument("key", type=Path, metavar="KEY", help="the review's key")
    reading.add_argument("scores", type=Path, nargs="+", metavar="FILE", help="the viewers' files")
    add_json(reading)
    reading.set_defaults(run=run_read, parser=reading)


def run_make(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.face is not None and arguments.project is None:
        arguments.parser.error("--face goes with --project")
    if arguments.keyframes is not None and arguments.keyframes < 1:
        arguments.parser.error("--keyframes is a number above 0")
    if arguments.seconds is not None and not 0.2 <= arguments.seconds <= 20:
        arguments.parser.error("--seconds is a number from 0.2 to 20")
    from pipeline.jobs.render_request import Compute
    from pipeline.jobs.review_make import CLIPS, SECONDS, ReviewRequest, make_review

    folder: Path = arguments.output
    request = ReviewRequest(
        original=arguments.original,
        result=arguments.result,
        folder=folder,
        key=arguments.key or folder.with_name(folder.name + ".key.json"),
        project=arguments.project,
        face=arguments.face,
        first=arguments.first,
        last=arguments.last,
        clips=arguments.keyframes or CLIPS,
        seconds=arguments.seconds or SECONDS,
        colour_space=arguments.colour_space,
        compute=Compute(arguments.provider, arguments.threads, arguments.memory),
    )
    made = make_review(request, console.progress, console.interrupt)
    if not console.as_json:
        console.say(
            f"{made.page}: {made.clips} clips of {counted(made.keyframes, 'keyframe')}. Give viewers the whole folder."
        )
        console.say(f"{made.key} tells which clip is what: keep it to yourself until the scores are in.")
    console.answer({"page": str(made.page), "key": str(made.key), "clips": made.clips, "keyframes": made.keyframes})
    return 0


def run_read(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.review_read import read_review

    report = read_review(arguments.key, arguments.scores)
    if not console.as_json:
        for line in told(report):
            console.say(line)
    console.answer(report.values())
    return 0


def told(report: "ReviewReport") -> list[str]:
    """A review in lines."""
    from pipeline.jobs.review_key import QUESTIONS

    viewers = len(report.viewers)
    lines = [f"{viewers} {'viewer' if viewers == 1 else 'viewers'}: {', '.join(report.viewers)}"]
    lines.append(f"{'mean opinion, 1 to 5':<34}{'plate':<26}{'result':<26}")
    for name, title in QUESTIONS:
        each = report.opinions[name]
        lines.append(f"{title:<34}{_opinion(each['plate']):<26}{_opinion(each['result']):<26}".rstrip())
    lines.append(f"{'by keyframe, overall':<34}{'plate':<26}{'result':<26}")
    for mark in report.keyframes:
        place = f"{mark.frame} ({mark.reason.replace('_', ' ')})"
        lines.append(f"{place:<34}{_number(mark.plate['overall']):<26}{_number(mark.result['overall'])}")
    return lines


def _opinion(opinion: "Opinion") -> str:
    """Mean, interval and agreement."""
    between = "" if opinion.interval is None else f" [{opinion.interval[0]:.2f}, {opinion.interval[1]:.2f}]"
    agreement = "" if opinion.alpha is None else f" α {opinion.alpha:.2f}"
    return _number(opinion.mean) + between + agreement


def _number(value: float) -> str:
    return f"{value:.2f}" if value == value else "-"
