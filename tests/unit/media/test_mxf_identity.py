"""Every MXF has a material number of its own, and nothing else of the file changes."""

import io

import pytest

from pipeline.media.mxf_identity import MxfIdentityFile

BLANK = bytes.fromhex("060a2b340101010501010d0013") + bytes(18)
DIGEST = bytes(range(100, 132))
STAMPED = BLANK[:16] + DIGEST[:15]


@pytest.mark.parametrize("step", [1, 7, 30, 31, 32, 1000])
def test_numbers_are_filled_in_wherever_writes_are_cut(step: int) -> None:
    content = b"head" + BLANK + b"\1" + bytes(50) + BLANK + b"\0" + BLANK[:20] + b"tail"
    target = io.BytesIO()
    file = MxfIdentityFile(target, DIGEST)
    for place in range(0, len(content), step):
        part = content[place : place + step]
        assert file.write(part) == len(part)
        assert file.tell() == place + len(part)
    file.flush()
    assert target.getvalue() == content.replace(BLANK, STAMPED)


def test_what_is_written_later_in_the_middle_is_filled_in_too() -> None:
    target = io.BytesIO()
    file = MxfIdentityFile(target, DIGEST)
    file.write(b"x" * 100)
    file.seek(10)
    file.write(BLANK + b"end")
    file.seek(0, 2)
    file.write(b"y")
    file.flush()
    assert target.getvalue() == b"x" * 10 + STAMPED + b"end" + b"x" * (100 - 10 - len(BLANK) - 3) + b"y"
