from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.faces import FaceMesh, SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled, MediaUnreadable, NoFace
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.planes import Planes
from pipeline.media.reader import open_plate
from pipeline.quality.frame_pairs import picture
from pipeline.quality.identity import identity_missing
from pipeline.quality.measure import measure_films, measure_results
from pipeline.quality.measures import Measures
from pipeline.quality.plate_reading import PlateReading, read_plate

Reordered = Callable[[str, Callable[[int], int]], Path]


@pytest.fixture(scope="module")
def plate(excerpt: Path, pool: SessionPool) -> PlateReading:
    return read_plate(excerpt, pool)


@pytest.fixture(scope="module")
def itself(excerpt: Path, pool: SessionPool) -> Measures:
    return measure_films(excerpt, excerpt, pool)


def measured(plate: PlateReading, film: Path, pool: SessionPool, excluded: Sequence[int] = ()) -> Measures:
    (found,) = measure_results(plate, [film], pool, excluded=excluded)
    return found


def test_a_film_against_itself_is_perfect(itself: Measures) -> None:
    figures = itself.figures()
    assert itself.measured == itself.frames == 24
    for name in ("au_pooled", "au_weighted", "au_plain", "au_gain", "flicker_ratio", "sharpness"):
        assert figures[name] == pytest.approx(1), name
    for name in ("landmarks_mean", "landmarks_worst", "pose_mean", "skin_median", "skin_worst", "skin_shift_median"):
        assert figures[name] == pytest.approx(0, abs=1e-6), name
    assert figures["tpsnr_mc"] == figures["tpsnr_mc_plate"]
    assert figures["tpsnr_raw"] == figures["tpsnr_raw_plate"]
    assert figures["eyes_db"] > 70


def test_motion_compensation_finds_the_plate_steadier_than_it_looks(itself: Measures) -> None:
    assert itself.figures()["tpsnr_mc"] > itself.figures()["tpsnr_raw"] + 2


def test_a_frozen_face_scores_badly(plate: PlateReading, reordered: Reordered, pool: SessionPool) -> None:
    figures = measured(plate, reordered("frozen", lambda frame: 0), pool).figures()
    assert figures["au_weighted"] < 0.3
    assert figures["au_plain"] < 0.3
    assert figures["au_gain"] < 0.1
    assert figures["landmarks_worst"] > 1.5


def test_a_shuffled_performance_scores_badly_and_flickers(
    plate: PlateReading, reordered: Reordered, pool: SessionPool
) -> None:
    order = np.random.default_rng(7).permutation(24)
    figures = measured(plate, reordered("shuffled", lambda frame: int(order[frame])), pool).figures()
    assert figures["au_weighted"] < 0.5
    assert figures["flicker_ratio"] > 1.5
    assert figures["tpsnr_mc"] < figures["tpsnr_mc_plate"] - 3


def test_a_performance_that_is_late_scores_worse_than_one_in_time(
    plate: PlateReading, reordered: Reordered, pool: SessionPool
) -> None:
    figures = measured(plate, reordered("late", lambda frame: max(0, frame - 4)), pool).figures()
    assert figures["au_weighted"] < 0.95
    assert figures["landmarks_mean"] > 0.3


def test_alternating_brightness_is_flicker(plate: PlateReading, pool: SessionPool, film: Callable[..., Path]) -> None:
    def blink(planes: Planes) -> Planes:
        luma = np.clip(planes.data[0].astype(int) + 3 * (planes.frame % 2), 0, 255).astype(np.uint8)
        return replace(planes, data=(luma, *planes.data[1:]))

    figures = measured(plate, film("blinking", blink), pool).figures()
    assert figures["flicker_ratio"] > 2
    assert figures["tpsnr_mc"] < figures["tpsnr_mc_plate"] - 2
    assert figures["au_weighted"] > 0.95


def test_excluded_frames_are_left_out_and_said(plate: PlateReading, reordered: Reordered, pool: SessionPool) -> None:
    broken = reordered("broken", lambda frame: 0 if frame in (20, 21) else frame)
    measures = measured(plate, broken, pool, excluded=(20, 21))
    assert (measures.measured, measures.excluded) == (22, 2)
    assert measures.figures()["landmarks_worst"] < 1
    assert np.isnan(measures.series.distance[[20, 21]]).all()
    assert "no source" in measures.identity_note


@pytest.mark.long
def test_several_films_measured_together_have_the_figures_each_has_alone(
    excerpt: Path, reordered: Reordered, pool: SessionPool, itself: Measures
) -> None:
    late = reordered("behind", lambda frame: max(0, frame - 2))
    photo = SourcePhoto(*_first_face(excerpt, pool), "frame 0")
    plate = read_plate(excerpt, pool)
    together = measure_results(plate, [late, excerpt], pool, excluded=(20, 21), sources=[photo])
    apart = [measure_films(excerpt, film, pool, excluded=(20, 21), sources=[photo]) for film in (late, excerpt)]
    assert [each.as_values() for each in together] == [each.as_values() for each in apart]
    assert together[1].figures()["tpsnr_mc"] == itself.figures()["tpsnr_mc"]
    if identity_missing() is None:
        assert len(plate.descriptors) == 4, "22 clear frames, one in six, each embedded once"


def _first_face(film: Path, pool: SessionPool) -> tuple[ImageU8, FaceMesh]:
    with open_plate(film) as reader:
        image = picture(reader, 0)
    return image, find_faces(image, pool)[0]


def test_values_are_json_without_nan(itself: Measures) -> None:
    import json

    text = json.dumps(itself.as_values(), allow_nan=False)
    assert '"au_weighted"' in text


def test_films_that_do_not_match_and_films_without_faces_are_refused(
    excerpt: Path, media_dir: Path, pool: SessionPool, film: Callable[..., Path]
) -> None:
    with pytest.raises(MediaUnreadable, match="equal length"):
        measure_films(excerpt, media_dir / "single_face.mp4", pool)

    def grey(planes: Planes) -> Planes:
        return replace(planes, data=tuple(np.full_like(plane, 128) for plane in planes.data))

    with pytest.raises(NoFace, match="clear face"):
        measure_films(excerpt, film("grey", grey), pool)


def test_measuring_can_be_stopped(excerpt: Path, pool: SessionPool) -> None:
    with pytest.raises(Cancelled):
        measure_films(excerpt, excerpt, pool, cancelled=lambda: True)
