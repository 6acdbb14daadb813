"""One frame as plate | result | matte: the picture that says at a glance what was done."""

import numpy as np

from pipeline.comp.mark import Mark
from pipeline.imaging.arrays import ImageU8
from pipeline.jobs.digests import digests_of
from pipeline.jobs.progress import StageClock, never_cancelled, no_note, no_progress
from pipeline.jobs.ready_faces import ready_faces
from pipeline.jobs.render_request import RenderRequest
from pipeline.jobs.workbench import Workbench
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.timebase import parse_range
from pipeline.render.frame import FrameRenderer

_GAP = 6


def showcase(request: RenderRequest, frame: int, mark: Mark) -> ImageU8:
    """The three pictures of a plate frame side by side, (h, 3 w + gaps, 3) RGB, from the analysis the render kept."""
    with open_plate(request.plate) as reader:
        info = reader.info
        frames = parse_range(request.first, request.last, info.frames, info.rate, info.first_timecode)
        digests, bench = digests_of(request, info), Workbench(request.compute.provider)
        faces = ready_faces(
            request, reader, frames, digests, no_progress, never_cancelled, StageClock(), no_note, bench
        )
        view, planes = view_of(info), reader.read(frame)
        renderer = FrameRenderer(view, faces, mark)
        plate, result = view.rgb8(planes), view.rgb8(renderer.render(planes).planes)
        matte = np.rint(renderer.matte(planes) * 255).astype(np.uint8)
    gap = np.full((plate.shape[0], _GAP, 3), 255, np.uint8)
    return np.concatenate([plate, gap, result, gap, np.repeat(matte[..., None], 3, axis=2)], axis=1)
