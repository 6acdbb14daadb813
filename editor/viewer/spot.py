"""What is pointed at in the picture, and its values in words: as they are coded, and as they are shown."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from editor.language.catalogue import translated
from editor.language.translation import mark, tr
from editor.viewer.head_up import PROXY
from pipeline.ipc.messages import Layer
from pipeline.ipc.samples import ChannelSamples, SampleKind, Samples

Area = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels of the plate's picture at full size; the last two exclusive."""
_KINDS: dict[SampleKind, str] = {
    "legal": mark("{depth} bit legal"),
    "full": mark("{depth} bit full"),
    "half": mark("half float"),
    "float": mark("float"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A pixel, or an area that is marked. `shown`: its eight-bit values as they are drawn; none of a proxy, since they
    aren't the plate's."""

    frame: int
    layer: Layer
    rect: Area
    shown: tuple[ChannelSamples, ...]
    coded: bool
    """Whether code values belong to it: not to a matte, nor to what stands in the plate's place."""

    @property
    def is_pixel(self) -> bool:
        x0, y0, x1, y1 = self.rect
        return x1 - x0 == y1 - y0 == 1


def shown_values(image: QImage, rect: Area, size: tuple[int, int]) -> tuple[ChannelSamples, ...]:
    """R, G and B of `rect` of a picture of `size`, of which `image` may be smaller."""
    x0, y0, x1, y1 = rect
    across, down = image.width() / size[0], image.height() / size[1]
    left, top = min(int(x0 * across), image.width() - 1), min(int(y0 * down), image.height() - 1)
    right, bottom = max(left + 1, round(x1 * across)), max(top + 1, round(y1 * down))
    part = image.copy(left, top, right - left, bottom - top).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(part.constBits(), np.uint8, part.height() * part.bytesPerLine())
    pixels = rows.reshape(part.height(), part.bytesPerLine())[:, : part.width() * 3].reshape(-1, 3)
    return tuple(
        ChannelSamples(
            name=name,
            mean=float(pixels[:, channel].mean()),
            low=float(pixels[:, channel].min()),
            high=float(pixels[:, channel].max()),
        )
        for channel, name in enumerate("RGB")
    )


def told(spot: Spot | None, samples: Samples | None = None, waiting: bool = False) -> str:
    """Where it is, the code values with what they mean, the shown ones; empty where nothing is pointed at.

    `waiting`: the code values are on their way.
    """
    if spot is None:
        return ""
    x0, y0, x1, y1 = spot.rect
    where = f"x {x0}  y {y0}" if spot.is_pixel else f"x {x0} – {x1 - 1}  y {y0} – {y1 - 1}"
    parts = [f"{translated(spot.layer)}  {where}"]
    if samples is not None and samples.problem:
        parts.append(translated(samples.problem))
    elif samples is not None:
        is_float, signed = samples.kind in ("half", "float"), spot.layer == "difference"
        values = "  ".join(_value(each, spot.is_pixel, is_float, signed) for each in samples.channels)
        parts.append(f"{values} · {tr(_KINDS[samples.kind], depth=samples.depth)}")
    elif waiting:
        parts.append("…")
    if spot.shown:
        parts.append("  ".join(_value(each, spot.is_pixel) for each in spot.shown))
    else:
        parts.append(PROXY)
    return "   ".join(parts)


def _value(channel: ChannelSamples, is_pixel: bool, is_float: bool = False, signed: bool = False) -> str:
    """One channel: its value, of an area the mean with the least and the greatest."""

    def written(value: float, exact: bool) -> str:
        sign = "+" if signed else ""
        return f"{value:{sign}.4g}" if is_float else f"{value:{sign}.0f}" if exact else f"{value:{sign}.1f}"

    if is_pixel:
        return f"{channel.name} {written(channel.low, True)}"
    low, high = written(channel.low, True), written(channel.high, True)
    return f"{channel.name} {written(channel.mean, False)} ({low} – {high})"
