"""A crop shows the plate, and changing it changes nothing else: bit for bit, in every format and colour."""

from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest
from av.video.reformatter import Interpolation
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import RangeError
from pipeline.imaging.arrays import ImageF32, Mask, Rect
from pipeline.imaging.planes import ChromaSiting, ColourTags, PixelFormat, Plane, Planes
from pipeline.imaging.view import DisplayView

WIDTH, HEIGHT = 53, 38

VIDEO = ColourTags("limited", "bt709", "bt709", "bt709")
FILM_RGB = ColourTags("full", "rgb", "srgb", "bt709")

CASES: dict[str, tuple[PixelFormat, ColourTags]] = {
    "420-8": (PixelFormat("yuv420p", "yuv", 8, False, 1, 1), VIDEO),
    "420-8-full-601": (PixelFormat("yuv420p", "yuv", 8, False, 1, 1), replace(VIDEO, range="full", matrix="bt601")),
    "420-8-center": (PixelFormat("yuv420p", "yuv", 8, False, 1, 1), replace(VIDEO, siting="center")),
    "420-10-topleft": (PixelFormat("yuv420p10le", "yuv", 10, False, 1, 1), replace(VIDEO, siting="topleft")),
    "422-8": (PixelFormat("yuv422p", "yuv", 8, False, 1, 0), VIDEO),
    "422-10": (PixelFormat("yuv422p10le", "yuv", 10, False, 1, 0), VIDEO),
    "444-12-2020": (PixelFormat("yuv444p12le", "yuv", 12), replace(VIDEO, matrix="bt2020", primaries="bt2020")),
    "444-10-alpha": (PixelFormat("yuva444p10le", "yuv", 10, alpha=True), VIDEO),
    "411-8": (PixelFormat("yuv411p", "yuv", 8, False, 2, 0), VIDEO),
    "440-8": (PixelFormat("yuv440p", "yuv", 8, False, 0, 1), VIDEO),
    "420-10-pq": (PixelFormat("yuv420p10le", "yuv", 10, False, 1, 1), ColourTags("limited", "bt2020", "pq", "bt2020")),
    "422-10-hlg": (
        PixelFormat("yuv422p10le", "yuv", 10, False, 1, 0),
        ColourTags("limited", "bt2020", "hlg", "bt2020"),
    ),
    "422-10-slog3": (PixelFormat("yuv422p10le", "yuv", 10, False, 1, 0), replace(VIDEO, transfer="slog3")),
    "444-12-logc3": (PixelFormat("yuv444p12le", "yuv", 12), replace(VIDEO, transfer="logc3", primaries="awg3")),
    "rgb-8": (PixelFormat("gbrp", "rgb", 8), FILM_RGB),
    "rgb-16-p3": (PixelFormat("gbrp16le", "rgb", 16), replace(FILM_RGB, primaries="p3")),
    "rgb-10-limited": (PixelFormat("gbrp10le", "rgb", 10), replace(FILM_RGB, range="limited")),
    "float-linear": (PixelFormat("gbrpf32le", "rgb", 32, True), replace(FILM_RGB, transfer="linear")),
    "float-aces": (PixelFormat("gbrapf32le", "rgb", 32, True, alpha=True), ColourTags("full", "rgb", "linear", "ap0")),
    "gray-8": (PixelFormat("gray", "gray", 8), replace(FILM_RGB, matrix="bt709")),
}


def picture(form: PixelFormat, colour: ColourTags, seed: int) -> Planes:
    """Noise over the whole code range: illegal levels, over-range and negative values included."""
    rng = np.random.default_rng(seed)
    count = (1 if form.family == "gray" else 3) + form.alpha
    data: list[Plane] = []
    for number in range(count):
        chroma = form.family == "yuv" and number in (1, 2)
        width = -(-WIDTH >> form.log2_chroma_w) if chroma else WIDTH
        height = -(-HEIGHT >> form.log2_chroma_h) if chroma else HEIGHT
        if form.is_float:
            data.append(rng.normal(0.5, 3.0, (height, width)).astype(np.float32))
        elif form.depth == 8:
            data.append(rng.integers(0, 256, (height, width), dtype=np.uint8))
        else:
            data.append(rng.integers(0, 1 << form.depth, (height, width), dtype=np.uint16))
    for plane in data:
        plane.flags.writeable = False
    return Planes(form, colour, WIDTH, HEIGHT, tuple(data), 0, 0, Fraction(1, 24))


