import numpy as np

from pipeline.quality.sheet_page import PAGE, Tile, fitted, labelled, pages, row, stacked


def _picture(height: int, width: int, value: int = 200) -> np.ndarray:
    return np.full((height, width, 3), value, np.uint8)


def test_a_label_stands_above_its_picture_and_is_never_cut() -> None:
    narrow = labelled(Tile("a long label over a narrow picture", _picture(40, 20)))
    assert narrow.shape[1] > 200
    assert (narrow[-40:, :20] == 200).all()
    assert narrow[:-40].max() > 200, "the words are drawn"


def test_rows_and_stacks_keep_every_pixel() -> None:
    tiles = [Tile("a", _picture(30, 50, 90)), Tile("b", _picture(20, 60, 91))]
    for joined in (row(tiles), stacked(tiles)):
        assert (joined == 90).all(axis=2).sum() == 30 * 50
        assert (joined == 91).all(axis=2).sum() == 20 * 60


def test_no_page_is_larger_than_a_page_and_nothing_is_lost() -> None:
    made = pages([[_picture(300, 500, 100 + k) for k in range(40)]])
    assert len(made) == 3
    assert all(max(page.shape) <= PAGE for page in made)
    for k in range(40):
        assert sum(int((page == 100 + k).all(axis=2).sum()) for page in made) == 300 * 500


def test_a_group_starts_a_new_line() -> None:
    (page,) = pages([[_picture(50, 100)], [_picture(50, 100)]])
    assert page.shape[0] >= 100
    assert page.shape[1] == 100


def test_a_picture_larger_than_a_page_is_reduced() -> None:
    assert max(fitted(_picture(1000, 4000), PAGE).shape) == PAGE
    assert fitted(_picture(100, 200), PAGE).shape == (100, 200, 3)
    assert max(pages([[_picture(5000, 100)]])[0].shape) <= PAGE


def test_no_blocks_make_no_pages() -> None:
    assert pages([]) == []
    assert pages([[]]) == []
