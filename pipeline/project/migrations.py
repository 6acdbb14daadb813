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


_WEIGHTS = {
    "expression": ("expression",),
    "expression_brows": ("brows_left", "brows_right"),
    "expression_eyes": ("eyes_left", "eyes_right"),
    "expression_cheeks": ("cheeks_left", "cheeks_right", "nose_left", "nose_right"),
    "expression_mouth": ("lips_left", "lips_right"),
    "expression_jaw": ("jaw_left", "jaw_right"),
}
"""What the gains of expression became."""
_MOST_WEIGHT = 1.5
"""The gains went to 2; what lay above this is brought down to it."""


def _expression_weights(document: Document) -> Document:
    """2 → 3: the gains among the engine's settings are weights of their own, left and right apart."""
    faces = document.get("faces")
    if not isinstance(faces, list):
        return document
    return document | {"faces": [_with_weights(face) if isinstance(face, dict) else face for face in faces]}


def _with_weights(face: Document) -> Document:
    changed = dict(face)
    settings, curves = face.get("settings"), face.get("curves")
    if isinstance(settings, dict):
        changed["settings"] = {name: value for name, value in settings.items() if name not in _WEIGHTS}
        gains = {name: settings[name] for name in _WEIGHTS if isinstance(settings.get(name), int | float)}
        weights = {new: min(gain, _MOST_WEIGHT) for old, gain in gains.items() if gain != 1 for new in _WEIGHTS[old]}
        if weights:
            changed["expression"] = weights
    if isinstance(curves, dict):
        changed["curves"] = {new: curve for old, curve in curves.items() for new in _WEIGHTS.get(old, (old,))}
    return changed


_STEPS: dict[int, Callable[[Document], Document]] = {1: _keys_and_curves, 2: _expression_weights}
