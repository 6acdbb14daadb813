"""What stays the identity's where skin is the performer's own in a frame: at shut lids, frowns, deep folds, the nose's
edges.

Such skin shows the performance, in lines too fine or too quick to be painted. Who somebody is lies in the wider shading
around them, and that stands still: what the identity's differs by from the performer's on calm frames is laid under the
plate's own pixels. Lines stay single, since nothing as fine as a line is in it.
"""

import numpy as np

from pipeline.engines.swappers.mesh.masks import ChartMasks
from pipeline.engines.swappers.mesh.nose_edges import nose_dark
from pipeline.engines.swappers.mesh.plate import STATIC_SIZE, small
from pipeline.imaging.arrays import ImageF32
from pipeline.imaging.bands import luma_of, normalised_blur
from pipeline.imaging.uv import chart
from pipeline.project.identity_stages import GradeSettings


def broad_difference(painted: ImageF32, calm: ImageF32, masks: ChartMasks, grade: GradeSettings) -> ImageF32:
    """By how much log light the wide shading of `painted` differs from `calm`, both (size, size, 3) detail.

    (256, 256, 4): red, green, blue, and 0, since a kernel reads four at once. What lies between the lids is left out: a
    shut eye would get its dark; so are the performer's nostrils, round which skin would be lightened. Colour is wider
    still, lest lashes and lips run.
    """
    apart = small(painted - calm)
    skin = (1 - small(masks.eyes)) * (1 - small(nose_dark(luma_of(calm), masks, grade)))
    luma = luma_of(apart)[..., None]
    width = chart(STATIC_SIZE).face_width
    wide = normalised_blur(luma, skin, grade.broad_size * width)
    colour = normalised_blur(apart - luma, skin, grade.broad_colour_size * width)
    most = np.where(wide > 0, grade.broad_light, grade.broad_dark)
    laid = np.zeros((STATIC_SIZE, STATIC_SIZE, 4), np.float32)
    laid[..., :3] = most * np.tanh((wide + colour) / most)
    return laid
