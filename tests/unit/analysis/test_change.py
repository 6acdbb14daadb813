"""The change measure is scikit-image's structural similarity, and a moving head is no change of the face."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from skimage.metrics import structural_similarity

from pipeline.analysis.change import CHART_SIDE, ChangeMeter, change_between, chart_windows, decimated, grey, unwrapped
from pipeline.analysis.face_rows import FaceRow, make_row
from pipeline.analysis.picture import Picture
from pipeline.imaging.planes import Planes
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from tests.unit.analysis.excerpts import Excerpt


def pictures(media_dir: Path, count: int) -> list[Picture]:
    with open_plate(media_dir / "WolfgangLanger_Pexels.mp4") as reader:
        view = view_of(reader.info)
        return [Picture(each, view) for each in reader.frames(90, 90 + count) if isinstance(each, Planes)]


def test_equals_the_reference_on_the_same_pictures(media_dir: Path) -> None:
    small = [decimated(each.gray, each.limited) for each in pictures(media_dir, 12)]
    for one, other in pairwise(small):
        expected = 1.0 - structural_similarity(one.picture, other.picture)
        assert change_between(one, other) == pytest.approx(expected, abs=1e-9)


def test_decimates_as_the_plain_script_does(media_dir: Path) -> None:
    """Of coded luma and of a converted picture the same, but for rounding and what the conversion clips."""
    for each in pictures(media_dir, 3):
        plain = cv2.resize(cv2.cvtColor(each.rgb, cv2.COLOR_RGB2GRAY), (128, 128)).astype(int)
        apart = np.abs(decimated(each.gray, each.limited).picture.astype(int) - plain)
        assert apart.mean() < 0.5
        assert np.quantile(apart, 0.999) <= 3


def test_counts_only_the_windows_asked_for() -> None:
    random = np.random.default_rng(0)
    one = random.integers(0, 256, (20, 30)).astype(np.uint8)
    other = one.copy()
    other[:, 20:] = random.integers(0, 256, (20, 10))
    counted = np.zeros((14, 24), np.uint8)
    assert change_between(grey(one), grey(other), counted) == 0.0
    counted[:, :14] = 1
    assert change_between(grey(one), grey(other), counted) == pytest.approx(0.0, abs=1e-12)
    counted[:, 14:] = 1
    assert change_between(grey(one), grey(other), counted) > 0.2


def test_the_chart_holds_still_while_the_picture_moves(grin: Excerpt) -> None:
    """A camera that pans moves the picture, not the expression."""
    gray = np.asarray(cv2.cvtColor(grin.pictures[0], cv2.COLOR_RGB2GRAY), np.uint8)
    panned = np.roll(gray, (6, 14), axis=(0, 1))
    landmarks = grin.track.landmarks[0]
    before, after = unwrapped(gray, landmarks), unwrapped(panned, landmarks + np.array([14, 6, 0]))
    assert before is not None
    assert after is not None
    assert change_between(before, after, chart_windows()) < 1e-6
    assert change_between(decimated(gray, False), decimated(panned, False)) > 0.2
    assert unwrapped(gray, landmarks + 5000) is None


def test_the_face_changes_where_the_grin_comes_and_goes(grin: Excerpt) -> None:
    change = grin.track.change
    assert change is not None
    assert np.isnan(change[0])
    grinning = np.concatenate([change[17:21], change[69:72]])
    assert grinning.min() > 4 * np.median(change[30:66])


def test_goes_on_from_its_state(media_dir: Path, grin: Excerpt) -> None:
    seen = [
        (each, [(3, make_row(each.frame, grin.track.landmarks[i], grin.track.scores[i], 1.0, None, None))])
        for i, each in enumerate(pictures(media_dir, 4))
    ]

    def measured(meter: ChangeMeter, frames: Sequence[tuple[Picture, list[tuple[int, FaceRow]]]]) -> list[float]:
        return [
            value
            for picture, rows in frames
            for value in (meter.of_picture(picture), meter.with_change(picture, rows)[0][1].change)
        ]

    wanted = measured(ChangeMeter(), seen)
    first = ChangeMeter()
    measured(first, seen[:2])
    assert measured(ChangeMeter(first.state), seen[2:]) == wanted[4:]
    assert np.isnan(wanted[:2]).all()
    assert np.isfinite(wanted[2:]).all()
    assert len(first.state) == pytest.approx(128 * 128 + CHART_SIDE**2, abs=64)


def test_forgets_and_leaves_earlier_rows_alone(media_dir: Path, grin: Excerpt) -> None:
    one, other = pictures(media_dir, 2)
    meter = ChangeMeter()
    meter.of_picture(one)
    meter.forget()
    assert np.isnan(meter.of_picture(other))
    earlier = make_row(one.frame, grin.track.landmarks[0], grin.track.scores[0], 1.0, None, None)
    assert meter.with_change(other, [(0, earlier)]) == [(0, earlier)]
