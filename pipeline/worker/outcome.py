"""How errors of the worker are told: those of the tree in their own words, faults of the program with their trace."""

import traceback

from pipeline.errors import LikenessError
from pipeline.ipc.messages import ErrorNotice

UNEXPECTED = "Unexpected"


class Refused(LikenessError):
    """Something that failed before, in the words it failed with then."""

    def __init__(self, notice: ErrorNotice) -> None:
        super().__init__(notice.message)
        self.notice = notice


def notice_of(error: BaseException) -> ErrorNotice:
    """An error in words."""
    if isinstance(error, Refused):
        return error.notice
    if isinstance(error, LikenessError):
        return ErrorNotice(kind=type(error).__name__, message=str(error))
    return ErrorNotice(
        kind=UNEXPECTED,
        message=f"The program failed at this ({type(error).__name__}: {error}). Please report it with the log.",
        detail="".join(traceback.format_exception(error)),
    )
