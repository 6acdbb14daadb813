"""People are followed through cuts, crossings, exits and returns; faces are real photos moved over a background."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.analysis.journal import Chunk, MemoryJournal
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.observe import ObserveOptions, observe
from pipeline.analysis.photo_faces import find_faces
from pipeline.analysis.tracker import TrackerSettings
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled, FrameUnreadable
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.planes import Planes
from pipeline.media.photo import read_photo
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate

WIDTH, HEIGHT = 640, 360


@dataclass(frozen=True)
class Head:
    """A head cut from a photo, with soft edges; 0..1 `coverage` (h, w)."""

    pixels: ImageU8
    coverage: NDArray[np.float32]


@dataclass(frozen=True)
class Placed:
    head: Head
    x: float
    y: float


def cut_head(photo: ImageU8, face: int, width: float, pool: SessionPool) -> Head:
    """The head around a face of the photo (widest is 0), scaled so that the face is `width` pixels wide."""
    points = find_faces(photo, pool)[face].landmarks[:, :2]
    low, high = points.min(axis=0), points.max(axis=0)
    half = (high - low) * [0.75, 0.72]
    centre = (low + high) / 2 - [0, 0.06 * (high - low)[1]]
    scale = width / (high - low)[0]
    size = np.rint(2 * half * scale).astype(int)
    matrix = np.array([[scale, 0, size[0] / 2 - scale * centre[0]], [0, scale, size[1] / 2 - scale * centre[1]]])
    pixels = cv2.warpAffine(photo, matrix, tuple(size.tolist()), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    oval = np.zeros((size[1], size[0]), np.float32)
    cv2.ellipse(oval, tuple((size // 2).tolist()), tuple((size * 0.46).astype(int).tolist()), 0, 0, 360, 1.0, -1)
    return Head(np.asarray(pixels, np.uint8), np.asarray(cv2.GaussianBlur(oval, (0, 0), 4), np.float32))


def background(seed: int) -> ImageU8:
    noise = np.random.default_rng(seed).uniform(20, 235, (9, 16, 3)).astype(np.float32)
    return np.clip(cv2.resize(noise, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), 0, 255).astype(np.uint8)


def painted(backdrop: ImageU8, heads: Sequence[Placed]) -> ImageU8:
    """The heads over the backdrop, later ones in front; positions are of their middles, subpixel."""
    picture = backdrop.astype(np.float32)
    for each in heads:
        height, width = each.head.coverage.shape
        matrix = np.array([[1, 0, each.x - width / 2], [0, 1, each.y - height / 2]], np.float64)
        pixels = cv2.warpAffine(each.head.pixels, matrix, (WIDTH, HEIGHT)).astype(np.float32)
        coverage = cv2.warpAffine(each.head.coverage, matrix, (WIDTH, HEIGHT))[:, :, None]
        picture += coverage * (pixels - picture)
    return np.rint(picture).astype(np.uint8)


def write_film(path: Path, pictures: Sequence[ImageU8]) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(24), options={"preset": "ultrafast", "crf": "12"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return path


@pytest.fixture(scope="module")
def pool(models_dir: Path) -> SessionPool:
    return SessionPool(models_dir)


@pytest.fixture(scope="module")
def heads(media_dir: Path, pool: SessionPool) -> list[Head]:
    """Four people, faces 90 to 110 pixels wide."""
    single, several = (read_photo(media_dir / name) for name in ("single_face.jpg", "multi_face.jpg"))
    return [cut_head(single, 0, 110, pool), *(cut_head(several, face, 95, pool) for face in (0, 1, 2))]


Observe = Callable[[Sequence[ImageU8]], list[TrackObservations]]


@pytest.fixture
def observed(tmp_path: Path, pool: SessionPool) -> Observe:
    def run(pictures: Sequence[ImageU8]) -> list[TrackObservations]:
        with open_plate(write_film(tmp_path / "plate.mp4", pictures)) as reader:
            return observe(reader, pool)

    return run


def centre_at(track: TrackObservations, frame: int) -> NDArray[np.floating] | None:
    index = np.searchsorted(track.frames, frame)
    if index == len(track.frames) or track.frames[index] != frame:
        return None
    return np.asarray(track.landmarks[index, :468, :2].mean(axis=0))


def who(tracks: Sequence[TrackObservations], frame: int, x: float, y: float) -> set[int]:
    """Ids of the tracks whose face is at this place."""
    found = {each.id: centre_at(each, frame) for each in tracks}
    return {number for number, at in found.items() if at is not None and np.hypot(*(at - (x, y))) < 40}


def test_two_people_cross_and_keep_their_numbers(heads: list[Head], observed: Observe) -> None:
    back = background(1)
    paths = [(150 + 10 * t, 170.0, 490 - 10 * t, 190.0) for t in range(35)]
    tracks = observed([painted(back, [Placed(heads[1], bx, by), Placed(heads[0], ax, ay)]) for ax, ay, bx, by in paths])
    assert len(tracks) == 2
    for t, (ax, ay, bx, by) in enumerate(paths):
        assert 1 not in who(tracks, t, ax, ay)
        if abs(ax - bx) > 90:
            assert who(tracks, t, ax, ay) == {0}
            assert who(tracks, t, bx, by) == {1}


def test_a_small_face_that_comes_in_beside_a_followed_one_is_found(
    heads: list[Head], media_dir: Path, tmp_path: Path, pool: SessionPool
) -> None:
    back, near = background(7), Placed(heads[0], 180, 180)
    small = cut_head(read_photo(media_dir / "multi_face.jpg"), 0, 22, pool)
    pictures = [painted(back, [near, *([Placed(small, 520 - t, 90)] if t > 4 else [])]) for t in range(24)]
    film = write_film(tmp_path / "plate.mp4", pictures)
    seen = []
    for beside in (16, 96):
        with open_plate(film) as reader:
            seen.append(observe(reader, pool, ObserveOptions(tracker=TrackerSettings(tile_beside=beside))))
    assert [who(tracks, 20, 500, 90) for tracks in seen] == [{1}, set()]
    assert [who(tracks, 20, 180, 180) for tracks in seen] == [{0}, {0}]


def test_a_face_that_leaves_and_returns_keeps_its_number(heads: list[Head], observed: Observe) -> None:
    back = background(2)

    def wanderer(t: int) -> float:
        return 200 - 16 * t if t < 22 else 860 - 16 * (t - 16)

    tracks = observed(
        [painted(back, [Placed(heads[2], 330, 180), Placed(heads[0], wanderer(t), 170)]) for t in range(42)]
    )
    assert len(tracks) == 2
    returned = [t for t in range(42) if 450 < wanderer(t) < 560]
    assert returned
    first = who(tracks, 0, wanderer(0), 170)
    assert all(who(tracks, t, wanderer(t), 170) == first for t in returned)
    assert all(len(who(tracks, t, 330, 180)) == 1 for t in (0, 41))


def test_people_are_known_again_after_a_cut(heads: list[Head], observed: Observe) -> None:
    first = [painted(background(3), [Placed(heads[0], 180 + t, 180), Placed(heads[1], 450, 180)]) for t in range(12)]
    second = [painted(background(4), [Placed(heads[1], 170, 200), Placed(heads[0], 470 - t, 170)]) for t in range(12)]
    tracks = observed([*first, *second])
    assert len(tracks) == 2
    assert who(tracks, 11, 191, 180) == who(tracks, 12, 470, 170) == {0}
    assert who(tracks, 11, 450, 180) == who(tracks, 12, 170, 200) == {1}
    assert np.isinf(tracks[0].flow_error[11]).all()
    assert np.isfinite(tracks[0].flow_error[[10, 12]]).all()


def test_a_newcomer_is_followed_back_to_the_frame_it_appeared_in(heads: list[Head], observed: Observe) -> None:
    stays = Placed(heads[0], 180, 180)
    tracks = observed([painted(background(5), [stays] + [Placed(heads[1], 460, 180)] * (t >= 8)) for t in range(20)])
    assert [each.frames[0] for each in tracks] == [0, 8]


class Interrupted(MemoryJournal):
    """A journal of a pass that ends after its first chunk."""

    def commit(self, chunk: Chunk) -> None:
        if self.resume_point() is None:
            super().commit(chunk)


def test_a_pass_taken_up_again_sees_what_an_unbroken_one_sees(media_dir: Path, pool: SessionPool) -> None:
    options = ObserveOptions(stop=24, chunk_frames=9)
    with open_plate(media_dir / "WolfgangLanger_Pexels.mp4") as reader:
        whole = observe(reader, pool, options)
        journal = Interrupted()
        observe(reader, pool, options, journal=journal)
        resumed = MemoryJournal()
        point = journal.resume_point()
        assert point is not None
        assert point[0] == 9
        resumed._chunks.extend(journal._chunks)
        again = observe(reader, pool, options, journal=resumed)
    assert [each.key() for each in again] == [each.key() for each in whole]


def test_cancelling_keeps_the_chunks_done(media_dir: Path, pool: SessionPool) -> None:
    journal, done = MemoryJournal(), []
    with open_plate(media_dir / "single_face.mp4") as reader, pytest.raises(Cancelled):
        observe(
            reader,
            pool,
            ObserveOptions(chunk_frames=4),
            lambda frames, total: done.append(frames),
            lambda: done[-1] == 10,
            journal,
        )
    point = journal.resume_point()
    assert point is not None
    assert point[0] == 8


def test_a_face_is_seen_in_every_frame_under_a_hand(media_dir: Path, pool: SessionPool) -> None:
    with open_plate(media_dir / "WolfgangLanger_Pexels.mp4") as reader:
        tracks = observe(reader, pool, ObserveOptions(start=50, stop=75))
    assert len(tracks) == 1
    assert tracks[0].frames.tolist() == list(range(50, 75))


class Damaged(PlateReader):
    """A plate one frame of which cannot be decoded."""

    def __init__(self, whole: PlateReader, bad: int) -> None:
        super().__init__(whole.info, whole.pts)
        self._whole, self._bad = whole, bad

    def read(self, frame: int) -> Planes:
        return self._whole.read(frame)

    def frames(self, start: int = 0, stop: int | None = None) -> Generator[Planes | FrameUnreadable, None, None]:
        for planes in self._whole.frames(start, stop):
            bad = isinstance(planes, Planes) and planes.frame == self._bad
            yield FrameUnreadable("damaged", self._bad) if bad else planes

    def close(self) -> None:
        self._whole.close()


def test_a_frame_that_cannot_be_read_is_noted_and_the_face_found_again(media_dir: Path, pool: SessionPool) -> None:
    journal = MemoryJournal()
    with Damaged(open_plate(media_dir / "single_face.mp4"), 5) as reader:
        tracks = observe(reader, pool, ObserveOptions(stop=12), journal=journal)
    assert journal.unreadable() == [5]
    assert journal.cuts() == [0]
    assert [each.frames.tolist() for each in tracks] == [[0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]]
    assert np.isinf(tracks[0].flow_error[4]).all()


def test_a_still_is_a_plate_of_one_frame(media_dir: Path, pool: SessionPool) -> None:
    with open_plate(media_dir / "multi_face.jpg") as reader:
        tracks = observe(reader, pool)
    assert len(tracks) == 5
    assert all(each.frames.tolist() == [0] and each.flow.shape == (0, 478, 2) for each in tracks)


def test_a_plate_without_a_face_has_nobody(observed: Observe) -> None:
    assert observed([background(9)] * 3) == []


@pytest.mark.parametrize("turns", [1, 3])
def test_a_lying_face_is_found_and_followed(heads: list[Head], observed: Observe, turns: int) -> None:
    lying = Head(np.rot90(heads[0].pixels, turns).copy(), np.rot90(heads[0].coverage, turns).copy())
    tracks = observed([painted(background(6), [Placed(lying, 250 + 5 * t, 180)]) for t in range(8)])
    assert len(tracks) == 1
    assert tracks[0].frames.tolist() == list(range(8))
    across = tracks[0].landmarks[:, 263, :2] - tracks[0].landmarks[:, 33, :2]
    upwards = turns == 1
    assert (np.abs(across[:, 0]) < 0.4 * np.abs(across[:, 1])).all()
    assert ((across[:, 1] < 0) == upwards).all()
