"""`render`: a plate or a project in, a finished film or picture out."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.arguments import (
    Subcommands,
    add_colour_space,
    add_compute,
    add_faces,
    add_json,
    add_motion,
    check_motion,
    motion_of,
    project_or_plate,
)
from pipeline.commands.console import Console, counted

if TYPE_CHECKING:
    from pipeline.jobs.measured_face import MeasuredFace
    from pipeline.jobs.render import RenderReport
    from pipeline.jobs.render_request import RenderRequest
    from pipeline.project.project import Quality

_PLACES = ("bottom-left", "bottom-right", "top-left", "top-right")


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "render",
        help="replace the face in a film, an image sequence or a still",
        description="Replaces the face of a plate with the one of the sources, or renders what a project says.",
    )
    what = parser.add_argument_group("what")
    what.add_argument(
        "project", nargs="?", type=project_or_plate, metavar="PROJECT", help="a project file instead of a plate"
    )
    what.add_argument("--plate", type=Path, metavar="P", help="film, still, image sequence, or folder of stills")
    what.add_argument(
        "--source",
        nargs="+",
        action="extend",
        default=[],
        metavar="S",
        help="photos of the face that goes in, films, or FILM@FRAME; FILE#2 is the second face from the left",
    )
    add_faces(what)
    what.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="the result's file")
    what.add_argument("--in", dest="first", metavar="F", help="first frame, 0-based, or timecode")
    what.add_argument("--out", dest="last", metavar="F", help="last frame, inclusive, or timecode")
    what.add_argument(
        "--approved",
        action="store_true",
        help="of a project, the shots alone whose keyframes are all approved, each into a file of its own",
    )
    how = parser.add_argument_group("how")
    how.add_argument("--preset", metavar="N", help="how the result is encoded (default: by its name)")
    how.add_argument(
        "--quality",
        choices=("draft", "final"),
        help="final leads the expression back to the plate's in more passes (default: final)",
    )
    how.add_argument(
        "--consent", metavar="FILE|TEXT", help="record of consent; without it the result is marked a draft"
    )
    add_motion(what, how)
    how.add_argument(
        "--measure",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="measure the finished result against its plate (default: in final quality)",
    )
    what.add_argument("--matte", type=Path, metavar="FILE", help="write the faces' matte too, gray: film or frames")
    what.add_argument(
        "--support",
        type=Path,
        metavar="FILE",
        help="write too which samples may differ from the plate's: film or frames",
    )
    how.add_argument("--overwrite", action="store_true", help="replace OUT where it exists (never an input)")
    how.add_argument("--mark", choices=_PLACES, help="corner of the visible mark (default: bottom-left)")
    add_colour_space(how)
    add_compute(how)
    add_json(parser)
    parser.set_defaults(run=run, parser=parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    _check_combination(arguments)
    request = _project_request(arguments, console) if arguments.project is not None else plate_request(arguments)
    from pipeline.jobs.render import render
    from pipeline.jobs.render_batch import stills_of

    if arguments.approved:
        return _run_approved(request, arguments.project, console)
    stills = stills_of(request)
    if stills:
        return _run_batch(request, stills, console)
    report = render(request, console.progress, console.interrupt, console.note)
    if not console.as_json:
        for line in told(report, arguments.project):
            console.say(line)
    console.answer(report.values())
    return 0


def _run_approved(request: "RenderRequest", project: Path, console: Console) -> int:
    """Render the approved shots, one after the other."""
    from pipeline.jobs.approved_shots import approved_renders
    from pipeline.jobs.progress import no_note
    from pipeline.jobs.project_edit import open_for_reading
    from pipeline.jobs.render import render

    renders, left_out = approved_renders(open_for_reading(project, no_note), project, request)
    reports = []
    for each in renders:
        reports.append(render(each, console.progress, console.interrupt, console.note))
        if not console.as_json:
            for line in told(reports[-1], project):
                console.say(line)
    spans = [{"first": shot.start, "last": shot.stop - 1} for shot in left_out]
    if spans and not console.as_json:
        console.say("Not approved, and left out: " + ", ".join(f"{s['first']}-{s['last']}" for s in spans) + ".")
    console.answer({"results": [report.values() for report in reports], "left_out": spans})
    return 0


def _run_batch(request: "RenderRequest", stills: "tuple[Path, ...]", console: Console) -> int:
    """Render a folder of stills; the status is the first refused picture's."""
    from pipeline.jobs.render_batch import render_batch

    batch = render_batch(request, stills, console.progress, console.interrupt, console.note)
    if not console.as_json:
        console.say(f"{request.output}: {len(batch.done)} of {len(stills)} stills")
    for still, error in batch.refused:
        console.note(f"likeness: {still.name}: {error}")
    refused = [{"plate": str(still), "kind": type(e).__name__, "message": str(e)} for still, e in batch.refused]
    console.answer({"results": [report.values() for report in batch.done], "refused": refused})
    return batch.refused[0][1].exit_code if batch.refused else 0


