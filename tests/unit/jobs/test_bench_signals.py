"""The measured change is the plain script's, but for how the two read a film."""

from pathlib import Path

import numpy as np

from pipeline.jobs.bench_signals import our_change, plain_change


def test_ours_and_the_plain_script_find_the_same_change(media_dir: Path) -> None:
    plate = media_dir / "single_face.mp4"
    ours, script = np.array(our_change(plate, 30)), np.array(plain_change(plate, 30))
    assert len(ours) == len(script) == 29
    assert np.abs(ours - script).max() < 0.02
    assert np.corrcoef(ours, script)[0, 1] > 0.99
