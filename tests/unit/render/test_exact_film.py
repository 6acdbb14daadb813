"""A lossless film out: every sample outside the support is the plate's, in the plate's own format."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.comp.compose import Composed
from pipeline.comp.mark import Mark
from pipeline.imaging.planes import Planes
from pipeline.media.plate_view import view_of
from pipeline.media.presets import load_preset
from pipeline.media.reader import open_plate
from pipeline.render.frame import FrameRenderer
from pipeline.render.sequence import SequenceRequest, render_sequence
from tests.unit.render.conftest import Stage, in_format

FRAMES = 3


def lossless_plate(path: Path, stage: Stage, name: str) -> Path:
    """The stage's first frames in another pixel format, as a film."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream("ffv1", rate=Fraction(25))
        stream.width, stream.height, stream.pix_fmt = stage.reader.info.width, stage.reader.info.height, name
        for number in range(FRAMES):
            planes = in_format(stage.reader.read(number), name)
            frame = av.VideoFrame(planes.width, planes.height, name)
            frame.pts = number
            for target, source in zip(frame.planes, planes.data, strict=True):
                padded = np.zeros((source.shape[0], target.line_size // source.itemsize), source.dtype)
                padded[:, : source.shape[1]] = source
                target.update(padded.tobytes())
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("name", ["yuv420p", "yuv422p", "yuv420p10le", "yuv422p10le"])
def test_ffv1_keeps_every_sample_outside_the_support(stage: Stage, tmp_path: Path, name: str) -> None:
    plate, output = lossless_plate(tmp_path / "plate.mkv", stage, name), tmp_path / "result.mkv"
    made: dict[int, Composed] = {}
    with open_plate(plate) as reader:
        assert reader.info.format.name == name
        view = view_of(reader.info)
        renderer = FrameRenderer(view, [stage.face], Mark("draft"))

    def rendered(planes: Planes) -> Planes:
        made[planes.frame] = renderer.render(planes)
        return made[planes.frame].planes

    request = SequenceRequest(plate, output, load_preset("ffv1-lossless"))
    report = render_sequence(request, rendered, str, lambda state: None, lambda: False)
    assert (report.frames, report.failed) == (FRAMES, ())
    with open_plate(plate) as before, open_plate(output) as after:
        assert after.info.format == before.info.format
        for number in range(FRAMES):
            own, result = before.read(number), after.read(number)
            for index, support in enumerate(made[number].support(view)):
                assert np.array_equal(own.data[index][~support], result.data[index][~support])
                assert np.array_equal(made[number].planes.data[index], result.data[index])
                assert support.any()
