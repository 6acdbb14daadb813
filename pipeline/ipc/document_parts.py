"""A document in parts by hash, so that an edit sends the subtree it changed and nothing else.

Markers, other programs' values and the schema stay at home: nothing that the worker does depends on them.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from pipeline.ipc.requests import Part
from pipeline.project.project import Project

_AT_HOME = ("schema", "extras", "markers")
_TYPES = {name: kind for name, kind in get_type_hints(Project).items() if name not in _AT_HOME}


class DocumentParts:
    """Cuts documents into parts; a subtree that is the very object of last time is not hashed again."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, Part, bytes]] = {}

    def split(self, project: Project) -> tuple[tuple[Part, ...], dict[str, bytes]]:
        """The parts in order, and each one's content (msgpack) by hash."""
        known: dict[int, tuple[object, Part, bytes]] = {}
        parts, contents = [], {}
        for place, value in _subtrees(project):
            entry = self._known.get(id(value))
            if entry is None or entry[0] is not value:
                content = msgspec.msgpack.encode(value)
                entry = value, Part(place, hashlib.sha256(content).hexdigest()), content
            known[id(value)] = entry
            parts.append(Part(place, entry[1].sha256))
            contents[entry[1].sha256] = entry[2]
        self._known = known
        return tuple(parts), contents


def joined(parts: Sequence[Part], contents: Mapping[str, bytes]) -> Project:
    """The document that was split so. Raises KeyError: the content of a part is missing; msgspec.DecodeError."""
    many: dict[str, list[Any]] = {name: [] for name, kind in _TYPES.items() if get_origin(kind) is tuple}
    values: dict[str, Any] = {}
    for part in parts:
        kind, content = _TYPES[part.place], contents[part.sha256]
        if part.place in many:
            many[part.place].append(msgspec.msgpack.decode(content, type=get_args(kind)[0]))
        else:
            values[part.place] = msgspec.msgpack.decode(content, type=kind)
    values |= {name: tuple(found) for name, found in many.items()}
    return Project(**values)


def _subtrees(project: Project) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name in _TYPES:
        value = getattr(project, name)
        found += [(name, each) for each in value] if isinstance(value, tuple) else [(name, value)]
    return found
