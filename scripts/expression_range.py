"""Writes resources/engine/expression_range.npz: how far faces go, read off the clips of the tests.

Per blendshape score and per vertex it takes what the clearest 99.5 % of the frames of each clip stay under, and of the
clips the largest: `scores` (52,) 0..1, `displacement` (468,) centimetres from the performer's own neutral. Left and
right may go equally far.
"""

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pipeline.engines.faces import FaceSolve  # noqa: E402
from pipeline.engines.landmarkers.blendshapes import NAMES  # noqa: E402
from pipeline.engines.session import SessionPool  # noqa: E402
from pipeline.engines.swappers.mesh.expression_range import RANGE_FILE  # noqa: E402
from pipeline.jobs.bench_media import MEDIA, BenchMedia  # noqa: E402
from pipeline.jobs.progress import never_cancelled, no_progress  # noqa: E402

CLIPS = ("WolfgangLanger_Pexels.mp4", "single_face.mp4", "synthetic_talker.mp4")
SHARE = 0.995


def ranges(solves: list[FaceSolve]) -> dict[str, np.ndarray]:
    """The arrays of the file."""
    scores = [np.quantile(solve.scores[solve.clear], SHARE, axis=0) for solve in solves]
    far = [np.linalg.norm(solve.canonical[solve.clear] - solve.neutral, axis=2) for solve in solves]
    furthest = np.max(scores, axis=0)
    return {
        "scores": np.maximum(furthest, furthest[_mirrored()]).astype(np.float32),
        "displacement": np.max([np.quantile(each, SHARE, axis=0) for each in far], axis=0).astype(np.float32),
    }


def _mirrored() -> list[int]:
    """Of each score the place of the other side's."""
    swapped = [n[:-4] + "Right" if n.endswith("Left") else n[:-5] + "Left" if n.endswith("Right") else n for n in NAMES]
    return [NAMES.index(each) for each in swapped]


if __name__ == "__main__":
    media = BenchMedia(MEDIA, SessionPool(provider="cpu"), no_progress, never_cancelled)
    found = ranges([media.solve(media.path(clip)) for clip in CLIPS])
    np.savez(RANGE_FILE, **found)  # type: ignore[arg-type]
