"""Likeness from Python: find faces, replace them in pictures or films, and chain steps of your own.

    from pipeline import api

    picture = api.read("plate.jpg")
    print([face.box for face in api.detect(picture)])
    steps = api.chain(api.swapping("portrait.jpg"), my_sharpening, consent="signed by the sitter")
    result = steps(picture)
    api.render("plate.mp4", ["portrait.jpg"], "result.mp4")

Pictures are arrays (h, w, 3), RGB, 0..255. Whatever leaves `swap`, a chain that swaps, or `render` carries the visible
mark: a draft's without consent, the small one with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.photo_faces import find_faces
from pipeline.comp.compose import Composed, with_mark
from pipeline.comp.mark import Mark, MarkPlace, stamp
from pipeline.engines.faces import FaceMesh
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.face_measures import yaw_degrees
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.balance import BalanceRequest, balance
from pipeline.jobs.expressions import apply_expression, keep_expression
from pipeline.jobs.faces import prepare_faces
from pipeline.jobs.keyframe_review import ListedKeyframe, accept_keyframe, kept_keyframes
from pipeline.jobs.keyframes import KeyframesRequest, find_keyframes
from pipeline.jobs.keys import KeyReport, KeyRequest, set_parameter
from pipeline.jobs.motion_choice import Motion
from pipeline.jobs.new import new_project
from pipeline.jobs.progress import CancelledCheck, ProgressSink, never_cancelled, no_note, no_progress
from pipeline.jobs.render import RenderReport
from pipeline.jobs.render import render as render_request
from pipeline.jobs.render_request import Compute, FaceRequest, RenderRequest, project_request
from pipeline.jobs.source_choice import source_choice
from pipeline.jobs.sources import read_sources
from pipeline.media.memory_reader import MemoryReader
from pipeline.media.photo import read_photo
from pipeline.media.plate_view import view_of
from pipeline.project.consent import Consent, read_consent
from pipeline.project.curve import Interpolation
from pipeline.project.detection import DetectionOptions
from pipeline.project.expression import ExpressionWeights
from pipeline.project.parameters import MeshSettings
from pipeline.project.project import Quality
from pipeline.render.frame import FrameRenderer

__all__ = [
    "DetectionOptions",
    "ExpressionWeights",
    "Face",
    "MeshSettings",
    "Motion",
    "Project",
    "Step",
    "chain",
    "detect",
    "read",
    "render",
    "source_choice",
    "swap",
    "swapping",
]

Step = Callable[[ImageU8], ImageU8]
"""Takes a picture (h, w, 3) RGB 0..255 and returns one of the same size."""

PathText = str | PathLike[str]


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face in a picture: `box` (x0, y0, x1, y1) and `landmarks` (478, 3) in pixels, `expressions` 0..1 by name."""

    box: tuple[float, float, float, float]
    landmarks: NDArray[np.float64]
    expressions: dict[str, float]
    yaw_degrees: float


def read(path: PathText) -> ImageU8:
    """A picture file as an array, upright and in sRGB. Raises MediaError."""
    return read_photo(Path(path))


def detect(picture: ImageU8) -> list[Face]:
    """The faces of a picture, from left to right."""
    return sorted((_face(mesh) for mesh in find_faces(picture, _pool())), key=lambda face: face.box[0])


def swap(picture: ImageU8, source: PathText, *, consent: PathText | None = None) -> ImageU8:
    """The picture with its most prominent face replaced by the one in the photo `source`, marked.

    Raises FaceError: no face, or no usable one, on either side.
    """
    return chain(swapping(source), consent=consent)(picture)


def swapping(
    *sources: PathText, settings: MeshSettings | None = None, expression: ExpressionWeights | None = None
) -> Step:
    """A step for `chain` that replaces the most prominent face of a picture; `chain` adds the mark."""
    choices = tuple(source_choice(str(each)) for each in sources)
    photos = read_sources(choices, _pool())
    request = FaceRequest(choices, settings or MeshSettings(), expression or ExpressionWeights())

    def step(picture: ImageU8) -> ImageU8:
        reader = MemoryReader([picture])
        tracks = analyse_range(reader, _pool(), range(1), no_progress, never_cancelled)
        faces = prepare_faces([request], [photos], tracks, reader, _pool())
        view = view_of(reader.info)
        return view.rgb8(FrameRenderer(view, faces, None).render(reader.read(0)).planes)

    return step


