"""One plate of the document at work: its decoder, and its faces as far as they are prepared.

The decoder belongs to the lane that draws; preparing happens elsewhere and is handed in. A change of parameters finds
the faces prepared: only sources, tracks, motion or the plate itself make them anew.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from pipeline.engines.swappers.mesh.swapper import MeshSwapper
from pipeline.imaging.planes import Planes
from pipeline.imaging.view import DisplayView
from pipeline.ipc.messages import ErrorNotice, Missing
from pipeline.jobs.digests import Digests
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.render_request import RenderRequest
from pipeline.jobs.workbench import sources_key
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.project import Quality

DECODED_BYTES = 64 << 20
"""Decoded pictures kept for stepping and for edits of the frame that is shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Faces ready to be drawn, and the hashes of what they are made of."""

    key: Hashable
    faces: tuple[MeshFace, ...]
    digests: Digests


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What a picture can be drawn with now: `faces` None where there are none yet, or an error stands in their way."""

    faces: tuple[MeshFace, ...] | None
    digests: Digests | None
    quality: Quality
    missing: Missing
    error: ErrorNotice | None = None


def preparation_key(request: RenderRequest) -> Hashable:
    """What has to be prepared for a request; the same for two that differ in parameters alone."""
    faces = tuple((sources_key(each.sources), each.track, each.pieces, each.motion) for each in request.faces)
    if request.quality == "draft":
        return "draft", request.plate, request.colour_space, faces
    matched = tuple(each.settings for each in request.faces)
    return "final", request.plate, request.colour_space, faces, matched


def _file_stamp(path: Path) -> tuple[int, int]:
    """Size and time of change; zeros for what isn't there, which opening it says in words."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


class Desk:
    """A plate's file in one colour space. `read` and `close` are the lane's; the rest is safe to use from any thread.

    `of_version`: it is that of a version beside the document. `lender` has the same file open in the same colour space:
    its decoder is used, and not closed. Raises MediaError: the plate can't be read.
    """

    def __init__(
        self,
        plate: str,
        path: Path,
        colour_space: str | None,
        swap_threads: int,
        *,
        of_version: bool = False,
        lender: "Desk | None" = None,
    ) -> None:
        self.plate, self.path, self.colour_space = plate, path, colour_space
        self.of_version, self.lender = of_version, lender
        self.reader: PlateReader = (
            open_plate(path, cache_bytes=DECODED_BYTES, colour_space=colour_space) if lender is None else lender.reader
        )
        self.last_decoded: Planes | None = None
        """The picture that was decoded last to be looked at: whoever reads its samples needn't decode it again."""
        self.view: DisplayView = view_of(self.reader.info)
        self.identity = self.identity_of(path, colour_space)
        self._swapper = MeshSwapper(swap_threads)
        self._lock = Lock()
        self._prepared: dict[Quality, Prepared] = {}
        self._failed: dict[Hashable, ErrorNotice] = {}
        self._waits_for_analysis = False

    @staticmethod
    def identity_of(path: Path, colour_space: str | None) -> str:
        """What a plate's pictures are kept under: its file as it is now, without reading all of it."""
        return f"{path} {_file_stamp(path)} {colour_space}"

    def close(self) -> None:
        """Give the decoder back, unless it is a lender's."""
        if self.lender is None:
            self.reader.close()

    def put(self, quality: Quality, prepared: Prepared) -> None:
        """Faces are prepared."""
        with self._lock:
            self._prepared[quality] = prepared
            self._waits_for_analysis = False

    def fail(self, key: Hashable, notice: ErrorNotice) -> None:
        """What this key stands for can't be prepared."""
        with self._lock:
            self._failed[key] = notice

    def note_analysis(self, missing: bool) -> None:
        """Whether preparing waits for the plate's analysis."""
        with self._lock:
            self._waits_for_analysis = missing

    def forget_failures(self) -> None:
        """The plate has been analysed: what failed may do now."""
        with self._lock:
            self._failed.clear()
            self._waits_for_analysis = False

    def lacks(self, request: RenderRequest) -> bool:
        """Whether there is something to prepare for a request that hasn't failed before."""
        key = preparation_key(request)
        with self._lock:
            kept = self._prepared.get(request.quality)
            return key not in self._failed and (kept is None or kept.key != key)

    def prepared(self) -> Prepared | None:
        """The faces as they were prepared last, of either quality."""
        with self._lock:
            return self._prepared.get("draft") or self._prepared.get("final")

    def choice(self, request: RenderRequest) -> Choice:
        """The faces for a request, each with the parameters it has now; the draft's while the match is missing."""
        draft = replace(request, quality="draft")
        with self._lock:
            final, plain = self._prepared.get("final"), self._prepared.get("draft")
            key = preparation_key(request)
            if request.quality == "final" and final is not None and final.key == key:
                return self._chosen(request, final, "final", "")
            for each in (key, preparation_key(draft)):
                if each in self._failed:
                    return Choice(None, None, "draft", "", self._failed[each])
            if plain is not None and plain.key == preparation_key(draft):
                return self._chosen(request, plain, "draft", "match" if request.quality == "final" else "")
            return Choice(None, None, "draft", "analysis" if self._waits_for_analysis else "preparation")

    def _chosen(self, request: RenderRequest, prepared: Prepared, quality: Quality, missing: Missing) -> Choice:
        faces = tuple(
            replace(face, swapper=self._swapper, settings_at=wanted.parameters_at)
            for face, wanted in zip(prepared.faces, request.faces, strict=True)
        )
        return Choice(faces, prepared.digests, quality, missing)
