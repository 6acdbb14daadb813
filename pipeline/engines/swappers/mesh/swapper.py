"""The built-in engine: an identity from photos onto a solved face, frame by frame, without a network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.engines.engine import FrameCrops, Swapper
from pipeline.engines.faces import Carried, FaceSample, FaceSolve, Patch, SourcePhoto
from pipeline.engines.landmarkers.blendshapes import BlendshapeReader
from pipeline.engines.matte_strokes import PaintedMatte, painted_matte
from pipeline.engines.swappers.mesh.geometry import FrameGeometry, frame_geometry, region_rect
from pipeline.engines.swappers.mesh.grade import (
    MATTE_PARAMETERS,
    PAINT_PARAMETERS,
    Paint,
    Textures,
    identity_mattes,
    match_to_plate,
)
from pipeline.engines.swappers.mesh.kept_looks import KeptLooks
from pipeline.engines.swappers.mesh.movement import Movement, movement_of
from pipeline.engines.swappers.mesh.plate import CalmFace, PlatePack, read_calm
from pipeline.engines.swappers.mesh.render import render_patch, render_warp
from pipeline.engines.swappers.mesh.rows import RowBands
from pipeline.engines.swappers.mesh.shape import shape_offset
from pipeline.engines.swappers.mesh.source import (
    SOURCE_PARAMETERS,
    PhotoLayout,
    SourcePack,
    build_source,
    lay_out,
)
from pipeline.engines.swappers.mesh.views import fuse_views
from pipeline.errors import RangeError
from pipeline.imaging.arrays import ImageF32, Rect, arrays_bytes
from pipeline.imaging.face_measures import face_width
from pipeline.imaging.mesh import N_VERTICES
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.parameters import MeshSettings

Floats = NDArray[np.float64]

CHART_SIZES = (512, 1024, 2048)
LOOKS_KEPT = 4
"""Sets of paint: as many as frames are drawn side by side."""
PAINT_BYTES = 64 << 20
"""Most that sets of paint take which no frame needs just now."""
VIEW_BYTES = 128 << 20
"""The same of photos as parameters read them, and of the photos as one."""
FUSED_PARAMETERS = attrgetter("view_mix", "views", "regions", "photo", "bands")
"""Of MeshSettings, those that the identity's views as one depend on."""
OFFSET_PARAMETERS = attrgetter(
    "view_mix",
    "views",
    "regions",
    "photo",
    "bands",
    "geometry",
    "shape",
    "shape_rim",
    "lip_shape",
    "mouth_height",
)
"""Of MeshSettings, those that the shape's offset depends on."""
SMALL_KEPT = 16
"""Sets of what is small: offsets and mattes."""


@dataclass(slots=True, eq=False)
class _Looks:
    """The parts of a look, each kept under the parameters it depends on: a curve on one leaves the others."""

    views: KeptLooks[tuple[SourcePack, ...]] = field(default_factory=lambda: KeptLooks(LOOKS_KEPT, VIEW_BYTES))
    sources: KeptLooks[SourcePack] = field(default_factory=lambda: KeptLooks(LOOKS_KEPT, VIEW_BYTES))
    movements: KeptLooks[Movement] = field(default_factory=lambda: KeptLooks(1))
    offsets: KeptLooks[Floats] = field(default_factory=lambda: KeptLooks(SMALL_KEPT))
    paints: KeptLooks[Paint] = field(default_factory=lambda: KeptLooks(LOOKS_KEPT, PAINT_BYTES))
    mattes: KeptLooks[ImageF32] = field(default_factory=lambda: KeptLooks(SMALL_KEPT))


@dataclass(slots=True, eq=False)
class PreparedFace:
    """One face of one plate with its identity. Looks are kept for the last few sets of parameters."""

    solve: FaceSolve
    calm: CalmFace
    photos: tuple[PhotoLayout, ...]
    """The identity's; none: the performer's own face."""
    corrections: NDArray[np.float64] | None = None
    """(T, 52) added to the scores, frame by frame; see `match_expression`."""
    reader: BlendshapeReader | None = None
    """Reads expression off a mesh, where an action unit's weight is to be the share that is read."""
    _looks: _Looks = field(default_factory=_Looks)
    _geometries: KeptLooks[FrameGeometry] = field(default_factory=lambda: KeptLooks(SMALL_KEPT))
    """Asked for twice a frame: for what it needs of the plate, and to be drawn."""

    @property
    def held_bytes(self) -> int:
        """What the identity takes now, photos and looks; the performer's own face is counted apart."""
        looks = self._looks
        kept = (looks.views, looks.sources, looks.offsets, looks.paints, looks.mattes)
        return arrays_bytes(self.photos, *(each.values() for each in kept))

    def corrected(self, corrections: NDArray[np.float64]) -> "PreparedFace":
        """The same face with corrections (T, 52) to its scores, sharing what is built."""
        return PreparedFace(self.solve, self.calm, self.photos, corrections, self.reader, self._looks)

    def source(self, settings: MeshSettings) -> SourcePack | None:
        """The identity's views as one; None for the performer's own face."""
        if not self.photos:
            return None
        return self._looks.sources.get(
            FUSED_PARAMETERS(settings), lambda: fuse_views(self.views(settings), settings.view_mix, settings.views)
        )

    def views(self, settings: MeshSettings) -> tuple[SourcePack, ...]:
        """The identity's photos, each as these parameters read it."""
        return self._looks.views.get(
            SOURCE_PARAMETERS(settings), lambda: tuple(build_source(each, settings) for each in self.photos)
        )

    def plate(self, settings: MeshSettings) -> PlatePack:
        """The performer's calm face as these parameters read it."""
        return self.calm.pack(settings)

    @property
    def movement(self) -> Movement:
        """What the expression's weights act through."""
        return self._looks.movements.get(None, lambda: movement_of(self.solve))

    def offset(self, settings: MeshSettings) -> Floats:
        """(468, 3) from the performer's neutral shape to the result's, centimetres."""
        source = self.source(settings)
        if source is None:
            return np.zeros((N_VERTICES, 3))
        neutral = self.solve.neutral.astype(np.float64)
        return self._looks.offsets.get(
            OFFSET_PARAMETERS(settings), lambda: shape_offset(neutral, source.neutral, source.smile, settings)
        )

    def textures(self, source: SourcePack, settings: MeshSettings) -> Textures:
        """The identity's textures on this plate; `source` is that of `settings`."""
        plate = self.plate(settings)
        paint = self._looks.paints.get(PAINT_PARAMETERS(settings), lambda: match_to_plate(source, plate, settings))
        mattes = self._looks.mattes.get(MATTE_PARAMETERS(settings), lambda: identity_mattes(source, plate, settings))
        return Textures(paint, mattes, source.nose)

    def geometry(self, frame: int, parameters: FaceParameters) -> tuple[int, FrameGeometry] | None:
        """The solve's index of a plate frame and its geometry; None where the face is absent."""
        i = self.solve.index_of(frame)
        if i is None:
            return None
        correction = None if self.corrections is None else self.corrections[i]
        offset = self.offset(parameters.settings)
        geometry = self._geometries.get(
            (frame, msgspec.msgpack.encode(replace(parameters, matte_strokes=()))),
            lambda: frame_geometry(
                self.solve, i, offset, correction, parameters, self.movement, self.reader, bool(self.photos)
            ),
        )
        return i, geometry


