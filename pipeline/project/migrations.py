"""Older documents brought up to this version, one step a function; a golden file of every version is tested for ever.

A step takes and returns plain JSON values, so that it never changes when the structs do.
"""

from collections.abc import Callable
from typing import Any

Document = dict[str, Any]


def migrated(document: Document, schema: int) -> Document:
    """The document as version `schema` writes it; a newer one is returned as it is."""
    while (version := document["schema"]) in _STEPS and version < schema:
        document = _STEPS[version](document) | {"schema": version + 1}
    return document


def _keys_and_curves(document: Document) -> Document:
    """1 → 2: a face has curves, keyframes and what was dismissed of them."""
    new: Document = {"curves": {}, "keyframes": [], "dismissed": []}
    faces = document.get("faces")
    if not isinstance(faces, list):
        return document
    return document | {"faces": [new | face if isinstance(face, dict) else face for face in faces]}


_STEPS: dict[int, Callable[[Document], Document]] = {1: _keys_and_curves}