def view_for(form: PixelFormat, colour: ColourTags, rotation: int = 0, aspect: Fraction = Fraction(1)) -> DisplayView:
    return DisplayView(WIDTH, HEIGHT, rotation, aspect, form, colour)


def a_change(shape: tuple[int, ...], seed: int) -> tuple[ImageF32, Mask]:
    """Noise of ±0.4 and a support with holes, empty at its ends."""
    rng = np.random.default_rng(seed)
    support = rng.random(shape[:2]) < 0.6
    support[:2] = support[-3:] = False
    return rng.uniform(-0.4, 0.4, shape).astype(np.float32), support


rects = st.builds(
    lambda x, y, w, h: Rect(x, y, min(WIDTH, x + w), min(HEIGHT, y + h)),
    st.integers(0, WIDTH - 2),
    st.integers(0, HEIGHT - 2),
    st.integers(1, WIDTH),
    st.integers(1, HEIGHT),
)


@pytest.mark.parametrize("case", list(CASES))
@settings(max_examples=6)
@given(rect=rects, seed=st.integers(0, 1000))
def test_what_was_not_changed_keeps_every_bit(case: str, rect: Rect, seed: int) -> None:
    form, colour = CASES[case]
    planes = picture(form, colour, seed)
    view = view_for(form, colour)
    before = view.crop(planes, rect)
    result = view.apply(planes, rect, before, before.copy(), np.ones(before.shape[:2], np.bool_))
    assert all(np.array_equal(new, old) for new, old in zip(result.data, planes.data, strict=True))


@pytest.mark.parametrize("case", list(CASES))
@settings(max_examples=6)
@given(rect=rects, seed=st.integers(0, 1000))
def test_a_change_stays_inside_the_support_and_its_chroma(case: str, rect: Rect, seed: int) -> None:
    form, colour = CASES[case]
    planes = picture(form, colour, seed)
    view = view_for(form, colour)
    before = view.crop(planes, rect)
    change, support = a_change(before.shape, seed)
    result = view.apply(planes, rect, before, before + change, support)
    masks = view.reached(planes, rect, support)
    allowed = footprint(form, colour.siting, rect, support)
    for number, (new, old, mask) in enumerate(zip(result.data, planes.data, masks, strict=True)):
        assert np.array_equal(new[~mask], old[~mask])
        is_chroma = form.family == "yuv" and number in (1, 2)
        is_alpha = number >= (1 if form.family == "gray" else 3)
        expected = np.zeros_like(mask) if is_alpha else allowed[1] if is_chroma else allowed[0]
        assert np.array_equal(mask, expected)


def footprint(form: PixelFormat, siting: ChromaSiting, rect: Rect, support: Mask) -> tuple[Mask, Mask]:
    """Luma samples inside the support, and chroma samples one of whose taps is."""
    luma = np.zeros((HEIGHT, WIDTH), np.bool_)
    luma[rect.y0 : rect.y1, rect.x0 : rect.x1] = support
    shifts = form.log2_chroma_w, form.log2_chroma_h
    sited = siting in ("left", "topleft"), siting == "topleft"
    shape = -(-HEIGHT >> shifts[1]), -(-WIDTH >> shifts[0])
    chroma = np.zeros(shape, np.bool_)
    for y, x in np.argwhere(luma):
        for row in _groups(int(y), shifts[1], sited[1], shape[0]):
            for column in _groups(int(x), shifts[0], sited[0], shape[1]):
                chroma[row, column] = True
    return luma, chroma


def _groups(position: int, shift: int, co_sited: bool, count: int) -> list[int]:
    """Chroma places whose taps hold a luma position: the own group, and the next for the last of a co-sited pair."""
    own = position >> shift
    reached = [own, own + 1] if shift == 1 and co_sited and position % 2 else [own]
    return [place for place in reached if place < count]


@pytest.mark.parametrize("case", ["444-12-2020", "444-12-logc3", "rgb-8", "rgb-16-p3", "float-linear", "float-aces"])
def test_a_change_comes_back_as_it_was_made(case: str) -> None:
    form, colour = CASES[case]
    view, rect = view_for(form, colour), Rect(5, 4, 45, 33)
    flat = picture(form, colour, 1)
    level = 0.3 if form.is_float else 1 << (form.depth - 1)
    planes = flat.with_data(tuple(np.full_like(plane, level) for plane in flat.data))
    before = view.crop(planes, rect)
    change = np.random.default_rng(2).uniform(-0.1, 0.1, before.shape).astype(np.float32)
    result = view.apply(planes, rect, before, before + change, np.ones(before.shape[:2], np.bool_))
    error = np.abs(view.crop(result, rect) - before - change)
    assert error.max() < (1e-4 if form.is_float else 8.0 / (1 << form.depth))


