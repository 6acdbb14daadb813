"""Planes into another pixel format: once, after the comp, by a stated rule.

FFmpeg's scaler does it with everything stated: matrix and range of both sides, where chroma samples lie, exact
rounding, full chroma interpolation, and ordered dither where depth is lost. Ordered dither is a fixed
pattern: the same picture gives the same bytes on every run.
"""

import av
from av.filter import Graph

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.planes import ColourTags, PixelFormat, Planes
from pipeline.media.frame_packing import picture_of, tag_picture
from pipeline.media.output_format import OutputFormat

_MATRIX = {"bt601": "bt601", "bt709": "bt709", "bt2020": "bt2020"}
_SITING = {"left": "left", "center": "center", "topleft": "topleft"}
_TURNS: dict[int, list[tuple[str, str | None]]] = {
    0: [],
    90: [("transpose", "dir=clock")],
    180: [("hflip", None), ("vflip", None)],
    270: [("transpose", "dir=cclock")],
}
"""Filters that turn a picture clockwise."""


class PlaneConverter:
    """Turns planes of one format into pictures an encoder takes. Owns a scaler; use one a thread."""

    def __init__(self, source: PixelFormat, colour: ColourTags, target: OutputFormat) -> None:
        self._source = (source, colour)
        self._target = target
        self._graph: Graph | None = None
        self._size = (0, 0)

    def picture(self, planes: Planes) -> av.VideoFrame:
        """`planes` as the encoder takes them; untouched where source and target format are the same.

        Raises UnsupportedFormat: the scaler has no way from one format to the other.
        """
        if self._target.exact and self._target.name.replace("j", "") == planes.format.name:
            return picture_of(planes, self._target.name)
        source = picture_of(planes)
        if self._graph is None or self._size != (planes.width, planes.height):
            self._size = (planes.width, planes.height)
            self._graph = self._scaler(source)
        source.pts = 0
        self._graph.vpush(source)
        converted = self._graph.vpull()
        tag_picture(converted, self._target.colour)
        return converted

    def _scaler(self, source: av.VideoFrame) -> Graph:
        form, colour = self._source
        graph = Graph()
        graph.threads = 1
        try:
            start = graph.add(
                "buffer",
                f"video_size={source.width}x{source.height}:pix_fmt={source.format.name}:time_base=1/1"
                f":colorspace={source.colorspace}:range={source.color_range}",
            )
            scale = graph.add("scale", ":".join(f"{key}={value}" for key, value in self._options(form, colour).items()))
            wanted = graph.add("format", self._target.name)
            turns = [graph.add(name, args) for name, args in _TURNS[self._target.turned]]
            graph.link_nodes(start, scale, wanted, *turns, graph.add("buffersink")).configure()
        except (av.FFmpegError, ValueError) as error:
            raise UnsupportedFormat(
                f"There is no conversion from {form.name} to {self._target.name}: choose another preset."
            ) from error
        return graph

    def _options(self, form: PixelFormat, colour: ColourTags) -> dict[str, str]:
        target, meant = self._target.format, self._target.colour
        options = {
            "flags": "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact",
            "sws_dither": "bayer" if target.depth < form.depth and not target.is_float else "none",
            "in_range": colour.range,
            "out_range": meant.range,
        }
        if form.family == "yuv":
            options["in_color_matrix"] = _MATRIX[colour.matrix]
            options["in_chroma_loc"] = _SITING[colour.siting]
        if target.family == "yuv":
            options["out_color_matrix"] = _MATRIX[meant.matrix]
            options["out_chroma_loc"] = _SITING[meant.siting]
        return options
