"""What keyframe signals cost beyond decode, landmarks and solve, and the change measure beside the plain script."""

import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

import av
import cv2
from skimage.metrics import structural_similarity

from pipeline.analysis.change import ChangeMeter, Grey, change_between, decimated
from pipeline.analysis.face_rows import FaceRow, make_row
from pipeline.analysis.keyframes import propose_keyframes
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.picture import Picture
from pipeline.analysis.signals import FaceSignals
from pipeline.engines.session import SessionPool
from pipeline.imaging.planes import Planes
from pipeline.jobs.bench_table import BenchRow
from pipeline.jobs.plate_sound import hear_plate, plate_times
from pipeline.jobs.progress import never_cancelled, no_progress
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.media.sound_reader import heard_stream, sound_blocks
from pipeline.project.detection import DetectionOptions
from pipeline.quality.bars import Bar

TURNS = 3
"""Interleaved turns of ours and the script's; each one's least counts."""
WARM_FRAMES = 4


def signal_cost(
    label: str,
    plate: Path,
    track: TrackObservations,
    signals: Callable[[], FaceSignals],
    pool: SessionPool,
    limit: float,
    ratio: float | None,
) -> BenchRow:
    """CPU milliseconds a frame of all that is computed for keyframes, hearing included, beyond decoding.

    `limit`: most of them. `ratio`: least of script over ours.
    """
    stop = int(track.frames[-1]) + 1
    rows = [
        make_row(int(frame), points, scores, 1.0, None, None)
        for frame, points, scores in zip(track.frames, track.landmarks, track.scores, strict=True)
    ]
    _change_of_face(plate, rows[:WARM_FRAMES])
    spent = _change_of_face(plate, rows)
    propose_keyframes(signals(), DetectionOptions())
    spent += _own_cpu(lambda: propose_keyframes(signals(), DetectionOptions()))
    turns = [[_cpu(partial(work, plate, stop)) for work in (_decoded, our_change, plain_change)] for _ in range(TURNS)]
    decode, ours, script = (min(turn[k] for turn in turns) for k in range(3))
    heard = heard_cost(plate, pool)
    figures = {
        "cpu_ms": spent * 1e3 / stop + heard,
        "sound_ms": heard,
        "decode_ms": decode * 1e3 / stop,
        "ssim_ms": ours * 1e3 / stop,
        "script_ms": script * 1e3 / stop,
        "ratio": script / max(ours, 1e-9),
    }
    bars = {"cpu_ms": Bar("<=", limit)}
    if ratio is not None:
        bars["ratio"] = Bar(">=", ratio)
    return BenchRow(f"cost, {label}", figures, bars)


def _change_of_face(plate: Path, rows: list[FaceRow]) -> float:
    """CPU seconds of the change of picture and face in the rows' frames."""
    meter, spent = ChangeMeter(), 0.0
    with open_plate(plate) as reader:
        view = view_of(reader.info)
        for planes, row in zip(reader.frames(rows[0].frame, rows[-1].frame + 1), rows, strict=False):
            if isinstance(planes, Planes):
                picture = Picture(planes, view)
                gray = picture.gray  # the pass has made it already
                assert gray.size
                spent += _own_cpu(partial(meter.of_picture, picture))
                spent += _own_cpu(partial(meter.with_change, picture, [(0, row)]))
    return spent


def heard_cost(plate: Path, pool: SessionPool) -> float:
    """CPU milliseconds a frame of the film that hearing its sound takes beyond decoding it; 0 without sound."""
    with open_plate(plate) as reader:
        start = plate_times(reader)[0]
        stream = heard_stream(plate, start)
        if stream is None:
            return 0.0
        turns = [
            (
                _cpu(lambda: deque(sound_blocks(plate, stream, start), maxlen=0)),
                _cpu(lambda: hear_plate(reader, pool, None, no_progress, never_cancelled)),
            )
            for _ in range(TURNS)
        ]
        decoded, heard = (min(turn[k] for turn in turns) for k in range(2))
        return (heard - decoded) * 1e3 / reader.info.frames


def _decoded(plate: Path, stop: int) -> None:
    with av.open(str(plate)) as container:
        for number, _ in enumerate(container.decode(video=0), start=1):
            if number == stop:
                return


def our_change(plate: Path, stop: int) -> list[float]:
    """Change of frames 1..stop-1 as the pass measures it: decoded luma as it is coded."""
    values: list[float] = []
    before: Grey | None = None
    with open_plate(plate) as reader:
        view = view_of(reader.info)
        for planes in reader.frames(0, stop):
            if isinstance(planes, Planes):
                picture = Picture(planes, view)
                present = decimated(picture.gray, picture.limited)
                if before is not None:
                    values.append(change_between(before, present))
                before = present
    return values


def plain_change(plate: Path, stop: int) -> list[float]:
    """The same by the plain script: OpenCV's reader, grey, 128 x 128, scikit-image."""
    capture = cv2.VideoCapture(str(plate))
    values: list[float] = []
    before = None
    for _ in range(stop):
        read, picture = capture.read()
        if not read:
            break
        present = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (128, 128))
        if before is not None:
            values.append(1.0 - float(structural_similarity(before, present)))  # type: ignore[no-untyped-call]
        before = present
    capture.release()
    return values


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _own_cpu(work: Callable[[], object]) -> float:
    """Of the calling thread alone: the reader decodes ahead in another one."""
    begun = time.thread_time()
    work()
    return time.thread_time() - begun