def test_a_flat_change_of_subsampled_chroma_comes_back() -> None:
    for case in ("420-8", "420-10-topleft", "420-8-center", "422-10", "411-8"):
        form, colour = CASES[case]
        view, rect = view_for(form, colour), Rect(0, 0, 52, 38)
        grey = 1 << (form.depth - 1)
        planes = picture(form, colour, 0)
        planes = planes.with_data(tuple(np.full_like(plane, grey) for plane in planes.data))
        before = view.crop(planes, rect)
        after = before + np.array([0.12, -0.05, 0.03], np.float32)
        result = view.apply(planes, rect, before, after, np.ones(before.shape[:2], np.bool_))
        assert np.abs(view.crop(result, rect) - after)[4:-4, 8:-8].max() < 1.6 / (1 << (form.depth - 1))


@pytest.mark.parametrize("case", ["float-linear", "float-aces"])
def test_values_over_one_and_under_zero_survive(case: str) -> None:
    form, colour = CASES[case]
    view, planes = view_for(form, colour), picture(form, colour, 3)
    rect = Rect(0, 0, WIDTH, HEIGHT)
    before = view.crop(planes, rect)
    assert before.min() < -0.5
    assert before.max() > 1.5
    after, support = before * np.float32(0.5), np.ones(before.shape[:2], np.bool_)
    result = view.apply(planes, rect, before, after, support)
    assert np.allclose(view.crop(result, rect), after, rtol=1e-3, atol=1e-3)
    assert max(float(np.abs(plane).max()) for plane in result.data[:3]) > 2.0


def test_video_above_white_is_seen_and_kept() -> None:
    form, colour = CASES["420-8"]
    planes = picture(form, colour, 0)
    planes = planes.with_data((np.full_like(planes.data[0], 250), *(np.full_like(p, 128) for p in planes.data[1:])))
    view, rect = view_for(form, colour), Rect(0, 0, 8, 8)
    before = view.crop(planes, rect)
    assert np.allclose(before, (250 - 16) / 219, atol=1e-5)
    result = view.apply(planes, rect, before, before + np.float32(1 / 219), np.ones((8, 8), np.bool_))
    assert np.all(result.data[0][:8, :8] == 251)


