"""Several faces: one pass for all of them against a pass for each, and whether anybody takes another's number."""

import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from pipeline.analysis.observations import TrackObservations
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.bench_media import BenchMedia
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.jobs.crossing_plate import FACE_WIDTH, FRAMES, PLAYERS, SIZE, crossing_plate
from pipeline.jobs.progress import no_note, no_progress
from pipeline.jobs.render import render
from pipeline.jobs.render_request import Compute, FaceRequest, RenderRequest
from pipeline.jobs.source_choice import SourceChoice
from pipeline.media.reader import open_plate
from pipeline.quality.bars import Bar

SOURCES = ("synthetic_portrait.png", "single_face.jpg", "synthetic_portrait.png")
WARM_FRAMES = 3
COLUMNS = ("tracks", "swaps", "seen", "cpu_s", "ratio")
NOTES = (
    "a plate of three clips in one frame: two faces cross, one leaves and returns; 72 frames, quality draft",
    "swaps: frames in which a track lies on another face than its own; seen: share of the faces' visible frames",
    "cpu_s: analysis and render from nothing; ratio: one pass for three faces over three passes for one each",
)


def bench_faces(media: BenchMedia) -> BenchTable:
    """A row for who is who, one for the one pass, one for three passes."""
    with TemporaryDirectory(prefix="likeness-bench-") as scratch:
        folder = Path(scratch)
        plate = crossing_plate(media.path, media.pool, folder / "crossing.mp4")
        with open_plate(plate) as reader:
            tracks = analyse_range(reader, media.pool, range(FRAMES), media.progress, media.cancelled)
        faces = [
            FaceRequest((SourceChoice(media.path(source)),), track=track.id)
            for source, track in zip(SOURCES, tracks, strict=False)
        ]
        _pass(media, plate, folder / "warm", faces, WARM_FRAMES)
        together = _pass(media, plate, folder / "together", faces, FRAMES)
        apart = sum(_pass(media, plate, folder / f"apart-{k}", [face], FRAMES) for k, face in enumerate(faces))
    rows = [
        BenchRow("who is who", _identities(tracks), {"tracks": Bar("<=", 3), "swaps": Bar("<=", 0)}),
        BenchRow("one pass", {"cpu_s": together, "ratio": together / apart}, {"ratio": Bar("<=", 0.6)}),
        BenchRow("three passes", {"cpu_s": apart}),
    ]
    return BenchTable("faces", "Three faces", COLUMNS, rows, NOTES)


def _pass(media: BenchMedia, plate: Path, folder: Path, faces: Sequence[FaceRequest], frames: int) -> float:
    """CPU seconds of one render, its analysis kept in a folder of its own."""
    folder.mkdir()
    request = RenderRequest(
        plate,
        folder / "result.mp4",
        tuple(faces),
        first="0",
        last=str(frames - 1),
        quality="draft",
        project_folder=folder,
        compute=Compute("cpu"),
    )
    begun = time.process_time()
    render(request, no_progress, media.cancelled, no_note)
    return time.process_time() - begun


def _identities(tracks: Sequence[TrackObservations]) -> dict[str, float]:
    """How well tracks stay with the players: each track belongs to the one it lies on most often."""
    swaps, hits, visible = 0, 0, sum(_visible(k, t) for k in range(len(PLAYERS)) for t in range(FRAMES))
    for track in tracks:
        lies_on = [_lies_on(track, i) for i in range(len(track.frames))]
        own = max(range(len(PLAYERS)), key=lies_on.count)
        swaps += sum(each != own for each in lies_on)
        hits += sum(
            each == own and _visible(own, int(frame)) for each, frame in zip(lies_on, track.frames, strict=True)
        )
    return {"tracks": float(len(tracks)), "swaps": float(swaps), "seen": hits / visible}


def _lies_on(track: TrackObservations, i: int) -> int:
    """The player whose face is nearest to the track's at its index `i`."""
    at = track.landmarks[i, :, :2].mean(axis=0)
    frame = int(track.frames[i])
    return int(np.argmin([np.hypot(*(at - each.centre(frame))) for each in PLAYERS]))


def _visible(k: int, t: int) -> bool:
    """Whether a player's face is in the picture and nobody in front of it hides it."""
    x, y = PLAYERS[k].centre(t)
    inside = FACE_WIDTH / 2 <= x <= SIZE[0] - FACE_WIDTH / 2 and FACE_WIDTH / 2 <= y <= SIZE[1] - FACE_WIDTH / 2
    others = (each.centre(t) for each in PLAYERS[k + 1 :])
    return inside and all(np.hypot(x - ox, y - oy) > 1.5 * FACE_WIDTH for ox, oy in others)
