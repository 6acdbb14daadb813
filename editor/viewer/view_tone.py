"""How a picture is looked at: one channel, brighter or darker. Nothing of it reaches a render."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from editor.language.catalogue import translated
from editor.language.translation import tr

Channel = Literal["colour", "red", "green", "blue", "luminance"]

EXPOSURE_STOPS = 6.0
"""Most stops up or down."""
GAMMAS = (0.25, 4.0)
_DISPLAY_GAMMA = 2.4
"""BT.1886: light goes with the code value to this power; exposure is a gain of light."""
_LUMA = (0.2126, 0.7152, 0.0722)
"""BT.709, on code values R, G, B."""


@dataclass(frozen=True, slots=True)
class ViewTone:
    """`exposure` in stops, 0 as it is; `gamma` over 1 lifts the dark."""

    exposure: float = 0.0
    gamma: float = 1.0
    channel: Channel = "colour"

    @property
    def neutral(self) -> bool:
        return self == ViewTone()

    @property
    def words(self) -> str:
        """What differs from the picture as it is; empty where nothing does."""
        parts: list[str] = []
        if self.channel != "colour":
            parts.append(translated(self.channel))
        if self.exposure:
            parts.append(tr("{exposure:+.1f} stops", exposure=self.exposure))
        if self.gamma != 1.0:
            parts.append(tr("gamma {gamma:.2f}", gamma=self.gamma))
        return "   ".join(parts)

    def exposed(self, stops: float) -> "ViewTone":
        """With this exposure, inside its range, in tenths of a stop."""
        value = round(min(max(stops, -EXPOSURE_STOPS), EXPOSURE_STOPS), 1)
        return ViewTone(value, self.gamma, self.channel)

    def with_gamma(self, gamma: float) -> "ViewTone":
        """With this gamma, inside its range, in hundredths."""
        value = round(min(max(gamma, GAMMAS[0]), GAMMAS[1]), 2)
        return ViewTone(self.exposure, value, self.channel)

    def of_channel(self, channel: Channel) -> "ViewTone":
        """Showing this channel; showing it already, all of them again."""
        return ViewTone(self.exposure, self.gamma, "colour" if channel == self.channel else channel)


def toned(image: QImage, tone: ViewTone) -> QImage:
    """An image as it is looked at: the same size, RGB888; the image itself where nothing differs."""
    if tone.neutral:
        return image
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    height, width, stride = plain.height(), plain.width(), plain.bytesPerLine()
    rows = np.frombuffer(plain.constBits(), np.uint8, height * stride).reshape(height, stride)
    curve = _curve(tone.exposure, tone.gamma)
    seen = np.ascontiguousarray(curve[_one_channel(rows[:, : width * 3].reshape(height, width, 3), tone.channel)])
    return QImage(seen.data, width, height, width * 3, QImage.Format.Format_RGB888).copy()


def _one_channel(picture: NDArray[np.uint8], channel: Channel) -> NDArray[np.uint8]:
    if channel == "colour":
        return picture
    if channel == "luminance":
        single = np.rint(picture @ np.array(_LUMA, np.float32)).astype(np.uint8)
    else:
        single = picture[..., ("red", "green", "blue").index(channel)]
    return np.repeat(single.reshape(*picture.shape[:2], 1), 3, axis=2)


@lru_cache(maxsize=8)
def _curve(exposure: float, gamma: float) -> NDArray[np.uint8]:
    """Code value to code value, 256 of them."""
    code = np.arange(256) / 255.0
    lifted = code * 2.0 ** (exposure / _DISPLAY_GAMMA)
    return np.asarray(np.rint(np.clip(lifted, 0.0, 1.0) ** (1.0 / gamma) * 255.0), np.uint8)
