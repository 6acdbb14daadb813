"""A film comes out with the plate's frames, times, sound and tags; interrupted, it goes on to the same bytes."""

import resource
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.errors import (
    Cancelled,
    ContainerLimit,
    DiskFull,
    LikenessError,
    NoFace,
    OutputFolderMissing,
    OutputIsInput,
    OutputNotWritable,
    RangeError,
    UnsupportedFormat,
)
from pipeline.imaging.planes import Planes
from pipeline.media.encoder import EncoderSettings, VideoEncoder
from pipeline.media.presets import Preset, load_preset, preset_names
from pipeline.media.probe import probe
from pipeline.media.reader import open_plate
from pipeline.render import segments
from pipeline.render.sequence import SequenceProgress, SequenceReport, SequenceRequest, check_sequence, render_sequence
from tests.film_maker import make_film, packet_data, picture_numbers, picture_times

VARIABLE = [0, 700, 2900, 3100, 5400, 5600, 5900, 8800, 9000, 9300, 12000, 12200, 12500, 15000, 15500]
"""Times in 1/30000 s whose steps change by a factor of ten."""


def same(planes: Planes) -> Planes:
    return planes


class Job:
    """One render and what it called."""

    def __init__(self, plate: Path, output: Path, preset: str | Preset = "h264-review", **wishes: object) -> None:
        chosen = load_preset(preset) if isinstance(preset, str) else preset
        usual: dict[str, object] = {"segment_frames": 10, "encoder_threads": 2}
        self.request = SequenceRequest(plate, output, chosen, **(usual | wishes))  # type: ignore[arg-type]
        self.rendered: list[int] = []
        self.progress: list[SequenceProgress] = []

    def after(self, told: int) -> Callable[[], bool]:
        """A wish to stop once progress was told that many times."""
        return lambda: len(self.progress) > told

    def run(
        self,
        render: Callable[[Planes], Planes] = same,
        key: Callable[[int], str] = str,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> SequenceReport:
        def noted(planes: Planes) -> Planes:
            self.rendered.append(planes.frame)
            return render(planes)

        return render_sequence(self.request, noted, key, self.progress.append, cancelled)


def decoding_times(path: Path) -> list[int]:
    with av.open(str(path)) as container:
        return [packet.dts for packet in container.demux(video=0) if packet.size and packet.dts is not None]


def shown_for(path: Path) -> Fraction:
    """How long the pictures of a film are shown altogether."""
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
        base = packets[0].time_base or Fraction(1)
        ends = max(Fraction(packet.pts or 0) + (packet.duration or 0) for packet in packets)
        return (ends - min(Fraction(packet.pts or 0) for packet in packets)) * base


@pytest.mark.parametrize(("preset", "ending"), [("h264-review", ".mp4"), ("hevc-10", ".mov"), ("h264-high", ".mkv")])
@pytest.mark.parametrize("span", [(0, None), (3, 13)])
def test_frames_times_and_length_are_the_plates(
    tmp_path: Path, preset: str, ending: str, span: tuple[int, int | None]
) -> None:
    base = Fraction(1, 1000) if ending == ".mkv" else Fraction(1, 30000)
    times = [time * base.denominator // 30000 for time in VARIABLE]
    plate = make_film(tmp_path / f"plate{ending}", times=times, time_base=base)
    output = tmp_path / f"result{ending}"
    report = Job(plate, output, preset, start=span[0], stop=span[1], segment_frames=4).run()
    start, stop = span[0], span[1] or len(VARIABLE)
    wanted = picture_times(plate)[start:stop]
    assert report.frames == stop - start
    assert picture_numbers(output) == list(range(start, stop))
    assert picture_times(output) == [time - wanted[0] for time in wanted]
    steps = decoding_times(output)
    assert all(one < other for one, other in pairwise(steps))
    if span[1] is not None and ending != ".mkv":
        assert shown_for(output) == picture_times(plate)[stop] - wanted[0]


def test_lossless_samples_are_the_plates(tmp_path: Path, media_dir: Path) -> None:
    plate, output = media_dir / "WolfgangLanger_Pexels.mp4", tmp_path / "result.mkv"
    Job(plate, output, "ffv1-lossless", start=200, stop=206, segment_frames=4).run()
    with open_plate(plate) as one, open_plate(output) as other:
        for frame in range(6):
            pairs = zip(one.read(200 + frame).data, other.read(frame).data, strict=True)
            assert all(np.array_equal(a, b) for a, b in pairs)


def test_a_whole_clip_keeps_its_length_and_sound(tmp_path: Path, media_dir: Path) -> None:
    plate, output = media_dir / "single_face.mp4", tmp_path / "result.mp4"
    report = Job(plate, output, segment_frames=50).run()
    assert picture_times(output) == picture_times(plate)
    with av.open(str(output)) as container:
        video = container.streams.video[0]
        assert (video.duration or 0) * (video.time_base or 1) == shown_for(plate)
    assert report.failed == ()
    with av.open(str(plate)) as container:
        sound = bool(container.streams.audio)
    if sound:
        assert packet_data(output, "audio") == packet_data(plate, "audio")


def test_what_the_plate_says_of_its_picture_is_said_of_the_result(tmp_path: Path) -> None:
    plate = make_film(
        tmp_path / "plate.mov",
        rotation=90,
        pixel_aspect=Fraction(4, 3),
        timecode="00:59:59:20",
        tags=(1, 9, 16, 9),
        codec="prores_ks",
        pixel_format="yuv422p10le",
    )
    for preset, ending in (("prores-422hq", ".mov"), ("hevc-10", ".mp4"), ("h264-high", ".mkv")):
        output = tmp_path / f"result{ending}"
        Job(plate, output, preset, start=10, stop=20).run()
        info, own = probe(output), probe(plate)
        assert (info.rotation, info.pixel_aspect, info.rate) == (own.rotation, own.pixel_aspect, own.rate)
        assert (info.colour.matrix, info.colour.transfer, info.colour.primaries) == ("bt2020", "pq", "bt2020")
        assert info.first_timecode == "01:00:00:05"


def test_drop_frame_timecode_skips_its_labels(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mov", rate=Fraction(30000, 1001), timecode="00:00:59;28")
    Job(plate, tmp_path / "result.mov", start=2, stop=12).run()
    assert probe(tmp_path / "result.mov").first_timecode == "00:01:00;02"


@pytest.mark.parametrize(
    ("name", "preset", "tag"),
    [
        ("result.mp4", "h264-review", "comment"),
        ("result.mov", "prores-422hq", "comment"),
        ("result.mkv", "h264-review", "COMMENT"),
        ("result.mxf", "dnxhr-hqx", "comment_comment"),
    ],
)
def test_every_container_says_what_the_film_is(tmp_path: Path, name: str, preset: str, tag: str) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=3, size=(320, 240))
    Job(plate, tmp_path / name, preset, metadata={"comment": "AI-generated"}).run()
    with av.open(str(tmp_path / name)) as container:
        assert container.metadata[tag] == "AI-generated"


@pytest.mark.parametrize(
    ("preset", "ending"),
    [("h264-review", ".mp4"), ("prores-422hq", ".mov"), ("dnxhr-hqx", ".mxf"), ("hevc-10", ".mkv")],
)
def test_an_interrupted_render_goes_on_to_the_bytes_of_an_unbroken_one(
    tmp_path: Path, preset: str, ending: str
) -> None:
    plate = make_film(tmp_path / "plate.mov", size=(320, 240), sound="pcm_s16le")
    Job(plate, tmp_path / f"unbroken{ending}", preset).run()
    output = tmp_path / f"result{ending}"
    for stop_after in (4, 15):
        job = Job(plate, output, preset)
        with pytest.raises(Cancelled, match="again to go on"):
            job.run(cancelled=job.after(stop_after))
        assert not output.exists()
    report = Job(plate, output, preset).run()
    assert report.reused == 10
    assert report.rendered == 30
    assert output.read_bytes() == (tmp_path / f"unbroken{ending}").read_bytes()
    assert not (tmp_path / f"result{ending}.parts").exists()


def test_one_encoder_is_alive_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alive: weakref.WeakSet[VideoEncoder] = weakref.WeakSet()
    beside: list[int] = []

    class Counted(VideoEncoder):
        def __init__(self, settings: EncoderSettings) -> None:
            beside.append(len(alive))
            alive.add(self)
            super().__init__(settings)

    monkeypatch.setattr(segments, "VideoEncoder", Counted)
    Job(make_film(tmp_path / "plate.mp4", frames=35), tmp_path / "result.mp4").run()
    assert beside == [0, 0, 0, 0]


def test_the_pinned_thread_count_is_kept_when_a_render_goes_on(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=25)
    job = Job(plate, tmp_path / "result.mp4", encoder_threads=3)
    with pytest.raises(Cancelled):
        job.run(cancelled=job.after(20))
    report = Job(plate, tmp_path / "result.mp4", encoder_threads=None).run()
    assert report.pins["cores"] == "3"
    assert report.reused >= 10


def test_other_settings_begin_anew(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=25)
    work = tmp_path / "work"
    Job(plate, tmp_path / "result.mp4", work_folder=work).run()
    other = load_preset("h264-review").with_options(crf="30")
    assert Job(plate, tmp_path / "result.mp4", other, work_folder=work).run().reused == 0


def test_a_changed_key_renders_only_the_segments_it_touches(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=40)
    work = tmp_path / "work"
    Job(plate, tmp_path / "result.mp4", work_folder=work).run()
    job = Job(plate, tmp_path / "result.mp4", work_folder=work)
    report = job.run(key=lambda frame: "new" if frame == 17 else str(frame))
    assert sorted(job.rendered) == list(range(10, 20))
    assert (report.rendered, report.reused) == (10, 30)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", ["a segment", "the film"])
def test_a_full_disk_keeps_what_is_finished(tmp_path: Path, room: str) -> None:
    plate = make_film(tmp_path / "plate.mov", sound="pcm_s16le", frames=33)
    unbroken, output = tmp_path / "unbroken.mov", tmp_path / "result.mov"
    Job(plate, unbroken, "prores-422hq").run()
    job = Job(plate, output, "prores-422hq")
    with pytest.raises(Cancelled):
        job.run(cancelled=job.after(12))
    segment = max(path.stat().st_size for path in (tmp_path / "result.mov.parts").glob("*.packets"))
    with (
        files_of_at_most(segment * 6 // 10 if room == "a segment" else segment * 2),
        pytest.raises(DiskFull, match="room"),
    ):
        Job(plate, output, "prores-422hq").run()
    assert not output.exists()
    report = Job(plate, output, "prores-422hq").run()
    assert report.reused == (10 if room == "a segment" else 33)
    assert output.read_bytes() == unbroken.read_bytes()


def test_failed_frames_are_reported_and_the_job_goes_on(tmp_path: Path) -> None:
    def fails_on_five(planes: Planes) -> Planes:
        if planes.frame == 5:
            raise NoFace("No face in frame 5.")
        return planes

    plate = make_film(tmp_path / "plate.mp4", frames=25)
    job = Job(plate, tmp_path / "result.mp4")
    with pytest.raises(Cancelled):
        job.run(fails_on_five, cancelled=job.after(20))
    report = Job(plate, tmp_path / "result.mp4").run(fails_on_five)
    assert [(each.frame, each.shown) for each in report.failed] == [(5, 5)]
    assert picture_numbers(tmp_path / "result.mp4") == list(range(25))


def test_damaged_packets_are_recorded_and_the_film_keeps_its_length(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mov", codec="prores_ks", pixel_format="yuv422p10le", frames=25, sound="aac")
    times = picture_times(plate)
    with av.open(str(plate)) as container:
        packets = [(each.pos, each.size) for each in container.demux(video=0) if each.size]
    data = bytearray(plate.read_bytes())
    for place, size in packets[12:14]:
        data[(place or 0) : (place or 0) + size] = bytes(size)
    plate.write_bytes(data)
    report = Job(plate, tmp_path / "result.mp4").run()
    assert [each.frame for each in report.failed] == [12, 13]
    assert picture_times(tmp_path / "result.mp4") == times
    assert picture_numbers(tmp_path / "result.mp4") == [*range(12), 11, 11, *range(14, 25)]


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    job = Job(make_film(tmp_path / "plate.mp4", frames=25), tmp_path / "result.mp4")
    job.run()
    assert [each.done for each in job.progress] == [*range(26), 25]
    assert {each.total for each in job.progress} == {25}
    assert job.progress[-1].stage == "join"
    assert job.progress[-2].seconds_left == 0
    assert job.progress[10].rate > 0


def fails_early(error: type[LikenessError], job: Job) -> None:
    """The render is refused before a frame of it is rendered, and leaves nothing."""
    folder = job.request.plate.parent
    before = sorted(folder.rglob("*"))
    with pytest.raises(error):
        job.run()
    assert job.rendered == []
    assert sorted(folder.rglob("*")) == before


def test_every_film_preset_goes_into_every_ending_it_names(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mkv", frames=2, size=(320, 240), codec="ffv1")
    films = [preset for preset in map(load_preset, preset_names()) if preset.kind == "film"]
    assert len(films) >= 7
    with open_plate(plate) as reader:
        for preset in films:
            for ending in preset.extensions:
                check_sequence(SequenceRequest(plate, tmp_path / f"result{ending}", preset), reader)


def test_what_cannot_work_is_refused_before_anything_is_rendered(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=8)
    fails_early(OutputFolderMissing, Job(plate, tmp_path / "nowhere" / "a.mp4"))
    fails_early(OutputNotWritable, Job(plate, Path("/proc/self/a.mp4")))
    fails_early(OutputIsInput, Job(plate, plate))
    fails_early(OutputIsInput, Job(plate, tmp_path / "x.mp4", inputs=(tmp_path / "x.mp4",)))
    fails_early(OutputNotWritable, Job(plate, tmp_path / "a.mp4", "ffv1-lossless"))
    fails_early(ContainerLimit, Job(plate, tmp_path / "a.avi"))
    fails_early(RangeError, Job(plate, tmp_path / "a.mp4", start=3, stop=9))
    fails_early(RangeError, Job(plate, tmp_path / "a.mp4", start=3, stop=3))
    fails_early(UnsupportedFormat, Job(plate, tmp_path / "a.mov", "dnxhr-hqx"))


def test_what_the_container_cannot_hold_is_said_before_the_render(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mov", frames=8, size=(320, 240), rotation=90)
    fails_early(ContainerLimit, Job(plate, tmp_path / "a.mxf", "dnxhr-hqx"))


def test_a_film_of_one_frame_and_of_odd_size(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mkv", frames=3, size=(161, 97), codec="ffv1", pixel_format="yuv420p")
    report = Job(plate, tmp_path / "result.mp4", start=1, stop=2).run()
    assert picture_numbers(tmp_path / "result.mp4") == [1]
    info = probe(tmp_path / "result.mp4")
    assert (info.width, info.height) == (161, 97)
    assert "161 × 97" in report.notes[0]


def test_two_mxf_films_have_two_material_numbers(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mov", size=(320, 240), frames=24)
    numbers = []
    for start in (0, 12):
        output = tmp_path / f"{start}.mxf"
        Job(plate, output, "dnxhr-hqx", start=start, stop=start + 12).run()
        with av.open(str(output)) as container:
            numbers.append(container.metadata["material_package_umid"])
        assert picture_numbers(output) == list(range(start, start + 12))
    assert numbers[0] != numbers[1]


HDR = "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400"


@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
def test_the_mastering_display_and_light_level_are_the_plate_s(tmp_path: Path, ending: str) -> None:
    options = {"x265-params": f"{HDR}:log-level=none", "preset": "ultrafast"}
    plate = make_film(tmp_path / "plate.mp4", 12, (64, 64), "libx265", "yuv420p10le", options, tags=(1, 9, 16, 9))
    stated = probe(plate).hdr
    assert stated is not None
    assert stated.light == (1000, 400)
    assert stated.display is not None
    assert stated.display.green == (Fraction(265, 1000), Fraction(69, 100))
    assert (stated.display.darkest, stated.display.brightest) == (Fraction(5, 1000), Fraction(1000))
    quick = load_preset("hevc-10").with_options(preset="ultrafast")
    Job(plate, tmp_path / f"result{ending}", quick, segment_frames=5).run()
    result = probe(tmp_path / f"result{ending}")
    assert (result.hdr, result.colour.transfer) == (stated, "pq")


def test_a_format_that_carries_no_mastering_display_says_so_before(tmp_path: Path) -> None:
    options = {"x265-params": "max-cll=1000,400:log-level=none", "preset": "ultrafast"}
    plate = make_film(tmp_path / "plate.mp4", 2, (64, 64), "libx265", "yuv420p10le", options, tags=(1, 9, 16, 9))
    with open_plate(plate) as reader:
        said = " ".join(check_sequence(Job(plate, tmp_path / "result.mov", "prores-422hq").request, reader))
        assert "states its content light level, which prores-422hq doesn't carry" in said
        carried = " ".join(check_sequence(Job(plate, tmp_path / "result.mov", "hevc-10").request, reader))
        assert "light level" not in carried
