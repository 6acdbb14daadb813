"""The door and the worker behind it, on a short real film: one worker for the whole module."""

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import psutil
import pytest

from pipeline.analysis.kept_analysis import read_analysis
from pipeline.client import FrameReady
from pipeline.imaging.arrays import ImageU8
from pipeline.ipc.arrays import unpacked
from pipeline.ipc.messages import (
    DetectionTried,
    Figures,
    FrameFailed,
    JobDone,
    JobFailed,
    Kept,
    KeyframesFound,
    Progress,
    QualityBlock,
    SignalBlock,
    SoundFailed,
    SoundPiece,
    Waveform,
)
from pipeline.ipc.samples import Samples
from pipeline.jobs.analyse import options_for
from pipeline.jobs.digests import viewed_as
from pipeline.jobs.kept_drafts import KeptDrafts
from pipeline.jobs.progress import never_cancelled, no_note, no_progress
from pipeline.jobs.render import render
from pipeline.jobs.render_request import Compute, project_request
from pipeline.jobs.workbench import PERFORMERS_BYTES
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.detection import DetectionOptions
from pipeline.project.key_edits import set_at_keyframe
from pipeline.project.keyframe_edits import add_keyframe
from pipeline.project.landmark_edits import move_landmarks
from pipeline.project.project import Project, Quality
from pipeline.project.reached import Reached
from pipeline.project.storage import load_project
from pipeline.worker.desk import DECODED_BYTES
from pipeline.worker.pictures import MEMORY_BYTES
from pipeline.worker.stages import STAGE_BYTES
from tests.unit.worker.conftest import Listener, Place, listener

FRAME = 20


@pytest.fixture(scope="module")
def at(place: Place) -> Iterator[Listener]:
    """A client whose worker has analysed the plate."""
    document = place.path.read_bytes()
    made = listener()
    made.client.start()
    made.client.open_project(place.project, place.path)
    job = made.client.analyse("plate-1")
    made.until(JobDone, lambda each: each.job == job)
    yield made
    made.client.close()
    assert place.path.read_bytes() == document, "the worker never writes the document"


def edited(project: Project, **settings: float) -> Project:
    face = project.faces[0]
    changed = msgspec.structs.replace(face.settings, **settings)
    return msgspec.structs.replace(project, faces=(msgspec.structs.replace(face, settings=changed),))


def shown(at: Listener, frame: int = FRAME, **asked: object) -> FrameReady:
    """The complete picture of a frame."""
    generation = at.client.request_frame("plate-1", frame, **asked)  # type: ignore[arg-type]
    return at.until(FrameReady, lambda each: each.facts.generation == generation and not each.facts.missing)


def pictures(path: Path) -> list[ImageU8]:
    with open_plate(path) as reader:
        return [view_of(reader.info).rgb8(reader.read(frame)) for frame in range(reader.info.frames)]


def rendered(place: Place, quality: Quality, first: int, last: int) -> list[ImageU8]:
    """A headless render's samples before the encoder, through a lossless film."""
    output = place.folder / f"headless-{quality}.mkv"
    request = project_request(
        place.path, output, no_note, first=str(first), last=str(last), preset="ffv1-lossless", quality=quality,
        compute=Compute("cpu", 2),
    )  # fmt: skip
    render(request, no_progress, never_cancelled, no_note)
    return pictures(output)


@pytest.mark.parametrize("quality", ["draft", pytest.param("final", marks=pytest.mark.long)])
def test_a_preview_shows_the_very_samples_that_a_headless_render_encodes(
    at: Listener, place: Place, quality: Quality
) -> None:
    films = rendered(place, quality, FRAME, FRAME + 2)
    for number, film in enumerate(films):
        ready = shown(at, FRAME + number, quality=quality)
        assert ready.facts.quality == quality
        assert np.array_equal(ready.picture, film)
    with open_plate(place.folder / f"headless-{quality}.mkv") as reader:
        encoded = reader.read(0).data[0]
    x, y = (int(each) for each in np.reshape(ready.facts.faces[0].box, (2, 2)).mean(axis=0))
    generation = at.client.samples("plate-1", FRAME, (x, y, x + 9, y + 9), layer="result", quality=quality)
    told = at.until(Samples, lambda each: each.generation == generation)
    assert told.channels[0].mean == encoded[y : y + 9, x : x + 9].mean()


