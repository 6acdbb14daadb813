"""Arrays as bytes and back: little-endian, C order, with type and shape."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.ipc.messages import ArrayBytes

AnyArray = NDArray[Any]


def packed(array: AnyArray) -> ArrayBytes:
    """A numeric array as it crosses."""
    little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    return ArrayBytes(dtype=little.dtype.str, shape=little.shape, content=little.tobytes())


def unpacked(value: ArrayBytes) -> AnyArray:
    """The array, read-only. Raises ValueError: its bytes are not of that shape, or its type is no number's."""
    dtype = np.dtype(value.dtype)
    if dtype.kind not in "biuf":
        raise ValueError(f"{value.dtype} is no type of numbers")
    return np.frombuffer(value.content, dtype).reshape(value.shape)
