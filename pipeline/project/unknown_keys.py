"""What a project file holds and this version doesn't know, put back where it was when the document is written.

msgspec drops unknown keys while it reads; here they are taken from the JSON the document came from. An element of a
list is followed by what names it, so that its keys move with it when elements are added, removed or reordered.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

_NAMES = ("id", "path", "frame", "track", "part")
"""Fields that tell an element of a list from the others, the first that it has."""


def merged(value: Any, raw: Any) -> Any:
    """`value` as JSON values, with the keys of `raw` that its structs don't have."""
    if isinstance(value, msgspec.Struct):
        return _merged_struct(value, raw if isinstance(raw, dict) else {})
    if isinstance(value, tuple | list):
        continued = _continued(value, raw) if isinstance(raw, list) else [None] * len(value)
        return [merged(item, each) for item, each in zip(value, continued, strict=True)]
    if isinstance(value, msgspec.Raw):
        return json.loads(bytes(value))
    if isinstance(value, dict):
        known: dict[str, Any] = raw if isinstance(raw, dict) else {}
        return {key: merged(item, known.get(key)) for key, item in value.items()}
    return value


def _merged_struct(value: msgspec.Struct, raw: dict[str, Any]) -> dict[str, Any]:
    fields = _fields(type(value))
    found = {key: item for key, item in raw.items() if key not in fields}
    for key, (name, left_out) in fields.items():
        item = getattr(value, name)
        if item == left_out and not (isinstance(item, msgspec.Struct) and raw.get(key)):
            continue
        found[key] = merged(item, raw.get(key))
    return found


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, tuple[str, Any]]:
    """Of each key in the file: the field's name, and the value that isn't written.

    That is the default where the struct, or the one that is the default, is written as far as it differs.
    """
    return {
        each.encode_name: (each.name, each.default if _is_short(kind) or _is_short(each.default) else msgspec.NODEFAULT)
        for each in msgspec.structs.fields(kind)
    }


def _is_short(struct: Any) -> bool:
    config = getattr(struct, "__struct_config__", None)
    return config is not None and bool(config.omit_defaults)


def _continued(items: Sequence[Any], raw: list[Any]) -> list[Any]:
    """Of each item the old element that it continues, each of them once: the one in its place, else by its name."""
    names = [_name(item) for item in items]
    old = [_name(each) for each in raw]
    stays = {i for i, name in enumerate(names) if i < len(old) and (name is None or name == old[i])}
    free: dict[Any, list[Any]] = {}
    for i in range(len(raw) - 1, -1, -1):
        if i not in stays and old[i] is not None:
            free.setdefault(old[i], []).append(raw[i])
    return [
        raw[i] if i in stays else places.pop() if (places := free.get(name)) else None for i, name in enumerate(names)
    ]


def _name(item: Any) -> tuple[str, str | int] | None:
    """What tells an element from the others, in the document or in the file; None for plain values."""
    for key in _NAMES:
        value = item.get(key) if isinstance(item, dict) else getattr(item, key, None)
        if isinstance(value, str | int):
            return key, value
    return None