def test_the_face_is_told_where_a_correction_puts_it(at: Listener, place: Place) -> None:
    before = shown(at)
    moved = move_landmarks(place.project, None, "61", (0.5, 0.3, 0.0), Reached(FRAME))
    at.client.update(moved, place.path)
    after = shown(at)
    at.client.update(place.project, place.path)
    found = [picture.facts.faces[0] for picture in (before, after)]
    points = [unpacked(each.landmarks) for each in found if each.landmarks is not None]
    scale, rotation = found[0].scale, np.reshape(found[0].rotation, (3, 3))
    way = scale * (rotation @ (0.5, 0.3, 0.0)) * (1, -1, -1)
    np.testing.assert_allclose((points[1] - points[0])[61], way, atol=0.01)
    assert np.array_equal(points[0][33], points[1][33])
    assert not np.array_equal(before.picture, after.picture)


def test_an_edit_changes_the_picture_and_taking_it_back_finds_the_earlier_one(at: Listener, place: Place) -> None:
    before = shown(at)
    at.client.update(edited(place.project, likeness=0.3), place.path)
    after = shown(at)
    assert after.facts.source == "drawn"
    assert not np.array_equal(after.picture, before.picture)
    at.client.update(place.project, place.path)
    again = shown(at)
    assert again.facts.source == "memory"
    assert np.array_equal(again.picture, before.picture)


def test_a_picture_says_which_document_it_was_made_of(at: Listener, place: Place) -> None:
    documents = {}
    for likeness in (0.2, 0.5, 0.8):
        documents[at.client.update(edited(place.project, likeness=likeness), place.path)] = likeness
        at.client.request_frame("plate-1", FRAME)
    ready = at.until(FrameReady, lambda each: not each.facts.missing)
    at.client.update(edited(place.project, likeness=documents[ready.facts.revision]), place.path)
    assert np.array_equal(shown(at).picture, ready.picture)
    at.client.update(place.project, place.path)


def test_layers_and_sizes(at: Listener) -> None:
    plate, result = shown(at, layer="plate").picture, shown(at).picture
    difference, matte = shown(at, layer="difference").picture, shown(at, layer="matte").picture
    assert np.array_equal(difference, np.abs(result.astype(int) - plate).astype(np.uint8))
    assert matte.max() > 200
    assert (matte[:40] == 0).all()
    small = shown(at, max_size=(160, 160))
    assert small.picture.shape == (90, 160, 3)
    assert small.facts.size == (640, 360)
    assert shown(at, max_size=(4000, 4000)).picture.shape == (360, 640, 3)


def test_of_one_pane_the_latest_request_wins_and_panes_do_not_take_each_others_place(at: Listener) -> None:
    generations = [at.client.request_frame("plate-1", frame, pane="a") for frame in range(40, 60)]
    other = at.client.request_frame("plate-1", 3, pane="b", layer="plate")
    heard = len(at.heard)
    at.until(FrameReady, lambda each: each.facts.generation == generations[-1])
    got = [each.facts for each in at.heard[heard:] if isinstance(each, FrameReady)]
    if other not in {each.generation for each in got}:
        assert at.until(FrameReady, lambda each: each.facts.generation == other).facts.pane == "b"
    of_a = [each.generation for each in got if each.pane == "a"]
    assert of_a == sorted(of_a)
    assert len(of_a) < len(generations)


def test_a_frame_that_is_not_there_fails_in_words_and_the_next_one_is_shown(at: Listener) -> None:
    generation = at.client.request_frame("plate-1", 7200)
    failed = at.until(FrameFailed)
    assert (failed.generation, failed.error.kind) == (generation, "RangeError")
    assert "7200" in failed.error.message
    at.client.request_frame("plate-9", 1)
    assert at.until(FrameFailed).error.kind == "ProjectError"
    assert shown(at).facts.frame == FRAME


def test_frames_drawn_ahead_are_kept_and_found(at: Listener) -> None:
    job = at.client.prefetch("plate-1", range(30, 38))
    kept = at.until(Kept, lambda each: each.job == job and each.ranges == ((30, 38),))
    assert kept.layer == "result"
    at.until(JobDone, lambda each: each.job == job)
    assert shown(at, 35).facts.source == "memory"


def test_frames_drawn_ahead_of_what_they_need_wait_and_can_be_stopped(at: Listener, place: Place) -> None:
    face = place.project.faces[0]
    other = msgspec.structs.replace(face, settings=msgspec.structs.replace(face.settings, shape=0.5))
    at.client.update(msgspec.structs.replace(place.project, faces=(other,)), place.path)
    job = at.client.prefetch("plate-1", range(40, 72), quality="final")
    later = at.client.prefetch("plate-1", range(41, 72), quality="final")
    assert at.until(JobFailed).job == job
    at.client.cancel(later)
    failed = at.until(JobFailed)
    assert (failed.job, failed.error.kind) == (later, "Cancelled")
    at.client.update(place.project, place.path)
    assert shown(at).facts.layer == "result"


