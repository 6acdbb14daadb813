"""Hand mattes of one face track: which frames a hand lies before the face in, and what it covers there.

Palms are looked for now and then, and wherever the flow goes astray; hands are followed from them both ways; mattes
are cut where the joints are sure and carried by the picture's motion where they are not. Everything happens on the
working grid; at the end the matte takes its edges from the plate itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.analysis.face_window import FaceWindow, Pictures, WorkGrid, WorkPictures, face_windows, work_grid
from pipeline.analysis.hand_matte import MatteSettings, gray_guide, hand_matte
from pipeline.analysis.hand_shape import hand_size
from pipeline.analysis.hand_tracking import HandTrack, TrackingSettings, near_face, scout_hands, track_hands
from pipeline.analysis.matte_carry import CarrySettings, FrameMatte, calm, fill_gaps, to_u8
from pipeline.analysis.observations import TrackObservations
from pipeline.engines.faces import OcclusionMatte
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8, Matte, Rect
from pipeline.imaging.guided_filter import guided_upsample

HANDS_VERSION = 2
"""Goes up with every change that alters a matte's numbers."""


@dataclass(frozen=True, slots=True)
class HandSettings:
    """All parameters of hand mattes."""

    tracking: TrackingSettings = field(default_factory=TrackingSettings)
    matte: MatteSettings = field(default_factory=MatteSettings)
    carry: CarrySettings = field(default_factory=CarrySettings)
    sure_presence: float = 0.8
    """Presence from which a frame's joints place a matte of their own."""
    steady_size: float = 0.3
    """Joints whose hand size departs by more than this share from the track's local median place none either."""
    margin: float = 0.35
    """The matte reaches this far beyond the face's box, in face widths: to the end of the background's warp."""
    bridge: int = 24
    """Gaps of at most so many frames between sightings of hands are filled."""
    least_share: float = 0.002
    """A matte that covers less of the face's box than this is dropped."""
    chunk: int = 120
    """Mattes are worked on in pieces of so many frames, which bounds the memory."""


HandProgress = Callable[[str, int, int], None]
"""Receives a stage, frames done and frames in all (0: it can't be counted); what it raises ends the work."""


def hand_mattes(
    observations: TrackObservations,
    pictures: Pictures,
    pool: SessionPool,
    settings: HandSettings | None = None,
    progress: HandProgress = lambda stage, done, total: None,
) -> Iterator[tuple[int, OcclusionMatte]]:
    """Mattes of hands before the face with their plate frames, ascending; other frames have no hand before the face.

    Parameters
    ----------
    pictures: gives display pictures of a range of plate frames. Where the pass has looked for hands, only spans with
        hands are read, and gaps between sightings; else the whole track besides.
    progress: told only where there are hands.
    """
    chosen = settings or HandSettings()
    grid = work_grid(observations.landmarks, observations.width, observations.height)
    windows = face_windows(observations.frames, observations.landmarks, grid)
    work = WorkPictures(pictures, grid, windows)
    seeds = scout_hands(observations, work, windows, grid, pool, chosen.tracking)
    if seeds:
        progress("following hands", 0, 0)
    tracks = track_hands(seeds, work, windows, pool, chosen.tracking)
    spans = [range(first, last + 1) for first, last in spans_of(tracks, windows, chosen)]
    total = sum(map(len, spans))
    cut = count(1)
    cutter = _Cutter(tracks, work, windows, chosen, lambda: progress("cutting out hands", next(cut), total))
    for span in spans:
        for low in range(span.start, span.stop, chosen.chunk):
            wanted = range(low, min(low + chosen.chunk, span.stop))
            yield from _in_plate(cutter.mattes(wanted, span), pictures, grid, chosen)


def spans_of(
    tracks: Sequence[HandTrack], windows: Mapping[int, FaceWindow], settings: HandSettings
) -> list[tuple[int, int]]:
    """First and last frames, both inclusive, of the spans in which hands are near the face; small gaps are closed."""
    near = sorted(
        {
            frame
            for track in tracks
            for frame, joints in track.joints.items()
            if frame in windows and near_face(joints, windows[frame], settings.tracking.near)
        }
    )
    if not near:
        return []
    breaks = [(a, b) for a, b in pairwise(near) if b - a > settings.bridge]
    return list(zip([near[0], *(b for _, b in breaks)], [*(a for a, _ in breaks), near[-1]], strict=True))


class _GridMatte(NamedTuple):
    """A finished matte on the working grid with the grey picture under it."""

    rect: Rect
    gray: ImageU8
    matte: Matte


