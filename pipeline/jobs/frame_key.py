"""The key of a frame: a hash of everything its samples follow from, before the encoder.

Preview and render share it: the same key, the same planes.
"""

import hashlib
from collections.abc import Callable, Sequence

import msgspec
import numpy as np
from msgspec.structs import replace

from pipeline.comp.mark import Mark
from pipeline.jobs.code_version import code_version
from pipeline.jobs.digests import Digests
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.render_request import ENGINE


def frame_key(faces: Sequence[MeshFace], mark: Mark | None, digests: Digests) -> Callable[[int], str]:
    """Of a plate frame's number: the key (hex) of its result. The number itself isn't part of it."""
    shared = hashlib.sha256(f"{code_version()} {ENGINE} {mark!r} {digests!r}".encode())
    for face in faces:
        shared.update(face.prepared.solve.key.encode())

    def key(frame: int) -> str:
        digest = shared.copy()
        for face in faces:
            # Written out whole: as JSON, a value that is its default is left out or not by how it was made.
            parameters = face.settings_at(frame)
            digest.update(repr(replace(parameters, matte_strokes=())).encode())
            if parameters.matte_strokes:
                # All of their fields are always written, and thousands of points in no time.
                digest.update(msgspec.msgpack.encode(parameters.matte_strokes))
            corrections, i = face.prepared.corrections, face.prepared.solve.index_of(frame)
            if corrections is not None and i is not None:
                digest.update(np.ascontiguousarray(corrections[i]).tobytes())
        return digest.hexdigest()

    return key