def test_keyframes_are_proposed_and_the_document_stays_as_it_was(at: Listener, place: Place) -> None:
    at.client.find_keyframes()
    found = at.until(KeyframesFound)
    at.until(JobDone)
    assert found.face == "face-1"
    assert found.proposals[0].kind == "first"
    assert all(each.reasons for each in found.proposals)
    assert load_project(place.path).project.faces[0].keyframes == ()


def test_other_options_of_detection_are_tried_and_nothing_is_kept(at: Listener, place: Place) -> None:
    job = at.client.try_detection("face-1", DetectionOptions())
    tried = at.until(DetectionTried)
    at.until(JobDone)
    at.client.find_keyframes()
    assert (tried.job, tried.proposals) == (job, at.until(KeyframesFound).proposals)
    at.until(JobDone)
    at.client.try_detection("face-1", DetectionOptions(sensitivity=0.0, micro_sensitivity=0.0))
    fewer = at.until(DetectionTried)
    assert len(fewer.proposals) < len(tried.proposals) <= len(tried.seen)
    assert fewer.seen == tried.seen
    assert load_project(place.path).project.faces[0].keyframes == ()


def test_signals_come_in_as_many_columns_as_are_shown(at: Listener) -> None:
    at.client.signals("face-1", range(72), 20)
    block = at.until(SignalBlock)
    low, high = unpacked(block.low), unpacked(block.high)
    assert low.shape == (len(block.channels), 18)
    assert block.step == 4
    assert ((low <= high) | (np.isnan(low) & np.isnan(high))).all()


def test_a_filmstrip_is_small_pictures_of_the_plate(at: Listener) -> None:
    job = at.client.filmstrip("plate-1", [0, 30, 60], (96, 54))
    at.until(JobDone, lambda each: each.job == job)
    strip = [each for each in at.heard if isinstance(each, FrameReady) and each.facts.pane == f"strip-{job}"]
    assert [each.facts.frame for each in strip] == [0, 30, 60]
    assert {each.picture.shape for each in strip} == {(54, 96, 3)}


def test_a_render_runs_reports_and_can_be_stopped_and_those_that_wait_are_ordered(at: Listener, place: Place) -> None:
    output = place.folder / "result.mp4"
    job = at.client.render("plate-1", output, first="3", last="9", quality="draft")
    done = at.until(JobDone, lambda each: each.job == job)
    assert done.rendered is not None
    assert (done.rendered.first, done.rendered.last, done.rendered.rendered, done.rendered.mark) == (3, 9, 7, "draft")
    assert output.exists()
    foreign = place.folder / "foreign.mp4"
    foreign.write_bytes(b"somebody else's")
    job = at.client.render("plate-1", place.folder / "other.mp4", quality="draft")
    at.until(Progress, lambda each: each.job == job)
    waiting = [at.client.render("plate-1", foreign, first="3", last="5", quality="draft") for _ in range(2)]
    at.client.order_renders(waiting[::-1])
    at.client.cancel(job)
    ended = [at.until(JobFailed) for _ in range(3)]
    assert [each.job for each in ended] == [job, *waiting[::-1]]
    assert [each.error.kind for each in ended] == ["Cancelled", "OutputExists", "OutputExists"]


def test_a_held_job_waits_and_goes_on(at: Listener, place: Place) -> None:
    job = at.client.render("plate-1", place.folder / "held.mp4", quality="draft")
    at.until(Progress, lambda each: each.job == job and each.stage == "rendering")
    at.client.pause(job)
    assert shown(at).facts.frame == FRAME, "pictures are shown while it waits"
    at.client.figures()
    assert at.until(Figures).jobs == (job,)
    measuring = at.client.measure_drafts("plate-1")
    assert told(at, measuring, "fresh"), "and drafts are measured"
    at.client.cancel(measuring)
    at.until(JobFailed, lambda each: each.job == measuring)
    at.client.resume(job)
    at.until(JobDone, lambda each: each.job == job)


def told(at: Listener, job: int, such: str) -> dict[int, bool]:
    """Frames of the job's next block that is `such` ("fresh" or "stale"), and whether each is fresh."""
    wanted = such == "fresh"
    block = at.until(QualityBlock, lambda each: each.job == job and bool((unpacked(each.fresh) == wanted).any()))
    values, measures = unpacked(block.values), block.measures
    assert values.shape == (len(measures), len(unpacked(block.frames)))
    assert 0 < values[measures.index("expression_error")].max() < 0.2
    assert 0 < values[measures.index("landmarks")].max() < 4.2
    return dict(zip(unpacked(block.frames).tolist(), unpacked(block.fresh).astype(bool).tolist(), strict=True))


