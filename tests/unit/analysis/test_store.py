"""The analysis on disk: what is read is what was written, after any interruption; long plates load at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.face_rows import FaceRow
from pipeline.analysis.journal import Chunk, EndedTracklet, MemoryJournal, SeenHand
from pipeline.analysis.observe import ObserveOptions, observe
from pipeline.analysis.row_block import RowBlock, block_of
from pipeline.analysis.signal_levels import BUCKET
from pipeline.analysis.solve import solve_face
from pipeline.analysis.solve_packing import pack_solve, unpack_solve
from pipeline.analysis.store import AnalysisStore
from pipeline.engines.faces import FaceSolve, OcclusionMatte
from pipeline.engines.hands.hand_landmarker import HandMesh
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled, DiskFull, OutputNotWritable
from pipeline.imaging.arrays import Rect
from pipeline.media.reader import open_plate

OPTIONS = ObserveOptions(stop=36, chunk_frames=12)


def rows_from(first: int, count: int, seed: int = 0) -> RowBlock:
    """Rows of a face that drifts and trembles, with signals that wave."""
    random = np.random.default_rng(seed)
    shape = random.integers(-3000, 3000, (478, 3))
    rows = []
    for frame in range(first, first + count):
        drift = np.array([6400 + 3 * frame % 900, 5200, 0])
        points = shape + drift + random.integers(-10, 11, (478, 3))
        waves = 0.5 + 0.5 * np.sin(frame / 50 + np.arange(52))
        flow = random.integers(-4, 5, (478, 2)) + 192
        error = random.integers(10, 60, 478)
        rows.append(
            FaceRow(
                frame,
                -5,
                points.astype(np.int32),
                waves.astype(np.float16),
                0.99,
                flow.astype(np.int32),
                error.astype(np.uint8),
            )
        )
    return block_of(rows)


def chunk(stop: int, block: RowBlock, *, last: bool = False) -> Chunk:
    ended = [EndedTracklet(0, 0, np.arange(8.0))] if last else []
    return Chunk(stop, {0: block}, ended, [0] if stop == 10 else [], [], b"state %d" % stop)


def same(one: RowBlock, other: RowBlock) -> bool:
    names = RowBlock.__dataclass_fields__
    return all(np.array_equal(getattr(one, name), getattr(other, name), equal_nan=name == "change") for name in names)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnalysisStore]:
    with AnalysisStore(tmp_path / "a" / "plate.sqlite", "key") as opened:
        yield opened


def test_gives_back_the_tiny_pictures_of_every_frame(store: AnalysisStore) -> None:
    pictures = np.arange(25 * 9 * 16 * 3).astype(np.uint8).reshape(25, 9, 16, 3)
    assert store.pictures().shape == (0, 9, 16, 3)
    for first, stop in ((0, 10), (10, 25)):
        store.commit(Chunk(stop, {}, [], [], [], b"", list(pictures[first:stop])))
    assert np.array_equal(store.pictures(), pictures)


def test_gives_back_rows_across_chunks(store: AnalysisStore) -> None:
    block = rows_from(0, 25)
    store.commit(chunk(10, block.between(0, 10)))
    store.commit(chunk(25, block.between(10, 25), last=True))
    assert same(store.rows(0), block)
    assert same(store.rows_between(0, 7, 12), block.between(7, 12))
    assert store.resume_point() == (25, b"state 25")
    assert store.cuts() == [0]
    assert [each.embedding_sum.tolist() for each in store.tracklets()] == [list(range(8))]


def test_hands_come_back_as_they_were_seen(store: AnalysisStore) -> None:
    joints = np.random.default_rng(0).integers(0, 9000, (21, 3)) / 16
    seen = [SeenHand(0, 9, HandMesh(joints + i, 0.875, 0.25)) for i in range(3)]
    block = rows_from(0, 20)
    store.commit(replace(chunk(10, block.between(0, 10)), hands=seen[:1]))
    store.commit(replace(chunk(20, block.between(10, 20), last=True), hands=seen[1:]))
    found = store.hands()
    assert [(each.tracklet, each.frame, each.hand.presence, each.hand.right) for each in found] == [
        (0, 9, 0.875, 0.25)
    ] * 3
    for one, other in zip(found, seen, strict=True):
        np.testing.assert_array_equal(one.hand.joints, other.hand.joints)


def test_signals_are_full_up_close_and_bounded_in_wide_views(store: AnalysisStore) -> None:
    block = rows_from(0, 6000)
    store.commit(chunk(10, block))
    close = store.signals([0], 100, 140)
    assert close.frames.tolist() == list(range(100, 140))
    assert np.array_equal(close.low[:, :52], block.scores[100:140].astype(np.float32))
    wide = store.signals([0], 0, 6000)
    assert wide.frames.tolist() == list(range(0, 6000, BUCKET))
    assert wide.high[3, 7] == block.scores[3 * BUCKET : 4 * BUCKET, 7].max()
    assert wide.low[3, 7] == block.scores[3 * BUCKET : 4 * BUCKET, 7].min()


def test_a_second_writer_is_refused(store: AnalysisStore) -> None:
    with pytest.raises(OutputNotWritable, match="Another program"):
        AnalysisStore(store.path, "key")


def test_a_patient_writer_waits_for_the_first_to_be_done(store: AnalysisStore) -> None:
    store.commit(chunk(10, rows_from(0, 10)))
    asked: list[int] = []

    def closes_at_last() -> bool:
        asked.append(1)
        if len(asked) == 2:
            store.close()
        return False

    with AnalysisStore(store.path, "key", patience_s=60, cancelled=closes_at_last) as second:
        assert second.resume_point() == (10, b"state 10")


def test_waiting_can_be_cancelled(store: AnalysisStore) -> None:
    with pytest.raises(Cancelled):
        AnalysisStore(store.path, "key", patience_s=60, cancelled=lambda: True)


def test_readers_are_not(store: AnalysisStore) -> None:
    store.commit(chunk(10, rows_from(0, 10)))
    with AnalysisStore(store.path, "key", read_only=True) as reader:
        assert same(reader.rows(0), rows_from(0, 10))


def test_an_analysis_of_something_else_is_made_anew(store: AnalysisStore) -> None:
    store.commit(chunk(10, rows_from(0, 10)))
    store.close()
    with AnalysisStore(store.path, "another key") as other:
        assert other.resume_point() is None


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "plate.sqlite"
    path.write_bytes(b"not a database, but longer than the header of one would be" * 40)
    with AnalysisStore(path, "key") as opened:
        assert opened.resume_point() is None


def test_a_full_disk_leaves_the_chunks_before(store: AnalysisStore) -> None:
    store.commit(chunk(10, rows_from(0, 10)))
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(DiskFull):
        store.commit(chunk(60, rows_from(10, 50), last=True))
    assert store.resume_point() == (10, b"state 10")
    assert same(store.rows(0), rows_from(0, 10))


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputNotWritable, match="cannot be made"):
        AnalysisStore(tmp_path / "file" / "plate.sqlite", "key")


def test_a_kept_solve_is_the_fresh_one(store: AnalysisStore, media_dir: Path, models_dir: Path) -> None:
    with open_plate(media_dir / "single_face.mp4") as reader:
        track = observe(reader, SessionPool(models_dir), ObserveOptions(stop=20))[0]
    fresh = solve_face(track)
    fresh.occlusion[3] = OcclusionMatte(Rect(4, 5, 7, 9), np.arange(12, dtype=np.uint8).reshape(4, 3))  # type: ignore[index]
    store.put("solve 0", fresh.key, pack_solve(fresh))
    assert store.get("solve 0", "another key") is None
    parts = store.get("solve 0", fresh.key)
    assert parts is not None
    kept = unpack_solve(parts)
    for name in FaceSolve.__dataclass_fields__:
        if name != "occlusion":
            assert np.array_equal(getattr(kept, name), getattr(fresh, name)), name
    assert kept.occlusion[3].rect == Rect(4, 5, 7, 9)
    assert np.array_equal(kept.occlusion[3].coverage, fresh.occlusion[3].coverage)


RUN = """
import sys, time
from pathlib import Path
from pipeline.analysis.observe import ObserveOptions, observe
from pipeline.analysis.store import AnalysisStore
from pipeline.engines.session import SessionPool
from pipeline.media.reader import open_plate

