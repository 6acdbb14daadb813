"""From a pass's journal to the observations of each person."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.face_rows import decode_error, flow_of, points_of
from pipeline.analysis.gates import mesh_box
from pipeline.analysis.journal import EndedTracklet, Journal, SeenHand
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.people import Sighting, join
from pipeline.analysis.row_block import RowBlock, joined
from pipeline.analysis.tracklet import unit
from pipeline.engines.hands.hand_landmarker import HandMesh


def assemble(
    journal: Journal, width: int, height: int, min_frames: int = 1, hands_sought: bool = False
) -> list[TrackObservations]:
    """Everybody who is seen in at least `min_frames` frames, in order of first appearance.

    `hands_sought`: whether the pass looked for hands.
    """
    ended = journal.tracklets()
    people = join([_sighting(each, journal.rows(each.number)) for each in ended])
    long_enough = []
    for person in people:
        block = joined([journal.rows(each.number) for each in person])
        if len(block.frames) >= min_frames:
            long_enough.append((person, block))
    hands = journal.hands() if hands_sought else None
    return [
        replace(
            observations_of(number, person, block, width, height), hands=None if hands is None else _near(person, hands)
        )
        for number, (person, block) in enumerate(long_enough)
    ]


def _near(person: Sequence[Sighting], hands: Sequence[SeenHand]) -> dict[int, tuple[HandMesh, ...]]:
    """The hands near one person's face, by frame."""
    numbers = {each.number for each in person}
    found: dict[int, list[HandMesh]] = {}
    for tracklet, frame, hand in hands:
        if tracklet in numbers:
            found.setdefault(frame, []).append(hand)
    return {frame: tuple(found[frame]) for frame in sorted(found)}


def _sighting(tracklet: EndedTracklet, block: RowBlock) -> Sighting:
    return Sighting(
        tracklet.number,
        tracklet.shot,
        int(block.frames[0]),
        int(block.frames[-1]),
        mesh_box(points_of(block.points[0], int(block.exponents[0]))),
        mesh_box(points_of(block.points[-1], int(block.exponents[-1]))),
        tracklet.embedding_sum,
    )


def observations_of(
    number: int, person: Sequence[Sighting], block: RowBlock, width: int, height: int
) -> TrackObservations:
    """One person's rows as observations, under a number; without hands."""
    embedding = unit(np.sum([each.embedding for each in person], axis=0)).astype(np.float32)
    return TrackObservations(
        id=number,
        frames=block.frames,
        landmarks=landmarks_of(block),
        scores=block.scores.astype(np.float32),
        presence=block.presence.astype(np.float32),
        flow=flow_of(block.flow[1:]),
        flow_error=decode_error(block.error[1:]),
        width=width,
        height=height,
        change=block.change.astype(np.float32),
        embedding=embedding,
    )


def landmarks_of(block: RowBlock) -> NDArray[np.float32]:
    """(n, 478, 3) pixels."""
    steps = np.ldexp(np.float32(1), block.exponents.astype(np.int32))
    return np.asarray(block.points * steps[:, None, None], np.float32)
