"""Putting a new version of a plate in place of a project's: laid side by side, what was done carried along, and only
pictures that are new analysed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from pipeline.analysis.assemble import assemble
from pipeline.analysis.carried_analysis import carry_analysis
from pipeline.analysis.kept_analysis import analysed_until, open_analysis, read_analysis
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.plate_alignment import align, small_pictures
from pipeline.analysis.store import AnalysisStore
from pipeline.engines.session import SessionPool
from pipeline.errors import ProjectError, RangeError
from pipeline.jobs.analyse import AnalysisRequest, analyse_plate, analyse_range, options_for
from pipeline.jobs.carried_tracks import carried_tracks
from pipeline.jobs.digests import viewed_as, viewed_sha256
from pipeline.jobs.plate_pictures import unchanged
from pipeline.jobs.plate_record import plate_record
from pipeline.jobs.progress import CancelledCheck, Note, Progress, ProgressSink
from pipeline.jobs.project_edit import open_for_change
from pipeline.jobs.relink import is_there
from pipeline.jobs.render_request import Compute, only_plate
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate
from pipeline.project.plate_map import PlateMap, Stretch, outside, side_by_side
from pipeline.project.plate_replacement import Carried, FaceTracks, Replacement, replaced
from pipeline.project.project import Plate, Project
from pipeline.project.storage import media_path, save_project
from pipeline.project.timebase import parse_timecode


@dataclass(frozen=True, slots=True)
class ReplaceRequest:
    """A project and the new version of its plate. `align`: `timecode`, `picture`, or the frame of the new plate that
    the old one's first frame is, as a number that may be negative; None takes the timecodes where both plates have
    one, else the pictures.
    """

    project: Path
    plate: Path
    align: str | None = None
    compute: Compute = field(default_factory=Compute)


@dataclass(frozen=True, slots=True)
class ReplaceReport:
    """What the new plate is, how both lie side by side, what was carried and what fell outside."""

    replacement: Replacement
    carried: Carried
    aligned_by: str
    old_outside: tuple[tuple[int, int], ...]
    """First and last of each run of old frames that the new plate doesn't have."""
    new_frames: tuple[tuple[int, int], ...]
    """First and last of each run of frames that the old plate doesn't have."""
    analysed: int | None
    """How many frames were looked at; None: the old plate wasn't analysed, so nothing was carried."""

    def values(self) -> dict[str, Any]:
        """The report as JSON values."""
        values = msgspec.to_builtins(self.carried)
        return {
            "replacement": msgspec.to_builtins(self.replacement),
            "aligned_by": self.aligned_by,
            "old_frames_outside": [list(each) for each in self.old_outside],
            "new_frames": [list(each) for each in self.new_frames],
            "analysed_frames": self.analysed,
            **values,
        }


def replace_plate(
    request: ReplaceRequest, progress: ProgressSink, cancelled: CancelledCheck, note: Note, *, save: bool = True
) -> ReplaceReport:
    """Replace the plate of a project, and save it unless `save` says otherwise.

    Raises ProjectError: it has not one plate, or the new plate shows nothing of the old one. MediaError: a plate that
    can't be read. RangeError: no such way to align. Cancelled: the project is as it was.
    """
    path = request.project
    stored = open_for_change(path)
    old = only_plate(stored.project, path)
    memory = request.compute.memory_bytes
    with open_plate(request.plate, cache_bytes=memory, colour_space=old.colour_space) as reader:
        new = plate_record(old.id, request.plate, reader.info, old.colour_space, path)
        if new.sha256 == old.sha256:
            raise ProjectError(f"{request.plate} is the plate that the project has already.")
        run = _Run(request, stored.project, old, new, progress, cancelled, note)
        plates, by = run.aligned(reader)
        if not plates.stretches:
            raise ProjectError(
                f"{request.plate.name} shows nothing of {Path(old.path).name}, aligned by {by}: check that it is a "
                "version of it, or say how they lie with --align."
            )
        same = run.same(reader, plates)
        analysed, tracks = run.analysis(reader, plates, same)
    unchanged_runs = tuple((each.new, each.new + each.length - 1) for each in same)
    replacement = Replacement(plate=new, plates=plates, unchanged=unchanged_runs, tracks=tracks)
    project, carried = replaced(stored.project, replacement)
    if save:
        save_project(stored.changed(project), path)
    return ReplaceReport(
        replacement,
        carried,
        by,
        outside(plates.stretches, old.frames, new=False),
        outside(plates.stretches, new.frames, new=True),
        analysed,
    )


