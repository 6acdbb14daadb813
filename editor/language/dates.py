"""A date and a time in the language in use."""

from datetime import datetime

from editor.language.translation import tr


def time_text(when: datetime) -> str:
    """Day and time to the minute, short."""
    return tr("{when:%d %b %H:%M}", when=when)