class MeshSwapper(Swapper[PreparedFace, FaceParameters]):
    """The mesh engine. `threads` is the budget of one `swap`; results don't depend on it.

    `reader` measures what weights of action units do; no picture goes through it.
    """

    def __init__(self, threads: int = 1, reader: BlendshapeReader | None = None) -> None:
        self._rows = RowBands(threads)
        self._reader = reader

    def prepare(self, solve: FaceSolve, photos: Sequence[SourcePhoto], crops: FrameCrops) -> PreparedFace:
        return self.with_identity(solve, CalmFace(read_calm(solve, crops)), photos)

    def with_identity(self, solve: FaceSolve, calm: CalmFace, photos: Sequence[SourcePhoto]) -> PreparedFace:
        """As `prepare`, on the calm face of `solve` as it was read before."""
        if not photos:
            return PreparedFace(solve, calm, (), reader=self._reader)
        size = chart_size(solve, photos)
        layouts = tuple(lay_out(each, size, solve.face_width_px) for each in photos)
        return PreparedFace(solve, calm, layouts, reader=self._reader)

    def region(self, prepared: PreparedFace, frame: int, settings: FaceParameters) -> Rect | None:
        found = prepared.geometry(frame, settings)
        return None if found is None else region_rect(found[1], prepared.solve.face_width_px, settings.settings)

    def swap(
        self, prepared: PreparedFace, samples: Sequence[FaceSample], settings: Sequence[FaceParameters]
    ) -> list[Patch]:
        return [self._patch(prepared, sample, chosen) for sample, chosen in zip(samples, settings, strict=True)]

    def carried(self, prepared: PreparedFace, sample: FaceSample, parameters: FaceParameters) -> Carried | None:
        found = prepared.geometry(sample.frame, parameters)
        if found is None:
            return None
        i, geometry = found
        landmarks = geometry.landmarks[:, :2].copy()
        # The irises stand where they are in the plate, or where a weight turns them.
        landmarks[:N_VERTICES] = geometry.meshes.result[:N_VERTICES, :2]
        landmarks[N_VERTICES:] += geometry.gaze
        painted = _painted(prepared.solve, i, geometry, parameters, sample.rect)
        moved = render_warp(prepared.solve, sample, geometry, parameters.settings, self._rows, painted)
        return Carried(moved.colour, landmarks)

    def _patch(self, prepared: PreparedFace, sample: FaceSample, parameters: FaceParameters) -> Patch:
        found = prepared.geometry(sample.frame, parameters)
        if found is None:
            raise RangeError(f"The face is not in frame {sample.frame}; ask for its region first.")
        (i, geometry), settings = found, parameters.settings
        painted = _painted(prepared.solve, i, geometry, parameters, sample.rect)
        source = prepared.source(settings)
        if source is None:
            return render_warp(prepared.solve, sample, geometry, settings, self._rows, painted)
        textures, plate = prepared.textures(source, settings), prepared.plate(settings)
        return render_patch(
            prepared.solve, sample, geometry, plate, textures, source.iris, settings, self._rows, painted
        )


def _painted(
    solve: FaceSolve, i: int, geometry: FrameGeometry, parameters: FaceParameters, rect: Rect
) -> PaintedMatte | None:
    """What was painted over the matte inside `rect`, at the solve's index `i`."""
    strokes = parameters.matte_strokes
    return painted_matte(geometry.landmarks, solve.rotation[i], float(solve.scale[i]), strokes, rect)


def chart_size(solve: FaceSolve, photos: Sequence[SourcePhoto]) -> int:
    """The chart that holds what both the photo and the plate can show."""
    wanted = min(max(face_width(p.mesh.landmarks) for p in photos), solve.face_width_px)
    return next((size for size in CHART_SIZES if size >= wanted), CHART_SIZES[-1])
