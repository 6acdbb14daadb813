"""A contrasty photo's own light on plain skin: the shine of a cheekbone, the shade under it and between the brows.

Faces are shaded alike under any light, and what a photo shades more than the plate does is seldom a face's form. Such
shading is led to the performer's own where skin is plain; a photo that isn't more contrasty than the plate keeps all of
its own. Marks smaller than the window of this shading stay: moles, freckles, folds.
"""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.plate import STATIC_SIZE, small
from pipeline.imaging.arrays import ImageF32, Matte
from pipeline.imaging.bands import luma_of, normalised_blur, ramp
from pipeline.imaging.uv import chart
from pipeline.project.identity_stages import GradeSettings

LEAST = 1e-4
"""Weight of other skin, and power of an even one: keeps quotients finite."""


class PhotoLight(NamedTuple):
    """`excess` (size, size, 3): log light of the photo's to take away. `strength` 0..1: how contrasty the photo is
    beside the plate."""

    excess: ImageF32
    strength: float


def photo_light(middle: ImageF32, calm: ImageF32, plain: Matte, grade: GradeSettings) -> PhotoLight:
    """The photo's light in its `middle` band (size, size, 3), beside the `calm` plate's, over `plain` skin.

    It is wide: a chart of 256 holds it.
    """
    where = small(plain)
    weights, reach = where + np.float32(LEAST), grade.even_size * chart(STATIC_SIZE).face_width
    photo, plate = normalised_blur(small(middle), weights, reach), normalised_blur(small(calm), weights, reach)
    power = [float((where * luma_of(wide) ** 2).sum()) + LEAST for wide in (photo, plate)]
    strength = float(ramp(np.sqrt(power[0] / power[1]), grade.even_start, grade.even_end))
    if strength == 0:
        return PhotoLight(np.zeros_like(middle), 0.0)
    apart = photo - plate
    beyond = strength * (apart - grade.even_limit * np.tanh(apart / grade.even_limit))
    wide = cv2.resize(beyond, plain.shape, interpolation=cv2.INTER_LINEAR)
    return PhotoLight(np.asarray(wide * plain[..., None], np.float32), strength)


def evened_tone(tone: NDArray[np.float32], strength: NDArray[np.float32], grade: GradeSettings) -> NDArray[np.float32]:
    """Slow grey tone (468, 1) of a photo, held to `even_tone` as far as `strength` (468, 1) says."""
    limit = grade.even_tone
    return np.asarray(tone + strength * (limit * np.tanh(tone / limit) - tone), np.float32)
