"""The analysis of a plate on disk: one SQLite file, written in chunks that are all there or not at all.

A process that is killed loses at most the chunk it was working on; the next one goes on after the last chunk. Rows of
many frames lie in one packed blob each, signals apart from them, so that reading a range of a long plate touches only
what it shows. Use one store a thread.
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.journal import PICTURE_SHAPE, Chunk, EndedTracklet, Journal, SeenHand
from pipeline.analysis.row_block import RowBlock, joined, pack, unpack
from pipeline.analysis.signal_levels import BUCKET, Signals, buckets_of, signals_of
from pipeline.analysis.writer_lock import WriterLock
from pipeline.engines.hands.hand_landmarker import HandMesh
from pipeline.errors import DiskFull, OutputNotWritable

FORMAT = 3
"""Goes up with every change of the tables; a store of another format is made anew."""

_WIDE_VIEW = 4096
"""Frames of a range from which on signals come as buckets."""

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE chunks (
    stop INTEGER PRIMARY KEY, cuts BLOB NOT NULL, unreadable BLOB NOT NULL, change BLOB NOT NULL,
    pictures BLOB NOT NULL, state BLOB);
CREATE TABLE tracklets (number INTEGER PRIMARY KEY, shot INTEGER NOT NULL, embedding BLOB NOT NULL);
CREATE TABLE signals (
    tracklet INTEGER, first INTEGER, last INTEGER NOT NULL, frames BLOB NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (tracklet, first)) WITHOUT ROWID;
CREATE TABLE buckets (
    tracklet INTEGER, first INTEGER, last INTEGER NOT NULL, frames BLOB NOT NULL, low BLOB NOT NULL,
    high BLOB NOT NULL, PRIMARY KEY (tracklet, first)) WITHOUT ROWID;
CREATE TABLE rows (
    id INTEGER PRIMARY KEY, tracklet INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    content BLOB NOT NULL);
CREATE INDEX rows_by_time ON rows (tracklet, first);
CREATE TABLE hands (
    id INTEGER PRIMARY KEY, tracklet INTEGER NOT NULL, frame INTEGER NOT NULL, joints BLOB NOT NULL,
    presence REAL NOT NULL, right REAL NOT NULL);
CREATE TABLE artefacts (
    name TEXT, part INTEGER, key TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (name, part));
"""


