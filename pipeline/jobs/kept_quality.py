"""What was measured of a project's last measured render, kept with the plate's analysis, for whoever shows it."""

from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.kept_analysis import read_analysis
from pipeline.analysis.store import AnalysisStore
from pipeline.jobs.analyse import options_for
from pipeline.jobs.digests import viewed_as
from pipeline.project.project import Plate

KEY = "1"
"""The format of what is kept."""


class KeptQuality(msgspec.Struct, frozen=True, kw_only=True):
    """One face's. `first`: plate frame of the first value of every series; `result`: the film that was measured.

    `keyframes`: by plate frame, means of the series around it. `worst_frames`: plate frames, the worst first.
    """

    result: str
    first: int
    count: int
    figures: dict[str, float | None]
    floors: dict[str, bool]
    keyframes: dict[int, dict[str, float | None]]
    worst_frames: list[int]
    packed: dict[str, bytes]

    def series(self, name: str) -> NDArray[np.float32]:
        """(count,) values of a series of docs/measuring.md frame by frame, NaN where there is none."""
        return np.frombuffer(self.packed[name], "<f4")


def keep_quality(store: AnalysisStore, face: str, quality: KeptQuality) -> None:
    """Keep it in place of what an earlier render left. Raises DiskFull, OutputNotWritable."""
    store.put(_name(face), KEY, [msgspec.msgpack.encode(quality)])


def kept_quality(store: AnalysisStore, face: str) -> KeptQuality | None:
    """What was measured of a face of the project; None where no render was measured yet."""
    parts = store.get(_name(face), KEY)
    return None if parts is None else msgspec.msgpack.decode(parts[0], type=KeptQuality)


def quality_of(project_folder: Path, plate: Plate, face: str) -> KeptQuality | None:
    """The same from a project's folder, where it is kept."""
    store = read_analysis(project_folder, viewed_as(plate.sha256, plate.colour_space), options_for(range(plate.frames)))
    if store is None:
        return None
    with store:
        return kept_quality(store, face)


def _name(face: str) -> str:
    return f"quality of {face}"
