"""Closing the loop on expression: what a reader sees in the result is led back to what it sees in the plate.

The result is drawn, its blendshape scores are read in the very region in which the plate's are read, and the
difference is added to the scores that move the mesh; twice. It costs about as much as the analysis, and it optimises
the reader that measures it: a viewer sees less of a difference than the figures do. Frames with something before the
face are left alone.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec
import numpy as np

from pipeline.analysis.store import AnalysisStore
from pipeline.engines.faces import N_BLENDSHAPES
from pipeline.jobs.code_version import code_version
from pipeline.jobs.expression_reading import ExpressionReader
from pipeline.jobs.expression_steps import left_steady, next_corrections
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.match_keyframes import PlainLoop
from pipeline.project.parameters import MeshSettings

PASSES = 2
MATCH_VERSION = 3
"""Counts changes of the loop that give other corrections: they are part of the kept ones' key."""


def match_expression(face: MeshFace, reading: ExpressionReader) -> PlainLoop:
    """The face with corrections that bring the result's expression to the plate's, at every frame of its solve.

    Raises Cancelled.
    """
    solve = face.prepared.solve
    corrections = np.zeros((len(solve.frames), N_BLENDSHAPES))
    wanted = reading.of_plate(face)
    for number in range(1, PASSES + 1):
        got = reading.of_result(face, f"matching expression, pass {number} of {PASSES}")
        corrections = next_corrections(corrections, wanted, got, solve.frames, solve.clear)
        face = replace(face, prepared=face.prepared.corrected(corrections))
    return PlainLoop(face, left_steady(wanted - got, solve.clear))


def follows_plate(face: MeshFace) -> bool:
    """Whether the result is meant to show the plate's expression: none is borrowed."""
    return face.prepared.corrections is None


def kept_match(face: MeshFace, name: str, key: str, store: AnalysisStore, match: Callable[[], PlainLoop]) -> PlainLoop:
    """The corrections that `store` keeps under `name` and `key`, else those of `match`, kept there."""
    kept = store.get(name, key)
    if kept is not None:
        corrections = np.frombuffer(kept[0], "<f8").reshape(-1, N_BLENDSHAPES)
        return PlainLoop(replace(face, prepared=face.prepared.corrected(corrections)), np.frombuffer(kept[1], "<f8"))
    loop = match()
    corrections = np.asarray(loop.face.prepared.corrections)
    store.put(name, key, [corrections.astype("<f8").tobytes(), loop.steady.astype("<f8").tobytes()])
    return loop


def match_key(face: MeshFace, settings: MeshSettings, sources: Sequence[str]) -> str:
    """Hash (hex) of all that a face's corrections depend on; `sources` say which photos its identity has."""
    parts = [
        f"{code_version()} {MATCH_VERSION}",
        face.prepared.solve.key,
        *sources,
        msgspec.json.encode(settings).decode(),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
