"""Match expression: render, look at the result with a landmarker, correct the scores, again.

Another face's lips and brows read differently under the same motion. The loop asks a detector what the result
expresses and moves the mesh until it says what it says of the plate. It optimises the detector's opinion, so it is an
option for finals, not the engine's truth. What looks at pictures is the caller's: the engine knows no network.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.engine import FrameCrops
from pipeline.engines.faces import N_BLENDSHAPES, FaceMesh, FaceSample
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.errors import Cancelled
from pipeline.imaging.arrays import ImageU8
from pipeline.project.parameters import MeshSettings

Detect = Callable[[ImageU8, FaceMesh], FaceMesh | None]
"""(picture, the mesh expected in it) → the mesh found there, or None."""

ROUNDS = 2
STEP = 0.7
"""Share of the difference taken out a round: more overshoots, because scores and displacements are not linear."""
LIMIT = 0.6
"""Largest correction of a score."""
SMOOTHING = 1.5
"""Spread of the smoothing over frames: single-frame readings jitter."""
GAZE = slice(11, 19)
"""Scores of gaze: the eyes are the performer's and need none."""


def match_expression(
    swapper: MeshSwapper,
    prepared: PreparedFace,
    frames: Sequence[int],
    settings: Callable[[int], MeshSettings],
    crops: FrameCrops,
    detect: Detect,
    watch: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> NDArray[np.float64]:
    """Corrections (T, 52) for `prepared.corrections`, T being the solve's frames; 0 outside `frames` (plate frames).

    `watch` gets (frames looked at, frames in all). Frames in which something lies before the face are not looked at.

    Raises
    ------
    Cancelled
    """
    solve = prepared.solve
    indices = [i for i in (solve.index_of(frame) for frame in frames) if i is not None and solve.clear[i]]
    corrections = np.zeros((len(solve.frames), N_BLENDSHAPES))
    for turn in range(ROUNDS):
        trial = prepared.corrected(corrections)
        seen = np.zeros(len(solve.frames), bool)
        for count, i in enumerate(indices):
            if cancelled():
                raise Cancelled("Matching the expression was stopped.")
            found = _scores_of_result(swapper, trial, i, settings(int(solve.frames[i])), crops, detect)
            if found is not None:
                corrections[i] += STEP * (solve.scores[i] - found)
                seen[i] = True
            watch(turn * len(indices) + count + 1, ROUNDS * len(indices))
        corrections = _smoothed(np.clip(corrections, -LIMIT, LIMIT), seen)
        corrections[:, GAZE] = 0
    return corrections


def _scores_of_result(
    swapper: MeshSwapper, prepared: PreparedFace, i: int, settings: MeshSettings, crops: FrameCrops, detect: Detect
) -> NDArray[np.float64] | None:
    """What `detect` reads in the rendered frame at index `i`."""
    solve = prepared.solve
    frame = int(solve.frames[i])
    region = swapper.region(prepared, frame, settings)
    if region is None:
        return None
    around = region.grown(int(0.25 * solve.face_width_px)).clipped(solve.width, solve.height)
    inner = region.clipped(solve.width, solve.height)
    picture = np.array(crops(frame, around), np.float32)
    window = np.s_[inner.y0 - around.y0 : inner.y1 - around.y0, inner.x0 - around.x0 : inner.x1 - around.x0]
    patch = swapper.swap(prepared, [FaceSample(frame, inner, picture[window])], [settings])[0]
    picture[window] = patch.colour
    image = np.clip(picture * 255 + 0.5, 0, 255).astype(np.uint8)
    near = solve.landmarks[i].astype(np.float64) - (around.x0, around.y0, 0)
    mesh = detect(image, FaceMesh(near, solve.scores[i], 1.0))
    return None if mesh is None else mesh.scores.astype(np.float64)


def _smoothed(values: NDArray[np.float64], seen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Gaussian mean over neighbouring frames that were seen; 0 where the frame itself was not."""
    reach = np.arange(-6, 7)
    weights = np.exp(-0.5 * (reach / SMOOTHING) ** 2)
    padded = np.pad(values * seen[:, None], ((6, 6), (0, 0)))
    present = np.pad(seen.astype(np.float64), 6)
    total = sum(w * padded[6 + d : 6 + d + len(values)] for d, w in zip(reach, weights, strict=True))
    share = sum(w * present[6 + d : 6 + d + len(values)] for d, w in zip(reach, weights, strict=True))
    mean: NDArray[np.float64] = total / np.maximum(share, 1e-9)[:, None]
    return mean * seen[:, None]
