"""One frame: what is outside the support stays the plate's, sample for sample, whatever the plate's format."""

import cv2
import numpy as np
import pytest

from pipeline.comp.mark import Mark
from pipeline.imaging.mesh import OVAL
from pipeline.imaging.view import DisplayView
from pipeline.project.frame_stages import GeometrySettings
from pipeline.render.frame import FrameRenderer
from tests.unit.render.conftest import Stage, in_format

FORMATS = ("yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p12le")


@pytest.mark.parametrize("name", FORMATS)
def test_samples_outside_the_support_are_the_plates_own(stage: Stage, name: str) -> None:
    planes = in_format(stage.reader.read(5), name)
    view = DisplayView(planes.width, planes.height, 0, stage.reader.info.pixel_aspect, planes.format, planes.colour)
    composed = FrameRenderer(view, [stage.face], Mark("draft")).render(planes)
    for before, after, support in zip(planes.data, composed.planes.data, composed.support(view), strict=True):
        assert before.dtype == after.dtype
        assert before.shape == after.shape == support.shape
        assert np.array_equal(before[~support], after[~support])
        assert (before[support] != after[support]).mean() > 0.3, "inside it, the picture changes"


def test_the_support_is_hardly_larger_than_the_warps_outer_ring(stage: Stage) -> None:
    composed = FrameRenderer(stage.view, [stage.face], None).render(stage.reader.read(5))
    outline = stage.face.prepared.solve.landmarks[5, list(OVAL), :2]
    centre = outline.mean(axis=0)
    ring = cv2.convexHull((centre + (outline - centre) * GeometrySettings().ring_outer).astype(np.float32))
    support = composed.support(stage.view)[0]
    hull = np.zeros(support.shape, np.uint8)
    cv2.fillConvexPoly(hull, np.rint(ring).astype(np.int32), 1)
    assert support.sum() <= 1.2 * hull.sum()


def test_the_plates_frame_is_not_written_to(stage: Stage) -> None:
    planes = stage.reader.read(4)
    copies = [plane.copy() for plane in planes.data]
    FrameRenderer(stage.view, [stage.face], Mark("small")).render(planes)
    assert all(np.array_equal(copy, plane) for copy, plane in zip(copies, planes.data, strict=True))


def test_a_frame_is_the_same_in_any_order_and_again(stage: Stage) -> None:
    renderer = FrameRenderer(stage.view, [stage.face], Mark("draft"))
    first = [renderer.render(stage.reader.read(frame)).planes for frame in (2, 9, 5)]
    again = [renderer.render(stage.reader.read(frame)).planes for frame in (5, 9, 2)][::-1]
    for one, other in zip(first, again, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(one.data, other.data, strict=True))


def test_without_a_face_and_without_a_mark_the_plate_passes_through(stage: Stage) -> None:
    planes = stage.reader.read(40)
    assert stage.face.region(40) is None, "the face was only analysed in the first frames"
    composed = FrameRenderer(stage.view, [stage.face], None).render(planes)
    assert composed.planes.data is planes.data
    assert not any(mask.any() for mask in composed.support(stage.view))


def test_the_matte_covers_the_face_and_spares_the_eyes(stage: Stage) -> None:
    matte = FrameRenderer(stage.view, [stage.face], Mark("draft")).matte(stage.reader.read(5))
    width, height = stage.view.size
    assert matte.shape == (height, width)
    assert matte.min() >= 0
    assert matte.max() <= 1
    landmarks = stage.face.prepared.solve.landmarks[5]
    cheek_x, cheek_y = landmarks[50, :2].round().astype(int)
    iris_x, iris_y = landmarks[468, :2].round().astype(int)
    assert matte[cheek_y, cheek_x] > 0.9
    assert matte[iris_y, iris_x] < 0.1
    assert matte[0, 0] == 0
