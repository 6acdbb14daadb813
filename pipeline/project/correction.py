"""A change that detection proposes with a keyframe, of a parameter or a preset: taken over by a person, or left."""

from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

Frame = Annotated[int, Meta(ge=0)]


class Correction(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Keys to be set on one parameter between two frames that keep their values."""

    parameter: str
    """A name of `parameter_table`; empty where a preset's strength is meant."""
    preset: str = ""
    """Name of the preset whose strength is meant: which parameter that is shows when the face takes the preset in."""
    first: Frame
    """Plate frame before which nothing changes."""
    last: Frame
    """Plate frame after which nothing changes."""
    keys: tuple[tuple[Frame, float], ...]
    """(plate frame, value) of each key, from `first` to `last`."""

    def __post_init__(self) -> None:
        if bool(self.parameter) == bool(self.preset):
            raise ValueError("a correction is of one parameter, or of the strength of one preset")
        frames = [frame for frame, _ in self.keys]
        if not frames or any(one >= other for one, other in pairwise(frames)):
            raise ValueError("a correction has keys, in order of their frames")
        if not self.first <= frames[0] <= frames[-1] <= self.last:
            raise ValueError("a correction's keys lie between its first and last frame")

    def in_words(self, name: str = "") -> str:
        """What would be set, `AU25 0.6 to 1.4`; called `name`, or as the parameter or preset is."""
        values = [value for _, value in self.keys]
        span = f"{min(values):g} to {max(values):g}" if len(values) > 1 else f"{values[0]:g}"
        return f"{name or self.parameter or self.preset} {span}"

    def values(self) -> dict[str, object]:
        """As JSON values."""
        keys = [{"frame": frame, "value": value} for frame, value in self.keys]
        meant = {"parameter": self.parameter or None, "preset": self.preset or None}
        return {**meant, "first": self.first, "last": self.last, "keys": keys}
