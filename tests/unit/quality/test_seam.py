import cv2
import numpy as np

from pipeline.imaging.arrays import ImageU8
from pipeline.quality.seam import matte_outline, seam_step

WIDE = 100.0


def scene() -> tuple[ImageU8, np.ndarray]:
    """Skin with a slow gradient and grain; a disc that stands for a face."""
    y, x = np.mgrid[:200, :200]
    grain = np.random.default_rng(1).normal(0, 3, (200, 200, 1))
    plate = np.clip(np.array([190, 150, 130]) + 0.1 * x[..., None] + grain, 0, 255).astype(np.uint8)
    return plate, np.hypot(x - 100, y - 100)


def matte_of(distance: np.ndarray) -> np.ndarray:
    return np.clip((55 - distance) / 10, 0, 1).astype(np.float32)


def worst(plate: ImageU8, result: np.ndarray, distance: np.ndarray) -> float:
    outline = matte_outline(matte_of(distance))
    assert outline is not None
    return seam_step(plate, np.clip(result, 0, 255).astype(np.uint8), outline, WIDE).worst


def test_an_untouched_picture_has_no_seam() -> None:
    plate, distance = scene()
    assert worst(plate, plate, distance) == 0


def test_a_hard_edged_patch_of_another_tone_is_a_seam_and_a_softly_blended_one_hardly() -> None:
    plate, distance = scene()
    patch = np.array([-16.0, -14.0, -12.0])
    hard = worst(plate, plate + patch * (distance < 52)[..., None], distance)
    soft = worst(plate, plate + patch * np.clip((55 - distance) / 40, 0, 1)[..., None], distance)
    assert hard > 3
    assert soft < hard / 3


def test_a_contour_that_only_moves_is_no_seam() -> None:
    plate, distance = scene()
    own = plate - 60.0 * (distance > 54)[..., None]
    moved = plate - 60.0 * (distance > 51)[..., None]
    assert worst(own.clip(0, 255).astype(np.uint8), moved, distance) < 2


def test_a_matte_is_outlined_without_its_holes() -> None:
    _, distance = scene()
    matte = matte_of(distance)
    cv2.circle(matte, (100, 100), 12, 0.0, -1)
    outline = matte_outline(matte)
    assert outline is not None
    radius = np.hypot(*(outline.places - 100).T)
    assert np.abs(radius - 55).max() < 2
    assert ((outline.places - 100) * outline.inwards).sum(1).max() < 0
    assert matte_outline(np.zeros((50, 50), np.float32)) is None
