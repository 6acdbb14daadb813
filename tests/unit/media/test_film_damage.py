"""Damage inside a film costs the frames it touches, and neither count nor numbering of the others."""

from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.errors import FrameUnreadable
from pipeline.imaging.planes import Planes
from pipeline.media.reader import open_plate
from tests.stamped_films import FilmSpec, stamped_number, write_film

FILMS = {
    "h264.mp4": FilmSpec(frames=60, options={"g": "12", "bf": "2", "x264-params": "scenecut=0"}),
    "hevc.mp4": FilmSpec("libx265", "yuv420p", 60, options={"x265-params": "log-level=none:keyint=12:scenecut=0"}),
    "prores.mov": FilmSpec("prores_ks", "yuv422p10le", 30),
    "dnxhr.mov": FilmSpec("dnxhd", "yuv422p10le", 30, size=(256, 128), options={"profile": "dnxhr_hqx"}),
    "ffv1.mkv": FilmSpec("ffv1", "yuv420p", 30, options={"g": "1"}),
}
STANDS_ALONE = {"prores.mov", "dnxhr.mov", "ffv1.mkv"}
DAMAGED = 17


def _damage(path: Path, frame: int) -> None:
    """Fill the packet of one frame with noise, its first bytes kept."""
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(container.streams.video[0]) if packet.size]
        payloads = [bytes(packet) for packet in sorted(packets, key=lambda packet: packet.pts or 0)]
    content = bytearray(path.read_bytes())
    place = content.find(payloads[frame])
    assert place > 0
    noise = np.random.default_rng(1).integers(0, 256, len(payloads[frame]) - 8, dtype=np.uint8)
    content[place + 8 : place + len(payloads[frame])] = noise.tobytes()
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("name", list(FILMS))
def test_a_damaged_packet_is_one_gap_and_nothing_moves(tmp_path: Path, name: str) -> None:
    spec = FILMS[name]
    path = write_film(tmp_path / name, spec)
    _damage(path, DAMAGED)
    with open_plate(path) as reader:
        items = list(reader.frames())
        assert [item.frame for item in items] == list(range(spec.frames))
        lost = {item.frame for item in items if isinstance(item, FrameUnreadable)}
        good = [item for item in items if isinstance(item, Planes)]
        assert DAMAGED in lost
        assert lost == {DAMAGED} if name in STANDS_ALONE else lost <= set(range(DAMAGED - 5, DAMAGED + 12))
        assert all(stamped_number(planes) == planes.frame for planes in good)
        for frame in (*range(spec.frames - 1, 0, -7), DAMAGED):
            if frame in lost:
                with pytest.raises(FrameUnreadable, match=rf"Frame {frame} of .*{name} cannot be decoded"):
                    reader.read(frame)
            else:
                assert stamped_number(reader.read(frame)) == frame


def test_frames_after_a_lost_reference_are_not_smeared_but_named(tmp_path: Path) -> None:
    path = write_film(tmp_path / "film.mp4", FilmSpec(frames=40, options={"g": "250", "bf": "0"}))
    _damage(path, DAMAGED)
    with open_plate(path) as reader:
        lost = [item.frame for item in reader.frames() if isinstance(item, FrameUnreadable)]
        assert lost == list(range(DAMAGED, 40))


def test_damage_to_a_frame_nothing_depends_on_costs_it_alone(tmp_path: Path) -> None:
    options = {"g": "250", "bf": "1", "x264-params": "b-adapt=0:b-pyramid=0:scenecut=0"}
    path = write_film(tmp_path / "film.mp4", FilmSpec(frames=40, options=options))
    _damage(path, DAMAGED)
    with open_plate(path) as reader:
        assert [item.frame for item in reader.frames() if isinstance(item, FrameUnreadable)] == [DAMAGED]


def test_a_film_whose_side_information_is_odd_throughout_is_not_damaged(tmp_path: Path) -> None:
    path = write_film(tmp_path / "film.mkv", FilmSpec(frames=30, options={"g": "10"}))
    content = bytearray(path.read_bytes())
    place = content.find(b"\x06\x05\xff\xff")  # x264's note about itself: unit type 6, payload 5, its length
    assert place > 0
    content[place + 2 : place + 30] = b"\xff" * 28
    path.write_bytes(bytes(content))
    with open_plate(path) as reader:
        assert [stamped_number(item) for item in reader.frames() if isinstance(item, Planes)] == list(range(30))
