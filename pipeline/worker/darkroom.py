"""Makes the pictures that are looked at: from the caches where they are, else decoded, drawn, shown and reduced.

The result's samples are a render's own before the encoder; only then are they made a picture to look at.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import msgspec
import numpy as np

from pipeline.analysis.region_trust import covered_at, trust_beside
from pipeline.engines.landmark_shifts import landmarks_of
from pipeline.errors import Cancelled, UnsupportedFormat
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.planes import Planes
from pipeline.imaging.reduced import reduced
from pipeline.ipc.arrays import packed
from pipeline.ipc.messages import Axes, FaceFacts, FrameFacts, Layer, Missing, Size, Source, Trust
from pipeline.jobs.progress import telling_of_compiling
from pipeline.jobs.render_request import Compute, RenderRequest
from pipeline.media.plate_info import PlateInfo
from pipeline.project.landmark_move import shifts_at
from pipeline.project.project import Quality
from pipeline.project.timebase import Rational, timecode_of
from pipeline.worker.desk import Desk
from pipeline.worker.desks import Desks
from pipeline.worker.document import WorkingDocument
from pipeline.worker.outcome import Refused
from pipeline.worker.pictures import Pictures
from pipeline.worker.proxy_shelf import ProxyShelf
from pipeline.worker.stages import Recipe, Stages


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture: of which frame, showing what, how large at most."""

    plate: str
    frame: int
    layer: Layer
    quality: Quality
    max_size: Size | None
    dragged: bool = False
    """A proxy will do."""


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A picture (h, w, 3), read-only, and what it shows; pane and generation are still open."""

    picture: ImageU8
    facts: FrameFacts


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What will be shown. `recipe` None: the plate alone."""

    layer: Layer
    quality: Quality
    missing: Missing
    recipe: Recipe | None
    key: str
    revision: int = 0
    """Of the document; the plate's picture is the same in all, where its faces lie isn't."""


@dataclass(slots=True)
class _Timing:
    decode_ms: float = 0.0
    draw_ms: float = 0.0


