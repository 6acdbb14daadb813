"""Two faces drawn in one pass: each becomes its own source, and neither touches the other's half."""

import wave
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.photo_faces import find_faces
from pipeline.cli import main
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8
from pipeline.jobs.speaker_plate import ClipRange, plain_frames, write_plate
from pipeline.media.photo import read_photo
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.quality.identity import Descriptor, IdentityMeter

HALF = 640
ABOVE_MARK = 270
"""The mark stands below, in the left corner."""
FRAMES = 3
Film = list[ImageU8]


@pytest.fixture(scope="module")
def sources(media_dir: Path) -> tuple[Path, Path]:
    """Of the left face, and of the right one."""
    return media_dir / "synthetic_portrait.png", media_dir / "single_face.jpg"


@pytest.fixture(scope="module")
def films(media_dir: Path, sources: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Film, ...]:
    """The plate, the plate with both faces replaced, and with the left one ignored."""
    folder = tmp_path_factory.mktemp("two")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIKENESS_CONFIG", str(folder / "config"))
        patch.setenv("LIKENESS_CACHE", str(folder / "cache"))
        silence = folder / "silence.wav"
        with wave.open(str(silence), "wb") as sound:
            sound.setparams((1, 2, 16000, 0, "NONE", ""))
            sound.writeframes(bytes(2 * 16000 * FRAMES // 25))
        clips = (ClipRange(media_dir / name, 20, 22) for name in ("single_face.mp4", "WolfgangLanger_Pexels.mp4"))
        left, right = (plain_frames(clip, FRAMES) for clip in clips)
        plate = write_plate(folder / "pair.mkv", left, right, silence, Fraction(25))
        project = str(folder / "pair.likeness")
        faces = [argument for track, source in enumerate(sources) for argument in ("--face", f"{track}={source}")]
        assert main(["new", project, "--plate", str(plate), *faces]) == 0
        both = drawn(project, folder / "both.mkv")
        assert main(["face", "ignore", project, "--face", "face-1"]) == 0
        second = drawn(project, folder / "second.mkv")
    return pictures(plate), both, second


def drawn(project: str, output: Path) -> Film:
    assert main(["render", project, "-o", str(output), "--quality", "draft", "--provider", "cpu"]) == 0
    return pictures(output)


def pictures(path: Path) -> Film:
    with open_plate(path) as reader:
        view = view_of(reader.info)
        return [view.rgb8(reader.read(frame)) for frame in range(FRAMES)]


def test_each_face_comes_nearer_to_its_own_source(
    films: tuple[Film, ...], sources: tuple[Path, Path], models_dir: Path
) -> None:
    pool, meter = SessionPool(models_dir), IdentityMeter()

    def embedded(picture: ImageU8) -> Descriptor:
        return meter.embed(picture, find_faces(picture, pool)[0].landmarks)

    wanted = [embedded(read_photo(source)) for source in sources]
    for own, side in enumerate((np.s_[:, :HALF], np.s_[:, HALF:])):
        before, after = (embedded(np.ascontiguousarray(film[1][side])) for film in films[:2])
        nearer = [np.linalg.norm(before - each) - np.linalg.norm(after - each) for each in wanted]
        assert nearer[own] > 0.1
        # Both sources are young women, so that who becomes the one comes nearer to the other, too.
        assert nearer[own] > nearer[1 - own] + 0.03


def test_a_face_that_is_ignored_stays_the_plate_s_and_the_other_is_drawn_as_before(films: tuple[Film, ...]) -> None:
    for plate, both, second in zip(*films, strict=True):
        assert (both[:ABOVE_MARK, :HALF] != plate[:ABOVE_MARK, :HALF]).any()
        assert np.array_equal(second[:ABOVE_MARK, :HALF], plate[:ABOVE_MARK, :HALF])
        assert (second[:, HALF:] != plate[:, HALF:]).any()
        assert np.array_equal(second[:, HALF:], both[:, HALF:])
