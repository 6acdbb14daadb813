"""`analyze`: who is seen in a plate, when and how large."""

import argparse

from pipeline.commands.arguments import Subcommands, add_colour_space, add_compute, add_json, project_or_plate
from pipeline.commands.console import Console, counted


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser("analyze", help="find and follow the faces of a plate or a project's plate")
    parser.add_argument(
        "what",
        type=project_or_plate,
        metavar="PROJECT|PLATE",
        help="a project file, a film, a sequence or a still",
    )
    add_colour_space(parser)
    add_compute(parser)
    add_json(parser)
    parser.set_defaults(run=run, parser=parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.analyse import AnalysisRequest, analyse_plate, project_analysis
    from pipeline.jobs.render_request import Compute
    from pipeline.project.storage import is_project

    compute = Compute(arguments.provider, arguments.threads, arguments.memory)
    if is_project(arguments.what):
        if arguments.colour_space is not None:
            arguments.parser.error("a project has its own colour space; --colour-space goes with a plate")
        request = project_analysis(arguments.what, compute, console.note)
    else:
        request = AnalysisRequest(arguments.what, arguments.colour_space, None, compute)
    report = analyse_plate(request, console.progress, console.interrupt, console.note)
    if not console.as_json:
        console.say(f"{request.plate}: {counted(report.frames, 'frame')}, faces: {len(report.faces)}")
        for face in report.faces:
            console.say(
                f"  face {face.track}: frames {face.first} to {face.last}, seen in {face.seen}, "
                f"{face.width_px:.0f} pixels wide"
            )
            for gap in face.gaps:
                told = "a render bridges it where the picture shows the face" if gap.short else "left as it is"
                console.say(f"    not found in frames {gap.first} to {gap.last}: {told}")
        if report.spoken is not None:
            console.say(f"  sound: speech in {counted(report.spoken, 'frame')}")
    console.answer(report.values())
    return 0