class Darkroom:
    """Of the lane's thread alone. `lacking` is told of faces that aren't prepared for a request."""

    def __init__(
        self,
        document: WorkingDocument,
        desks: Desks,
        pictures: Pictures,
        stages: Stages,
        proxies: ProxyShelf,
        compute: Compute,
        lacking: Callable[[Desk, RenderRequest], None],
    ) -> None:
        self._document = document
        self._desks = desks
        self._pictures = pictures
        self._stages = stages
        self._proxies = proxies
        self._compute = compute
        self._lacking = lacking

    def make(
        self,
        wanted: Wanted,
        compiling: Callable[[], None],
        ahead: bool = False,
        given_up: Callable[[], bool] = lambda: False,
    ) -> Made:
        """The picture; without what is missing for it. `compiling` is told before kernels are compiled, `given_up`
        asked between two frames that are decoded on the way to the one wanted.

        Raises LikenessError: the plate, the frame or the faces can't be used, in the errors' own words. Cancelled: it
        was given up.
        """
        began = time.perf_counter()
        desk = self._desks.of(wanted.plate)
        plan = self._plan(desk, wanted)
        timing = _Timing()
        found = self._pictures.get(plan.key)
        if found is None and wanted.dragged and wanted.layer in ("plate", "result"):
            proxy = self._proxies.picture(desk, wanted.frame)
            if proxy is not None:
                plan = _Plan("plate", plan.quality, "", None, "", plan.revision)
                facts = self._facts(desk, plan, wanted, "disk", timing, began)
                return Made(reduced(proxy, wanted.max_size), msgspec.structs.replace(facts, proxy=True))
        if found is not None:
            picture, source = found
        else:
            with telling_of_compiling(lambda progress: compiling()):
                picture = reduced(self._drawn(desk, plan, wanted.frame, timing, given_up), wanted.max_size)
            picture.flags.writeable = False
            self._pictures.put(plan.key, picture, ahead)
            source = "drawn"
        return Made(picture, self._facts(desk, plan, wanted, source, timing, began))

    def open(self, plate: str) -> None:
        """Have a plate open, and its faces prepared in the background. Raises ProjectError, MediaError."""
        self._desks.of(plate)

    def keeps(self, wanted: Wanted) -> bool:
        """Whether the picture lies ready, complete. Raises LikenessError."""
        plan = self._plan(self._desks.of(wanted.plate), wanted)
        return not plan.missing and plan.key in self._pictures

    def close(self) -> None:
        """Give the decoders back."""
        self._desks.close()
        self._proxies.close()

    def _plan(self, desk: Desk, wanted: Wanted) -> _Plan:
        if wanted.layer not in ("plate", "alpha"):
            request, revision = self._document.numbered_request(wanted.plate, wanted.quality, self._compute)
            plan = self._plan_faces(desk, wanted, request) if request.faces else self._plan_plate(desk, wanted)
            return replace(plan, revision=revision)
        return replace(self._plan_plate(desk, wanted), revision=self._document.revision)

    def _plan_plate(self, desk: Desk, wanted: Wanted) -> _Plan:
        layer: Layer = "alpha" if wanted.layer == "alpha" else "plate"
        return _Plan(layer, wanted.quality, "", None, _plate_key(desk, wanted, layer))

    def _plan_faces(self, desk: Desk, wanted: Wanted, request: RenderRequest) -> _Plan:
        choice = desk.choice(request)
        if choice.error is not None:
            raise Refused(choice.error)
        if choice.missing in ("preparation", "match"):
            self._lacking(desk, request)
        if choice.faces is None or choice.digests is None:
            return _Plan("plate", choice.quality, choice.missing, None, _plate_key(desk, wanted))
        recipe = Recipe(desk.view, choice.faces, choice.digests, request.mark)
        key = _hashed(f"{recipe.key(wanted.frame)} {wanted.layer} {wanted.max_size}")
        return _Plan(wanted.layer, choice.quality, choice.missing, recipe, key)

    def _drawn(self, desk: Desk, plan: _Plan, frame: int, timing: _Timing, given_up: Callable[[], bool]) -> ImageU8:
        """The whole picture, full size."""
        began = time.perf_counter()
        planes = desk.reader.read_unless(given_up, frame)
        if planes is None:
            raise Cancelled("Another frame is wanted by now.")
        desk.last_decoded = planes
        decoded = time.perf_counter()
        picture = self._shown(desk, plan, planes)
        timing.decode_ms, timing.draw_ms = 1e3 * (decoded - began), 1e3 * (time.perf_counter() - decoded)
        return picture

    def _shown(self, desk: Desk, plan: _Plan, planes: Planes) -> ImageU8:
        if plan.layer == "alpha":
            alpha = desk.view.alpha8(planes)
            if alpha is None:
                raise UnsupportedFormat(f"{desk.path.name} has no alpha channel that could be shown.")
            return alpha
        if plan.recipe is None:
            return desk.view.rgb8(planes)
        if plan.layer == "matte":
            matte = np.rint(self._stages.matte(plan.recipe, planes) * 255).astype(np.uint8)
            return np.repeat(matte[..., None], 3, axis=2)
        result = desk.view.rgb8(self._stages.finished(plan.recipe, planes))
        return (
            np.asarray(cv2.absdiff(result, desk.view.rgb8(planes)), np.uint8) if plan.layer == "difference" else result
        )

    def _facts(
        self, desk: Desk, plan: _Plan, wanted: Wanted, source: Source, timing: _Timing, began: float
    ) -> FrameFacts:
        info = desk.reader.info
        return FrameFacts(
            pane="",
            generation=0,
            plate=wanted.plate,
            frame=wanted.frame,
            pts=int(desk.reader.pts[wanted.frame]),
            time_base=Rational.of(info.time_base),
            timecode=timecode_of(wanted.frame, info.rate, info.first_timecode),
            layer=plan.layer,
            quality=plan.quality,
            size=desk.view.size,
            revision=plan.revision,
            missing=plan.missing,
            source=source,
            milliseconds=1e3 * (time.perf_counter() - began),
            decode_ms=timing.decode_ms,
            draw_ms=timing.draw_ms,
            assumed=_assumed(info),
            faces=self._faces(desk, wanted, plan),
        )

    def _faces(self, desk: Desk, wanted: Wanted, plan: _Plan) -> tuple[FaceFacts, ...]:
        prepared = desk.prepared()
        if prepared is None:
            return ()
        shown = [each for each in self._document.snapshot()[0].faces if each.plate == wanted.plate and not each.ignored]
        found = []
        for number, face in enumerate(prepared.faces):
            meant = shown[number] if number < len(shown) else None
            solve = face.prepared.solve
            i = solve.index_of(wanted.frame)
            if i is not None:
                moves = () if meant is None else meant.landmark_moves
                points = landmarks_of(solve, i, shifts_at(moves, wanted.frame))
                covered = covered_at(solve, i)
                trust = np.ones((3, 2)) if covered is None else trust_beside(covered)
                (x0, y0), (x1, y1) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
                found.append(
                    FaceFacts(
                        face=None if meant is None else meant.id,
                        box=(float(x0), float(y0), float(x1), float(y1)),
                        landmarks=packed(points.astype(np.float32)),
                        drawn=plan.recipe is not None,
                        covered=None if covered is None else packed(covered.astype(np.uint8)),
                        trust=msgspec.convert(trust.ravel()[:5].tolist(), Trust),
                        scale=float(solve.scale[i]),
                        rotation=msgspec.convert(solve.rotation[i].ravel().tolist(), Axes),
                    )
                )
        return tuple(found)


def addressed(made: Made, pane: str, generation: int) -> Made:
    """The picture for whoever asked for it."""
    return replace(made, facts=msgspec.structs.replace(made.facts, pane=pane, generation=generation))


def _assumed(info: PlateInfo) -> tuple[str, ...]:
    """What of the plate's colours is guessed at, by which they may be seen wrong."""
    stated = info.colour_space is not None
    return () if stated else tuple(each for each in ("matrix", "transfer", "primaries") if each in info.colour.assumed)


def _plate_key(desk: Desk, wanted: Wanted, layer: Layer = "plate") -> str:
    return _hashed(f"{desk.identity} {wanted.frame} {layer} {wanted.max_size}")


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
