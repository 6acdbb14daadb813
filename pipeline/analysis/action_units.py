"""The performance in named FACS action units, left and right apart.

Two sources feed a unit: the 52 expression scores, and lengths on the face where the scores are blind. Which score
shows which unit follows Ekman, Friesen and Hager's manual (FACS, 2002) and Ozel's "ARKit to FACS cheat sheet"; the
scores' names are ARKit's, the numbers are the blendshape network's own. What that network never reports (cheek raise,
nose wrinkle, cheek puff, jaw thrust and sideways: under 0.01 on every face) is left out rather than kept as a zero.

`scale` is the rise, in the channel's own unit, that counts in full: about what a plain, unexaggerated action reaches.
It differs tenfold between scores, because the network does: a smile reaches 0.9, lip corners pulled down 0.1.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.face_geometry import GEOMETRY_NAMES, FaceGeometry
from pipeline.engines.landmarkers.blendshapes import NAMES

Region = Literal["brows", "eyes", "mouth"]
REGIONS: tuple[Region, ...] = ("brows", "eyes", "mouth")
Side = Literal["left", "right", "both"]


@dataclass(frozen=True, slots=True)
class Channel:
    """One reading of one unit. `source` is a score's name or a length's."""

    unit: str
    """FACS number, `AU12`."""
    title: str
    """In plain words."""
    region: Region
    side: Side
    source: str
    scale: float

    @property
    def name(self) -> str:
        """Unique: unit, side, and where it is read."""
        side = {"left": "L", "right": "R", "both": ""}[self.side]
        return f"{self.unit}{side}" + ("g" if self.measured else "")

    @property
    def measured(self) -> bool:
        """Whether it is a length in centimetres, not a score."""
        return self.source in GEOMETRY_NAMES


def _pair(unit: str, title: str, region: Region, source: str, scale: float) -> tuple[Channel, Channel]:
    """Channels of the performer's left and right."""
    left, right = ("_left", "_right") if source.islower() else ("Left", "Right")
    return (
        Channel(unit, title, region, "left", source + left, scale),
        Channel(unit, title, region, "right", source + right, scale),
    )


CHANNELS: tuple[Channel, ...] = (
    Channel("AU1", "inner brows up", "brows", "both", "browInnerUp", 0.50),
    *_pair("AU1", "inner brow up", "brows", "brow_inner", 0.50),
    *_pair("AU2", "outer brow up", "brows", "browOuterUp", 0.50),
    *_pair("AU2", "outer brow up", "brows", "brow_outer", 0.50),
    *_pair("AU4", "brow down", "brows", "browDown", 0.25),
    *_pair("AU5", "eye wide", "eyes", "eyeWide", 0.15),
    *_pair("AU5", "eye wide", "eyes", "lid_rise", 0.25),
    *_pair("AU7", "squint", "eyes", "eyeSquint", 0.50),
    *_pair("AU10", "upper lip up", "mouth", "mouthUpperUp", 0.60),
    *_pair("AU12", "smile", "mouth", "mouthSmile", 0.60),
    Channel("AU12", "mouth wide", "mouth", "both", "mouth_width", 1.20),
    *_pair("AU14", "dimple", "mouth", "mouthDimple", 0.15),
    *_pair("AU15", "lip corner down", "mouth", "mouthFrown", 0.12),
    *_pair("AU16", "lower lip down", "mouth", "mouthLowerDown", 0.35),
    Channel("AU17", "chin up", "mouth", "both", "mouthShrugLower", 0.30),
    Channel("AU18", "pucker", "mouth", "both", "mouthPucker", 0.60),
    *_pair("AU20", "lip stretch", "mouth", "mouthStretch", 0.30),
    Channel("AU22", "funnel", "mouth", "both", "mouthFunnel", 0.25),
    *_pair("AU24", "lip press", "mouth", "mouthPress", 0.25),
    Channel("AU25", "lips apart", "mouth", "both", "lip_gap", 1.00),
    Channel("AU26", "jaw drop", "mouth", "both", "jaw_drop", 1.00),
    Channel("AU26", "jaw open", "mouth", "both", "jawOpen", 0.25),
    Channel("AU28", "lip roll", "mouth", "both", "mouthRollLower", 0.20),
)
"""Every reading, in the order of the columns of `unit_values`."""
CHANNEL_NAMES: tuple[str, ...] = tuple(channel.name for channel in CHANNELS)


def unit_values(scores: NDArray[np.floating], geometry: FaceGeometry) -> NDArray[np.float64]:
    """(T, C) values of CHANNELS: scores (T, 52) 0..1 as they are, lengths in centimetres against the neutral."""
    columns = [
        geometry.lengths[:, GEOMETRY_NAMES.index(channel.source)]
        if channel.measured
        else scores[:, NAMES.index(channel.source)].astype(np.float64)
        for channel in CHANNELS
    ]
    return np.stack(columns, axis=1)
