"""Automatic balance of a project's faces, from the kept analysis, in one save."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.analysis.activation import activation
from pipeline.engines.session import SessionPool
from pipeline.jobs.keyframe_review import faces_meant
from pipeline.jobs.keyframes import SignalsPlace, plate_signals
from pipeline.jobs.progress import CancelledCheck, ProgressSink, telling_of_compiling
from pipeline.jobs.project_edit import edit_project, open_for_change
from pipeline.jobs.render_request import Compute, only_plate
from pipeline.project.balance import Balanced, balanced, unbalanced
from pipeline.project.project import Project


@dataclass(frozen=True, slots=True)
class BalanceRequest:
    """A project whose faces are to be balanced; `face` None takes them all. `amount`: 0..1."""

    project: Path
    face: str | None = None
    amount: float = 1.0
    compute: Compute = field(default_factory=Compute)


@dataclass(frozen=True, slots=True)
class FaceBalance:
    """What came of one face: parameters with new keys, their number, and parameters left alone."""

    face: str
    written: tuple[str, ...]
    left: tuple[str, ...]
    keys: int

    def values(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {"face": self.face, "written": list(self.written), "left": list(self.left), "keys": self.keys}


def balance(request: BalanceRequest, progress: ProgressSink, cancelled: CancelledCheck) -> list[FaceBalance]:
    """Write curves that follow the expression of every face meant; an earlier balance gives way, a person's keys stay.

    Raises as `find_keyframes`.
    """
    project = open_for_change(request.project).project
    plate = only_plate(project, request.project)
    wanted = [face.id for face in faces_meant(project, request.face)]
    place = SignalsPlace(request.project, request.compute, SessionPool(provider=request.compute.provider))
    with telling_of_compiling(progress):
        signals = plate_signals(place, project, plate, wanted, progress, cancelled)
    courses = {face: (each.frames.tolist(), activation(each).tolist()) for face, each in signals.items()}
    reports: list[FaceBalance] = []

    def edit(project: Project) -> Project:
        for face, (frames, course) in courses.items():
            done = balanced(project, face, frames, course, request.amount)
            project = done.project
            reports.append(_report(face, done))
        return project

    # The project is opened anew: what somebody changed during the analysis stays.
    edit_project(request.project, edit)
    return reports


def take_back(path: Path, face: str | None) -> None:
    """Remove the keys that a balance wrote. Raises ProjectError: no such face, or a file that can't be saved."""

    def edit(project: Project) -> Project:
        for each in faces_meant(project, face):
            project = unbalanced(project, each.id)
        return project

    edit_project(path, edit)


def _report(face: str, done: Balanced) -> FaceBalance:
    track = next(each for each in done.project.faces if each.id == face)
    keys = sum(key.made == "balance" for name in done.written for key in track.curves[name].keys)
    return FaceBalance(face, done.written, done.left, keys)