def chain(*steps: Step, consent: PathText | None = None) -> Step:
    """Steps one after the other, your own among them, and the visible mark at the end.

    `consent` is a statement or the file that records it. Raises ConsentError: it can't be used.
    """
    mark = Mark("draft" if _consent(consent) is None else "small")

    def chained(picture: ImageU8) -> ImageU8:
        for step in steps:
            picture = step(picture)
        reader = MemoryReader([picture])
        view = view_of(reader.info)
        marked = with_mark(view, Composed(reader.read(0)), stamp(mark, *view.size))
        return view.rgb8(marked.planes)

    return chained


def render(
    plate: PathText,
    sources: Sequence[PathText],
    output: PathText,
    *,
    first: int | None = None,
    last: int | None = None,
    preset: str | None = None,
    quality: Quality = "final",
    colour_space: str | None = None,
    motion: Motion | None = None,
    consent: PathText | None = None,
    mark_place: MarkPlace = "bottom-left",
    settings: MeshSettings | None = None,
    expression: ExpressionWeights | None = None,
    overwrite: bool = False,
    compute: Compute | None = None,
    progress: ProgressSink = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> RenderReport:
    """What the command `render` does: a film, sequence or still with its face replaced, signed and logged.

    `first` and `last` are plate frames, 0-based, inclusive. Without `sources` it is the performer's own face that
    wears `motion` or another `expression`. Raises LikenessError as the command's exit codes say.
    """
    face = FaceRequest(
        tuple(source_choice(str(each)) for each in sources),
        settings or MeshSettings(),
        expression or ExpressionWeights(),
        consent=_consent(consent),
        motion=motion,
    )
    request = RenderRequest(
        plate=Path(plate),
        output=Path(output),
        faces=(face,),
        first=None if first is None else str(first),
        last=None if last is None else str(last),
        preset=preset,
        quality=quality,
        colour_space=colour_space,
        mark_place=mark_place,
        overwrite=overwrite,
        compute=compute or Compute(),
    )
    return render_request(request, progress, cancelled, no_note)


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
        return cls(new_project(Path(path), Path(plate), None, choices, _consent(consent), motion)[0])

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

    def key(
        self,
        parameter: str,
        value: float,
        frames: int | range,
        *,
        face: str | None = None,
        interpolation: Interpolation = "smooth",
        ramp: int = 0,
    ) -> KeyReport:
        """A parameter's value at the keyframe on a frame, fading to its neighbours; or in a range, with ramps."""
        asked = KeyRequest(face, parameter, value, ramp=ramp, interpolation=interpolation)
        return set_parameter(self.path, _reaching(asked, frames))

    def express(
        self,
        expression: str,
        frames: int | range,
        *,
        strength: float = 1.0,
        face: str | None = None,
        ramp: int = 0,
    ) -> KeyReport:
        """A preset of expression mixed in at the keyframe on a frame, or in a range: what `expression apply` does."""
        asked = KeyRequest(face, "", strength, ramp=ramp)
        return apply_expression(self.path, expression, _reaching(asked, frames))

    def balance(self, face: str | None = None, *, amount: float = 1.0, compute: Compute | None = None) -> None:
        """Curves that lean to likeness at rest and to motion in strong expression: what the command does."""
        request = BalanceRequest(self.path, face, amount, compute or Compute())
        balance(request, no_progress, never_cancelled)

    def save_expression(self, name: str, frame: int, *, face: str | None = None, overwrite: bool = False) -> Path:
        """A preset of your own made of what a face's weights and presets are at a frame; where it lies then."""
        return keep_expression(self.path, face, str(frame), name, overwrite)[1]

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
            first=None if first is None else str(first),
            last=None if last is None else str(last),
            preset=preset,
            quality=quality,
            measured=measured,
            compute=compute,
        )
        return render_request(request, progress, cancelled, no_note)


@cache
def _pool() -> SessionPool:
    return SessionPool(provider="auto")


def _reaching(asked: KeyRequest, frames: int | range) -> KeyRequest:
    if isinstance(frames, int):
        return replace(asked, frame=str(frames))
    return replace(asked, scope="range", first=str(frames.start), last=str(frames.stop - 1))


def _consent(consent: PathText | None) -> Consent | None:
    return None if consent is None else read_consent(str(consent), datetime.now(UTC).date())


def _face(mesh: FaceMesh) -> Face:
    x0, y0 = mesh.landmarks[:, :2].min(axis=0)
    x1, y1 = mesh.landmarks[:, :2].max(axis=0)
    expressions = {name: float(score) for name, score in zip(NAMES, mesh.scores, strict=True)}
    return Face((float(x0), float(y0), float(x1), float(y1)), mesh.landmarks, expressions, yaw_degrees(mesh.landmarks))
