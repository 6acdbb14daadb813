"""A real clip cut anew and graded: a later version of a plate."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np


def recut(source: Path, target: Path, frames: Sequence[int], *, graded: bool = False) -> Path:
    """Write those frames of a film, in that order, coded anew; `graded`: warmer and with more contrast."""
    with av.open(str(source)) as film:
        pictures = [each.to_ndarray(format="rgb24") for each in film.decode(video=0)]
        rate = film.streams.video[0].average_rate or Fraction(25)
    height, width = pictures[0].shape[:2]
    with av.open(str(target), "w") as output:
        video = output.add_stream("libx264", rate=rate, options={"crf": "20", "preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        for number, frame in enumerate(frames):
            picture = pictures[frame]
            if graded:
                warmer = (picture / 255.0) ** 1.2 * 230 * np.array([1.05, 1.0, 0.9]) + 8
                picture = np.clip(warmer, 0, 255).astype(np.uint8)
            coded = av.VideoFrame.from_ndarray(picture, format="rgb24")
            coded.pts, coded.time_base = number, 1 / rate
            output.mux(video.encode(coded))
        output.mux(video.encode())
    return target
