"""What sources would give an identity, to look at before anything is rendered: every face, cut out and judged.

A photo shows all its faces with the numbers they are chosen by; a film shows the views that are taken of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.faces import FaceMesh
from pipeline.engines.session import SessionPool
from pipeline.errors import FaceError, NoFace
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.face_measures import face_width, yaw_degrees
from pipeline.jobs.progress import CancelledCheck
from pipeline.jobs.sheet import check_page, write_png
from pipeline.jobs.source_choice import SourceChoice
from pipeline.jobs.sources import check_usable, covered_by_hand, from_left, harvested_views, source_picture
from pipeline.media.output_file import check_output
from pipeline.media.probe import probe
from pipeline.quality.sheet_page import Tile, labelled, pages, resized

_MARGIN = 0.35
"""Surroundings shown on every side of a face, as a part of its box."""
_TILE = 380
"""Longest side of one face on the page, pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class SourceView:
    """One face that a source shows. `argument` names it for `--source`; `why_not` is empty where it can be used."""

    argument: str
    picture: ImageU8
    width_px: float
    yaw_degrees: float
    described: str
    why_not: str

    def values(self) -> dict[str, Any]:
        """The view as JSON values."""
        return {
            "source": self.argument,
            "width_px": round(self.width_px, 1),
            "yaw_degrees": round(self.yaw_degrees, 1),
            "described": self.described,
            "usable": not self.why_not,
            "why_not": self.why_not or None,
        }


def show_sources(
    choices: Sequence[SourceChoice], output: Path, pool: SessionPool, cancelled: CancelledCheck
) -> tuple[list[SourceView], list[Path]]:
    """Every view of the sources, and the pages that show them: `output`, and `NAME-2.png`, … where one is too small.

    Raises
    ------
    MediaError
        A source is no picture or film.
    NoFace
        A source shows no face.
    OutputError
        `output` cannot be written; checked before any work.
    """
    check_page(output, [choice.path for choice in choices])
    views = [view for choice in choices for view in _views(choice, pool, cancelled)]
    groups = [[labelled(Tile(_label(view), _sized(view.picture))) for view in views]]
    written = []
    for number, page in enumerate(pages(groups), 1):
        path = output if number == 1 else output.with_name(f"{output.stem}-{number}{output.suffix}")
        check_output(path, [choice.path for choice in choices])
        write_png(path, page)
        written.append(path)
    return views, written


def _views(choice: SourceChoice, pool: SessionPool, cancelled: CancelledCheck) -> list[SourceView]:
    if choice.frame is None and probe(choice.path).kind == "film":
        return [
            _view(f"{choice.path}@{view.frame}", view.image, view.mesh, view.described(), pool)
            for view in harvested_views(choice, pool, cancelled)
        ]
    image, name = source_picture(choice)
    faces = sorted(find_faces(image, pool), key=from_left)
    if not faces:
        raise NoFace(f"No face was found in {name}. Choose a sharp picture that shows the face from the front.")
    where = str(choice.path) if choice.frame is None else f"{choice.path}@{choice.frame}"
    return [
        _view(where if len(faces) == 1 else f"{where}#{number}", image, mesh, "", pool)
        for number, mesh in enumerate(faces, 1)
        if choice.face in (None, number)
    ]


def _view(argument: str, image: ImageU8, mesh: FaceMesh, described: str, pool: SessionPool) -> SourceView:
    width, turn = face_width(mesh.landmarks), yaw_degrees(mesh.landmarks)
    try:
        check_usable(mesh, argument)
        why_not = ""
    except FaceError as error:
        why_not = str(error)
    covered = covered_by_hand(image, mesh, pool)
    hand = f", a hand before {covered:.0%} of it" if covered else ""
    return SourceView(
        argument=argument,
        picture=_cut(image, mesh),
        width_px=width,
        yaw_degrees=turn,
        described=(described or f"{width:.0f} pixels wide, turned {turn:+.0f}°") + hand,
        why_not=why_not,
    )


def _cut(image: ImageU8, mesh: FaceMesh) -> ImageU8:
    """The face with its surroundings."""
    low, high = mesh.landmarks[:, :2].min(0), mesh.landmarks[:, :2].max(0)
    margin = _MARGIN * (high - low)
    x0, y0 = np.maximum(np.floor(low - margin), 0).astype(int)
    x1, y1 = np.ceil(high + margin).astype(int)
    return np.ascontiguousarray(image[y0:y1, x0:x1])


def _sized(picture: ImageU8) -> ImageU8:
    return resized(picture, _TILE / max(picture.shape[:2]))


def _label(view: SourceView) -> str:
    """The name it is chosen by, and what it is like; OpenCV's letters know no degree sign."""
    name = view.argument.replace("\\", "/").rpartition("/")[2]
    text = f"{name}: {view.described}".replace("°", " degrees")
    return f"{text}; can't be used" if view.why_not else text
