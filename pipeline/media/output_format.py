"""Which pixel format and which meaning of code values a result gets, chosen so that least is lost.

Same format as the plate means the planes go to the encoder untouched; that is what exactness outside the
support rests on, so the choice prefers it over everything a richer format would offer.
"""

from dataclasses import dataclass, replace

from av.codec import Codec
from av.codec.codec import UnknownCodecError

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.planes import ColourTags, Matrix, PixelFormat
from pipeline.media.pixel_formats import pixel_format, planar_name
from pipeline.media.plate_info import PlateInfo
from pipeline.media.presets import Preset


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """What the encoder is given.

    `name` is the encoder's own pixel format name, `format` its planar equivalent. `exact` says that planes
    of the plate are handed over sample for sample. `turned` is by how many degrees clockwise pictures are
    turned before they are encoded: films state their rotation, picture files get upright pixels.
    `notes` say in words what cannot be kept.
    """

    name: str
    format: PixelFormat
    colour: ColourTags
    exact: bool
    turned: int = 0
    notes: tuple[str, ...] = ()


def output_format(preset: Preset, info: PlateInfo) -> OutputFormat:
    """The format in which `preset` loses least of the plate.

    Raises UnsupportedFormat: the encoder is not in this build, or holds no format for such a picture.
    """
    offered = _offered(preset)
    fitting = [name for name in offered if not preset.even_chroma or _divides(name, info)]
    if preset.kind == "frames" and info.rotation % 180:
        fitting = [name for name in fitting if _turns(name)]
    notes: list[str] = []
    if not fitting and preset.odd_sizes:
        fitting = list(preset.odd_sizes)
        notes.append(
            f"A picture of {info.width} × {info.height} has no {offered[0]} form; {fitting[0]} is written instead."
        )
    if not fitting:
        raise UnsupportedFormat(
            f"The preset {preset.name} cannot hold a picture of {info.width} × {info.height}: "
            "its chroma needs even sizes. Choose ffv1-lossless, prores-4444 or png-16."
        )
    name = min(fitting, key=lambda each: _loss(pixel_format(planar_name(each)), info.format))
    chosen = pixel_format(planar_name(name))
    colour = _colour(preset, chosen, info.colour)
    turned = info.rotation if preset.kind == "frames" else 0
    exact = chosen.name == info.format.name and _same_meaning(colour, info.colour) and not turned
    notes.extend(_losses(preset, chosen, info))
    return OutputFormat(name, chosen, colour, exact, turned, tuple(notes))


def _offered(preset: Preset) -> list[str]:
    try:
        codec = Codec(preset.codec, "w")
    except UnknownCodecError as error:
        raise UnsupportedFormat(
            f"The encoder {preset.codec} of the preset {preset.name} is not in this build of FFmpeg. "
            "Choose another preset; `doctor` lists the encoders that are here."
        ) from error
    if preset.formats:
        return list(preset.formats)
    names = [each.name for each in codec.video_formats or () if _readable(each.name)]
    return sorted(names, key=_is_packed)


def _readable(name: str) -> bool:
    """Whether pictures in it can be made sample for sample: planar, or packed 8 bit RGB, which FFV1 packs."""
    try:
        planar = pixel_format(planar_name(name))
    except UnsupportedFormat:
        return False
    return not _is_packed(name) or (planar.family == "rgb" and planar.depth == 8)


def _is_packed(name: str) -> bool:
    return planar_name(name) != name.replace("j", "")


def _divides(name: str, info: PlateInfo) -> bool:
    form = pixel_format(planar_name(name))
    return info.width % (1 << form.log2_chroma_w) == 0 and info.height % (1 << form.log2_chroma_h) == 0


def _turns(name: str) -> bool:
    """Whether a quarter turn leaves the format what it is: chroma halved in both directions, or in none."""
    form = pixel_format(planar_name(name))
    return form.log2_chroma_w == form.log2_chroma_h


def _loss(form: PixelFormat, plate: PixelFormat) -> tuple[int, ...]:
    """What putting `plate` into `form` costs, worst first; smaller is better, 0s are the same format."""
    chroma = max(0, form.log2_chroma_w - plate.log2_chroma_w) + max(0, form.log2_chroma_h - plate.log2_chroma_h)
    colourless = int(form.family == "gray" and plate.family != "gray")
    depth = max(0, _bits(plate) - _bits(form))
    alpha = int(plate.alpha and not form.alpha)
    family = int(form.family != plate.family)
    spare_chroma = plate.log2_chroma_w + plate.log2_chroma_h - form.log2_chroma_w - form.log2_chroma_h
    spare = max(0, _bits(form) - _bits(plate)) + abs(spare_chroma) + int(form.alpha and not plate.alpha)
    return colourless, chroma, alpha, depth, family, spare


def _bits(form: PixelFormat) -> int:
    return form.depth + (16 if form.is_float else 0)


def _colour(preset: Preset, form: PixelFormat, plate: ColourTags) -> ColourTags:
    """What code values mean in the result: the plate's meaning, but for what the file kind prescribes."""
    stated = replace(
        plate,
        range=preset.range or plate.range,
        matrix=_matrix(preset, form, plate),
        transfer=preset.transfer or plate.transfer,
        siting=preset.siting or plate.siting,
    )
    if plate.transfer == "linear" and not form.is_float:
        stated = replace(stated, transfer="srgb", primaries="bt709")
    kept = tuple(each for each in plate.assumed if getattr(stated, each, None) == getattr(plate, each, None))
    return replace(stated, assumed=kept)


def _matrix(preset: Preset, form: PixelFormat, plate: ColourTags) -> Matrix:
    if form.family == "rgb":
        return "rgb"
    if preset.matrix is not None:
        return preset.matrix
    if plate.matrix == "rgb":
        return "bt2020" if plate.primaries == "bt2020" else "bt709"
    return plate.matrix


def _same_meaning(one: ColourTags, other: ColourTags) -> bool:
    return (one.range, one.matrix, one.transfer) == (other.range, other.matrix, other.transfer)


def _losses(preset: Preset, form: PixelFormat, info: PlateInfo) -> list[str]:
    notes = []
    if info.interlaced:
        notes.append("The plate is interlaced: its lines stay as they are, but the result is not marked as interlaced.")
    if info.format.alpha and not form.alpha:
        notes.append(f"The plate's alpha is not kept by {preset.name}.")
    if _bits(form) < _bits(info.format):
        notes.append(f"{preset.name} keeps {form.depth} of the plate's {info.format.depth} bits; the rest is dithered.")
    if _colour_samples(form) < _colour_samples(info.format):
        notes.append(
            f"{preset.name} has colour at fewer places than the plate: {form.name} instead of {info.format.name}."
        )
    if info.hdr is not None and preset.codec != "libx265":
        notes.append(
            f"The plate states its {info.hdr.words}, which {preset.name} doesn't carry: state it anew in the finished "
            "film, or choose hevc-10, which does."
        )
    return notes


def _colour_samples(form: PixelFormat) -> float:
    """Share of the pixels that have a colour of their own."""
    return 0.0 if form.family == "gray" else 2.0 ** -(form.log2_chroma_w + form.log2_chroma_h)
