"""Which coded samples lie under a shown pixel: turned, stretched, subsampled, of odd sizes."""

from fractions import Fraction

import numpy as np
import pytest

from pipeline.errors import RangeError
from pipeline.imaging.arrays import Rect
from pipeline.imaging.coded_samples import samples_under
from pipeline.imaging.planes import ColourTags, PixelFormat, Planes
from pipeline.imaging.view import DisplayView

COLOUR = ColourTags("full", "bt709", "bt709", "bt709")
WIDTH, HEIGHT = 23, 15


def numbered(form: PixelFormat) -> Planes:
    """Every sample of a plane has a number of its own."""
    chroma = -(-HEIGHT // (1 << form.log2_chroma_h)), -(-WIDTH // (1 << form.log2_chroma_w))
    shapes = {"yuv": [(HEIGHT, WIDTH), chroma, chroma], "gray": [(HEIGHT, WIDTH)]}[form.family]
    data = tuple(
        (np.arange(h * w, dtype=np.uint16) + 1000 * number).reshape(h, w) for number, (h, w) in enumerate(shapes)
    )
    return Planes(form, COLOUR, WIDTH, HEIGHT, data, 0, 0, Fraction(1))


def view(form: PixelFormat, rotation: int, aspect: Fraction = Fraction(1)) -> DisplayView:
    return DisplayView(WIDTH, HEIGHT, rotation, aspect, form, COLOUR)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("shifts", [(0, 0), (1, 0), (1, 1)])
def test_every_shown_pixel_has_its_own_sample_and_the_chroma_that_covers_it(
    rotation: int, shifts: tuple[int, int]
) -> None:
    form = PixelFormat("any", "yuv", 10, False, *shifts)
    planes, seen = numbered(form), view(form, rotation)
    width, height = seen.size
    large = [planes.data[0]]
    for chroma in planes.data[1:]:
        repeated = np.repeat(np.repeat(chroma, 1 << shifts[1], axis=0), 1 << shifts[0], axis=1)
        large.append(repeated[:HEIGHT, :WIDTH])
    shown = [np.rot90(plane, -(rotation // 90)) for plane in large]
    assert shown[0].shape == (height, width)
    for y in range(height):
        for x in range(width):
            found = samples_under(planes, seen.under(Rect(x, y, x + 1, y + 1)))
            assert [each.tolist() for each in found] == [[[plane[y, x]]] for plane in shown]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_rectangle_holds_all_its_pixels_samples(rotation: int) -> None:
    form = PixelFormat("any", "gray", 16)
    planes, seen = numbered(form), view(form, rotation)
    rect = Rect(2, 5, 11, 14)
    (found,) = samples_under(planes, seen.under(rect))
    expected = np.rot90(planes.data[0], -(rotation // 90))[rect.y0 : rect.y1, rect.x0 : rect.x1]
    assert sorted(found.ravel().tolist()) == sorted(expected.ravel().tolist())


@pytest.mark.parametrize("aspect", [Fraction(2), Fraction(1, 2), Fraction(64, 45), Fraction(10, 11)])
@pytest.mark.parametrize("rotation", [0, 90])
def test_of_stretched_pixels_the_sample_is_told_in_whose_place_the_pixel_lies(aspect: Fraction, rotation: int) -> None:
    form = PixelFormat("any", "gray", 16)
    planes, seen = numbered(form), view(form, rotation, aspect)
    square = round(WIDTH * aspect)
    for x in range(square):
        column = int(Fraction(2 * x + 1, 2) * WIDTH / square)
        at = Rect(x, 4, x + 1, 5) if rotation == 0 else Rect(HEIGHT - 5, x, HEIGHT - 4, x + 1)
        (found,) = samples_under(planes, seen.under(at))
        assert found.tolist() == [[planes.data[0][4, column]]]


def test_outside_the_picture_there_is_nothing() -> None:
    with pytest.raises(RangeError):
        view(PixelFormat("any", "gray", 8), 90).under(Rect(14, 0, 16, 1))
