"""`keyframes`: the frames that carry the performance, found and listed; `keyframe`: one of them set or reviewed."""

import argparse
import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.commands.arguments import Subcommands, add_compute, add_json, add_project, number_between, share
from pipeline.commands.console import Console, counted

if TYPE_CHECKING:
    from pipeline.jobs.keyframe_review import ListedKeyframe

_PROFILES = ("dialogue", "emotion", "action", "everything")
_STATUSES = ("open", "approved", "needs_work")
_SPACING, _PER_MINUTE = (0.0, 10.0), (1.0, 600.0)
"""Bounds that `DetectionOptions` has too."""
_COLUMNS = ("frame", "timecode", "face", "kind", "score", "status", "origin", "reasons", "note")


def register(subcommands: Subcommands) -> None:
    _register_finding(subcommands)
    _register_review(subcommands)


def _register_finding(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "keyframes",
        help="find the expression keyframes of a project and list them with their reasons",
        description="Finds the frames that carry the performance and keeps them in the project as markers. What was "
        "set, keyed or reviewed by hand stays as it is.",
    )
    add_project(parser)
    parser.add_argument("--face", metavar="ID", help="only this face of the project")
    # Defaults are `DetectionOptions`' own.
    parser.add_argument("--profile", choices=_PROFILES, help="what matters in this plate")
    parser.add_argument("--sensitivity", type=share, metavar="S", help="0, the strongest only, to 1, everything seen")
    parser.add_argument("--micro-sensitivity", type=share, metavar="S", help="the same for micro-expressions; 0: none")
    parser.add_argument(
        "--arousal",
        action="store_const",
        const=True,
        help="propose strength for phrases of an aroused voice: louder and higher, or softer and lower, than usual",
    )
    spacing, limit = number_between(*_SPACING), number_between(*_PER_MINUTE)
    parser.add_argument("--spacing", type=spacing, metavar="SECONDS", help="least distance of two keyframes")
    parser.add_argument("--per-minute", type=limit, metavar="N", help="most keyframes a minute, 1 to 600")
    parser.add_argument("--kept", action="store_true", help="list what the project holds, without looking again")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the list as JSON on stdout")
    form.add_argument("--csv", action="store_true", help="print the list as comma-separated values on stdout")
    add_compute(parser)
    parser.set_defaults(run=run, parser=parser)


def _register_review(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser("keyframe", help="set, remove, review or accept one keyframe of a project")
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|remove|review|accept")
    adding = actions.add_parser("add", help="set a keyframe by hand")
    removing = actions.add_parser("remove", help="take a keyframe away; it is not proposed again, its keys stay")
    judging = actions.add_parser("review", help="set a keyframe's status and note")
    judging.add_argument("--status", choices=_STATUSES, help="how far its review is")
    judging.add_argument("--note", metavar="TEXT", help="what is to be done; an empty text removes it")
    accepting = actions.add_parser("accept", help="set the keys that a keyframe proposes as a correction")
    for each in (adding, removing, judging, accepting):
        add_project(each)
        each.add_argument("--face", metavar="ID", help="face of the project (default: its only one)")
        each.add_argument("--frame", required=True, metavar="F", help="frame, 0-based, or timecode")
        add_json(each)
        each.set_defaults(run=run_review, parser=each)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.keyframe_review import kept_keyframes

    if arguments.kept:
        found = kept_keyframes(arguments.project, arguments.face, console.note)
    else:
        found = _found(arguments, console)
    if arguments.csv:
        console.say(_as_csv(found))
    elif not console.as_json:
        _tell(found, console)
    console.answer([each.values() for each in found])
    return 0


def _found(arguments: argparse.Namespace, console: Console) -> "list[ListedKeyframe]":
    from pipeline.jobs.keyframes import KeyframesRequest, detection_options, find_keyframes
    from pipeline.jobs.render_request import Compute

    names = ("profile", "sensitivity", "micro_sensitivity", "arousal", "spacing", "per_minute")
    given = {name: value for name in names if (value := getattr(arguments, name)) is not None}
    options = detection_options(**given)
    compute = Compute(arguments.provider, arguments.threads, arguments.memory)
    request = KeyframesRequest(arguments.project, arguments.face, options, compute)
    return find_keyframes(request, console.progress, console.interrupt, console.note)


def run_review(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.keyframe_review import accept_keyframe, drop_keyframe, judge_keyframe, set_keyframe

    project, face, frame = arguments.project, arguments.face, arguments.frame
    if arguments.action == "add":
        found = set_keyframe(project, face, frame)
    elif arguments.action == "remove":
        found = drop_keyframe(project, face, frame)
    elif arguments.action == "accept":
        found = accept_keyframe(project, face, frame)
    else:
        if arguments.status is None and arguments.note is None:
            arguments.parser.error("say what to change: --status, --note or both")
        found = judge_keyframe(project, face, frame, arguments.status, arguments.note)
    if not console.as_json:
        _tell(found, console)
    console.answer([each.values() for each in found])
    return 0


def _tell(found: "Sequence[ListedKeyframe]", console: Console) -> None:
    several = len({each.face for each in found}) > 1
    for each in found:
        mark = each.keyframe
        score = "    " if mark.score is None else f"{mark.score:.2f}"
        status = "" if mark.status == "open" else f" [{mark.status.replace('_', ' ')}]"
        face = f"{each.face} " if several else ""
        offered = () if mark.correction is None else (f"proposes {mark.correction.in_words()}",)
        words = "; ".join((*mark.reasons, *offered, *((f"note: {mark.note}",) if mark.note else ())))
        console.say(f"{mark.frame:6} {each.timecode} {face}{mark.kind:13} {score}{status} {words}".rstrip())
    console.say(counted(len(found), "keyframe"))


def _as_csv(found: "Sequence[ListedKeyframe]") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for each in found:
        values = {name: value for name, value in each.values().items() if name in _COLUMNS}
        writer.writerow(values | {"reasons": "; ".join(values["reasons"])})
    return text.getvalue().rstrip("\n")