def _check_combination(arguments: argparse.Namespace) -> None:
    """End with a usage error where arguments exclude each other."""
    if (arguments.project is None) == (arguments.plate is None):
        arguments.parser.error("name either a project or, with --plate, a plate")
    if arguments.plate is not None and arguments.plate.suffix == ".likeness":
        arguments.parser.error(f"that is a project: `render {arguments.plate} -o {arguments.output}`")
    if arguments.plate is not None and not (arguments.source or arguments.face or arguments.motion):
        arguments.parser.error("--plate needs a --source, a --face, or a --motion for the performer's own face")
    if arguments.face and (arguments.source or arguments.motion or arguments.consent):
        arguments.parser.error("--face gives several faces their sources; --source, --motion, --consent are of one")
    if arguments.approved and arguments.project is None:
        arguments.parser.error("--approved goes with a project: a plate alone has no review")
    if arguments.approved and (arguments.first or arguments.last or arguments.matte or arguments.support):
        arguments.parser.error("--approved renders whole shots; --in, --out, --matte and --support are of one range")
    if arguments.project is not None and arguments.face:
        arguments.parser.error("a project has its own faces; --face goes with --plate, `face assign` changes a project")
    if arguments.project is not None and (arguments.source or arguments.consent or arguments.motion):
        arguments.parser.error(
            "a project has its own sources and consent; --source, --motion, --consent go with --plate"
        )
    if arguments.project is not None and arguments.colour_space:
        arguments.parser.error("a project has its plate's colour space; --colour-space goes with --plate")
    check_motion(arguments)


def plate_request(arguments: argparse.Namespace) -> "RenderRequest":
    """The render of a bare plate. Raises ConsentError, RangeError: a record, source or track that can't be meant."""
    from pipeline.jobs.render_request import Compute, FaceRequest, RenderRequest
    from pipeline.jobs.source_choice import source_choice, sources_by_track
    from pipeline.project.consent import read_consent

    today = datetime.now(UTC).date()
    consent = read_consent(arguments.consent, today) if arguments.consent is not None else None
    faces = tuple(FaceRequest(sources, track=track) for track, sources in sources_by_track(arguments.face).items())
    one = FaceRequest(tuple(map(source_choice, arguments.source)), consent=consent, motion=motion_of(arguments))
    quality: Quality = arguments.quality or "final"
    return RenderRequest(
        plate=arguments.plate,
        output=arguments.output,
        faces=faces or (one,),
        first=arguments.first,
        last=arguments.last,
        preset=arguments.preset,
        colour_space=arguments.colour_space,
        quality=quality,
        mark_place=arguments.mark or "bottom-left",
        matte=arguments.matte,
        support=arguments.support,
        overwrite=arguments.overwrite,
        measured=quality == "final" if arguments.measure is None else arguments.measure,
        compute=Compute(arguments.provider, arguments.threads, arguments.memory),
    )


def _project_request(arguments: argparse.Namespace, console: Console) -> "RenderRequest":
    from pipeline.jobs.render_request import Compute, project_request

    return project_request(
        arguments.project,
        arguments.output,
        console.note,
        first=arguments.first,
        last=arguments.last,
        preset=arguments.preset,
        quality=arguments.quality,
        mark_place=arguments.mark,
        matte=arguments.matte,
        support=arguments.support,
        overwrite=arguments.overwrite,
        measured=arguments.measure,
        compute=Compute(arguments.provider, arguments.threads, arguments.memory),
    )


def told(report: "RenderReport", project: Path | None = None) -> list[str]:
    """A render's report in sentences; `project` is the one that it rendered."""
    frames = report.last - report.first + 1
    seconds = sum(report.seconds.values())
    lines = [f"{report.output}: {counted(frames, 'frame')} in {seconds:.1f} s"]
    if report.reused == frames:
        all_of_them = "its one frame is" if frames == 1 else f"all {frames} frames are"
        lines = [f"{report.output}: {all_of_them} there already, finished by an earlier run of this job."]
    elif report.reused:
        lines.append(f"{report.reused} of them were finished by an earlier run.")
    lines += [
        f"Its {name} is in {path}." for name, path in (("matte", report.matte), ("support", report.support)) if path
    ]
    lines += [f"Frame {frame} could not be rendered: {reason}" for frame, reason in report.failed]
    if report.mark.kind == "draft":
        how = "with --consent"
        if project is not None:
            how = f"with `face consent {project} --consent …`, or in the editor's People panel"
        lines.append(f'No consent is on record: the picture is marked "AI-generated, draft". Give it {how}.')
    where = "signed into the file" if report.credentials.place == "embedded" else f"in {report.credentials.path}"
    lines.append(f"Content credentials are {where}.")
    return lines + [_measured(face) for face in report.measured]


def _measured(face: "MeasuredFace") -> str:
    """What measuring found of a face, in a sentence."""
    brief = face.brief()
    floors = [
        f"{name} {brief['figures'][name]:.3g}{'' if floor['passed'] else ' (MISSES ' + floor['bar'] + ')'}"
        for name, floor in brief["floors"].items()
    ]
    worst = ", ".join(str(each["frame"]) for each in brief["worst_frames"][:3])
    return f"Measured{'' if face.face is None else ' ' + face.face}: {', '.join(floors)}. Look first at: {worst}."
