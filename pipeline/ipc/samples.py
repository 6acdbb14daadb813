"""Code values under a pointer, as the worker tells them: what samples are called, and what they are."""

from typing import Literal

import msgspec

from pipeline.ipc.message import Message

SampleKind = Literal["legal", "full", "half", "float"]
"""What a sample's number means: an integer of legal (narrow) or of full range, a half or a single float."""


class ChannelSamples(msgspec.Struct, frozen=True, kw_only=True):
    """One plane's samples inside a rectangle, as they are coded; of a difference, result minus plate."""

    name: str
    """Y, Cb, Cr, R, G, B or A."""
    mean: float
    low: float
    high: float


class Samples(Message, frozen=True, kw_only=True):
    """What lies under a rectangle of the shown picture, plane by plane."""

    generation: int
    """Of the request."""
    plate: str
    frame: int
    channels: tuple[ChannelSamples, ...] = ()
    """Empty where there is nothing to be read; `problem` says why."""
    depth: int = 0
    """Significant bits of a sample, 32 for floats of either kind."""
    kind: SampleKind = "full"
    problem: str = ""
