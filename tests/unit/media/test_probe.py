"""What a plate is, and what is said of a path that is none."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.stream import Disposition
from av.video.stream import VideoStream

from pipeline.errors import MediaError, MediaNotFound, MediaUnreadable, NoVideo, UnsupportedFormat
from pipeline.imaging.arrays import Rect
from pipeline.media.plate_view import view_of
from pipeline.media.probe import probe
from pipeline.media.reader import open_plate
from tests.stamped_films import FilmSpec, stamped_number, write_film


def test_a_real_clip_is_described(media_dir: Path) -> None:
    info = probe(media_dir / "WolfgangLanger_Pexels.mp4")
    assert (info.kind, info.frames, info.rate, info.vfr) == ("film", 472, Fraction(24000, 1001), False)
    assert (info.width, info.height, info.rotation, info.pixel_aspect) == (640, 360, 0, Fraction(1))
    assert (info.format.name, info.format.depth, info.codec) == ("yuv420p", 8, "h264")
    assert (info.colour.matrix, info.colour.range, info.colour.assumed) == ("bt601", "limited", ("siting",))
    assert [(audio.codec, audio.sample_rate, audio.channels) for audio in info.audio] == [("aac", 48000, 2)]
    assert not info.interlaced


@pytest.mark.parametrize(
    ("size", "matrix", "primaries"),
    [((1280, 720), "bt709", "bt709"), ((720, 576), "bt601", "bt601-625"), ((720, 480), "bt601", "bt601-525")],
)
def test_missing_tags_follow_the_size_and_are_said(
    tmp_path: Path, size: tuple[int, int], matrix: str, primaries: str
) -> None:
    info = probe(write_film(tmp_path / "film.mkv", FilmSpec("ffv1", frames=1, size=size)))
    assert (info.colour.matrix, info.colour.primaries, info.colour.range) == (matrix, primaries, "limited")
    assert info.colour.assumed == ("range", "matrix", "primaries", "transfer", "siting")


def test_tags_of_the_file_are_kept(tmp_path: Path) -> None:
    spec = FilmSpec("libx265", "yuv420p10le", 2, tags=(9, 16, 9, 1), options={"x265-params": "log-level=none"})
    colour = probe(write_film(tmp_path / "hdr.mp4", spec)).colour
    assert (colour.matrix, colour.transfer, colour.primaries, colour.range) == ("bt2020", "pq", "bt2020", "limited")
    assert (colour.siting, colour.assumed) == ("topleft", ("siting",))


@pytest.mark.parametrize(("written", "clockwise"), [(90, 270), (-90, 90), (180, 180)])
def test_rotation_is_read_clockwise_and_turns_the_shown_size(tmp_path: Path, written: int, clockwise: int) -> None:
    info = probe(write_film(tmp_path / "turned.mp4", FilmSpec(frames=2, rotation=written)))
    assert info.rotation == clockwise
    assert info.display_size == ((192, 64) if clockwise == 180 else (64, 192))


def test_pixel_aspect_widens_the_shown_size(tmp_path: Path) -> None:
    info = probe(
        write_film(tmp_path / "wide.mov", FilmSpec("prores_ks", "yuv422p10le", 2, pixel_aspect=Fraction(4, 3)))
    )
    assert (info.pixel_aspect, info.width, info.display_size) == (Fraction(4, 3), 192, (256, 64))


def test_a_nonsensical_pixel_aspect_is_passed_over(tmp_path: Path) -> None:
    spec = FilmSpec("prores_ks", "yuv422p10le", 2, pixel_aspect=Fraction(60, 1))
    assert probe(write_film(tmp_path / "wide.mov", spec)).pixel_aspect == 1


def test_interlaced_film_is_said(tmp_path: Path) -> None:
    spec = FilmSpec(frames=4, options={"x264-params": "tff=1"})
    assert probe(write_film(tmp_path / "fields.mp4", spec)).interlaced


def test_the_start_timecode_is_read(tmp_path: Path) -> None:
    spec = FilmSpec("prores_ks", "yuv422p10le", 2, metadata={"timecode": "01:02:03:04"})
    assert probe(write_film(tmp_path / "film.mov", spec)).first_timecode == "01:02:03:04"


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt", "depth"),
    [("alpha.mov", "prores_ks", "yuva444p10le", 12), ("alpha.mkv", "ffv1", "bgra", 8)],
)
def test_alpha_is_kept(tmp_path: Path, name: str, codec: str, pix_fmt: str, depth: int) -> None:
    info = probe(write_film(tmp_path / name, FilmSpec(codec, pix_fmt, 2)))
    assert (info.format.alpha, info.format.depth) == (True, depth)


def test_eight_k_and_one_pixel_are_films_too(tmp_path: Path) -> None:
    for width, height, codec in ((1, 1, "ffv1"), (7680, 4320, "libx264")):
        with open_plate(_plain_film(tmp_path / f"{width}.mkv", width, height, codec)) as reader:
            assert (reader.info.width, reader.info.height, reader.info.frames) == (width, height, 1)
            planes = reader.read(0)
            assert planes.data[0].shape == (height, width)
            corner = Rect(width // 2, height // 2, width, height)
            assert view_of(reader.info).crop(planes, corner).shape == (corner.height, corner.width, 3)


def _plain_film(path: Path, width: int, height: int, codec: str) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=24, options={"preset": "ultrafast"} if codec == "libx264" else {})
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        frame = av.VideoFrame(width, height, "yuv420p")
        frame.pts = 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _without_frames(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=24)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        container.start_encoding()
    return path


def _cut(path: Path, share: float) -> Path:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


def _bytes(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _index_first(path: Path) -> Path:
    whole = write_film(path.with_name("whole.mp4"), FilmSpec(frames=60))
    with av.open(str(whole)) as source, av.open(str(path), "w", options={"movflags": "faststart"}) as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return path


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        (lambda d: d / "missing.mp4", MediaNotFound, "missing.mp4 does not exist; check the name"),
        (lambda d: _bytes(d / "a.HEIC", b"\0\0\0\x18ftypheic"), UnsupportedFormat, "a.HEIC is a HEIC photo.* as JPEG"),
        (lambda d: _bytes(d / "empty.mp4", b""), MediaUnreadable, "empty.mp4 is empty; copy it again"),
        (lambda d: _bytes(d / "text.mov", b"not a film\n" * 99), MediaUnreadable, "text.mov cannot be read as a film"),
        (
            lambda d: _bytes(d / "notes.txt", b"not a film\n" * 99),
            MediaUnreadable,
            "notes.txt is not a film or picture",
        ),
        (lambda d: _bytes(d / "not.png", b"not a picture"), MediaUnreadable, "not.png cannot be read as a picture"),
        (lambda d: _bytes(d / "not.exr", b"not a picture"), MediaUnreadable, "not.exr cannot be read as an EXR"),
        (lambda d: _without_frames(d / "none.mkv"), MediaUnreadable, "none.mkv (holds no frame|cannot be read)"),
        (lambda d: _cut(write_film(d / "tail.mp4", FilmSpec()), 0.5), MediaUnreadable, "tail.mp4 .*cut short"),
        (lambda d: _cut(_index_first(d / "half.mp4"), 0.6), MediaUnreadable, "half.mp4 is cut short: it should last"),
        (lambda d: _cut(write_film(d / "half.mkv", FilmSpec("ffv1")), 0.5), MediaUnreadable, "half.mkv is cut short"),
        (lambda d: d, MediaUnreadable, "is a folder without pictures"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_plate_is_said_in_a_sentence(
    tmp_path: Path, make: Callable[[Path], Path], error: type[MediaError], sentence: str
) -> None:
    path = make(tmp_path)
    with pytest.raises(error, match=sentence) as caught:
        probe(path)
    assert isinstance(caught.value, MediaError)
    assert str(path) in str(caught.value)


def test_sound_alone_is_no_plate(media_dir: Path) -> None:
    with pytest.raises(NoVideo, match=r"speech.mp3 has sound but no pictures"):
        probe(media_dir / "speech.mp3")


def test_a_film_written_anew_is_probed_anew(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    write_film(path, FilmSpec("ffv1", frames=3))
    assert probe(path).frames == 3
    write_film(path, FilmSpec("ffv1", frames=5))
    assert probe(path).frames == 5


@pytest.mark.parametrize("name", ["scene 1: take #2.mkv", "http:film.mkv", "concat:a.mkv", "100%d.mkv"])
def test_a_name_is_a_file_whatever_it_looks_like(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    write_film(tmp_path / "plain.mkv", FilmSpec("ffv1", frames=3)).rename(tmp_path / name)
    with open_plate(Path(name)) as reader:
        assert stamped_number(reader.read(2)) == 2


def test_a_cover_picture_is_no_film(tmp_path: Path, media_dir: Path) -> None:
    path = tmp_path / "song.mp3"
    with av.open(str(media_dir / "speech.mp3")) as source, av.open(str(path), "w") as target:
        sound = target.add_stream_from_template(source.streams.audio[0])
        cover = target.add_stream("png", rate=1)
        assert isinstance(cover, VideoStream)
        cover.width, cover.height, cover.pix_fmt = 16, 16, "rgb24"
        cover.disposition = Disposition.attached_pic
        target.mux(cover.encode(av.VideoFrame(16, 16, "rgb24")))
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = sound
                target.mux(packet)
    with av.open(str(path)) as container:
        assert len(container.streams.video) == 1
    with pytest.raises(NoVideo, match=r"song.mp3 has sound but no pictures"):
        probe(path)


def test_a_codec_this_build_lacks_is_said(tmp_path: Path) -> None:
    path = write_film(tmp_path / "film.mov", FilmSpec("prores_ks", "yuv422p10le", 2))
    path.write_bytes(path.read_bytes().replace(b"apch", b"zz9z").replace(b"apcn", b"zz9z"))
    with pytest.raises(UnsupportedFormat, match=r"film.mov is coded in a way this build cannot read"):
        probe(path)


def test_names_in_another_alphabet_do_not_hinder(tmp_path: Path) -> None:
    path = write_film(tmp_path / "film.mkv", FilmSpec("ffv1", frames=2, metadata={"comment": "abcdefgh"}))
    path.write_bytes(path.read_bytes().replace(b"abcdefgh", b"caf\xe9 \xfc\xdf\xff"))
    assert probe(path).frames == 2
