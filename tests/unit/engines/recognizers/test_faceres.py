"""Embeddings tell people apart across frames, light and pictures."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.recognizers.faceres import SAME_PERSON, FaceResRecognizer
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8
from pipeline.media.photo import read_photo
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate


def frames(path: Path, numbers: tuple[int, ...]) -> list[ImageU8]:
    with open_plate(path) as reader:
        return [view_of(reader.info).rgb8(reader.read(number)) for number in numbers]


def test_one_person_is_more_alike_than_two(media_dir: Path, models_dir: Path) -> None:
    pool = SessionPool(models_dir)
    recognizer = FaceResRecognizer(pool)

    def embedded(picture: ImageU8) -> NDArray[np.float32]:
        return recognizer.embed(picture, find_faces(picture, pool)[0])

    group = read_photo(media_dir / "multi_face.jpg")
    woman = [embedded(each) for each in frames(media_dir / "WolfgangLanger_Pexels.mp4", (10, 300))]
    man = [embedded(each) for each in frames(media_dir / "single_face.mp4", (0, 60))]
    others = [recognizer.embed(group, mesh) for mesh in find_faces(group, pool)]
    assert np.isclose(np.linalg.norm(woman[0]), 1)
    assert woman[0] @ woman[1] > SAME_PERSON
    assert man[0] @ man[1] > SAME_PERSON
    assert max(woman[0] @ each for each in (*man, *others)) < SAME_PERSON
    assert max(man[0] @ each for each in others) < SAME_PERSON
