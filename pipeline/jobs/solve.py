"""The solve of one face for a render, hands before it and brows that are followed included, kept with the analysis."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from pipeline.analysis.brow_motion import BROWS_VERSION, BrowSettings, follow_brows
from pipeline.analysis.gaps import GAPS_VERSION, GapSettings, bridge, gaps_in
from pipeline.analysis.hands import HANDS_VERSION, HandSettings, hand_mattes
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.picture import Picture
from pipeline.analysis.solve import SolveSettings, solve_face, solve_key
from pipeline.analysis.solve_packing import pack_solve, unpack_solve
from pipeline.analysis.store import AnalysisStore
from pipeline.engines.faces import FaceSolve
from pipeline.engines.registry import card
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled, FrameUnreadable
from pipeline.imaging.arrays import ImageU8
from pipeline.jobs.code_version import code_version
from pipeline.jobs.library_threads import pin_pictures
from pipeline.jobs.plate_sound import plate_times
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink, never_cancelled, no_progress
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.project.plate_map import runs

HAND_NETWORKS = ("palm-detection", "hand-landmarks")
"""Ids of the networks that find hands."""


def solve_track(
    track: TrackObservations,
    reader: PlateReader,
    pool: SessionPool,
    store: AnalysisStore | None = None,
    progress: ProgressSink = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> FaceSolve:
    """The track's solve with the hands before its face; from `store` where it is kept, and kept there otherwise.

    Raises Cancelled.
    """
    pin_pictures()
    cuts = () if store is None else store.cuts()
    name, key = f"solve of track {track.part or track.id}", _kept_key(track, cuts)
    kept = None if store is None else store.get(name, key)
    if kept is not None:
        return unpack_solve(kept)
    solve = solve_face(with_hands(track, reader, pool, progress, cancelled))
    solve = with_bridges(with_brows(solve, reader, cuts, progress, cancelled), reader, cuts)
    if store is not None:
        store.put(name, key, pack_solve(solve))
    return solve


def with_hands(
    track: TrackObservations,
    reader: PlateReader,
    pool: SessionPool,
    progress: ProgressSink = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> TrackObservations:
    """The track with mattes of the hands that lie before its face. Raises Cancelled."""
    view = view_of(reader.info)

    def going_on() -> None:
        if cancelled():
            raise Cancelled("Stopped while hands before the face were looked at; the analysis is kept.")

    def pictures(start: int, stop: int) -> Iterator[Callable[[], ImageU8] | None]:
        for planes in reader.frames(start, stop):
            going_on()
            yield None if isinstance(planes, FrameUnreadable) else partial(view.rgb8, planes)

    def told(stage: str, done: int, total: int) -> None:
        progress(Progress(stage, done, total))
        going_on()

    return replace(track, occlusion=dict(hand_mattes(track, pictures, pool, progress=told)))


def with_brows(
    solve: FaceSolve,
    reader: PlateReader,
    cuts: Collection[int] = (),
    progress: ProgressSink = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> FaceSolve:
    """The solve with its brows followed in the plate's pictures. Raises Cancelled."""
    view = view_of(reader.info)

    def lumas(frames: Sequence[int]) -> Iterator[ImageU8 | None]:
        done = 0
        for first, last in runs(frames):
            for planes in reader.frames(first, last + 1):
                if cancelled():
                    raise Cancelled("Stopped while brows were followed; the analysis is kept.")
                yield None if isinstance(planes, FrameUnreadable) else Picture(planes, view).gray
                done += 1
                progress(Progress("following brows", done, len(frames)))

    return follow_brows(solve, lumas, cuts, BrowSettings())


def with_bridges(
    solve: FaceSolve, reader: PlateReader, cuts: Collection[int], settings: GapSettings | None = None
) -> FaceSolve:
    """The solve with its short gaps bridged, where the plate goes on showing the face."""
    chosen, view = settings or GapSettings(), view_of(reader.info)

    def luma_at(frame: int) -> ImageU8 | None:
        try:
            planes = reader.read(frame)
        except FrameUnreadable:
            return None
        return Picture(planes, view).gray

    gaps = gaps_in(solve.frames, plate_times(reader), cuts, chosen.longest_s)
    return bridge(solve, gaps, luma_at, chosen) if gaps else solve


def _kept_key(track: TrackObservations, cuts: Collection[int]) -> str:
    """Of all that the hands and the solve depend on besides the plate's pixels, which the store's own key covers."""
    networks = [card(each).sha256 for each in HAND_NETWORKS]
    text = f"{code_version()} {solve_key(track, SolveSettings())} {HANDS_VERSION} {HandSettings()!r} {networks}"
    text += f" {BROWS_VERSION} {BrowSettings()!r} {GAPS_VERSION} {GapSettings()!r} {sorted(cuts)}"
    return hashlib.sha256(text.encode()).hexdigest()
