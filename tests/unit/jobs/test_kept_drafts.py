"""Figures of drafts, kept frame by frame under the key of their picture."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.store import AnalysisStore
from pipeline.jobs.kept_drafts import CHUNK, KeptDrafts
from pipeline.quality.frame_measure import MEASURES

FRAMES = (3, 4, CHUNK - 1, CHUNK, 5 * CHUNK + 7)


def key(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@pytest.fixture
def kept(tmp_path: Path) -> KeptDrafts:
    """Five frames measured and saved."""
    kept = KeptDrafts("face-1")
    for frame in FRAMES:
        kept.put(frame, key("before"), np.full(len(MEASURES), frame, np.float32))
    with AnalysisStore(tmp_path / "a.sqlite", "plate") as store:
        kept.save(store)
    return kept


def loaded(folder: Path, face: str = "face-1") -> KeptDrafts:
    found = KeptDrafts(face)
    with AnalysisStore(folder / "a.sqlite", "plate", read_only=True) as store:
        found.load(store, 6 * CHUNK)
    return found


def test_they_are_there_tomorrow_and_each_face_has_its_own(kept: KeptDrafts, tmp_path: Path) -> None:
    tomorrow = loaded(tmp_path)
    assert tomorrow.frames == list(FRAMES)
    assert tomorrow.values(CHUNK)[0] == CHUNK
    assert all(tomorrow.is_of(frame, key("before")) for frame in FRAMES)
    assert loaded(tmp_path, "face-2").frames == []
    assert not any(each.unsaved for each in (kept, tomorrow))


def test_another_picture_of_the_frame_is_another_figure(kept: KeptDrafts, tmp_path: Path) -> None:
    assert not kept.is_of(3, key("after"))
    assert not kept.is_of(5, key("before"))
    kept.put(3, key("after"), np.zeros(len(MEASURES), np.float32))
    assert kept.unsaved
    with AnalysisStore(tmp_path / "a.sqlite", "plate") as store:
        kept.save(store)
    again = loaded(tmp_path)
    assert again.frames == list(FRAMES)
    assert again.is_of(3, key("after"))
    assert again.is_of(4, key("before"))
