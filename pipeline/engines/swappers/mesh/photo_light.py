"""A contrasty photo's own light on plain skin: the shine of a cheekbone, the shade under it and between the brows.

Faces are shaded alike under any light, and what a photo shades more than the plate does is seldom a face's form. Such
shading is led to the performer's own where skin is plain; a photo that isn't more contrasty than the plate keeps all of
its own. Marks smaller than the window of this shading stay: moles, freckles, folds.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.masks import ChartMasks, Place, near_places
from pipeline.imaging.arrays import ImageF32, Matte
from pipeline.imaging.bands import gaussian, luma_of, normalised_blur, ramp
from pipeline.imaging.uv import UvChart, chart
from pipeline.project.identity_stages import GradeSettings

FORM: tuple[Place, ...] = (
    ((0.0, 2.4), 1.0),
    ((0.4, 1.0), 1.2),
    ((0.6, 0.0), 1.5),
    ((0.8, -1.2), 1.6),
    ((3.0, 3.5), 1.0),
    ((4.2, 3.4), 1.0),
)
"""The nose, and the skin between brows and eyes: shading there is what the face is known by."""
LEAST = 1e-4
"""Weight of other skin, and power of an even one: keeps quotients finite."""


class PhotoLight(NamedTuple):
    """`excess` (size, size, 3): log light of the photo's to take away. `strength` 0..1: how contrasty the photo is
    beside the plate."""

    excess: ImageF32
    strength: float


def plain_skin(masks: ChartMasks, c: UvChart, grade: GradeSettings) -> Matte:
    """(size, size) cheeks, chin, under the eyes and between the brows: away from features, nose and outline."""
    form = c.spread(near_places(FORM, 1.0, 1.0, grade.even_form)[:, None])[..., 0]
    features = np.clip(grade.line_gain * gaussian(masks.features, grade.line_softness * c.size), 0, 1)
    inside = ramp(masks.rim, grade.even_rim_start, grade.even_rim_end)
    return np.asarray((1 - features) * (1 - form) * inside * c.covered, np.float32)


def photo_light(middle: ImageF32, calm: ImageF32, plain: Matte, grade: GradeSettings) -> PhotoLight:
    """The photo's light in its `middle` band (size, size, 3), beside the `calm` plate's, over `plain` skin."""
    weights, reach = plain + np.float32(LEAST), grade.even_size * chart(len(middle)).face_width
    photo, plate = normalised_blur(middle, weights, reach), normalised_blur(calm, weights, reach)
    power = [float((plain * luma_of(wide) ** 2).sum()) + LEAST for wide in (photo, plate)]
    strength = float(ramp(np.sqrt(power[0] / power[1]), grade.even_start, grade.even_end))
    apart = photo - plate
    beyond = apart - grade.even_limit * np.tanh(apart / grade.even_limit)
    return PhotoLight(np.asarray(strength * beyond * plain[..., None], np.float32), strength)


def evened_tone(tone: NDArray[np.float32], strength: NDArray[np.float32], grade: GradeSettings) -> NDArray[np.float32]:
    """Slow grey tone (468, 1) of a photo, held to `even_tone` as far as `strength` (468, 1) says."""
    limit = grade.even_tone
    return np.asarray(tone + strength * (limit * np.tanh(tone / limit) - tone), np.float32)
