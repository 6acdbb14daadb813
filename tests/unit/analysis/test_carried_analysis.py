"""What was observed goes along with the pictures that are the same, on their new frames."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.carried_analysis import carry_analysis
from pipeline.analysis.face_rows import NO_FLOW, FaceRow, make_row
from pipeline.analysis.journal import Chunk, EndedTracklet, MemoryJournal, SeenHand
from pipeline.analysis.row_block import block_of
from pipeline.engines.hands.hand_landmarker import HandMesh
from pipeline.engines.session import SessionPool
from pipeline.media.reader import open_plate
from pipeline.project.plate_map import Stretch

CUT = 60


def row(frame: int) -> FaceRow:
    rng = np.random.default_rng(frame)
    landmarks, scores = rng.uniform(0, 300, (478, 3)), rng.uniform(0, 1, 52).astype(np.float32)
    return make_row(frame, landmarks, scores, 0.9, np.ones((478, 2), np.float32), np.ones(478, np.float32))


@pytest.fixture(scope="module")
def old() -> MemoryJournal:
    """100 frames with a cut at 60: somebody in each shot, in the first one a hand, frame 30 damaged."""
    rng = np.random.default_rng(1)
    looks = rng.integers(0, 255, (2, 9, 16, 3), dtype=np.uint8)
    hand = HandMesh(np.zeros((21, 3)), 0.9, 0.5)
    journal = MemoryJournal()
    rows = {0: block_of([row(f) for f in range(CUT) if f != 30]), 1: block_of([row(f) for f in range(CUT, 100)])}
    ended = [EndedTracklet(0, 0, np.ones(4)), EndedTracklet(1, 1, 2 * np.ones(4))]
    pictures = [looks[int(frame >= CUT)] for frame in range(100)]
    change = [float("nan"), *(frame / 100 for frame in range(1, 100))]
    hands = [SeenHand(0, 20, hand), SeenHand(0, 50, hand)]
    journal.commit(Chunk(100, rows, ended, [0, CUT], [30], b"", pictures, change, hands))
    return journal


def test_rows_cuts_and_hands_lie_on_the_new_frames(old: MemoryJournal, media_dir: Path) -> None:
    stretches = [Stretch(old=15, new=0, length=10), Stretch(old=28, new=10, length=62)]
    new = MemoryJournal()
    with open_plate(media_dir / "single_face.mp4") as reader:
        looked_at = carry_analysis(old, new, reader, SessionPool(), stretches, lambda *_: None, lambda: False)
    assert looked_at == 0
    assert new.resume_point() == (72, b"")
    assert new.cuts() == [0, CUT - 18]
    assert new.unreadable() == [12]
    assert [(each.tracklet, each.frame) for each in new.hands()] == [(0, 5), (1, 32)]
    assert [(each.number, each.shot, each.embedding_sum[0]) for each in new.tracklets()] == [
        (0, 0, 1),
        (1, 0, 1),
        (2, 1, 2),
    ]
    first, second = new.rows(0), new.rows(1)
    assert first.frames.tolist() == list(range(10))
    assert second.frames.tolist() == [10, 11, *range(13, 42)]
    assert (first.points == old.rows(0).between(15, 25).points).all()
    assert (second.error[0] == NO_FLOW).all(), "what led into the first frame was another picture"
    assert not second.flow[0].any()
    assert second.flow[1].any()
    assert len(new.pictures()) == len(new.change()) == 72
    assert np.isnan(new.change()[[0, 10]]).all()
    assert new.change()[5] == pytest.approx(0.20)
