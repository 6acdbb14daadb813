"""The finer numbers of how the plate is read: a frame's bands, the performer's calm face. Parts of `MeshSettings`.

Pairs named `…_start` and `…_end` are the edges of a smooth step; an end at or below its start makes it a hard one.
"""

from typing import Annotated

from msgspec import Struct

from pipeline.project.ranged import ranged
from pipeline.project.units import CHART_SIZES, FACE_WIDTHS, LOG_LIGHT, RIMS


class BandSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How faces are parted into slow light, middle detail and grain, and what lies before them."""

    low_reach: Annotated[
        float, ranged(0.02, 0.3, "Spread of the window of slow light, in photo and plate.", FACE_WIDTHS)
    ] = 0.085
    middle_reach: Annotated[
        float, ranged(0.002, 0.06, "Spread that parts middle detail from grain, in photo and plate.", FACE_WIDTHS)
    ] = 0.014
    mark_size: Annotated[
        float, ranged(0.002, 0.1, "Radius of the largest gloss or tear that counts as small.", FACE_WIDTHS)
    ] = 0.016
    strand_start: Annotated[
        float, ranged(0, 3, "A rim darker than its surroundings by this starts to be hair before the face.", LOG_LIGHT)
    ] = 0.18
    strand_end: Annotated[float, ranged(0, 4, "A rim darker by this is hair.", LOG_LIGHT)] = 0.45
    dark_margin: Annotated[
        float, ranged(0, 3, "Skin darker than the face's median by this still counts whole for its tone.", LOG_LIGHT)
    ] = 0.15
    dark_tolerance: Annotated[
        float, ranged(0.01, 3, "Skin darker by this beyond the margin counts half.", LOG_LIGHT)
    ] = 0.35
    occluder_gap: Annotated[
        float, ranged(0, 0.2, "Gaps up to this size in what lies before the face are closed.", FACE_WIDTHS)
    ] = 0.035
    occluder_softness: Annotated[float, ranged(0, 0.2, "Blur by which its edge is grown.", FACE_WIDTHS)] = 0.025
    occluder_start: Annotated[float, ranged(0, 1, "Blurred coverage where it starts to count.")] = 0.08
    occluder_end: Annotated[float, ranged(0, 1, "Blurred coverage that counts whole.")] = 0.6


class CalmSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is normal for the performer's face in its calm frames."""

    shade_least: Annotated[
        float, ranged(0, 1, "Least share of a shadow in one channel: less is not shade but something else.")
    ] = 0.4
    shade_most: Annotated[float, ranged(1, 3, "Highest share of a shadow in one channel.")] = 1.6
    shade_rim: Annotated[float, ranged(0, 1, "How far inside the outline shade is read.", RIMS)] = 0.3
    strand_reach: Annotated[
        float, ranged(0, 0.2, "How far a strand of hair is followed over the end of a brow.", CHART_SIZES)
    ] = 0.04
    hairy_margin: Annotated[
        float, ranged(0, 2, "How much brighter a mark at lashes and brows must be to be gloss: they glint by "
                      "themselves.", LOG_LIGHT)
    ] = 0.12  # fmt: skip
    strand_rim_start: Annotated[float, ranged(0, 3, "How far inside the outline dark starts not to be hair.", RIMS)] = (
        0.35
    )
    strand_rim_end: Annotated[float, ranged(0, 4, "How far inside it never is.", RIMS)] = 0.70
    mark_usual: Annotated[
        float, ranged(50, 100, "Share of the calm frames that a small bright mark is usual in.", "per cent")
    ] = 90.0
    calm_softness: Annotated[float, ranged(0, 0.1, "Blur of the calm middle band and marks.", CHART_SIZES)] = 0.004
    fringe_inner: Annotated[
        float, ranged(0, 1, "How far inside the outline skin tells what the performer's hair differs from.", RIMS)
    ] = 0.4
    fringe_softness: Annotated[float, ranged(0, 0.1, "Blur under which it is looked for.", CHART_SIZES)] = 0.006
    fringe_spread: Annotated[float, ranged(0.01, 2, "Least spread of the skin's light.", LOG_LIGHT)] = 0.2
    fringe_start: Annotated[float, ranged(0, 20, "Spreads below the skin where a strand starts.")] = 2.2
    fringe_end: Annotated[float, ranged(0, 30, "Spreads below the skin that are a strand.")] = 3.6
    fringe_mass: Annotated[float, ranged(0, 0.2, "Blur under which a mass of hair is looked for.", CHART_SIZES)] = 0.03
    fringe_mass_start: Annotated[float, ranged(0, 20, "Spreads below the skin where a mass starts.")] = 1.8
    fringe_mass_end: Annotated[float, ranged(0, 30, "Spreads below the skin that are a mass.")] = 3.0
    fringe_shade: Annotated[
        float, ranged(0, 2, "How dark skin beside the performer's hair may usually be: darker is hair that hangs "
                      "elsewhere in other frames, and isn't missed there.", LOG_LIGHT)
    ] = 0.05  # fmt: skip
    fringe_rim_start: Annotated[float, ranged(0, 3, "How far inside the outline hair starts to be doubted.", RIMS)] = (
        0.3
    )
    fringe_rim_end: Annotated[float, ranged(0, 4, "How far inside nothing is taken for hair.", RIMS)] = 0.55
