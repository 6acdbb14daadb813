"""A project file from Python: its faces, keyframes, keys, renders and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from pipeline.api.arguments import PathText, consent_of, frame_text
from pipeline.api.films import make_review, measure
from pipeline.api.landmarks import Landmarks
from pipeline.api.mattes import Mattes
from pipeline.jobs.analyse import AnalysisReport, analyse_plate, project_analysis
from pipeline.jobs.balance import BalanceRequest, balance, take_back
from pipeline.jobs.expressions import apply_expression, keep_expression, remove_expression
from pipeline.jobs.face_assign import AssignRequest, assign
from pipeline.jobs.face_review import ListedFace, ignore, list_faces, set_consent, set_motion, set_share
from pipeline.jobs.face_tracks import TracksPlace, merge, split
from pipeline.jobs.keyframe_review import (
    ListedKeyframe,
    accept_keyframe,
    drop_keyframe,
    judge_keyframe,
    kept_keyframes,
    set_keyframe,
)
from pipeline.jobs.keyframes import KeyframesRequest, find_keyframes
from pipeline.jobs.keys import KeyReport, KeyRequest, copy_to, remove_from, retime_about, set_parameter, shift_by
from pipeline.jobs.markers import MarkerReport, export_markers, import_markers, list_markers
from pipeline.jobs.measure import MeasureReport
from pipeline.jobs.motion_choice import Motion
from pipeline.jobs.new import new_project
from pipeline.jobs.pack import PackReport, pack
from pipeline.jobs.progress import CancelledCheck, ProgressSink, never_cancelled, no_note, no_progress
from pipeline.jobs.render import RenderReport
from pipeline.jobs.render import render as render_request
from pipeline.jobs.render_request import Compute, project_request
from pipeline.jobs.replace_plate import ReplaceReport, ReplaceRequest, replace_plate
from pipeline.jobs.review_make import CLIPS, SECONDS, ReviewMade
from pipeline.jobs.source_choice import source_choice
from pipeline.project.curve import Interpolation
from pipeline.project.detection import DetectionOptions
from pipeline.project.keyframe import Status
from pipeline.project.project import Quality


@dataclass(frozen=True, slots=True)
class Project:
    """A project file; every call opens it and saves what it changes. Raises ProjectError as the commands do.

    `face` is the id of one of its faces; None means its only one, in `find_keyframes` and `keyframes` all of them.
    """

    path: Path

    @classmethod
    def new(
        cls,
        path: PathText,
        plate: PathText,
        sources: Sequence[PathText],
        *,
        consent: PathText | None = None,
        motion: Motion | None = None,
    ) -> "Project":
        """What the command `new` does: a project of one plate and one face; no sources: the performer's own."""
        choices = [source_choice(str(each)) for each in sources]
        return cls(new_project(Path(path), Path(plate), None, choices, consent_of(consent), motion)[0])

    def analyse(
        self,
        *,
        compute: Compute | None = None,
        progress: ProgressSink = no_progress,
        cancelled: CancelledCheck = never_cancelled,
    ) -> AnalysisReport:
        """Who is seen in the plate, when and how large: what the command `analyze` does. It is kept, and done once."""
        request = project_analysis(self.path, compute or Compute(), no_note)
        return analyse_plate(request, progress, cancelled, no_note)

    @property
    def landmarks(self) -> Landmarks:
        """Where the plate's faces lie, to be corrected where the analysis has it wrong."""
        return Landmarks(self.path)

    @property
    def mattes(self) -> Mattes:
        """What of the plate's faces is drawn over and what isn't, to be painted where it was found wrong."""
        return Mattes(self.path)

    def faces(self) -> list[ListedFace]:
        """The project's faces in the order they are drawn in, each with who goes onto it."""
        return list_faces(self.path)

    def assign(
        self,
        track: int,
        *sources: PathText,
        identity: str | None = None,
        consent: PathText | None = None,
        licence: str | None = None,
        share: float | None = None,
        motion: Motion | None = None,
        compute: Compute | None = None,
        progress: ProgressSink = no_progress,
        cancelled: CancelledCheck = never_cancelled,
    ) -> list[ListedFace]:
        """An identity onto a face that `analyse` found, by its number; all faces then.

        It is made of `sources`, which may be used under `licence`, or is the project's own `identity` of that id; of
        neither, the performer's own face is re-expressed. A plate that isn't analysed is analysed first.

        Raises ProjectError, ConsentError, MediaError, FaceError.
        """
        choices = tuple(source_choice(str(each)) for each in sources)
        request = AssignRequest(track, choices, identity, consent_of(consent), share, motion, licence)
        return assign(TracksPlace(self.path, compute or Compute()), request, progress, cancelled)

    def split(
        self,
        frame: int,
        face: str | None = None,
        *,
        compute: Compute | None = None,
        progress: ProgressSink = no_progress,
        cancelled: CancelledCheck = never_cancelled,
    ) -> list[ListedFace]:
        """A face that is two people parted: from `frame` on it is a face of its own; all faces then."""
        return split(TracksPlace(self.path, compute or Compute()), face, str(frame), progress, cancelled)

    def merge(
        self,
        other: str | int,
        face: str | None = None,
        *,
        compute: Compute | None = None,
        progress: ProgressSink = no_progress,
        cancelled: CancelledCheck = never_cancelled,
    ) -> list[ListedFace]:
        """A face made one with the face of the id `other`, or with the track of that number; all faces then."""
        return merge(TracksPlace(self.path, compute or Compute()), face, other, progress, cancelled)

    def lend(self, motion: Motion | None, face: str | None = None) -> list[ListedFace]:
        """The expression of another clip or frame onto a face; None: the performer's own again; all faces then."""
        return set_motion(self.path, face, motion)

    def agree(self, consent: PathText | None, face: str | None = None) -> list[ListedFace]:
        """The consent of the person whose face is worked with, put on record or, with None, taken back; all faces."""
        return set_consent(self.path, face, consent_of(consent))

    def ignore(self, face: str | None = None, *, ignored: bool = True) -> list[ListedFace]:
        """A face left as it is in the plate, its keys kept, or taken back into renders; all faces then."""
        return ignore(self.path, face, ignored)

    def share(self, value: float, face: str | None = None) -> list[ListedFace]:
        """How much of the extra work at keyframes a face gets, 0 to 1; all faces then."""
        return set_share(self.path, face, value)

    def find_keyframes(
        self,
        face: str | None = None,
        options: DetectionOptions | None = None,
        *,
        compute: Compute | None = None,
        progress: ProgressSink = no_progress,
        cancelled: CancelledCheck = never_cancelled,
    ) -> list[ListedKeyframe]:
        """Propose keyframes, keep them in the project, and list what it holds then."""
        request = KeyframesRequest(self.path, face, options or DetectionOptions(), compute or Compute())
        return find_keyframes(request, progress, cancelled)

    def keyframes(self, face: str | None = None) -> list[ListedKeyframe]:
        """The keyframes that the project holds."""
        return kept_keyframes(self.path, face)

    def accept(self, frame: int, face: str | None = None) -> list[ListedKeyframe]:
        """Take over the correction that is proposed with the keyframe on a frame; the face's keyframes then."""
        return accept_keyframe(self.path, face, str(frame))

    def add(self, frame: int, face: str | None = None) -> list[ListedKeyframe]:
        """A keyframe set by hand; the face's keyframes then."""
        return set_keyframe(self.path, face, str(frame))

    def remove(self, frame: int, face: str | None = None) -> list[ListedKeyframe]:
        """A keyframe taken away, its keys left; it is not proposed again; the face's keyframes then."""
        return drop_keyframe(self.path, face, str(frame))

    def judge(
        self, frame: int, face: str | None = None, *, status: Status | None = None, note: str | None = None
    ) -> list[ListedKeyframe]:
        """A keyframe's status and note; None leaves each as it is; the face's keyframes then."""
        return judge_keyframe(self.path, face, str(frame), status, note)

    def key(
        self,
        parameter: str,
        value: float,
        frames: int | range | None,
        *,
        face: str | None = None,
        interpolation: Interpolation = "smooth",
        ramp: int = 0,
    ) -> KeyReport:
        """A parameter's value at the keyframe on a frame, fading to its neighbours; or in a range, with ramps.

        `frames` None is the whole plate: the parameter's one number, or its curve moved so that it begins with that.
        """
        asked = KeyRequest(face, parameter, value, ramp=ramp, interpolation=interpolation)
        return set_parameter(self.path, _reaching(asked, frames))

    def unkey(self, parameter: str, frames: int | range | None = None, face: str | None = None) -> KeyReport:
        """A parameter's keys taken away on a frame or in a range; None: all, so that it is one number again."""
        first, last = (None, None) if frames is None else _ends(frames)
        return remove_from(self.path, face, parameter, first, last)

    def copy(
        self, parameter: str, frames: range, to: int, *, face: str | None = None, to_face: str | None = None
    ) -> KeyReport:
        """The keys of a range once more from the frame `to` on, of the same face or of `to_face`."""
        first, last = _ends(frames)
        return copy_to(self.path, face, parameter, first, last, str(to), to_face)

    def shift(self, parameter: str, frames: int, face: str | None = None) -> KeyReport:
        """A parameter's keys moved so many frames later, or earlier below 0."""
        return shift_by(self.path, face, parameter, frames)

    def retime(self, parameter: str, factor: Fraction | int, *, about: int = 0, face: str | None = None) -> KeyReport:
        """A parameter's keys stretched in time about a frame."""
        return retime_about(self.path, face, parameter, str(about), Fraction(factor))

    def express(
        self,
        expression: str,
        frames: int | range | None,
        *,
        strength: float = 1.0,
        face: str | None = None,
        ramp: int = 0,
    ) -> KeyReport:
        """A preset of expression mixed in at the keyframe on a frame, in a range, or (None) on the whole plate."""
        asked = KeyRequest(face, "", strength, ramp=ramp)
        return apply_expression(self.path, expression, _reaching(asked, frames))

    def unexpress(self, expression: str, face: str | None = None) -> None:
        """A preset of expression taken off again, with its strength and keys."""
        remove_expression(self.path, face, expression)

    def balance(self, face: str | None = None, *, amount: float = 1.0, compute: Compute | None = None) -> None:
        """Curves that lean to likeness at rest and to motion in strong expression: what the command does."""
        request = BalanceRequest(self.path, face, amount, compute or Compute())
        balance(request, no_progress, never_cancelled)

    def unbalance(self, face: str | None = None) -> None:
        """The keys of a balance taken away; those of people stay."""
        take_back(self.path, face)

    def save_expression(self, name: str, frame: int, *, face: str | None = None, overwrite: bool = False) -> Path:
        """A preset of your own made of what a face's weights and presets are at a frame; where it lies then."""
        return keep_expression(self.path, face, str(frame), name, overwrite)[1]

    def replace_plate(
        self,
        plate: PathText,
        *,
        align: str | None = None,
        compute: Compute | None = None,
        progress: ProgressSink = no_progress,
        cancelled: CancelledCheck = never_cancelled,
    ) -> ReplaceReport:
        """A new version of the plate in place of the old one, what was done carried along: the command `replace`."""
        request = ReplaceRequest(self.path, Path(plate), align, compute or Compute())
        return replace_plate(request, progress, cancelled, no_note)

    def pack(self, output: PathText, *, sources: bool = False, analysis: bool = False) -> PackReport:
        """Collect the project for hand-over; biometric data only when asked for: what the command `pack` does."""
        return pack(self.path, Path(output), no_progress, never_cancelled, no_note, sources=sources, analysis=analysis)

    def markers(self) -> MarkerReport:
        """The markers of the plate, in order of their frames."""
        return list_markers(self.path, no_note)

    def export_markers(self, output: PathText, *, overwrite: bool = False) -> MarkerReport:
        """Write the markers for other programs: a .csv, .edl or .xml (docs/formats.md)."""
        return export_markers(self.path, Path(output), no_note, overwrite=overwrite)

    def import_markers(self, listed: PathText) -> MarkerReport:
        """Take in the markers of such a list; `outside` are those of no frame of the plate."""
        return import_markers(self.path, Path(listed))

    def render(
        self,
        output: PathText,
        *,
        first: int | None = None,
        last: int | None = None,
        preset: str | None = None,
        quality: Quality | None = None,
        measured: bool | None = None,
        compute: Compute | None = None,
        progress: ProgressSink = no_progress,
        cancelled: CancelledCheck = never_cancelled,
    ) -> RenderReport:
        """What the command `render` does with a project; what is None is as the project says."""
        request = project_request(
            self.path,
            Path(output),
            no_note,
            first=frame_text(first),
            last=frame_text(last),
            preset=preset,
            quality=quality,
            measured=measured,
            compute=compute,
        )
        return render_request(request, progress, cancelled, no_note)

    def measure(
        self,
        result: PathText,
        *,
        first: int | None = None,
        last: int | None = None,
        quality: Quality | None = None,
        html: PathText | None = None,
        compute: Compute | None = None,
        progress: ProgressSink = no_progress,
        cancelled: CancelledCheck = never_cancelled,
    ) -> MeasureReport:
        """A result that was rendered from this project against its plate, face by face: see `api.measure`."""
        return measure(
            self._plate(result),
            result,
            project=self.path,
            first=first,
            last=last,
            quality=quality,
            html=html,
            compute=compute,
            progress=progress,
            cancelled=cancelled,
        )

    def review(
        self,
        result: PathText,
        folder: PathText,
        *,
        face: str | None = None,
        first: int | None = None,
        last: int | None = None,
        keyframes: int = CLIPS,
        seconds: float = SECONDS,
        compute: Compute | None = None,
        progress: ProgressSink = no_progress,
        cancelled: CancelledCheck = never_cancelled,
    ) -> ReviewMade:
        """A blind review of a result at this project's keyframes: see `api.make_review`."""
        return make_review(
            self._plate(result),
            result,
            folder,
            project=self.path,
            face=face,
            first=first,
            last=last,
            keyframes=keyframes,
            seconds=seconds,
            compute=compute,
            progress=progress,
            cancelled=cancelled,
        )

    def _plate(self, result: PathText) -> Path:
        return project_request(self.path, Path(result), no_note).plate


def _reaching(asked: KeyRequest, frames: int | range | None) -> KeyRequest:
    if frames is None:
        return replace(asked, scope="plate")
    if isinstance(frames, int):
        return replace(asked, frame=str(frames))
    first, last = _ends(frames)
    return replace(asked, scope="range", first=first, last=last)


def _ends(frames: int | range) -> tuple[str, str]:
    """First and last frame, as they would be typed."""
    if isinstance(frames, int):
        return str(frames), str(frames)
    return str(frames.start), str(frames.stop - 1)