def test_drafts_are_measured_keyframes_first_until_the_document_changes_and_kept(at: Listener, place: Place) -> None:
    project = add_keyframe(add_keyframe(edited(place.project, likeness=0.9), None, 60), None, 40)
    at.client.update(project, place.path)
    shown(at)
    job = at.client.measure_drafts("plate-1")
    first = told(at, job, "fresh")
    assert list(first)[:2] == [40, 60][: len(first)]
    at.client.update(set_at_keyframe(project, None, "AU12L", 40, 0.2), place.path)
    assert at.until(JobFailed, lambda each: each.job == job).error.kind == "Cancelled"

    again = at.client.measure_drafts("plate-1")
    assert told(at, again, "stale")[40] is False
    at.client.update(project, place.path)
    at.until(JobFailed, lambda each: each.job == again)

    kept = KeptDrafts("face-1")
    plate = project.plates[0]
    store = read_analysis(place.folder, viewed_as(plate.sha256, plate.colour_space), options_for(range(plate.frames)))
    assert store is not None
    with store:
        kept.load(store, plate.frames)
    assert 40 in kept.frames
    at.client.update(place.project, place.path)


def test_figures_tell_what_is_held(at: Listener) -> None:
    at.client.figures()
    figures = at.until(Figures)
    assert figures.jobs == ()
    assert 0 < figures.picture_bytes <= MEMORY_BYTES
    assert 0 < figures.stage_bytes <= STAGE_BYTES
    assert all(" on " in name for name in figures.networks)
    assert figures.ring_slots_free <= figures.ring_slots
    assert 0 < figures.decoded_bytes <= DECODED_BYTES
    assert 0 < figures.performer_bytes <= PERFORMERS_BYTES
    assert figures.photo_bytes > 0
    # Photo and textures of one face or of two; both with all that parameters could make of them were far more.
    assert 1 << 20 < figures.prepared_bytes < 256 << 20
    kept = figures.picture_bytes + figures.stage_bytes + figures.decoded_bytes
    assert figures.rss_bytes > kept + figures.performer_bytes // 2


def test_a_lost_photo_is_said_in_words(at: Listener, place: Place) -> None:
    identity = place.project.identities[0]
    lost = msgspec.structs.replace(identity.sources[0], path="gone.png")
    changed = msgspec.structs.replace(place.project, identities=(msgspec.structs.replace(identity, sources=(lost,)),))
    at.client.update(changed, place.path)
    at.client.request_frame("plate-1", FRAME)
    assert at.until(FrameFailed).error.kind == "MediaNotFound"
    at.client.update(place.project, place.path)
    assert shown(at).facts.layer == "result"


def test_without_room_in_shared_memory_the_same_picture_comes_as_bytes(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.ipc.frame_ring.shared_room", lambda: 1 << 20)
    made = listener()
    assert not made.client.uses_shared_memory
    made.client.start()
    made.client.open_project(place.project, place.path)
    got = shown(made, 5, layer="plate")
    made.client.close()
    with open_plate(place.folder / place.project.plates[0].path) as reader:
        assert np.array_equal(got.picture, view_of(reader.info).rgb8(reader.read(5)))


def test_closing_leaves_no_process_thread_file_or_shared_memory(place: Place) -> None:
    process = psutil.Process()
    made = listener()
    made.client.close()
    gc.collect()  # What earlier tests left behind isn't counted.
    before = (process.num_fds(), threading.active_count(), len(process.children()))
    made = listener()
    ring = made.client._link._ring
    segment = None if ring is None else Path("/dev/shm") / ring.name.lstrip("/")
    made.client.start()
    made.client.open_project(place.project, place.path)
    shown(made, 1, layer="plate")
    made.client.close()
    after = (process.num_fds(), threading.active_count(), len(process.children()))
    assert all(now <= then for now, then in zip(after, before, strict=True)), (before, after)
    assert segment is None or not segment.exists()


def test_the_waveform_of_a_plate_lies_over_its_frames(at: Listener) -> None:
    job = at.client.waveform("plate-1")
    found = at.until(Waveform)
    at.until(JobDone, lambda each: each.job == job)
    low, high = unpacked(found.low), unpacked(found.high)
    assert low.shape == high.shape == (72 * found.bins,)
    assert low.min() < 0 < high.max()
    assert unpacked(found.speech).shape == (72,), "this plate is analysed"


def test_sound_for_playing_comes_beside_everything_else(at: Listener) -> None:
    at.client.sound("plate-1", 24000, 4800)
    piece = at.until(SoundPiece)
    assert piece.start == 24000
    assert piece.samples is not None
    assert unpacked(piece.samples).shape == (4800, 2)
    at.client.sound("plate-9", 0, 4800)
    assert "plate-9" in at.until(SoundFailed).error.message
