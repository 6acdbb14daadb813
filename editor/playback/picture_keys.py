"""What a picture is kept under: its frame, its layer, and all of the document that is drawn in it.

A project never changes, a changed document is another one: so what was worked out of one holds as long as it is asked
about. While a film plays, it is asked about every frame that comes next, many times a second.
"""

from collections.abc import Hashable

import msgspec

from pipeline.ipc.messages import Layer
from pipeline.project.landmark_move import shifts_at
from pipeline.project.project import Project, Quality
from pipeline.project.recipe import recipe_for

FRAMES_KEPT = 4096
"""Frames of one project whose keys are remembered."""


class PictureKeys:
    """Keys of one project after another; those of the last one are remembered."""

    def __init__(self) -> None:
        self._project: Project | None = None
        self._fixed: bytes = b""
        self._varies = True
        self._drawn: dict[int, Hashable] = {}

    def key(self, project: Project, frame: int, layer: Layer, quality: Quality) -> Hashable:
        """Of a picture of the project's first plate, in a quality; equal keys, equal pictures."""
        if not project.plates:
            return frame, layer
        if layer in ("plate", "alpha"):
            # Its facts say where the faces lie, as they are corrected.
            return frame, layer, *(shifts_at(each.landmark_moves, frame) for each in project.faces)
        if project is not self._project:
            self._take(project)
        at = frame if self._varies else 0
        drawn = self._drawn.get(at)
        if drawn is None:
            if len(self._drawn) >= FRAMES_KEPT:
                self._drawn.clear()
            faces = recipe_for(project, project.plates[0].id, at).faces
            drawn = self._drawn[at] = msgspec.msgpack.encode(faces)
        return frame, layer, quality, self._fixed, drawn

    def _take(self, project: Project) -> None:
        # All that the document says beside the recipe; review and proposals draw nothing.
        faces = [
            msgspec.structs.replace(each, curves={}, landmark_moves=(), matte_strokes=(), keyframes=(), dismissed=())
            for each in project.faces
        ]
        self._project = project
        self._fixed = msgspec.msgpack.encode((project.plates[0].id, project.identities, project.policy, faces))
        self._varies = any(each.curves or each.landmark_moves or each.matte_strokes for each in project.faces)
        self._drawn = {}
