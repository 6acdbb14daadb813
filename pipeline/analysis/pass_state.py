"""The state of a pass between two frames as bytes, so that it can be taken up again exactly."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.change import ChangeMeter
from pipeline.analysis.cuts import THUMBNAIL, CutDetector
from pipeline.analysis.tracker import TrackerState
from pipeline.analysis.tracklet import Tracklet
from pipeline.engines.regions import Region


class _TrackletState(msgspec.Struct, array_like=True, frozen=True):
    number: int
    start: int
    region: tuple[float, ...]
    """x, y, width, height, rotation."""
    points: bytes
    exponent: int
    embedding_sum: bytes
    embeddings: int


class PassState(msgspec.Struct, array_like=True, frozen=True):
    """Everything but pictures; those are decoded again."""

    shot: int
    recent_frames: tuple[int, ...]
    """The frames whose pictures the tracker still looks back on."""
    cut_scores: tuple[float, ...]
    thumbnail: bytes
    followed: tuple[_TrackletState, ...]
    recent_boxes: tuple[tuple[tuple[float, ...], ...], ...]
    next_number: int
    last_loss: int
    last_look: int
    last_tiles: int
    change: bytes
    """The state of the change meter."""

    def tracker_state(self) -> TrackerState:
        """The tracker's part."""
        return TrackerState(
            [_tracklet(each) for each in self.followed],
            [[np.array(box) for box in boxes] for boxes in self.recent_boxes],
            self.next_number,
            self.last_loss,
            self.last_look,
            self.last_tiles,
        )

    def cut_detector(self) -> CutDetector:
        """The cut detector as it was."""
        width, height = THUMBNAIL
        small = np.frombuffer(self.thumbnail, "<f4").reshape(height, width, 3) if self.thumbnail else None
        return CutDetector(small, self.cut_scores)


def encode_state(
    shot: int, recent_frames: tuple[int, ...], cuts: CutDetector, tracker: TrackerState, change: ChangeMeter
) -> bytes:
    """The state of a pass; `decode_state` gives it back exactly."""
    state = PassState(
        shot,
        recent_frames,
        cuts.scores,
        b"" if cuts.previous is None else _bytes(cuts.previous, "<f4"),
        tuple(_tracklet_state(each) for each in tracker.followed),
        tuple(tuple(tuple(box.tolist()) for box in boxes) for boxes in tracker.recent_boxes),
        tracker.next_number,
        tracker.last_loss,
        tracker.last_look,
        tracker.last_tiles,
        change.state,
    )
    return msgspec.msgpack.encode(state)


def decode_state(content: bytes) -> PassState:
    """What `encode_state` made bytes of."""
    return msgspec.msgpack.decode(content, type=PassState)


def _tracklet_state(tracklet: Tracklet) -> _TrackletState:
    return _TrackletState(
        tracklet.number,
        tracklet.start,
        tuple(tracklet.region),
        _bytes(tracklet.points, "<i4"),
        tracklet.exponent,
        _bytes(tracklet.embedding_sum, "<f8"),
        tracklet.embeddings,
    )


def _tracklet(state: _TrackletState) -> Tracklet:
    return Tracklet(
        state.number,
        state.start,
        Region(*state.region),
        np.frombuffer(state.points, "<i4").reshape(-1, 3).astype(np.int32),
        state.exponent,
        np.frombuffer(state.embedding_sum, "<f8").astype(np.float64),
        state.embeddings,
    )


def _bytes(array: NDArray[np.number], dtype: str) -> bytes:
    return array.astype(dtype).tobytes()
