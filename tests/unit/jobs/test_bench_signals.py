"""The measured change is the plain script's, but for how the two read a film."""

from pathlib import Path

import numpy as np

from pipeline.engines.session import SessionPool
from pipeline.jobs.bench_signals import heard_cost, our_change, plain_change
from tests.film_maker import make_film


def test_ours_and_the_plain_script_find_the_same_change(media_dir: Path) -> None:
    plate = media_dir / "single_face.mp4"
    ours, script = np.array(our_change(plate, 30)), np.array(plain_change(plate, 30))
    assert len(ours) == len(script) == 29
    assert np.abs(ours - script).max() < 0.02
    assert np.corrcoef(ours, script)[0, 1] > 0.99


def test_hearing_costs_something_beyond_decoding_the_sound_and_nothing_without_sound(
    media_dir: Path, models_dir: Path, tmp_path: Path
) -> None:
    pool = SessionPool(models_dir)
    assert 0 < heard_cost(media_dir / "single_face.mp4", pool) < 50
    assert heard_cost(make_film(tmp_path / "mute.mp4", frames=5), pool) == 0