def told(done, total):
    print(done, flush=True)
    if done == 30:
        time.sleep(60)

with AnalysisStore(Path(sys.argv[2]), "key") as store, open_plate(sys.argv[1]) as reader:
    observe(reader, SessionPool(Path(sys.argv[3])), ObserveOptions(stop=36, chunk_frames=12), told, journal=store)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_a_killed_pass_goes_on_and_sees_what_an_unbroken_one_sees(
    tmp_path: Path, media_dir: Path, models_dir: Path
) -> None:
    plate, path = media_dir / "WolfgangLanger_Pexels.mp4", tmp_path / "plate.sqlite"
    arguments = [sys.executable, "-c", RUN, str(plate), str(path), str(models_dir)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."}) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if int(line) == 30:
                run.send_signal(signal.SIGKILL)
                break
    with open_plate(plate) as reader:
        with AnalysisStore(path, "key") as store:
            point = store.resume_point()
            assert point is not None
            assert point[0] == 24
            seen: list[int] = []
            kept = observe(reader, SessionPool(models_dir), OPTIONS, lambda d, n: seen.append(d), journal=store)
        assert seen[0] == 25
        unbroken = observe(reader, SessionPool(models_dir), OPTIONS, journal=MemoryJournal())
    assert [each.key() for each in kept] == [each.key() for each in unbroken]


@pytest.mark.long
def test_two_hours_of_a_face_load_at_once_and_take_under_a_gigabyte(tmp_path: Path) -> None:
    frames, piece = 2 * 3600 * 24, 240
    block = rows_from(0, piece)
    path = tmp_path / "plate.sqlite"
    with AnalysisStore(path, "key") as store:
        for first in range(0, frames, piece):
            shifted = RowBlock(
                (block.frames + first).astype(np.int32),
                *(getattr(block, name) for name in list(RowBlock.__dataclass_fields__)[1:]),
            )
            store.commit(Chunk(first + piece, {0: shifted}, [], [], [], b""))
        assert path.stat().st_size < 2**30
        for load in (
            lambda: store.signals([0], 0, frames),
            lambda: store.signals([0], 90_000, 94_000),
            lambda: store.rows_between(0, 90_000, 90_240),
        ):
            spent = []
            for _ in range(5):
                start = time.perf_counter()
                load()
                spent.append(time.perf_counter() - start)
            assert min(spent) <= 0.05