class _Cutter:
    """Cuts the mattes of a few frames on the working grid."""

    def __init__(
        self,
        tracks: Sequence[HandTrack],
        work: WorkPictures,
        windows: Mapping[int, FaceWindow],
        settings: HandSettings,
        on_frame: Callable[[], None],
    ) -> None:
        self._tracks = tracks
        self._work = work
        self._windows = windows
        self._settings = settings
        self._on_frame = on_frame

    def mattes(self, wanted: range, span: range) -> dict[int, _GridMatte]:
        """Mattes of the wanted frames of a span; one frame more on either side lends its matte to its neighbour."""
        around = range(max(wanted.start - 1, span.start), min(wanted.stop + 1, span.stop))
        cut: dict[int, FrameMatte] = {}
        for frame in around:
            if (matte := self._frame(frame)) is not None:
                cut[frame] = matte
            if frame in wanted:
                self._on_frame()
        frames = sorted(cut)
        filled = dict(zip(frames, fill_gaps([cut[frame] for frame in frames], self._settings.carry), strict=True))
        out: dict[int, _GridMatte] = {}
        for frame in frames:
            if frame in wanted:
                here = filled[frame]
                calmed = calm(filled.get(frame - 1), here, filled.get(frame + 1), self._settings.carry)
                if calmed.sum() > self._settings.least_share * self._face_area(frame):
                    out[frame] = _GridMatte(here.rect, here.gray, calmed)
        return out

    def _face_area(self, frame: int) -> float:
        face = self._windows[frame].face
        return float(face.width * face.height)

    def _frame(self, frame: int) -> FrameMatte | None:
        """What is cut in a frame by itself; None where there is no picture."""
        picture = self._work.get(frame)
        if picture is None:
            return None
        window = self._windows[frame]
        face = window.face
        outer = face.grown(round(self._settings.margin * face.width))
        rect = Rect(
            max(outer.x0, window.rect.x0),
            max(outer.y0, window.rect.y0),
            min(outer.x1, window.rect.x1),
            min(outer.y1, window.rect.y1),
        )
        if rect.empty:
            return None
        x, y = rect.x0 - window.rect.x0, rect.y0 - window.rect.y0
        part = np.ascontiguousarray(picture[y : y + rect.height, x : x + rect.width])
        gray = np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), np.uint8)
        hands = [track.joints[frame] for track in self._tracks if frame in track.joints]
        if not hands:
            return FrameMatte(rect, gray, None, sure=False)
        local = [joints - np.array([rect.x0, rect.y0, 0.0]) for joints in hands]
        matte = to_u8(hand_matte(part, local, self._settings.matte))
        return FrameMatte(rect, gray, matte, sure=all(self._sure(t, frame) for t in self._tracks if frame in t.joints))

    def _sure(self, track: HandTrack, frame: int) -> bool:
        if track.presence[frame] < self._settings.sure_presence:
            return False
        around = [hand_size(track.joints[f]) for f in range(frame - 3, frame + 4) if f in track.joints]
        departure = hand_size(track.joints[frame]) / float(np.median(around)) - 1.0
        return abs(departure) < self._settings.steady_size


def _in_plate(
    mattes: dict[int, _GridMatte], pictures: Pictures, grid: WorkGrid, settings: HandSettings
) -> Iterator[tuple[int, OcclusionMatte]]:
    """The mattes in plate pixels; where the grid is coarser than the plate, edges are taken from the plate."""
    if not mattes:
        return
    if grid.step == 1:
        for frame, found in mattes.items():
            yield frame, OcclusionMatte(found.rect, to_u8(found.matte))
        return
    first, last = min(mattes), max(mattes)
    for frame, make in enumerate(pictures(first, last + 1), first):
        if frame in mattes and make is not None:
            yield frame, _sharpened(mattes[frame], make(), grid, settings.matte)


def _sharpened(found: _GridMatte, picture: ImageU8, grid: WorkGrid, settings: MatteSettings) -> OcclusionMatte:
    rect = grid.plate_rect(found.rect)
    guide = gray_guide(np.ascontiguousarray(picture[rect.y0 : rect.y1, rect.x0 : rect.x1]))
    small = found.gray.astype(np.float32) / np.float32(255)
    matte = guided_upsample(guide, small, found.matte, settings.upsample_radius, settings.guide_epsilon)
    coverage = to_u8(matte)
    # The grid ends up to a step short of the plate: what covers its last column or row goes on to the plate's edge.
    right = grid.width - rect.x1 if found.rect.x1 == grid.size[0] else 0
    below = grid.height - rect.y1 if found.rect.y1 == grid.size[1] else 0
    whole = Rect(rect.x0, rect.y0, rect.x1 + right, rect.y1 + below)
    return OcclusionMatte(whole, np.pad(coverage, ((0, below), (0, right)), mode="edge"))
