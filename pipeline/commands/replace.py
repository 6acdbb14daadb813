"""`replace`: a new version of a project's plate in place of the one it has."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.arguments import Subcommands, add_compute, add_json, add_project
from pipeline.commands.console import Console, counted

if TYPE_CHECKING:
    from pipeline.jobs.replace_plate import ReplaceReport

_MOST_TOLD = 40


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "replace",
        help="put a new version of the plate in place of the project's",
        description="Lays the new plate beside the old one, carries keyframes, keys, notes and markers to its frames, "
        "lists what fell outside, and analyses only pictures that are new.",
    )
    add_project(parser)
    parser.add_argument("plate", type=Path, metavar="PLATE", help="the new version: a film, a sequence or a still")
    parser.add_argument(
        "--align",
        metavar="HOW",
        help="timecode, picture, or the frame of the new plate that the old one's first frame is, as --align=-12 "
        "(default: timecode where both plates have one, else picture)",
    )
    parser.add_argument("--plan", action="store_true", help="tell what would become of it, and leave the project alone")
    add_compute(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.render_request import Compute
    from pipeline.jobs.replace_plate import ReplaceRequest, replace_plate

    compute = Compute(arguments.provider, arguments.threads, arguments.memory)
    request = ReplaceRequest(arguments.project, arguments.plate, arguments.align, compute)
    report = replace_plate(request, console.progress, console.interrupt, console.note, save=not arguments.plan)
    if not console.as_json:
        _tell(report, console)
    console.answer(report.values())
    return 0


def _tell(report: "ReplaceReport", console: Console) -> None:
    carried, plate = report.carried, report.replacement.plate
    for each in report.replacement.plates.stretches:
        last, new_last = each.old + each.length - 1, each.new + each.length - 1
        console.say(f"old {each.old} to {last} = new {each.new} to {new_last} (by {report.aligned_by})")
    for words, runs in (("not in the new plate", report.old_outside), ("new", report.new_frames)):
        if runs:
            console.say(f"{words}: frames {', '.join(f'{a} to {b}' if b > a else str(a) for a, b in runs)}")
    console.say(
        f"carried: {counted(carried.keyframes, 'keyframe')} ({carried.reopened} open again), "
        f"{counted(carried.keys, 'key')}, {counted(carried.markers, 'marker')}"
    )
    if report.analysed is not None:
        console.say(f"analysed: {report.analysed} of {plate.frames} frames")
    for left in carried.left_out[:_MOST_TOLD]:
        console.say(f"left out: {left.what} at {left.frame}: {left.face} {left.words}".rstrip())
    if len(carried.left_out) > _MOST_TOLD:
        console.say(f"left out: {len(carried.left_out) - _MOST_TOLD} more")
    for face in carried.unseen:
        console.say(f"{face} isn't seen in the new plate and is ignored from now on")
    for words in carried.notes:
        console.say(words)
