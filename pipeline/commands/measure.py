"""`measure`: a result against its plate, in figures."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.arguments import Subcommands, add_colour_space, add_compute, add_json, project_or_plate
from pipeline.commands.console import Console

if TYPE_CHECKING:
    from pipeline.jobs.measure import MeasureReport
    from pipeline.jobs.measured_face import MeasuredFace


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "measure",
        help="how faithful a result is to its plate, in figures",
        description="Compares a result with its plate: expression, landmarks, steadiness, colour, seam, identity. Both "
        "may be any films of equal length and size, whoever made them.",
    )
    parser.add_argument("original", type=Path, metavar="ORIGINAL", help="the plate")
    parser.add_argument("result", type=Path, metavar="RESULT", help="the result, of the same frames")
    parser.add_argument(
        "--project", type=project_or_plate, metavar="P", help="the project that RESULT was rendered from"
    )
    parser.add_argument(
        "--source",
        nargs="+",
        action="extend",
        default=[],
        metavar="S",
        help="whose face RESULT is to show, for identity; a project has its own",
    )
    parser.add_argument("--in", dest="first", metavar="F", help="ORIGINAL's first frame that RESULT shows, or timecode")
    parser.add_argument("--out", dest="last", metavar="F", help="the last one, inclusive, or timecode")
    parser.add_argument(
        "--quality", choices=("draft", "final"), help="how RESULT was rendered (default: as the project says)"
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page with curves and the worst frames")
    add_colour_space(parser)
    add_compute(parser)
    add_json(parser)
    parser.set_defaults(run=run, parser=parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    _check_combination(arguments)
    from pipeline.jobs.measure import MeasureRequest, measure
    from pipeline.jobs.measure_report import check_report, write_report
    from pipeline.jobs.render_request import Compute
    from pipeline.jobs.source_choice import source_choice

    request = MeasureRequest(
        original=arguments.original,
        result=arguments.result,
        project=arguments.project,
        sources=tuple(map(source_choice, arguments.source)),
        first=arguments.first,
        last=arguments.last,
        quality=arguments.quality,
        colour_space=arguments.colour_space,
        compute=Compute(arguments.provider, arguments.threads, arguments.memory),
    )
    if arguments.html is not None:
        check_report(arguments.html, arguments.original, arguments.result)
    report = measure(request, console.progress, console.interrupt, console.note)
    if arguments.html is not None:
        write_report(report, arguments.html)
        console.note(f"The report is {arguments.html}.")
    if not console.as_json:
        for line in told(report):
            console.say(line)
    console.answer(report.values())
    return 0


def _check_combination(arguments: argparse.Namespace) -> None:
    """End with a usage error where arguments exclude each other."""
    if arguments.project is not None and (arguments.source or arguments.colour_space):
        arguments.parser.error("a project has its own sources and colour space")
    if arguments.project is None and arguments.quality:
        arguments.parser.error("--quality goes with --project: it says how the project was rendered")


def told(report: "MeasureReport") -> list[str]:
    """A report in lines."""
    lines = []
    for face in report.faces:
        count = f"{face.film.measures.measured} of {face.film.measures.frames} frames measured"
        lines.append(f"{report.result}{'' if face.face is None else f', {face.face}'}: {count}")
        lines += _table(face)
        lines += [f"  {note}" for note in face.notes]
    return lines


def _table(face: "MeasuredFace") -> list[str]:
    """Figures by group, with interval and floor."""
    from pipeline.quality.figure_names import GROUPS

    values = face.values()
    lines = []
    for title, names in GROUPS:
        shown = [(name, told) for name, told in names if values["figures"].get(name) is not None]
        if shown:
            lines.append(f"{title}:")
        for name, told in shown:
            between = values["intervals"].get(name)
            floor = values["floors"].get(name)
            interval = "" if between is None else f"[{between[0]:.3f}, {between[1]:.3f}]"
            verdict = "" if floor is None else f"{'reaches' if floor['passed'] else 'MISSES'} {floor['bar']}"
            lines.append(f"  {told:<40}{values['figures'][name]:>9.3f}  {interval:<19} {verdict}".rstrip())
    worst = ", ".join(f"{each['frame']} ({each['cause']})" for each in values["worst_frames"])
    return [*lines, f"worst frames: {worst or 'none'}"]