class AnalysisStore(Journal):
    """One analysis file. Opened for writing, it holds the writer's lock until it is closed."""

    def __init__(
        self,
        path: Path,
        key: str,
        *,
        read_only: bool = False,
        patience_s: float = 0.0,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Open the analysis `key`, made empty if the file is not there or holds another one.

        A writer waits up to `patience_s` for another one to be done, unless `cancelled` says otherwise.

        Raises
        ------
        OutputNotWritable
            Another program still writes it, or the folder cannot be written to.
        Cancelled
            While waiting.
        """
        self.path = path
        self._lock = None if read_only else self._locked(patience_s, cancelled)
        try:
            self._connection = self._opened(key, read_only)
        except (sqlite3.OperationalError, OSError) as error:
            self.close()
            raise OutputNotWritable(f"The analysis {path} cannot be opened: {error}. Check its folder.") from error

    def _locked(self, patience_s: float, cancelled: Callable[[], bool]) -> WriterLock:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputNotWritable(
                f"The analysis folder {self.path.parent} cannot be made: {error.strerror}."
            ) from error
        return WriterLock(self.path.with_suffix(".lock"), patience_s, cancelled)

    def _opened(self, key: str, read_only: bool) -> sqlite3.Connection:
        if read_only:
            return sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)
        if self.path.exists() and not _holds(self.path, key):
            for each in self.path.parent.glob(self.path.name + "*"):
                each.unlink()
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            about = f"INSERT INTO about VALUES ('format', '{FORMAT}'), ('key', '{key}');"
            connection.executescript(f"BEGIN; {_TABLES} {about} COMMIT;")
        return connection

    def close(self) -> None:
        """Give file and lock back."""
        connection = getattr(self, "_connection", None)
        if connection is not None:
            connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "AnalysisStore":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def resume_point(self) -> tuple[int, bytes] | None:
        row = self._connection.execute("SELECT stop, state FROM chunks ORDER BY stop DESC LIMIT 1").fetchone()
        return None if row is None else (int(row[0]), bytes(row[1]))

    def commit(self, chunk: Chunk) -> None:
        """Write a chunk. Raises DiskFull; the store is then as it was before the chunk."""
        try:
            with self._transaction():
                self._write(chunk)
        except sqlite3.OperationalError as error:
            raise _out_of_space(self.path, error) from error

    def _write(self, chunk: Chunk) -> None:
        run = self._connection.execute
        run("UPDATE chunks SET state = NULL")
        cuts, unreadable = _frames(chunk.cuts), _frames(chunk.unreadable)
        change = np.array(chunk.change, "<f4").tobytes()
        pictures = zlib.compress(b"".join(each.tobytes() for each in chunk.pictures), 1)
        run(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?)",
            (chunk.stop, cuts, unreadable, change, pictures, chunk.state),
        )
        for each in chunk.ended:
            embedding = each.embedding_sum.astype("<f8").tobytes()
            run("INSERT INTO tracklets VALUES (?, ?, ?)", (each.number, each.shot, embedding))
        for number, block in chunk.rows.items():
            self._write_rows(number, block)
        for tracklet, frame, hand in chunk.hands:
            joints = hand.joints.astype("<f4").tobytes()
            run("INSERT INTO hands VALUES (NULL, ?, ?, ?, ?, ?)", (tracklet, frame, joints, hand.presence, hand.right))

    def _write_rows(self, number: int, block: RowBlock) -> None:
        run = self._connection.execute
        first, last = int(block.frames[0]), int(block.frames[-1])
        run("INSERT INTO rows (tracklet, first, last, content) VALUES (?, ?, ?, ?)", (number, first, last, pack(block)))
        values = signals_of(block)
        frames = block.frames.astype("<i4").tobytes()
        run("INSERT INTO signals VALUES (?, ?, ?, ?, ?)", (number, first, last, frames, values.tobytes()))
        starts, low, high = buckets_of(block.frames, values)
        packed = (starts.astype("<i4").tobytes(), low.tobytes(), high.tobytes())
        run("INSERT INTO buckets VALUES (?, ?, ?, ?, ?, ?)", (number, first, last, *packed))

    def tracklets(self) -> list[EndedTracklet]:
        found = self._connection.execute("SELECT number, shot, embedding FROM tracklets ORDER BY number")
        return [EndedTracklet(number, shot, np.frombuffer(content, "<f8")) for number, shot, content in found]

    def rows(self, number: int) -> RowBlock:
        return self.rows_between(number, 0, 2**31 - 1)

    def rows_between(self, number: int, start: int, stop: int) -> RowBlock:
        """The rows of a tracklet in frames start..stop-1; the tracklet must have some there."""
        found = self._connection.execute(
            "SELECT content FROM rows WHERE tracklet = ? AND first < ? AND last >= ? ORDER BY first",
            (number, stop, start),
        )
        return joined([unpack(content) for (content,) in found]).between(start, stop)

    def cuts(self) -> list[int]:
        return self._frame_list("cuts")

    def pictures(self) -> NDArray[np.uint8]:
        found = self._connection.execute("SELECT pictures FROM chunks ORDER BY stop")
        content = b"".join(zlib.decompress(each) for (each,) in found)
        return np.frombuffer(content, np.uint8).reshape(-1, *PICTURE_SHAPE)

    def unreadable(self) -> list[int]:
        return self._frame_list("unreadable")

    def hands(self) -> list[SeenHand]:
        found = self._connection.execute("SELECT tracklet, frame, joints, presence, right FROM hands ORDER BY id")
        return [
            SeenHand(tracklet, frame, HandMesh(np.frombuffer(joints, "<f4").reshape(-1, 3).astype(float), *sureness))
            for tracklet, frame, joints, *sureness in found
        ]

    def change(self) -> NDArray[np.float32]:
        found = self._connection.execute("SELECT change FROM chunks ORDER BY stop")
        return np.frombuffer(b"".join(content for (content,) in found), "<f4")

    def _frame_list(self, column: str) -> list[int]:
        found = self._connection.execute(f"SELECT {column} FROM chunks ORDER BY stop")
        return [frame for (content,) in found for frame in msgspec.msgpack.decode(content, type=list[int])]

    def signals(self, numbers: Sequence[int], start: int, stop: int) -> Signals:
        """Signals of the tracklets of one person in frames start..stop-1, in order of time.

        Ranges over 4096 frames come as the lowest and highest of each 32 frames.
        """
        wide = stop - start > _WIDE_VIEW
        columns, table = ("frames, low, high", "buckets") if wide else ("frames, content, content", "signals")
        found = [
            row
            for number in numbers
            for row in self._connection.execute(
                f"SELECT {columns} FROM {table} WHERE tracklet = ? AND first < ? AND last >= ? ORDER BY first",
                (number, stop, start),
            )
        ]
        frames = np.frombuffer(b"".join(row[0] for row in found), "<i4")
        low, high = (_values(b"".join(row[column] for row in found), len(frames)) for column in (1, 2))
        step = BUCKET if wide else 1
        shown = np.flatnonzero((frames + step > start) & (frames < stop))
        shown = shown[np.argsort(frames[shown], kind="stable")]
        return Signals(frames[shown], low[shown].astype(np.float32), high[shown].astype(np.float32), step)

    def put(self, name: str, key: str, parts: Sequence[bytes]) -> None:
        """Keep an artefact computed from this analysis (a solve) in place of an older one of its name."""
        try:
            with self._transaction():
                self._connection.execute("DELETE FROM artefacts WHERE name = ?", (name,))
                rows = [(name, i, key, part) for i, part in enumerate(parts)]
                self._connection.executemany("INSERT INTO artefacts VALUES (?, ?, ?, ?)", rows)
        except sqlite3.OperationalError as error:
            raise _out_of_space(self.path, error) from error

    def append(self, name: str, key: str, part: bytes) -> None:
        """Keep one more part of an artefact that is made in pieces; parts under another key go."""
        try:
            with self._transaction():
                run = self._connection.execute
                run("DELETE FROM artefacts WHERE name = ? AND key <> ?", (name, key))
                (count,) = run("SELECT COUNT(*) FROM artefacts WHERE name = ?", (name,)).fetchone()
                run("INSERT INTO artefacts VALUES (?, ?, ?, ?)", (name, count, key, part))
        except sqlite3.OperationalError as error:
            raise _out_of_space(self.path, error) from error

    def get(self, name: str, key: str) -> list[bytes] | None:
        """The parts of an artefact, None where there is none of this name with this key."""
        found = self._connection.execute(
            "SELECT content FROM artefacts WHERE name = ? AND key = ? ORDER BY part", (name, key)
        ).fetchall()
        return [bytes(content) for (content,) in found] or None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Everything inside the `with` block, or nothing."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        finally:
            # A full disk has rolled back already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def _holds(path: Path, key: str) -> bool:
    """Whether a file is a whole store of this format and key."""
    try:
        connection = sqlite3.connect(path)
        try:
            about = dict(connection.execute("SELECT name, value FROM about"))
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        return False
    return about.get("format") == str(FORMAT) and about.get("key") == key


def stored_until(path: Path, key: str) -> int:
    """Where the pass kept in a file goes on: the first frame it has not seen; 0 where there is no store of that key."""
    if not path.is_file() or not _holds(path, key):
        return 0
    with AnalysisStore(path, key, read_only=True) as store:
        point = store.resume_point()
    return 0 if point is None else point[0]


def _frames(frames: Sequence[int]) -> bytes:
    return msgspec.msgpack.encode(list(frames))


def _values(content: bytes, rows: int) -> NDArray[np.float16]:
    return np.frombuffer(content, "<f2").reshape(rows, -1) if rows else np.zeros((0, 0), np.float16)


def _out_of_space(path: Path, error: sqlite3.OperationalError) -> DiskFull | OutputNotWritable:
    if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
        return DiskFull(f"No space is left for the analysis {path}. Free some and run it again; it goes on from there.")
    return OutputNotWritable(f"The analysis {path} cannot be written: {error}. Check the folder and run it again.")
