"""A long day at the window: edits, undos, seeks, plays, saves, a film rendered, and the worker killed on the way.

What the document must be is kept beside it, and compared at every undo, at the end, and in the file; memory, shared
memory and open files must not grow.
"""

import os
import random
import signal
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.document import edits
from editor.document.edits import Reach
from editor.panels.export_form import ExportOrder
from editor.playback.pictures import KEPT_BYTES
from pipeline.jobs.progress import never_cancelled, no_note, no_progress
from pipeline.jobs.render import render
from pipeline.jobs.render_request import Compute, project_request
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.parameter_table import PARAMETERS, Parameter
from pipeline.project.project import Project
from pipeline.project.storage import load_project
from tests.ui.sitting import Sitting

STEPS = 500
KILLS_EVERY = 90
DEEDS = ("edit", "edit", "edit", "undo", "redo", "seek", "play", "keyframe", "review", "look")
LOOKS = ("view.show_matte", "view.show_result", "view.toggle_wipe", "view.show_red", "timeline.zoom_in")
REACHES: tuple[Reach, ...] = ("keyframe", "keyframe", "range", "shot")
EXPORT_MS = 900_000
"""An export takes what other programs leave of the processor: beside nine busy ones that is a fortieth of a core."""
SHARED = Path("/dev/shm")


class Day:
    """One sitting, and what the document has to be at each place of the undo history."""

    def __init__(self, sitting: Sitting, seed: int) -> None:
        self.sitting, self.window, self.chance = sitting, sitting.window, random.Random(seed)
        self.stack = self.window.document.undo_stack
        self.began = self.stack.index()
        self.model: dict[int, Project] = {self.began: self.window.document.project}
        self.parameters = list(PARAMETERS.values())

    def check(self) -> None:
        """The document is what it was when the history stood here."""
        assert self.window.document.project == self.model[self.stack.index()]

    def note(self) -> None:
        """The history has gone on from here; what was ahead of it is gone."""
        at = self.stack.index()
        self.model = {index: project for index, project in self.model.items() if index < at}
        self.model[at] = self.window.document.project

    def step(self) -> None:
        match self.chance.choice(DEEDS):
            case "edit":
                self._edit(self.chance.choice(self.parameters))
            case "undo" if self.stack.index() > self.began:
                self.sitting.editor.run("edit.undo_step")
                self.check()
            case "redo":
                self.sitting.editor.run("edit.redo_step")
                self.check()
            case "seek":
                self.window.playhead.go(self.chance.randrange(self.window.playhead.frames))
            case "play":
                self.sitting.editor.run("transport.play_toggle")
            case "keyframe":
                self._acts(("keyframe.go_next", "keyframe.toggle_here", "edit.copy_keys", "edit.paste_keys"))
            case "review":
                self._acts(("keyframe.approve_next", "keyframe.mark_needs_work", "edit.select_all"))
            case "look":
                self._acts(LOOKS)
        self.sitting.qtbot.wait(self.chance.choice((0, 5, 40)))

    def _edit(self, parameter: Parameter) -> None:
        w = self.window
        value = self.chance.uniform(parameter.lowest, parameter.highest)
        reach = self.chance.choice(REACHES)
        face = w.document.project.faces[0].id
        edits.set_values(w.document, face, {parameter: value}, (w.playhead.frame,), reach, w.playhead.span)
        self.note()

    def _acts(self, actions: tuple[str, ...]) -> None:
        before, at, action = self.window.document.project, self.stack.index(), self.chance.choice(actions)
        self.window.actions_by_id[action].trigger()
        if self.window.document.project != before:
            self.note()
        else:
            assert self.stack.index() == at, f"{action} changed nothing, yet there is a step to undo"

    def kill(self) -> None:
        """The worker dies; it comes back by itself."""
        pid = self.window.bridge.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        self.sitting.until(lambda: self.window.bridge.pid not in (None, pid))
        self.sitting.until(lambda: self.window.session.lost_notice() is None)


def held() -> tuple[int, int]:
    """Open files of this process, and segments of shared memory of this user."""
    segments = [path for path in SHARED.iterdir() if path.name.startswith("psm_")] if SHARED.is_dir() else []
    return psutil.Process().num_fds(), len(segments)


def rgb(image: QImage) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    # Copied while the image that owns the bytes lives.
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_scripted_day(editor: Editor, qtbot: QtBot, media_dir: Path, tmp_path: Path) -> None:
    sitting, window, project = Sitting(editor, qtbot), editor.window, tmp_path / "shot.likeness"
    document = window.document
    sitting.drop(media_dir / "single_face.mp4", media_dir / "synthetic_portrait.png", project)
    sitting.until(lambda: len(sitting.keyframes) > 2 and not window.jobs.running)
    sitting.until(lambda: window.traces.buckets is not None)
    window.session.export(ExportOrder(tmp_path / "during.mkv", "ffv1-lossless", "draft", None, None))

    day, kills, resident, files = Day(sitting, 11), 0, [], []
    for number in range(1, STEPS + 1):
        day.step()
        if number % KILLS_EVERY == 0:
            if kills:  # Work that brings the worker down twice is refused, and says so.
                sitting.until(lambda: not window.jobs.running, EXPORT_MS)
            day.kill()
            kills += 1
        if number % 50 == 0:
            editor.run("project.save_file")
            sitting.until(lambda: not document.unsaved)
            assert load_project(project).project == document.project
            assert window.pictures.held_bytes <= KEPT_BYTES
            resident.append(psutil.Process().memory_info().rss - window.pictures.held_bytes)
            files.append(held())
    window.transport.stop()
    assert kills == STEPS // KILLS_EVERY
    sitting.until(lambda: not window.jobs.running, EXPORT_MS)
    told = [f"{each.title}: {each.ended}" for each in window.jobs.jobs]
    assert (tmp_path / "during.mkv").is_file(), told

    # The picture that is seen is the one a render of the saved file makes.
    editor.run("view.show_result")
    window.playhead.go(30)
    sitting.wait_for_pictures()
    seen = rgb(sitting.result())
    editor.run("project.save_file")
    sitting.until(lambda: not document.unsaved)
    film = tmp_path / "after.mkv"
    asked = project_request(
        project,
        film,
        no_note,
        first="30",
        last="30",
        preset="ffv1-lossless",
        quality="draft",
        compute=Compute("cpu", 2),
    )
    render(asked, no_progress, never_cancelled, no_note)
    with open_plate(film) as reader:
        assert np.array_equal(view_of(reader.info).rgb8(reader.read(0)), seen)

    while day.stack.index() > day.began:
        day.stack.undo()
        day.check()
    # What is held beside the kept pictures, which have their bound: after the first hundred steps, once everything was
    # used, nothing grows without end.
    print(f"resident MB {[each >> 20 for each in resident]}, files and segments {files}")
    assert max(resident[-3:]) < 1.15 * max(resident[1:4])
    assert max(count for count, _ in files[-3:]) <= max(count for count, _ in files[1:4]) + 8
    assert max(count for _, count in files) <= files[0][1] + 1
