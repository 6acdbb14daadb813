"""The shots of a project that somebody approved, each as a render of its own."""

from dataclasses import replace
from pathlib import Path

from pipeline.analysis.kept_analysis import analysed_until, read_analysis
from pipeline.analysis.shots import shots_of
from pipeline.errors import ProjectError
from pipeline.jobs.analyse import options_for
from pipeline.jobs.digests import viewed_as
from pipeline.jobs.render_request import RenderRequest, only_plate
from pipeline.project.approval import approved_shots, shot_file, shots_between
from pipeline.project.project import Plate, Project


def approved_renders(project: Project, path: Path, whole: RenderRequest) -> tuple[list[RenderRequest], list[range]]:
    """`whole`, the render of a project's only plate, as one render an approved shot; and the shots that are left out.

    Raises ProjectError: the plate isn't analysed, or no shot is approved.
    """
    plate = only_plate(project, path)
    shots = plate_shots(path, plate)
    approved = approved_shots(project, plate.id, shots)
    renders = [
        replace(
            whole,
            output=shot_file(whole.output, number, len(shots)),
            first=str(shots[number - 1].start),
            last=str(shots[number - 1].stop - 1),
        )
        for number in approved
    ]
    if not renders:
        raise ProjectError(
            f"No shot of {path.name} is approved: a shot is when all its keyframes are. "
            f"`keyframe review {path} --frame F --status approved` does it, or V in the editor."
        )
    return renders, [shot for number, shot in enumerate(shots, start=1) if number not in approved]


def plate_shots(path: Path, plate: Plate) -> list[range]:
    """The shots of a plate of the project at `path`. Raises ProjectError: it isn't analysed yet."""
    folder, viewed = path.resolve().parent, viewed_as(plate.sha256, plate.colour_space)
    options = options_for(range(plate.frames))
    store = read_analysis(folder, viewed, options)
    if store is None or analysed_until(folder, viewed, options) < plate.frames:
        raise ProjectError(f"The plate of {path.name} isn't analysed yet, so its shots aren't known: `analyze {path}`.")
    with store:
        return shots_between(shots_of(store).begins, plate.frames)
