"""What a film says its code values mean, and what is assumed where it says nothing.

Numbers are those of ITU-T H.273, which FFmpeg uses. The size rule is the one players follow: a picture
of more than 576 lines or 1024 columns is BT.709, a smaller one BT.601; RGB pictures are sRGB.
"""

from pipeline.imaging.planes import ChromaSiting, ColourRange, ColourTags, Matrix, PixelFormat, Primaries, Transfer

_MATRICES: dict[int, Matrix] = {0: "rgb", 1: "bt709", 4: "bt601", 5: "bt601", 6: "bt601", 9: "bt2020", 10: "bt2020"}
_TRANSFERS: dict[int, Transfer] = {
    1: "bt709",
    4: "gamma22",
    5: "gamma28",
    6: "bt601",
    8: "linear",
    9: "log10",
    13: "srgb",
    14: "bt709",
    15: "bt709",
    16: "pq",
    18: "hlg",
}
_PRIMARIES: dict[int, Primaries] = {
    1: "bt709",
    5: "bt601-625",
    6: "bt601-525",
    7: "bt601-525",
    9: "bt2020",
    11: "p3",
    12: "p3",
}


def colour_tags(
    form: PixelFormat,
    width: int,
    height: int,
    codes: tuple[int, int, int, int],
    full_range_format: bool,
) -> ColourTags:
    """Tags of a picture; `codes` are H.273's (range 1 limited 2 full, matrix, transfer, primaries).

    The siting of chroma cannot be read here and is always assumed: between samples for JPEG's full-range
    formats, top left for BT.2020's 4:2:0 (its table 5), left for everything else.
    """
    range_code, matrix_code, transfer_code, primaries_code = codes
    assumed: list[str] = []
    if form.family == "rgb":
        range_: ColourRange = "limited" if range_code == 1 and not form.is_float else "full"
    elif range_code in (1, 2):
        range_ = "full" if range_code == 2 else "limited"
    else:
        range_ = "full" if full_range_format or form.family == "gray" else "limited"
        assumed.append("range")
    matrix = _matrix(form, matrix_code, width, height, assumed)
    primaries = _primaries(form, primaries_code, matrix, height, assumed)
    transfer = _transfer(form, transfer_code, matrix, assumed)
    if form.family == "yuv" and (form.log2_chroma_w or form.log2_chroma_h):
        assumed.append("siting")
    siting: ChromaSiting = "center" if full_range_format else "topleft" if matrix == "bt2020" else "left"
    return ColourTags(range_, matrix, transfer, primaries, siting, tuple(assumed))


def _matrix(form: PixelFormat, code: int, width: int, height: int, assumed: list[str]) -> Matrix:
    if form.family == "rgb":
        return "rgb"
    if code in _MATRICES and code != 0:
        return _MATRICES[code]
    if form.family == "gray":
        return "bt709"
    assumed.append("matrix")
    return "bt709" if height > 576 or width > 1024 else "bt601"


def _primaries(form: PixelFormat, code: int, matrix: Matrix, height: int, assumed: list[str]) -> Primaries:
    if code in _PRIMARIES:
        return _PRIMARIES[code]
    assumed.append("primaries")
    if matrix == "bt601":
        return "bt601-625" if height in (288, 576) else "bt601-525"
    return "bt2020" if matrix == "bt2020" else "bt709"


def _transfer(form: PixelFormat, code: int, matrix: Matrix, assumed: list[str]) -> Transfer:
    if code in _TRANSFERS:
        return _TRANSFERS[code]
    assumed.append("transfer")
    if form.is_float:
        return "linear"
    if form.family != "yuv":
        return "srgb"
    return "bt601" if matrix == "bt601" else "bt709"
