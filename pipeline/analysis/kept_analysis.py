"""The analysis of a plate where it was left: the store that belongs to a plate, options and networks."""

from collections.abc import Callable
from pathlib import Path

from pipeline.analysis.observe import PASS_VERSION, ObserveOptions
from pipeline.analysis.store import AnalysisStore, stored_until
from pipeline.analysis.store_place import analysis_key, store_path
from pipeline.engines.registry import MODELS_DIR, card

NETWORKS = ("blazeface-full-range", "face-mesh", "face-blendshapes", "faceres", "palm-detection", "hand-landmarks")
"""Ids of the networks whose answers an analysis is made of."""


PATIENCE_S = 3600.0
"""How long a job waits for another one that is at the same analysis: what that one finds, this one need not."""


def analysed_until(
    beside: Path | None, plate_sha256: str, options: ObserveOptions, models_dir: Path = MODELS_DIR
) -> int:
    """The first plate frame that no kept pass of this kind has seen; nothing is created, and no lock is taken."""
    key = analysis_key(plate_sha256, options, [card(each, models_dir) for each in NETWORKS], PASS_VERSION)
    path = store_path(beside, plate_sha256, key)
    return stored_until(path, key)


def open_analysis(
    beside: Path | None,
    plate_sha256: str,
    options: ObserveOptions,
    models_dir: Path = MODELS_DIR,
    cancelled: Callable[[], bool] = lambda: False,
    patience_s: float = PATIENCE_S,
) -> AnalysisStore:
    """The store to hand to `observe` as its journal; it holds whatever an earlier pass of the same kind wrote.

    `beside` is the folder of the project; nothing is written outside `.likeness` in it, or the user's cache folder when
    it is on a network drive, or None because there is no project.

    Raises
    ------
    OutputNotWritable
        Another program has been writing it for `patience_s`, or the folder cannot be written to.
    Cancelled
        `cancelled` said so while waiting.
    """
    key = analysis_key(plate_sha256, options, [card(each, models_dir) for each in NETWORKS], PASS_VERSION)
    path = store_path(beside, plate_sha256, key)
    return AnalysisStore(path, key, patience_s=patience_s, cancelled=cancelled)


def read_analysis(beside: Path | None, plate_sha256: str, options: ObserveOptions) -> AnalysisStore | None:
    """A kept analysis to look into, without a lock; None where there is none yet."""
    key = analysis_key(plate_sha256, options, [card(each) for each in NETWORKS], PASS_VERSION)
    path = store_path(beside, plate_sha256, key)
    return AnalysisStore(path, key, read_only=True) if stored_until(path, key) > 0 else None
