"""Everything detection looks at, of one face, frame by frame: made from the kept analysis, without the film.

Thresholds are no part of it, so that moving one costs milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from pipeline.analysis.action_units import unit_values
from pipeline.analysis.dissolves import Dissolve
from pipeline.analysis.face_geometry import face_geometry
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.plate_sound import FrameSound
from pipeline.analysis.region_trust import region_trust
from pipeline.analysis.shots import Shots
from pipeline.engines.faces import FaceSolve
from pipeline.engines.landmarkers.blendshapes import NAMES

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FaceSignals:
    """Signals of one face in the `T` frames in which it was seen. Left and right are the performer's."""

    frames: NDArray[np.int32]
    """(T,) plate frames, ascending."""
    seconds: Array
    """(T,) presentation times from the plate's first frame."""
    units: Array
    """(T, C) in the order of `action_units.CHANNELS`: scores 0..1, or centimetres against the neutral."""
    lids: Array
    """(T, 2) openings of the left and right eye; 1 as in the neutral face, 0 shut."""
    closure: Array
    """(T, 2) how far the left and right eye are shut, 0..1: lid openings and blink scores together."""
    gaze: Array
    """(T, 2) degrees the eyes are turned in the head: to the performer's left, up."""
    pose: Array
    """(T, 3) degrees: yaw to the picture's right, pitch upwards, roll counter-clockwise in the picture."""
    trust: Array
    """(T, 3, 2) 0..1 in the left and right of each of `action_units.REGIONS`."""
    clear: NDArray[np.bool_]
    """(T,) nothing lies before the face."""
    change: Array
    """(T,) 1 - SSIM of the face's chart against the frame before; NaN where not compared."""
    plate_change: Array
    """(T,) the same of the whole picture."""
    cuts: frozenset[int]
    """Plate frames that begin a shot."""
    dissolves: tuple[Dissolve, ...] = ()
    """Passages from one shot to the next that take some frames."""
    bridged: frozenset[int] = frozenset()
    """Plate frames in which nobody saw the face: what is said of them is a guess, and trusted nowhere."""
    sound: FrameSound | None = None
    """(T,) what is heard in the face's frames; None: nothing, or nobody listened."""
    rest_gap: float = 0.0
    """Centimetres between the lips in the performer's neutral face: what the lips' reading is counted from."""
    speaks: Array | None = None
    """(T,) probability 0..1 that somebody speaks and that it is this face."""


def face_signals(
    track: TrackObservations,
    solve: FaceSolve,
    times: Sequence[Fraction],
    shots: Shots | None = None,
    plate_change: NDArray[np.floating] | None = None,
    first_frame: int = 0,
) -> FaceSignals:
    """Signals of one track.

    Parameters
    ----------
    track, solve: of the same face; the solve may have bridged gaps.
    times: presentation time of every plate frame, seconds.
    shots: of the plate; None: nobody looked.
    plate_change: (n,) change of the whole picture, of plate frame `first_frame` and those after it.
    """
    frames = solve.frames.astype(np.int32)
    origin = times[0]
    geometry = face_geometry(solve)
    pose = _angles(solve.rotation)
    whole = np.full(len(frames), np.nan)
    if plate_change is not None:
        seen = (frames >= first_frame) & (frames < first_frame + len(plate_change))
        whole[seen] = plate_change[frames[seen] - first_frame]
    bridged = np.isin(frames, solve.bridged)
    presence, change = np.zeros(len(frames), np.float32), np.full(len(frames), np.nan)
    presence[~bridged] = track.presence
    if track.change is not None:
        change[~bridged] = track.change
    blink = solve.scores[:, [NAMES.index("eyeBlinkLeft"), NAMES.index("eyeBlinkRight")]].astype(np.float64)
    return FaceSignals(
        frames=frames,
        seconds=np.array([float(times[frame] - origin) for frame in frames.tolist()]),
        units=unit_values(solve.scores, geometry),
        lids=geometry.lids,
        closure=np.clip((blink + 1.0 - np.minimum(geometry.lids, 1.0)) / 2.0, 0.0, 1.0),
        gaze=geometry.gaze,
        pose=pose,
        trust=region_trust(solve, presence, pose[:, 0]),
        clear=solve.clear | bridged,
        change=change,
        plate_change=whole,
        cuts=frozenset(() if shots is None else shots.cuts),
        dissolves=() if shots is None else shots.dissolves,
        bridged=frozenset(solve.bridged),
        rest_gap=geometry.rest_gap,
    )


def _angles(rotation: NDArray[np.floating]) -> Array:
    """(T, 3) yaw, pitch, roll in degrees of head rotations (T, 3, 3): yaw about the vertical, then pitch, then roll."""
    return np.asarray(Rotation.from_matrix(rotation).as_euler("YXZ", degrees=True)) * (1.0, -1.0, 1.0)
