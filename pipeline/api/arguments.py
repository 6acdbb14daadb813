"""What callers hand in, as the jobs take it; and the networks that all calls share."""

from datetime import UTC, datetime
from functools import cache
from os import PathLike

from pipeline.engines.session import SessionPool
from pipeline.project.consent import Consent, read_consent

PathText = str | PathLike[str]


@cache
def pool() -> SessionPool:
    """The networks, each loaded once a process."""
    return SessionPool(provider="auto")


def consent_of(consent: PathText | None) -> Consent | None:
    """A statement, or the file that records it, as of today. Raises ConsentError: it can't be used."""
    return None if consent is None else read_consent(str(consent), datetime.now(UTC).date())


def frame_text(frame: int | None) -> str | None:
    """A frame number as it would be typed."""
    return None if frame is None else str(frame)
