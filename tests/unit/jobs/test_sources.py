"""Sources of an identity: photos, frames of films, whole films."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.session import SessionPool
from pipeline.errors import FaceTooSmall, FaceTooTurned, NoFace, RangeError, SeveralFaces
from pipeline.jobs.source_choice import SourceChoice, source_choice
from pipeline.jobs.sources import check_usable, read_sources, remarks, small_for


@pytest.fixture(scope="module")
def pool(models_dir: Path) -> SessionPool:
    return SessionPool(models_dir)


@pytest.mark.parametrize(
    ("argument", "choice"),
    [
        ("a.jpg", SourceChoice(Path("a.jpg"))),
        ("a.jpg#2", SourceChoice(Path("a.jpg"), face=2)),
        ("a.mp4@0", SourceChoice(Path("a.mp4"), frame=0)),
        ("a.mp4@12#3", SourceChoice(Path("a.mp4"), face=3, frame=12)),
        ("a#x.jpg", SourceChoice(Path("a#x.jpg"))),
        ("me@home.jpg", SourceChoice(Path("me@home.jpg"))),
    ],
)
def test_a_choice_is_written_after_the_name(argument: str, choice: SourceChoice) -> None:
    assert source_choice(argument) == choice


def test_a_file_whose_name_looks_like_a_choice_is_taken_as_it_is(tmp_path: Path) -> None:
    odd = tmp_path / "portrait@2"
    odd.touch()
    assert source_choice(str(odd)) == SourceChoice(odd)


def test_several_faces_need_a_choice_which_the_message_offers(media_dir: Path, pool: SessionPool) -> None:
    photo = media_dir / "multi_face.jpg"
    with pytest.raises(SeveralFaces, match=r"#1 at .* #5 at"):
        read_sources([SourceChoice(photo)], pool)
    with pytest.raises(NoFace, match="no face 6"):
        read_sources([SourceChoice(photo, face=6)], pool)


def test_a_face_of_a_few_pixels_is_refused(media_dir: Path, pool: SessionPool, tmp_path: Path) -> None:
    from PIL import Image

    small = tmp_path / "small.png"
    Image.open(media_dir / "single_face.jpg").resize((143, 140)).save(small)
    with pytest.raises(FaceTooSmall, match=r"small\.png is \d+ pixels wide"):
        read_sources([SourceChoice(small)], pool)


def test_a_face_turned_too_far_is_refused(media_dir: Path, pool: SessionPool) -> None:
    (photo,) = read_sources([SourceChoice(media_dir / "single_face.jpg")], pool)
    turn = np.radians(60)
    about = np.array([[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]])
    middle = photo.mesh.landmarks.mean(0)
    turned = replace(photo.mesh, landmarks=(photo.mesh.landmarks - middle) @ about.T + middle)
    check_usable(photo.mesh, "photo")
    with pytest.raises(FaceTooTurned, match=r"in photo is turned by \d\d degrees; up to 45"):
        check_usable(turned, "photo")


def test_a_frame_of_a_film_is_a_source(media_dir: Path, pool: SessionPool) -> None:
    (photo,) = read_sources([SourceChoice(media_dir / "single_face.mp4", frame=5)], pool)
    assert photo.name == "single_face.mp4 frame 5"
    assert photo.image.shape == (360, 640, 3)
    with pytest.raises(RangeError):
        read_sources([SourceChoice(media_dir / "single_face.mp4", frame=72)], pool)


def test_of_a_film_the_calm_frontal_frames_are_taken(media_dir: Path, pool: SessionPool) -> None:
    photos = read_sources([SourceChoice(media_dir / "single_face.mp4")], pool)
    lead = photos[0].mesh
    assert max(lead.scores[44], lead.scores[45]) < 0.2, "the grin of the later frames is no source"
    assert max(lead.scores[9], lead.scores[10]) < 0.4, "nor is a blink"


@pytest.mark.long
def test_no_frame_with_a_hand_before_the_face_is_taken(media_dir: Path, pool: SessionPool) -> None:
    photos = read_sources([SourceChoice(media_dir / "WolfgangLanger_Pexels.mp4")], pool)
    frames = [int(photo.name.split(" frame ")[1].split(",")[0]) for photo in photos]
    assert not any(58 <= frame <= 228 for frame in frames)


def test_a_photo_much_smaller_than_the_plate_s_face_is_pointed_out(media_dir: Path, pool: SessionPool) -> None:
    photos = read_sources([SourceChoice(media_dir / "single_face.jpg")], pool)
    told = small_for(photos, 600.0)
    assert told is not None
    assert re.match(r"The face is \d+ pixels wide in single_face.jpg and about 600 in the plate", told)
    assert small_for(photos, 200.0) is None
    larger = read_sources([SourceChoice(media_dir / "synthetic_portrait.png")], pool)
    assert small_for([*photos, *larger], 600.0) is None, "the largest of them counts"
    assert small_for([], 600.0) is None


def test_a_hand_before_the_face_is_pointed_out(media_dir: Path, pool: SessionPool) -> None:
    film = media_dir / "WolfgangLanger_Pexels.mp4"
    (told,) = remarks(read_sources([SourceChoice(film, frame=120)], pool), pool)
    assert re.match(r"A hand covers 2\d% of the face in WolfgangLanger_Pexels.mp4 frame 120, .* Choose a photo", told)
    assert remarks(read_sources([SourceChoice(film, frame=300)], pool), pool) == []


def test_a_stranger_among_the_photos_is_pointed_out(media_dir: Path, pool: SessionPool) -> None:
    portrait = SourceChoice(media_dir / "synthetic_portrait.png")
    same = SourceChoice(media_dir / "synthetic_talker.mp4", frame=0)
    other = SourceChoice(media_dir / "single_face.jpg")
    assert remarks(read_sources([portrait, same], pool), pool) == []
    (told,) = remarks(read_sources([portrait, same, other], pool), pool)
    assert told.startswith("single_face.jpg may show another person than synthetic_portrait.png")