@pytest.mark.parametrize(("matrix", "space"), [("bt601", "ITU601"), ("bt709", "ITU709")])
@pytest.mark.parametrize("full", [False, True])
def test_rgb8_agrees_with_ffmpeg(matrix: str, space: str, full: bool) -> None:
    form = PixelFormat("yuv444p", "yuv", 8)
    colour = ColourTags("full" if full else "limited", matrix, "bt709", "bt709")  # type: ignore[arg-type]
    noise = picture(form, colour, 4)
    planes = noise.with_data(tuple((plane // 4 + 96).astype(np.uint8) for plane in noise.data))
    frame = av.VideoFrame.from_ndarray(np.stack(planes.data).astype(np.uint8), "yuv444p")
    exact = Interpolation.BICUBIC | 0x40000 | 0x2000  # accurate rounding, full chroma interpolation
    expected = frame.reformat(
        format="rgb24", src_colorspace=space, src_color_range="JPEG" if full else "MPEG", interpolation=exact
    ).to_ndarray()
    difference = view_for(form, colour).rgb8(planes).astype(int) - expected
    assert np.abs(difference).max() <= 1
    assert abs(difference.mean()) < 0.1


@pytest.mark.parametrize("case", list(CASES))
def test_the_whole_picture_is_the_crop_rounded(case: str) -> None:
    form, colour = CASES[case]
    view, planes = view_for(form, colour), picture(form, colour, 5)
    crop = view.crop(planes, Rect(0, 0, WIDTH, HEIGHT))
    whole = view.rgb8(planes)
    assert whole.dtype == np.uint8
    assert np.abs(whole - np.clip(crop * 255.0, 0.0, 255.0)).max() <= 0.51


def test_a_crop_is_the_same_wherever_it_is_cut() -> None:
    for case in ("420-8", "420-10-topleft", "411-8", "440-8"):
        form, colour = CASES[case]
        view, planes = view_for(form, colour), picture(form, colour, 6)
        whole = view.crop(planes, Rect(0, 0, WIDTH, HEIGHT))
        part = view.crop(planes, Rect(7, 5, 30, 21))
        assert np.array_equal(part, whole[5:21, 7:30])


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_plate_is_seen_upright_and_changed_where_it_was_seen(rotation: int) -> None:
    form, colour = CASES["rgb-8"]
    planes = picture(form, colour, 7)
    level, turned = view_for(form, colour), view_for(form, colour, rotation)
    upright = np.rot90(level.rgb8(planes), -rotation // 90)
    assert turned.size == (upright.shape[1], upright.shape[0])
    assert np.array_equal(turned.rgb8(planes), upright)
    rect = Rect(3, 6, 20, 31)
    before = turned.crop(planes, rect)
    assert np.allclose(before * 255, upright[rect.y0 : rect.y1, rect.x0 : rect.x1], atol=0.01)
    support = np.zeros(before.shape[:2], np.bool_)
    support[2:5, 3:9] = True
    result = turned.apply(planes, rect, before, np.full_like(before, 0.2), support)
    seen = turned.rgb8(result)
    inside = np.zeros(upright.shape[:2], np.bool_)
    inside[rect.y0 : rect.y1, rect.x0 : rect.x1] = support
    assert np.all(seen[inside] == 51)
    assert np.array_equal(seen[~inside], upright[~inside])


@pytest.mark.parametrize("aspect", [Fraction(4, 3), Fraction(10, 11), Fraction(2)])
def test_a_stretched_plate_is_seen_square_and_changed_where_it_was_seen(aspect: Fraction) -> None:
    form, colour = CASES["444-12-2020"][0], VIDEO
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    smooth = (1800 + 500 * np.sin(x / 9) + 300 * np.cos(y / 7)).astype(np.uint16)
    planes = picture(form, colour, 8).with_data((smooth, np.full_like(smooth, 2048), np.full_like(smooth, 2048)))
    view = view_for(form, colour, 0, aspect)
    width = round(WIDTH * aspect)
    assert view.size == (width, HEIGHT)
    whole = view.crop(planes, Rect(0, 0, width, HEIGHT))
    place = (np.arange(width) + 0.5) * WIDTH / width - 0.5
    expected = (1800 + 500 * np.sin(np.clip(place, 0, WIDTH - 1) / 9) + 300 * np.cos(y[:, :1] / 7) - 256) / 3504
    assert np.abs(whole[:, 4:-4, 0] - expected[:, 4:-4]).max() < 0.004
    rect = Rect(10, 8, 36, 30)
    before = view.crop(planes, rect)
    support = np.zeros(before.shape[:2], np.bool_)
    support[4:16, 5:20] = True
    bump = np.zeros_like(before)
    bump[6:14, 8:17] = 0.1
    result = view.apply(planes, rect, before, before + bump, support)
    masks = view.reached(planes, rect, support)
    assert np.array_equal(result.data[0][~masks[0]], planes.data[0][~masks[0]])
    assert masks[0].sum() < support.sum() / aspect * 2.0
    seen = view.crop(result, rect) - before
    assert abs(float(seen[8:12, 11:14].mean()) - 0.1) < 0.01
    same = view.apply(planes, rect, before, before, np.ones(support.shape, np.bool_))
    assert all(np.array_equal(new, old) for new, old in zip(same.data, planes.data, strict=True))


@pytest.mark.parametrize("rect", [Rect(-1, 0, 5, 5), Rect(0, 0, WIDTH + 1, 5), Rect(4, 4, 4, 9)])
def test_a_rectangle_outside_the_picture_is_refused(rect: Rect) -> None:
    form, colour = CASES["420-8"]
    with pytest.raises(RangeError, match="does not lie inside the picture"):
        view_for(form, colour).crop(picture(form, colour, 0), rect)


def test_the_input_is_never_written_to() -> None:
    for case in ("420-8", "rgb-16-p3"):
        form, colour = CASES[case]
        planes = picture(form, colour, 9)
        copies = [plane.copy() for plane in planes.data]
        view, rect = view_for(form, colour), Rect(0, 0, 20, 20)
        before = view.crop(planes, rect)
        view.apply(planes, rect, before, before + np.float32(0.3), np.ones((20, 20), np.bool_))
        assert all(np.array_equal(plane, copy) for plane, copy in zip(planes.data, copies, strict=True))
