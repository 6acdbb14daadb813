from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import Rect
from pipeline.media.photo import read_photo
from pipeline.quality.face_regions import FaceRegions, face_regions, skin_only
from pipeline.quality.skin_tone import difference, lab_of, plate_tone, tone_difference


@pytest.fixture(scope="module")
def portrait(media_dir: Path) -> tuple[np.ndarray, FaceRegions]:
    image = read_photo(media_dir / "single_face.jpg")
    mesh = find_faces(image, SessionPool())[0]
    return image, face_regions(mesh.landmarks, Rect(0, 0, image.shape[1], image.shape[0]))


def _tinted(image: np.ndarray, mask: np.ndarray, gains: tuple[float, float, float]) -> np.ndarray:
    out = image.astype(np.float64)
    out[mask] *= gains
    return np.clip(out, 0, 255).astype(np.uint8)


def test_an_untouched_face_has_no_excess_and_no_shift(portrait: tuple[np.ndarray, FaceRegions]) -> None:
    image, regions = portrait
    tone = tone_difference(plate_tone(image, regions), image)
    assert tone.excess == 0
    assert tone.shift == 0


def test_an_orange_mask_is_seen(portrait: tuple[np.ndarray, FaceRegions]) -> None:
    image, regions = portrait
    orange = _tinted(image, regions.face, (1.15, 0.95, 0.6))
    tone = tone_difference(plate_tone(image, regions), orange)
    assert tone.shift > 8
    assert tone.excess > 5


def test_a_face_wrong_on_one_side_only_is_seen(portrait: tuple[np.ndarray, FaceRegions]) -> None:
    image, regions = portrait
    dark = _tinted(image, regions.face & regions.left, (0.6, 0.6, 0.6))
    assert tone_difference(plate_tone(image, regions), dark).shift > 8


def test_the_ring_is_taken_from_the_plate_so_it_cannot_be_painted(portrait: tuple[np.ndarray, FaceRegions]) -> None:
    image, regions = portrait
    orange_everywhere = _tinted(image, np.ones(image.shape[:2], np.bool_), (1.15, 0.95, 0.6))
    orange_face = _tinted(image, regions.face, (1.15, 0.95, 0.6))
    a = tone_difference(plate_tone(image, regions), orange_everywhere)
    b = tone_difference(plate_tone(image, regions), orange_face)
    assert a.excess == pytest.approx(b.excess, abs=0.05)


def test_hair_and_background_are_not_ring(portrait: tuple[np.ndarray, FaceRegions]) -> None:
    image, regions = portrait
    lab = lab_of(image)
    kept = skin_only(regions.ring, lab, regions.skin)
    assert 0 < kept.sum() < regions.ring.sum()
    assert np.abs(lab[kept][:, 0] - np.median(lab[regions.skin][:, 0])).max() < 28.5


def test_the_colour_difference_is_ciede2000() -> None:
    # Pairs 1 and 7 of the test data of Sharma, Wu, Dalal 2005.
    assert difference(np.array([50, 2.6772, -79.7751]), np.array([50, 0, -82.7485])) == pytest.approx(2.0425, abs=1e-4)
    assert difference(np.array([50, 0, 0]), np.array([50, -1, 2])) == pytest.approx(2.3669, abs=1e-4)


def test_lab_agrees_with_skimages() -> None:
    from skimage.color import rgb2lab

    colours = np.random.default_rng(11).integers(0, 256, (40, 50, 3), np.uint8)
    # OpenCV rounds the white point: a tenth of a unit as a rule, three in the darkest colours.
    distance = np.abs(lab_of(colours) - rgb2lab(colours))
    assert distance.mean() < 0.1
    assert distance.max() < 0.3
