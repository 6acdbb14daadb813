"""How a parameter says its range, unit and meaning."""

from msgspec import Meta


def ranged(lowest: float, highest: float, description: str, unit: str = "") -> Meta:
    """The bounds, both inclusive, meaning and unit of a number; no unit: a share, a gain or a power."""
    return Meta(ge=lowest, le=highest, description=description, extra={"unit": unit} if unit else None)
