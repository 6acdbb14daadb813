"""FFmpeg's scaler for what it does exactly: other depth, other chroma resolution, other packing, quarter turns.

Matrix, range and transfer stay as they are here: its arithmetic for those is coarse (up to a code value of
8 bits off), so `pixel_math` does them.
"""

import av
import av.error
from av.filter import Graph

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.planes import ColourTags
from pipeline.media.frame_packing import tag_picture

_TURNS: dict[int, list[tuple[str, str | None]]] = {
    0: [],
    90: [("transpose", "dir=clock")],
    180: [("hflip", None), ("vflip", None)],
    270: [("transpose", "dir=cclock")],
}
"""Filters that turn a picture clockwise."""


class Scaler:
    """Changes how samples lie, not what they mean. Use one a thread.

    Parameters
    ----------
    target
        FFmpeg pixel format name of the result.
    colour
        What the code values mean, before and after.
    dither
        Whether to replace lost depth by a fixed 8 × 8 pattern; the same picture gives the same bytes.
    turned
        Degrees clockwise.
    """

    def __init__(self, target: str, colour: ColourTags, dither: bool, turned: int) -> None:
        self._target = target
        self._colour = colour
        self._dither = dither
        self._turned = turned
        self._graph: Graph | None = None
        self._made_for: tuple[int, int, str] = (0, 0, "")

    def convert(self, picture: av.VideoFrame) -> av.VideoFrame:
        """`picture` in the target format. Raises UnsupportedFormat: the scaler knows no way."""
        shape = (picture.width, picture.height, picture.format.name)
        if self._graph is None or self._made_for != shape:
            self._graph, self._made_for = self._build(picture), shape
        picture.pts = 0
        self._graph.vpush(picture)
        converted = self._graph.vpull()
        tag_picture(converted, self._colour)
        return converted

    def _build(self, picture: av.VideoFrame) -> Graph:
        graph = Graph()
        graph.threads = 1
        try:
            steps = [
                graph.add("buffer", _source(picture)),
                graph.add("scale", ":".join(f"{key}={value}" for key, value in self._options(picture).items())),
                graph.add("format", self._target),
                *(graph.add(name, args) for name, args in _TURNS[self._turned]),
                graph.add("buffersink"),
            ]
            graph.link_nodes(*steps).configure()
        except (av.error.FFmpegError, ValueError) as error:
            raise UnsupportedFormat(
                f"There is no conversion from {picture.format.name} to {self._target}: choose another preset."
            ) from error
        return graph

    def _options(self, picture: av.VideoFrame) -> dict[str, str]:
        options = {
            "flags": "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact",
            "sws_dither": "bayer" if self._dither else "none",
            "in_range": self._colour.range,
            "out_range": self._colour.range,
        }
        if self._colour.matrix != "rgb" and not picture.format.is_rgb:
            options |= {"in_color_matrix": self._colour.matrix, "out_color_matrix": self._colour.matrix}
            options |= {"in_chroma_loc": self._colour.siting, "out_chroma_loc": self._colour.siting}
        return options


def _source(picture: av.VideoFrame) -> str:
    return (
        f"video_size={picture.width}x{picture.height}:pix_fmt={picture.format.name}:time_base=1/1"
        f":colorspace={int(picture.colorspace)}:range={int(picture.color_range)}"
    )
