"""Cuts, dissolves and fades between real shots are found where they lie; flashes, pans and light are none."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.dissolves import Dissolve, find_dissolves, tiny
from pipeline.analysis.journal import Chunk, MemoryJournal
from pipeline.analysis.shots import Shots, shots_in, shots_of
from pipeline.jobs.shot_reel import Reel, Small, clip_thumbnails, flashed, panned, relit
from pipeline.media.photo import read_photo

Clip = list[Small]


@pytest.fixture(scope="module")
def man(media_dir: Path) -> Clip:
    return clip_thumbnails(media_dir / "single_face.mp4")


@pytest.fixture(scope="module")
def woman(media_dir: Path) -> Clip:
    return clip_thumbnails(media_dir / "WolfgangLanger_Pexels.mp4")


def reel_of(pictures: Clip) -> Reel:
    reel = Reel()
    reel.shot(pictures)
    return reel


@pytest.mark.parametrize("frames", [4, 7, 12, 24, 40])
def test_a_dissolve_is_found_where_it_lies_and_as_long_as_it_is(frames: int, man: Clip, woman: Clip) -> None:
    reel = reel_of(woman[300:324])
    reel.dissolve(woman[324 : 324 + frames], man[:frames])
    reel.shot(man[frames : frames + 24])
    (found,) = reel.found().dissolves
    assert found.first == pytest.approx(24, abs=max(1, frames // 6))
    assert found.frames == pytest.approx(frames, abs=max(1, frames // 6))
    assert not found.fade
    assert reel.found().cuts == ()


def test_fades_are_called_fades_and_their_first_step_is_no_cut(man: Clip) -> None:
    black = [np.zeros_like(man[0])] * 12
    reel = reel_of(man[:20])
    reel.dissolve(man[20:32], black, fade=True)
    reel.shot(black)
    reel.dissolve(black, man[40:52], fade=True)
    reel.shot(man[52:])
    found = reel.found()
    assert found.cuts == ()
    assert [each.fade for each in found.dissolves] == [True, True]
    for each, there in zip(found.dissolves, reel.dissolves, strict=True):
        assert each.first == pytest.approx(there.first, abs=1)
        assert each.stop == pytest.approx(there.stop, abs=1)


def test_a_hard_cut_is_a_cut_and_no_short_dissolve(man: Clip, woman: Clip) -> None:
    reel = reel_of(woman[300:330])
    reel.cut(man[:30])
    reel.cut(woman[250:280])
    assert reel.found() == Shots((30, 60), ())


def test_a_face_that_moves_and_a_hand_that_comes_before_it_are_no_dissolve(man: Clip, woman: Clip) -> None:
    for clip in (man, woman):
        assert reel_of(clip).found() == Shots()


@pytest.mark.parametrize("frames", [1, 2, 5, 8])
def test_a_flash_begins_no_shot(frames: int, woman: Clip) -> None:
    assert reel_of(flashed(woman[:60], 25, frames)).found() == Shots()


@pytest.mark.parametrize("gain", [0.2, 2.5])
def test_light_that_changes_begins_no_shot(gain: float, woman: Clip) -> None:
    changing = relit(woman[260:290], lambda t: 1 + (gain - 1) * t)
    assert reel_of([*woman[240:260], *changing, *relit(woman[290:310], lambda t: gain)]).found() == Shots()


@pytest.mark.parametrize("frames", [8, 16, 36])
def test_a_pan_begins_no_shot(frames: int, media_dir: Path) -> None:
    assert reel_of(panned(read_photo(media_dir / "multi_face.jpg"), frames, 20)).found() == Shots()


def test_no_dissolve_lies_over_a_hard_cut(man: Clip, woman: Clip) -> None:
    reel = reel_of(woman[300:324])
    reel.dissolve(woman[324:336], man[:12])
    reel.shot(man[12:36])
    pictures = np.stack([tiny(each) for each in reel.pictures])
    assert find_dissolves(pictures, [0, 30]) == []


def test_places_are_plate_frames_wherever_the_pass_began(man: Clip, woman: Clip) -> None:
    reel = reel_of(woman[300:324])
    reel.dissolve(woman[324:336], man[:12])
    reel.shot(man[12:30])
    reel.cut(woman[10:30])
    pictures = [tiny(each) for each in reel.pictures]
    (first,) = shots_in(np.stack(pictures), [0, 54]).dissolves
    journal = MemoryJournal()
    journal.commit(Chunk(140, {}, [], [100], [], b"", pictures[:40]))
    journal.commit(Chunk(174, {}, [], [154], [], b"", pictures[40:]))
    shots = shots_of(journal)
    assert shots == Shots((100, 154), (Dissolve(first.first + 100, first.stop + 100),))
    assert shots.begins == [100, first.stop + 100, 154]


def test_nothing_seen_has_no_shots() -> None:
    assert shots_of(MemoryJournal()) == Shots()