@dataclass(slots=True)
class _Run:
    request: ReplaceRequest
    project: Project
    old: Plate
    new: Plate
    progress: ProgressSink
    cancelled: CancelledCheck
    note: Note

    @property
    def _old_path(self) -> Path:
        return media_path(self.old.path, self.request.project)

    @property
    def _folder(self) -> Path:
        return self.request.project.resolve().parent

    def aligned(self, reader: PlateReader) -> tuple[PlateMap, str]:
        """How the plates lie side by side, and by what that was told."""
        old, new, wanted = self.old, self.new, self.request.align
        both = old.first_timecode is not None and new.first_timecode is not None
        if old.rate != new.rate:
            self.note(
                f"The new plate has {float(new.rate.fraction):.3f} frames a second, the old one "
                f"{float(old.rate.fraction):.3f}: frames are matched one to one."
            )
        if wanted is None:
            wanted = "timecode" if both and old.rate == new.rate else "picture"
        if wanted == "picture":
            return self._by_picture(reader), wanted
        if wanted == "timecode":
            return side_by_side(self._timecode_offset(), old.frames, new.frames), wanted
        try:
            return side_by_side(int(wanted), old.frames, new.frames), "number"
        except ValueError as error:
            raise RangeError(f"{wanted!r} aligns nothing: say timecode, picture or a number of frames.") from error

    def _timecode_offset(self) -> int:
        """Frames that the old plate's first frame lies after the new one's. Raises RangeError."""
        old, new = self.old, self.new
        for plate in (old, new):
            if plate.first_timecode is None:
                raise RangeError(f"{plate.path} states no timecode: align by picture, or by a number of frames.")
        first, other = (parse_timecode(each.first_timecode or "", each.rate.fraction) for each in (old, new))
        return first - other

    def _by_picture(self, reader: PlateReader) -> PlateMap:
        if not is_there(self._old_path):
            raise ProjectError(f"{self._old_path} isn't there to be compared with: relink it, or align by timecode.")

        def telling(stage: str) -> Callable[[int, int], None]:
            return lambda done, total: self.progress(Progress(stage, done, total))

        with open_plate(self._old_path, colour_space=self.old.colour_space) as before:
            old = small_pictures(before, telling("reading the old plate"), self.cancelled)
        return align(old, small_pictures(reader, telling("reading the new plate"), self.cancelled))

    def same(self, reader: PlateReader, plates: PlateMap) -> tuple[Stretch, ...]:
        """The stretches that show the same picture; none where the old plate isn't there to look at."""
        if not is_there(self._old_path):
            self.note(f"{self._old_path} isn't there to be compared with, so all of the new plate is analysed.")
            return ()
        with open_plate(self._old_path, colour_space=self.old.colour_space) as before:
            return unchanged(before, reader, plates.stretches)

    def analysis(
        self, reader: PlateReader, plates: PlateMap, same: Sequence[Stretch]
    ) -> tuple[int | None, dict[str, FaceTracks]]:
        """Analyse what is new; how many frames that were, and which tracks the faces are now."""
        before = viewed_as(self.old.sha256, self.old.colour_space)
        options = options_for(range(self.old.frames))
        known = read_analysis(self._folder, before, options)
        if known is None or analysed_until(self._folder, before, options) < self.old.frames:
            if any(face.track is not None or face.pieces for face in self.project.faces):
                self.note("The old plate's analysis isn't there: see with `face list` that faces are the right tracks.")
            return None, {}
        pool = SessionPool(provider=self.request.compute.provider)
        frames, size = range(reader.info.frames), reader.info.display_size
        key = viewed_sha256(reader.info)
        with known:
            with open_analysis(self._folder, key, options_for(frames), cancelled=self.cancelled) as store:
                analysed = 0
                if same and store.resume_point() is None:
                    analysed = carry_analysis(known, store, reader, pool, same, self._seen, self.cancelled)
                elif store.resume_point() is None:
                    analysed = len(frames)
                new = analyse_range(reader, pool, frames, self.progress, self.cancelled, store)
            old = self._observed(known)
        request = AnalysisRequest(self.request.plate, self.old.colour_space, self._folder, self.request.compute)
        analyse_plate(request, self.progress, self.cancelled, self.note, pool)
        scale = (1.0, 1.0) if not old else (size[0] / old[0].width, size[1] / old[0].height)
        faces = [each for each in self.project.faces if each.plate == self.old.id]
        return analysed, carried_tracks(faces, old, new, plates, scale)

    def _observed(self, known: AnalysisStore) -> list[TrackObservations]:
        width, height = self.old.width, self.old.height
        return assemble(known, width, height, 3 if self.old.frames >= 10 else 1)

    def _seen(self, done: int, total: int) -> None:
        self.progress(Progress("analysing new frames", done, total))
