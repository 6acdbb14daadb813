"""Sound, subtitles and chapters: packet for packet over a whole plate, cut to the sample or reported over a range."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.errors import ContainerLimit
from pipeline.media.presets import load_preset
from pipeline.media.probe import probe
from pipeline.media.streams_copy import last_duration
from pipeline.render.request import SequenceReport, SequenceRequest
from pipeline.render.sequence import render_sequence
from tests.film_maker import make_film, packet_data, picture_times


def render(plate: Path, output: Path, preset: str, start: int = 0, stop: int | None = None) -> SequenceReport:
    request = SequenceRequest(plate, output, load_preset(preset), start, stop, encoder_threads=1)
    return render_sequence(request, lambda planes: planes, str, lambda progress: None, lambda: False)


def audio_start(path: Path) -> Fraction:
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        packet = next(each for each in container.demux(stream) if each.size)
        return Fraction(packet.pts or 0) * (packet.time_base or 1)


@pytest.mark.parametrize(
    ("ending", "sound", "result", "preset"),
    [
        (".mp4", "aac", ".mp4", "h264-review"),
        (".mp4", "aac", ".mov", "h264-review"),
        (".mp4", "aac", ".mkv", "h264-review"),
        (".mov", "pcm_s24le", ".mov", "prores-422hq"),
        (".mov", "pcm_s16le", ".mp4", "h264-review"),
        (".mkv", "flac", ".mkv", "ffv1-lossless"),
    ],
)
def test_sound_of_a_whole_plate_is_copied(tmp_path: Path, ending: str, sound: str, result: str, preset: str) -> None:
    plate = make_film(tmp_path / f"plate{ending}", frames=30, sound=sound)
    output = tmp_path / f"result{result}"
    render(plate, output, preset)
    assert packet_data(output, "audio") == packet_data(plate, "audio")
    assert float(audio_start(output) - audio_start(plate)) == pytest.approx(0, abs=0.001)


@pytest.mark.parametrize(
    ("ending", "language", "kept"),
    [
        (".mov", "deu", "ger"),
        (".mov", "fra", "fra"),
        (".mov", "fre", "fra"),
        (".mp4", "deu", "deu"),
        (".mkv", "deu", "deu"),
    ],
)
def test_a_sound_s_language_goes_along(tmp_path: Path, ending: str, language: str, kept: str) -> None:
    plain, plate = make_film(tmp_path / "plain.mkv", frames=3, sound="aac"), tmp_path / "plate.mkv"
    with av.open(str(plain)) as source, av.open(str(plate), "w") as output:
        streams = {each.index: output.add_stream_from_template(each) for each in source.streams}
        streams[1].metadata["language"] = language
        for packet in source.demux():
            if packet.size:
                packet.stream = streams[packet.stream.index]
                output.mux(packet)
    render(plate, tmp_path / f"result{ending}", "h264-review")
    with av.open(str(tmp_path / f"result{ending}")) as result:
        assert result.streams.audio[0].metadata["language"] == kept


@pytest.mark.parametrize("ending", [".avi", ".mxf"])
@pytest.mark.parametrize("span", [(0, None), (5, 20)])
def test_sound_whose_channels_have_no_names_goes_into_an_mp4(
    tmp_path: Path, ending: str, span: tuple[int, int | None]
) -> None:
    plate = make_film(tmp_path / f"plate{ending}", frames=25, sound="pcm_s16le")
    render(plate, tmp_path / "result.mp4", "h264-review", *span)
    sample, whole = 4 * 48000 // 25, b"".join(packet_data(plate, "audio"))
    first, stop = span[0] * sample, (span[1] or 25) * sample
    assert b"".join(packet_data(tmp_path / "result.mp4", "audio")) == whole[first:stop]


def test_more_channels_without_names_are_refused_before_the_render(tmp_path: Path) -> None:
    plate = tmp_path / "plate.avi"
    with av.open(str(make_film(tmp_path / "silent.avi", frames=5))) as silent, av.open(str(plate), "w") as output:
        pictures = output.add_stream_from_template(silent.streams.video[0])
        sound = output.add_stream("pcm_s16le", rate=48000, layout="4 channels")
        for packet in silent.demux(video=0):
            if packet.size:
                packet.stream = pictures
                output.mux(packet)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4 * 9600), np.int16), format="s16", layout="4 channels")
        frame.sample_rate = 48000
        output.mux([*sound.encode(frame), *sound.encode(None)])
    with pytest.raises(ContainerLimit, match=r"audio stream 1 \(pcm_s16le\)"):
        render(plate, tmp_path / "result.mp4", "h264-review")
    assert render(plate, tmp_path / "result.mov", "h264-review").frames == 5


def test_pcm_of_a_range_is_cut_to_the_sample(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mov", frames=60, sound="pcm_s24le")
    for start, stop in ((7, 23), (0, 1), (55, 60)):
        output = tmp_path / f"{start}.mov"
        report = render(plate, output, "h264-review", start, stop)
        sample, whole = 6 * 48000 // 25, b"".join(packet_data(plate, "audio"))
        assert b"".join(packet_data(output, "audio")) == whole[start * sample : stop * sample]
        assert audio_start(output) == 0
        assert report.notes == ()


def test_pcm_is_cut_to_the_sample_where_times_are_in_milliseconds(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mkv", frames=60, sound="pcm_s16le", sound_rate=44100)
    output = tmp_path / "result.mkv"
    render(plate, output, "h264-review", 10, 30)
    whole = b"".join(packet_data(plate, "audio"))
    assert b"".join(packet_data(output, "audio")) == whole[10 * 44100 // 25 * 4 : 30 * 44100 // 25 * 4]


def test_compressed_sound_of_a_range_is_copied_with_an_edit_list_and_reported(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=60, sound="aac")
    output = tmp_path / "result.mp4"
    report = render(plate, output, "h264-review", 20, 40)
    whole, part = packet_data(plate, "audio"), packet_data(output, "audio")
    first = whole.index(part[0])
    assert part == whole[first : first + len(part)]
    lead = -audio_start(output)
    assert 0 < lead < Fraction(2 * 1024, 48000)
    assert f"{float(lead) * 1000:.1f} ms before the first frame" in report.notes[0]
    assert picture_times(output) == [Fraction(each, 25) for each in range(20)]


def test_compressed_sound_begins_late_and_says_so_where_there_are_no_edit_lists(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=60, sound="aac")
    output = tmp_path / "result.mkv"
    report = render(plate, output, "h264-review", 20, 40)
    late = audio_start(output)
    assert 0 <= late < Fraction(1024, 48000)
    assert any("after the first frame" in note for note in report.notes)


def test_chapters_are_kept_and_cut_to_the_range(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=50, chapters=[(0, 0.8, "one"), (0.8, 2.0, "two")])
    render(plate, tmp_path / "whole.mkv", "h264-review")
    render(plate, tmp_path / "part.mp4", "h264-review", 25, 50)
    with av.open(str(tmp_path / "whole.mkv")) as container:
        assert [each["metadata"]["title"] for each in container.chapters()] == ["one", "two"]
    with av.open(str(tmp_path / "part.mp4")) as container:
        (chapter,) = container.chapters()
        base = chapter["time_base"] or Fraction(1)
        assert chapter["metadata"]["title"] == "two"
        assert [chapter["start"] * base, chapter["end"] * base] == [Fraction(0), Fraction(1)]


def test_subtitles_are_copied(tmp_path: Path) -> None:
    plate = with_subtitles(make_film(tmp_path / "pictures.mp4", frames=50), tmp_path / "plate.mkv")
    render(plate, tmp_path / "whole.mkv", "h264-review")
    assert packet_data(tmp_path / "whole.mkv", "subtitle") == [b"first", b"second"]
    render(plate, tmp_path / "part.mkv", "h264-review", 25, 50)
    assert packet_data(tmp_path / "part.mkv", "subtitle") == [b"second"]
    assert probe(tmp_path / "part.mkv").subtitles == 1


def test_subtitles_a_container_cannot_hold_are_said_before_the_render(tmp_path: Path) -> None:
    plate = with_subtitles(make_film(tmp_path / "pictures.mp4", frames=5), tmp_path / "plate.mkv")
    with pytest.raises(ContainerLimit, match=r"subtitle stream 1 \(srt\)"):
        render(plate, tmp_path / "result.mp4", "h264-review")


def with_subtitles(film: Path, path: Path) -> Path:
    """`film` with two subtitles: 0–0.4 s and 1.2–1.6 s."""
    text = film.with_suffix(".srt")
    text.write_text("1\n00:00:00,000 --> 00:00:00,400\nfirst\n\n2\n00:00:01,200 --> 00:00:01,600\nsecond\n")
    with av.open(str(film)) as pictures, av.open(str(text)) as words, av.open(str(path), "w") as output:
        video = output.add_stream_from_template(pictures.streams.video[0])
        subtitle = output.add_stream_from_template(words.streams.subtitles[0])
        for packet in words.demux():
            if packet.size:
                packet.stream = subtitle
                output.mux(packet)
        for picture in pictures.demux(video=0):
            if picture.size:
                picture.stream = video
                output.mux(picture)
    return path


def test_tags_of_the_plate_and_its_streams_go_along(tmp_path: Path, media_dir: Path) -> None:
    output = tmp_path / "result.mp4"
    render(media_dir / "WolfgangLanger_Pexels.mp4", output, "h264-review", 0, 5)
    with av.open(str(output)) as result, av.open(str(media_dir / "WolfgangLanger_Pexels.mp4")) as plate:
        assert result.streams.audio[0].language == plate.streams.audio[0].language


def test_the_last_pictures_length_is_the_plates(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=10)
    assert (last_duration(probe(plate)) or 0) * probe(plate).time_base == Fraction(1, 25)
