"""The finer numbers of what is done anew in every frame: light, paint, eyes. Parts of `MeshSettings`.

They say where a soft edge starts and ends, how wide a window is, how far something may go. Pairs named `…_start` and
`…_end` are the edges of a smooth step; an end at or below its start makes it a hard one.
"""

from typing import Annotated

from msgspec import Struct

from pipeline.project.ranged import ranged
from pipeline.project.units import CM, DEGREES, FACE_WIDTHS, FRAMES, LAB, LOG_LIGHT, OUTLINES, RADII, RINGS


class GeometrySettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the performer's shape goes to the identity's, and what moves with it. A ring is a loop of the mesh's vertices
    round the outline, which is ring 0.
    """

    shape_rings: Annotated[
        float, ranged(1, 12, "Rings over which the share of the identity's shape rises from the outline's.", RINGS)
    ] = 4.0
    lip_opening_reach: Annotated[
        float, ranged(0.05, 3, "How far from the lips their opening is kept as it is.", CM)
    ] = 0.55
    lid_opening_reach: Annotated[
        float, ranged(0.05, 3, "How far from the lids their opening is kept as it is.", CM)
    ] = 0.40
    lip_reach: Annotated[float, ranged(0.05, 3, "How far from the lips the skin keeps their shape.", CM)] = 0.6
    mouth_reach: Annotated[
        float, ranged(0.05, 5, "How far from the lips the skin goes with the mouth's height: what lies between is "
                      "pressed together or pulled apart, the harder the shorter this is.", CM)
    ] = 1.0  # fmt: skip
    smile_doubt: Annotated[
        float, ranged(0, 1, "How much less the shape of lips that smile in the photo is believed.")
    ] = 0.7
    rim_rings: Annotated[float, ranged(0, 12, "Rings whose shape is held back where they turn away.", RINGS)] = 3.0
    rim_turn_start: Annotated[
        float, ranged(-1, 1, "There, a vertex turned away this far (its normal's z) keeps the performer's shape.")
    ] = -0.05
    rim_turn_end: Annotated[
        float, ranged(-1, 1, "There, a vertex turned this far to the camera has all of the identity's.")
    ] = 0.30
    correction_rim: Annotated[
        float, ranged(0, 1, "Share of corrections of the expression (final quality, borrowed motion) at the outline.")
    ] = 0.3
    correction_rings: Annotated[
        float, ranged(0.5, 12, "Over so many rings that share rises by 1, held at 1.", RINGS)
    ] = 4.0
    score_smoothing: Annotated[
        float, ranged(0.1, 2, "Spread of the window over neighbouring frames in which weights read the expression.",
                      FRAMES)
    ] = 1.5  # fmt: skip
    ring_inner: Annotated[
        float, ranged(1.05, 1.45, "Size of the surroundings that move with the outline.", OUTLINES)
    ] = 1.22
    ring_outer: Annotated[
        float, ranged(1.46, 2.5, "Size of the surroundings beyond which nothing changes.", OUTLINES)
    ] = 1.50


class LightSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the plate's light is laid on the result."""

    light_turn_start: Annotated[
        float, ranged(-1, 1, "Skin turned away this far (its normal's z) says nothing of the light.")
    ] = 0.1
    light_turn_end: Annotated[float, ranged(-1, 1, "Skin turned this far to the camera is believed whole.")] = 0.4
    tone_reach: Annotated[
        float, ranged(0.1, 3, "Spread of the window that smooths the exchanged tone: half the low band's.", CM)
    ] = 0.6


class PaintingSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the identity is painted in a frame, and what of the plate stays in it."""

    warp_blur: Annotated[
        float, ranged(0, 0.03, "Radius of the blur that takes the mesh's creases out of the warp.", FACE_WIDTHS)
    ] = 0.006
    gloss_start: Annotated[
        float, ranged(0, 1, "A small bright mark that exceeds its calm state by this starts to be kept.", LOG_LIGHT)
    ] = 0.04
    gloss_end: Annotated[float, ranged(0, 1, "A small bright mark beyond its calm state by this is kept whole.",
                                       LOG_LIGHT)] = 0.10  # fmt: skip
    grain_limit: Annotated[
        float, ranged(1, 50, "Fine detail over so many times the skin's usual amplitude is a contour, not grain.")
    ] = 4.0
    grazing_start: Annotated[
        float,
        ranged(-1, 1, "Skin turned away this far (its normal's z) has none of the identity's detail: a texture seen "
               "on edge is aliased and hard."),
    ] = -0.02  # fmt: skip
    grazing_end: Annotated[float, ranged(-1, 1, "Skin turned this far to the camera has all of it.")] = 0.20
    outline_inset: Annotated[
        float, ranged(0, 0.1, "How far inside its silhouette the painted face ends.", FACE_WIDTHS)
    ] = 0.010
    outline_softness: Annotated[float, ranged(0, 0.1, "Width of the blur of the silhouette's edge.", FACE_WIDTHS)] = (
        0.02
    )
    cover_start: Annotated[float, ranged(0, 0.95, "The softened silhouette counts from here on, wholly at 1.")] = 0.35
    opening_softness: Annotated[
        float, ranged(0, 0.05, "Blur of the edge of eyes and mouth; at least 0.6 samples, lest it alias.", FACE_WIDTHS)
    ] = 0.006
    eye_start: Annotated[float, ranged(0, 1, "Where the softened eye starts to be the performer's.")] = 0.15
    eye_end: Annotated[float, ranged(0, 1, "Where it is the performer's wholly.")] = 0.75
    mouth_start: Annotated[float, ranged(0, 1, "Where the softened mouth starts to be the performer's.")] = 0.10
    mouth_end: Annotated[float, ranged(0, 1, "Where it is the performer's wholly.")] = 0.60
    tear_jump: Annotated[
        float,
        ranged(1, 50, "A step in the chart so many times that of skin facing the camera leads from one part of the "
               "face to another, or over skin seen on edge: no detail is read there."),
    ] = 3.3  # fmt: skip
    deepest_fold: Annotated[
        float, ranged(-3, 0, "How far a fold of the performance may darken the skin.", LOG_LIGHT)
    ] = -0.5
    brightest_fold: Annotated[
        float, ranged(0, 1, "How far it may brighten it: a brighter middle band is mostly light that moved.", LOG_LIGHT)
    ] = 0.12
    slight_fold: Annotated[
        float,
        ranged(0, 0.5, "A change of shading this strong counts half as a fold, less hardly: light that moved, and "
               "landmarks that don't sit quite the same.", LOG_LIGHT),
    ] = 0.04  # fmt: skip
    fold_start: Annotated[
        float, ranged(0, 3, "A fold this deep starts to show the performer's own skin, in its sharpness.", LOG_LIGHT)
    ] = 0.12
    fold_end: Annotated[float, ranged(0, 3, "A fold this deep shows nothing else.", LOG_LIGHT)] = 0.35
    edge_softness: Annotated[
        float, ranged(0, 0.1, "Spread of the mean of the identity's detail at the edges of the nose.", FACE_WIDTHS)
    ] = 0.012
    nose_edge_own: Annotated[
        float, ranged(0, 1, "How far the nose's edges, with the shade beside them, are the performer's where the plate "
                      "sees it from another side than the photo.")
    ] = 1.0  # fmt: skip
    nose_wing_own: Annotated[
        float, ranged(0, 1, "How far the edge of the nose's wings is left without the identity's wide shading, too.")
    ] = 0.5
    nose_edge_size: Annotated[float, ranged(0.1, 3, "Size of the regions where the nose ends; 1 is usual.")] = 1.0
    nose_edge_fall: Annotated[
        float, ranged(0.05, 5, "How steeply these regions fall off, over their radius squared.")
    ] = 1.0
    nose_edge_gain: Annotated[float, ranged(0, 5, "Their strength, held at 1.")] = 2.0
    nose_view_start: Annotated[
        float, ranged(0, 90, "Angle between the views of plate and photo where they start to be.", DEGREES)
    ] = 5.0
    nose_view_end: Annotated[float, ranged(0, 90, "Angle from which on they are wholly.", DEGREES)] = 8.0
    nose_nod: Annotated[
        float,
        ranged(0, 1, "Weight in that angle of a nod over a turn to the side, which shifts a nose's outline more."),
    ] = 0.5
    frown_own: Annotated[
        float, ranged(0, 1, "How far the skin between the brows is the performer's where the plate frowns.")
    ] = 1.0
    frown_start: Annotated[
        float, ranged(0, 1, "Skin between the brows that is darker than calm by this on average starts to be a frown.",
                      LOG_LIGHT)
    ] = 0.020  # fmt: skip
    frown_end: Annotated[float, ranged(0, 1, "Darker by this it is one.", LOG_LIGHT)] = 0.045
    frown_size: Annotated[
        float, ranged(0.1, 3, "Size of the region between the brows that is the performer's then; 1 is usual.")
    ] = 1.0
    frown_fall: Annotated[float, ranged(0.05, 5, "How steeply it falls off, over its radius squared.")] = 1.0
    frown_gain: Annotated[float, ranged(0, 5, "Its strength, held at 1.")] = 1.8
    broad_share: Annotated[
        float, ranged(0, 1, "How far the wide shading is the identity's where skin is the performer's own: shut lids, "
                      "frowns, deep folds, the nose's edges.")
    ] = 1.0  # fmt: skip
    tone_start: Annotated[float, ranged(0, 1, "Share of the edge's matte where tone starts to be exchanged.")] = 0.1
    tone_end: Annotated[float, ranged(0, 1, "Share of the edge's matte where tone is exchanged whole.")] = 0.9


class EyeSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the performer's irises take the identity's colour."""

    iris_light: Annotated[float, ranged(0, 50, "Largest change of an iris's lightness.", LAB)] = 5.0
    iris_red: Annotated[float, ranged(0, 100, "Largest change from green to red.", LAB)] = 6.0
    iris_yellow: Annotated[float, ranged(0, 100, "Largest change from blue to yellow.", LAB)] = 20.0
    iris_dark: Annotated[
        float,
        ranged(0, 50, "Mean lightness of an iris under which these changes shrink with it: there is no light.", LAB),
    ] = 10.0
    iris_blink_start: Annotated[float, ranged(0, 1, "Blink score where an eye starts to count as shut.")] = 0.30
    iris_blink_end: Annotated[float, ranged(0, 1, "Blink score where it is shut.")] = 0.50
    iris_shut: Annotated[float, ranged(0, 1, "Height of the opening over its width where an eye is shut.")] = 0.12
    iris_open: Annotated[float, ranged(0, 1, "Height of the opening over its width where it is open.")] = 0.20
    iris_inner: Annotated[float, ranged(0, 2, "The disc is tinted whole up to so many radii.")] = 0.75
    iris_outer: Annotated[float, ranged(0, 2, "The disc is not tinted beyond so many radii.")] = 1.05
    iris_bright_start: Annotated[
        float, ranged(0, 100, "Lightness from which on a reflection in the iris starts to stay.", LAB)
    ] = 47.0
    iris_bright_end: Annotated[float, ranged(0, 100, "Lightness from which on it stays whole.", LAB)] = 66.0


class GazeSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a weight of the gaze moves the irises inside the lids."""

    gaze_across: Annotated[
        float, ranged(0, 1.5, "Farthest to the side that a weight takes an iris from the middle of its eye.", CM)
    ] = 0.75
    gaze_upright: Annotated[
        float, ranged(0, 1, "Farthest up or down that a weight moves an iris: the lids don't follow it.", CM)
    ] = 0.15
    gaze_onset: Annotated[
        float, ranged(0, 2, "Ways shorter than this mix with the plate's own eye: none begins with a step.", RADII)
    ] = 0.12
    gaze_edge: Annotated[float, ranged(0.8, 1.5, "Where the edge of a moved iris ends.", RADII)] = 1.05
    gaze_rim: Annotated[float, ranged(0.02, 0.6, "Width of that edge, and half that of the white's.", RADII)] = 0.22
    gaze_bright: Annotated[float, ranged(0, 1, "Share of an eye's white that is darker than its bright part.")] = 0.8
    gaze_lashes: Annotated[
        float, ranged(0, 1, "Share of that brightness up to which it is lashes, or shade of the lids, and no white.")
    ] = 0.45
    gaze_white: Annotated[float, ranged(0, 1, "Share of that brightness from which on it is believed.")] = 0.8
    gaze_glint: Annotated[
        float, ranged(0.5, 4, "Times that brightness from which on it is a reflection, and no brighter white.")
    ] = 1.1
    gaze_fill: Annotated[
        float, ranged(0.1, 3, "Spread of the window that fills the white where an iris stood.", RADII)
    ] = 1.0
    gaze_shade_reach: Annotated[float, ranged(0.05, 2, "Spread of the shade that lids cast on that white.", RADII)] = (
        0.35
    )
    gaze_shade: Annotated[float, ranged(0, 3, "Strength of that shade.")] = 1.0
    gaze_lid_softness: Annotated[float, ranged(0, 0.5, "Blur of the lids' edges over a moved iris.", RADII)] = 0.08
