"""The analysis of a plate where it was left: the store that belongs to a plate, options and networks."""

from pathlib import Path

from pipeline.analysis.observe import PASS_VERSION, ObserveOptions
from pipeline.analysis.store import AnalysisStore
from pipeline.analysis.store_place import analysis_key, store_path
from pipeline.engines.registry import MODELS_DIR, card

NETWORKS = ("blazeface-full-range", "face-mesh", "face-blendshapes", "faceres")
"""Ids of the networks whose answers an analysis is made of."""


def open_analysis(
    beside: Path | None, plate_sha256: str, options: ObserveOptions, models_dir: Path = MODELS_DIR
) -> AnalysisStore:
    """The store to hand to `observe` as its journal; it holds whatever an earlier pass of the same kind wrote.

    `beside` is the folder of the project; nothing is written outside `.likeness` in it, or the user's cache folder when
    it is on a network drive, or None because there is no project.

    Raises
    ------
    OutputNotWritable
        Another program is writing it, or the folder cannot be written to.
    """
    key = analysis_key(plate_sha256, options, [card(each, models_dir) for each in NETWORKS], PASS_VERSION)
    return AnalysisStore(store_path(beside, plate_sha256, key), key)
