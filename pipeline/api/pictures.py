"""Faces in pictures: found, replaced, and steps of one's own before and after."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from numpy import float64
from numpy.typing import NDArray

from pipeline.analysis.photo_faces import find_faces
from pipeline.api.arguments import PathText, consent_of, pool
from pipeline.comp.compose import Composed, with_mark
from pipeline.comp.mark import Mark, stamp
from pipeline.engines.faces import FaceMesh
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.face_measures import yaw_degrees
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.faces import prepare_faces
from pipeline.jobs.progress import never_cancelled, no_progress
from pipeline.jobs.render_request import FaceRequest
from pipeline.jobs.source_choice import source_choice
from pipeline.jobs.sources import read_sources
from pipeline.media.memory_reader import MemoryReader
from pipeline.media.photo import read_photo
from pipeline.media.plate_view import view_of
from pipeline.project.expression import ExpressionWeights
from pipeline.project.parameters import MeshSettings
from pipeline.render.frame import FrameRenderer

Step = Callable[[ImageU8], ImageU8]
"""Takes a picture (h, w, 3) RGB 0..255 and returns one of the same size."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face in a picture: `box` (x0, y0, x1, y1) and `landmarks` (478, 3) in pixels, `expressions` 0..1 by name."""

    box: tuple[float, float, float, float]
    landmarks: NDArray[float64]
    expressions: dict[str, float]
    yaw_degrees: float


def read(path: PathText) -> ImageU8:
    """A picture file as an array, upright and in sRGB. Raises MediaError."""
    return read_photo(Path(path))


def detect(picture: ImageU8) -> list[Face]:
    """The faces of a picture, from left to right."""
    return sorted((_face(mesh) for mesh in find_faces(picture, pool())), key=lambda face: face.box[0])


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
    photos = read_sources(choices, pool())
    request = FaceRequest(choices, settings or MeshSettings(), expression or ExpressionWeights())

    def step(picture: ImageU8) -> ImageU8:
        reader = MemoryReader([picture])
        tracks = analyse_range(reader, pool(), range(1), no_progress, never_cancelled)
        faces = prepare_faces([request], [photos], tracks, reader, pool())
        view = view_of(reader.info)
        return view.rgb8(FrameRenderer(view, faces, None).render(reader.read(0)).planes)

    return step


def chain(*steps: Step, consent: PathText | None = None) -> Step:
    """Steps one after the other, your own among them, and the visible mark at the end.

    `consent` is a statement or the file that records it. Raises ConsentError: it can't be used.
    """
    mark = Mark("draft" if consent_of(consent) is None else "small")

    def chained(picture: ImageU8) -> ImageU8:
        for step in steps:
            picture = step(picture)
        reader = MemoryReader([picture])
        view = view_of(reader.info)
        marked = with_mark(view, Composed(reader.read(0)), stamp(mark, *view.size))
        return view.rgb8(marked.planes)

    return chained


def _face(mesh: FaceMesh) -> Face:
    x0, y0 = mesh.landmarks[:, :2].min(axis=0)
    x1, y1 = mesh.landmarks[:, :2].max(axis=0)
    expressions = {name: float(score) for name, score in zip(NAMES, mesh.scores, strict=True)}
    return Face((float(x0), float(y0), float(x1), float(y1)), mesh.landmarks, expressions, yaw_degrees(mesh.landmarks))
