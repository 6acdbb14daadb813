import numpy as np
import pytest

from pipeline.ipc.arrays import packed, unpacked
from pipeline.ipc.messages import ArrayBytes


@pytest.mark.parametrize("dtype", ["<f4", ">f4", "u1", ">i2", "?"])
def test_an_array_arrives_with_its_values_whatever_its_byte_order(dtype: str) -> None:
    array = np.arange(24).reshape(2, 3, 4).astype(dtype)[:, ::2]
    back = unpacked(packed(array))
    assert np.array_equal(back, array)
    assert not packed(array).dtype.startswith(">")


def test_what_is_no_array_of_numbers_is_refused() -> None:
    with pytest.raises(ValueError):
        unpacked(ArrayBytes(dtype="O", shape=(1,), content=b"12345678"))
    with pytest.raises(ValueError):
        unpacked(ArrayBytes(dtype="<f4", shape=(3,), content=b"1234"))
