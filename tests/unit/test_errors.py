"""The tree drawn in the docstring is the tree."""

import inspect
import re

from pipeline import errors


def classes() -> list[type[errors.LikenessError]]:
    found = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.LikenessError)]
    return [c for c in found if c.__module__ == errors.__name__]


def test_the_docstring_draws_every_class_under_its_parent() -> None:
    drawn: dict[str, str] = {}
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"( {4}(?: {2})*)([A-Z]\w+)(?: |$)", line):
            depth = (len(match[1]) - 4) // 2
            path[depth:] = [match[2]]
            drawn[match[2]] = path[depth - 1] if depth else "Exception"
    assert drawn == {c.__name__: c.__bases__[0].__name__ for c in classes()}


def test_the_docstring_states_every_exit_code() -> None:
    stated = dict(re.findall(r"^ +([A-Z]\w+) +exit (\d+)", errors.__doc__ or "", re.MULTILINE))
    own = {c.__name__: str(c.exit_code) for c in classes() if "exit_code" in vars(c)}
    assert stated == own


def test_an_unreadable_frame_knows_its_number() -> None:
    assert errors.FrameUnreadable("frame 7 of a.mp4 cannot be decoded", 7).frame == 7
