"""The finer numbers of what is made once of the identity's photos. Parts of `MeshSettings`.

Pairs named `…_start` and `…_end` are the edges of a smooth step; an end at or below its start makes it a hard one.
"""

from typing import Annotated

from msgspec import Struct

from pipeline.project.ranged import ranged
from pipeline.project.units import CHART_SIZES, CM, FACE_WIDTHS, LOG_LIGHT, RIMS


class RegionSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Regions of the face in its chart. A region grown by 0.1 is drawn a tenth larger about its middle."""

    eye_grow: Annotated[float, ranged(-0.5, 2, "Growth of the eyes as features.")] = 0.10
    lip_grow: Annotated[float, ranged(-0.5, 2, "Growth of the lips as features.")] = 0.10
    brow_grow: Annotated[float, ranged(-0.5, 2, "Growth of the brows as features.")] = 0.25
    nostril_grow: Annotated[float, ranged(-0.5, 2, "Growth of the nostrils as features.")] = 0.10
    eye_surroundings: Annotated[float, ranged(-0.5, 3, "Growth of the eyes where skin tone must not be read.")] = 0.75
    lip_surroundings: Annotated[float, ranged(-0.5, 3, "Growth of the lips where skin tone must not be read.")] = 0.25
    brow_surroundings: Annotated[float, ranged(-0.5, 3, "Growth of the brows where skin tone must not be read.")] = 0.45
    nostril_surroundings: Annotated[
        float, ranged(-0.5, 3, "Growth of the nostrils where skin tone must not be read, or a fold added.")
    ] = 0.25
    surroundings_softness: Annotated[float, ranged(0, 0.1, "Blur of those surroundings.", CHART_SIZES)] = 0.006
    lid_outer: Annotated[float, ranged(-0.5, 3, "Growth of the eyes to the lids' outer edge.")] = 0.80
    lid_inner: Annotated[float, ranged(-0.9, 1, "Growth of the eyes to the lids' inner edge.")] = -0.10
    lid_softness: Annotated[float, ranged(0, 0.1, "Blur of lids and blinking eyes.", CHART_SIZES)] = 0.012
    blink_grow: Annotated[float, ranged(-0.5, 3, "Growth of an eye that a blink gives back to the performer.")] = 0.60
    still_eye: Annotated[float, ranged(-0.5, 3, "Growth of the eyes where the performer's folds would double.")] = 0.95
    still_brow: Annotated[
        float, ranged(-0.5, 3, "Growth of the brows where they would: skin that a moving brow bares is no fold.")
    ] = 0.70
    still_reach: Annotated[
        float, ranged(0, 0.1, "How far round the features the performer's folds would double.", CHART_SIZES)
    ] = 0.006
    still_softness: Annotated[float, ranged(0, 0.1, "Blur of that edge.", CHART_SIZES)] = 0.008
    fold_size: Annotated[float, ranged(0.1, 3, "Size of the regions a smile folds; 1 is usual.")] = 1.0
    fold_fall: Annotated[float, ranged(0.05, 5, "How steeply they fall off, over their radius squared.")] = 0.6
    fold_gain: Annotated[float, ranged(0, 3, "Their strength, held at 1.")] = 1.25
    opened_gain: Annotated[
        float, ranged(0, 5, "Strength, held at 1, with which deep folds there show the performer's own skin.")
    ] = 2.0
    opened_reach: Annotated[
        float, ranged(0, 0.1, "How far from the surroundings of lips and brows a fold must lie to show the performer's "
                      "own skin.", CHART_SIZES)
    ] = 0.016  # fmt: skip
    opened_softness: Annotated[float, ranged(0, 0.1, "Blur of that edge.", CHART_SIZES)] = 0.012
    inner_lip_grow: Annotated[float, ranged(-0.5, 2, "Growth of the mouth's opening to the lips' edge.")] = 0.1
    inner_lip_reach: Annotated[float, ranged(0, 0.1, "How far round the opening teeth may bleed.", CHART_SIZES)] = 0.02
    inner_lip_softness: Annotated[float, ranged(0, 0.1, "Blur of that edge.", CHART_SIZES)] = 0.006
    brow_region: Annotated[float, ranged(-0.5, 3, "Growth of the brows where dark is taken for brow, not hair.")] = 0.4
    beard_start: Annotated[float, ranged(-5, 9, "How far below the face's middle a beard starts to grow.", CM)] = 1.8
    beard_end: Annotated[float, ranged(-5, 9, "How far below the face's middle it grows fully.", CM)] = 2.8
    lip_region: Annotated[float, ranged(-0.5, 2, "Growth of the lips whose likeness `lip_likeness` sets.")] = 0.12
    lip_softness: Annotated[float, ranged(0, 0.1, "Blur of their edge.", CHART_SIZES)] = 0.010
    forehead_start: Annotated[float, ranged(0, 9, "Height above the face's middle where it starts.", CM)] = 4.9
    forehead_end: Annotated[float, ranged(0, 9, "Height from which on all is forehead.", CM)] = 5.7
    forehead_brow: Annotated[float, ranged(-0.5, 3, "Growth of the brows that are left out of it.")] = 0.30
    forehead_softness: Annotated[float, ranged(0, 0.1, "Blur of their edge.", CHART_SIZES)] = 0.008
    nostril_hole: Annotated[float, ranged(-0.5, 3, "Growth of the nostrils' openings, the performer's.")] = 0.35
    nostril_softness: Annotated[float, ranged(0, 0.1, "Blur of their edge.", CHART_SIZES)] = 0.008
    ridge_gain: Annotated[
        float, ranged(0, 5, "Strength, held at 1, of the nose's ridge and tip, where skin doesn't fold: what changes "
                      "there is light that moved.")
    ] = 1.5  # fmt: skip
    philtrum_grow: Annotated[float, ranged(-0.5, 2, "Growth of the skin between nose and lip.")] = 0.0
    philtrum_softness: Annotated[float, ranged(0, 0.1, "Blur of its edge.", CHART_SIZES)] = 0.008
    lash_reach: Annotated[float, ranged(0, 0.1, "How far from the eyes the performer's lashes reach.", CHART_SIZES)] = (
        0.030
    )
    lash_softness: Annotated[float, ranged(0, 0.1, "Blur of that edge.", CHART_SIZES)] = 0.012
    lash_fall: Annotated[
        float, ranged(0, 0.1, "How far from the eyes lashes hang as the lids sink: they are no fold, and no hair of "
                      "the head.", CHART_SIZES)
    ] = 0.050  # fmt: skip
    corner_reach: Annotated[float, ranged(0.05, 3, "How far round a mouth's corner a smile shades the skin.", CM)] = (
        0.35
    )
    plain_form: Annotated[
        float, ranged(0, 5, "Strength, held at 1, of the regions that aren't plain skin: the nose, and above the eyes.")
    ] = 1.6
    plain_softness: Annotated[
        float, ranged(0, 0.1, "How far from features skin is plain: the blur they are grown by.", CHART_SIZES)
    ] = 0.012
    plain_rim_start: Annotated[float, ranged(-1, 3, "How far inside the outline skin starts to be plain.", RIMS)] = 0.2
    plain_rim_end: Annotated[float, ranged(-1, 4, "How far inside it is.", RIMS)] = 0.6
    smile_reach: Annotated[
        float, ranged(0.05, 3, "How far round its corners a mouth that smiles in the photo is the performer's.", CM)
    ] = 0.55


class TextureSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the roughness of skin is read, in photos and plate."""

    texture_window: Annotated[
        float, ranged(0.005, 0.3, "Spread of the window in which skin's roughness is read.", FACE_WIDTHS)
    ] = 0.05
    texture_clip: Annotated[
        float, ranged(1, 20, "A texel counts up to so many times the usual: a mole stays a mole.")
    ] = 2.5
    texture_beardless: Annotated[
        float, ranged(0.01, 1, "Skin with less of a beard than this tells how rough it usually is.")
    ] = 0.1
    inner_rim: Annotated[
        float, ranged(0, 1, "How far inside the outline skin is compared between photo and plate.", RIMS)
    ] = 0.3


class GradeSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the identity's detail is matched to the plate, and where it is painted."""

    own_texture: Annotated[
        float,
        ranged(0, 2, "Fine texture of the identity's own over the plate's; with grain 0.8 kept, 0.6 keeps the energy."),
    ] = 0.6
    texture_most: Annotated[
        float, ranged(0.5, 5, "The plate's roughness is followed up to so many times its usual one, and the gain "
                      "of the identity's is at most this.")
    ] = 1.3  # fmt: skip
    texture_least: Annotated[float, ranged(0.01, 1, "Least gain of marks and lines on bare skin.")] = 0.7
    texture_plain: Annotated[
        float, ranged(0, 1, "Least gain of skin that is rougher than the plate, beside marks and lines.")
    ] = 0.4
    mark_start: Annotated[
        float, ranged(0, 10, "Detail so many times as strong as the roughness around it starts to be a mark.")
    ] = 1.5
    mark_end: Annotated[float, ranged(0, 20, "Detail so many times as strong is one.")] = 3.0
    mark_softness: Annotated[float, ranged(0, 0.1, "Blur under which marks are looked for.", CHART_SIZES)] = 0.003
    stubble_damping: Annotated[float, ranged(0, 1, "How much lower that least gain is where stubble grows.")] = 0.6
    stubble_start: Annotated[float, ranged(0.5, 5, "Roughness over the usual where stubble starts.")] = 1.3
    stubble_end: Annotated[float, ranged(0.5, 8, "Roughness over the usual that is stubble.")] = 2.2
    grain_excess: Annotated[
        float, ranged(0.1, 5, "Where a beard grows, the plate's grain is kept up to so many times its usual one.")
    ] = 1.2
    grain_least: Annotated[float, ranged(0, 1, "Least share of it that is kept.")] = 0.25
    contrast_power: Annotated[
        float, ranged(0, 1, "How far the photo's contrast goes to the plate's: 0.5 goes half the way in log light.")
    ] = 0.5
    contrast_least: Annotated[float, ranged(0.05, 1, "Least gain of its contrast.")] = 0.6
    fine_most: Annotated[float, ranged(1, 5, "Highest gain of fine lines' contrast.")] = 1.3
    middle_most: Annotated[float, ranged(1, 5, "Highest gain of its middle detail's.")] = 1.15
    shadow_margin: Annotated[
        float, ranged(0.01, 1, "How much darker than its mirror a shadow is before it is lifted.", LOG_LIGHT)
    ] = 0.05
    shadow_most: Annotated[float, ranged(0, 2, "How much is lifted at most.", LOG_LIGHT)] = 0.5
    fold_fine: Annotated[float, ranged(0, 1, "Share of fine detail that goes with a smile's folds.")] = 0.85
    chroma_least: Annotated[float, ranged(0, 2, "Least gain of colour contrast.")] = 0.3
    chroma_most: Annotated[float, ranged(0, 3, "Highest gain of colour contrast.")] = 1.0
    chroma_limit: Annotated[
        float, ranged(0.1, 20, "Skin's colour detail goes up to so many times the plate's usual: a coloured shadow "
                      "is light, not skin.")
    ] = 2.0  # fmt: skip
    chroma_bare: Annotated[float, ranged(0.05, 1, "Skin with less of a feature around it than this tells it.")] = 0.2
    graded_start: Annotated[
        float, ranged(0, 2, "Shade that changes the plate's three channels this differently (distance of their slopes "
                      "on luma from 1) is taken for a strong grade: the identity's skin starts to be shaded as the "
                      "plate's is, its irises to keep the plate's colour. Cameras give 0.1 to 0.4.")
    ] = 0.45  # fmt: skip
    graded_end: Annotated[float, ranged(0, 2, "From this difference on it is shaded so wholly.")] = 0.80
    line_gain: Annotated[float, ranged(0, 5, "Strength of the surroundings of features where lines are kept.")] = 2.0
    line_softness: Annotated[float, ranged(0, 0.1, "Blur that makes these surroundings.", CHART_SIZES)] = 0.012
    lid_shade: Annotated[float, ranged(0, 1, "Share of dark middle detail on lids that goes.")] = 0.15
    frown_shade: Annotated[
        float, ranged(0, 1, "Share of dark middle detail between the brows that goes: a photo's light from above.")
    ] = 0.6
    lid_light: Annotated[float, ranged(0, 1, "Share of light on lids that goes.")] = 0.6
    lid_colour: Annotated[
        float, ranged(0, 1, "How much less of colour detail lids may have: a crease's glow is the photo's light.")
    ] = 0.8
    line_light: Annotated[
        float, ranged(0.5, 5, "Highest gain of what is light beside dark lines: more draws a rim round eyes and brows.")
    ] = 1.15
    line_least: Annotated[
        float, ranged(0, 1, "Least gain of lines at eyes and brows that are crisper in the photo than in the plate.")
    ] = 0.6
    feature_gain: Annotated[float, ranged(0, 1, "How far features follow the skin's gain of contrast.")] = 0.5
    line_limit: Annotated[float, ranged(0.1, 5, "Floor of dark lines at features.", LOG_LIGHT)] = 1.5
    teeth_limit: Annotated[float, ranged(0, 1, "Light at the lips' inner edge: more of it is teeth.", LOG_LIGHT)] = 0.06
    lash_most: Annotated[
        float, ranged(0, 1, "Share of the performer's lids that shows where their lashes are crisper than the photo's: "
                      "lashes are too thin to be painted.")
    ] = 0.3  # fmt: skip
    lash_start: Annotated[
        float, ranged(0, 5, "Roughness of the performer's lash line, over the photo's, from which on it shows.")
    ] = 1.2
    lash_end: Annotated[float, ranged(0, 8, "Roughness over the photo's at which it shows so far.")] = 1.6
    lash_dark_start: Annotated[
        float, ranged(0, 3, "Darkness of the photo's own lash line from which on the performer's shows.", LOG_LIGHT)
    ] = 0.25
    lash_dark_end: Annotated[
        float,
        ranged(0, 4, "Darkness at which it shows so far: lids that are light have no lashes to smear.", LOG_LIGHT),
    ] = 0.50
    brow_hair: Annotated[
        float, ranged(0, 3, "How rough brows are at least along them, over the performer's: what lacks is their "
                      "hairs.")
    ] = 1.1  # fmt: skip
    brow_hair_size: Annotated[float, ranged(0.001, 0.1, "Detail of brows finer than this is hairs.", CHART_SIZES)] = (
        0.011
    )
    brow_hair_most: Annotated[float, ranged(0, 10, "Hairs are drawn at most so many times as strong as they are.")] = (
        3.0
    )
    brow_stretch: Annotated[float, ranged(1, 3, "They are drawn longer or shorter than they are by at most this.")] = (
        1.6
    )
    brow_rim: Annotated[
        float, ranged(0.005, 0.1, "Spread of the window that tells how light skin beyond the brows is: along them it "
                      "is no lighter.", CHART_SIZES)
    ] = 0.03  # fmt: skip
    brow_rim_softness: Annotated[float, ranged(0, 0.1, "Blur of the edge of where that holds.", CHART_SIZES)] = 0.015
    brow_rim_gain: Annotated[
        float, ranged(0, 10, "Strength of that region, held at 1: a rim lies outside the brows.")
    ] = 3.0
    brow_rim_start: Annotated[
        float, ranged(0, 1, "Darkness at which skin beyond the brows starts to be brow.", LOG_LIGHT)
    ] = 0.05
    brow_rim_end: Annotated[float, ranged(0, 1, "Darkness at which it is nothing else.", LOG_LIGHT)] = 0.15
    brow_lie: Annotated[
        float, ranged(0.005, 0.1, "Along how much of a brow it is told how it lies, to lay hairs on it.", CHART_SIZES)
    ] = 0.02
    brow_lie_far: Annotated[float, ranged(0.005, 0.5, "The same where the brow has ended.", CHART_SIZES)] = 0.12
    hair_stroke: Annotated[
        float, ranged(0.001, 0.1, "Detail of brows and lashes finer than this tells how rough they are.", CHART_SIZES)
    ] = 0.003
    brow_dark_start: Annotated[float, ranged(0, 2, "Darkness where a brow starts to have hairs.", LOG_LIGHT)] = 0.15
    brow_dark_end: Annotated[float, ranged(0, 3, "Darkness where it has all of them.", LOG_LIGHT)] = 0.50
    rim_least: Annotated[float, ranged(0, 1, "Share of light and colour at the outline itself, where a photo's rim "
                                       "light would glow.")] = 0.35  # fmt: skip
    rim_start: Annotated[float, ranged(-1, 3, "How far inside the outline it starts to rise.", RIMS)] = 0.10
    rim_end: Annotated[float, ranged(-1, 4, "How far inside it is whole.", RIMS)] = 0.50
    even_size: Annotated[
        float, ranged(0.002, 0.1, "Spread of the window beyond which a photo's shading of plain skin may be its light.",
                      FACE_WIDTHS)
    ] = 0.020  # fmt: skip
    even_limit: Annotated[
        float, ranged(0.005, 1, "How far a contrasty photo's shading of plain skin may differ from the performer's.",
                      LOG_LIGHT)
    ] = 0.05  # fmt: skip
    even_tone: Annotated[float, ranged(0.005, 1, "How light or dark its slow tone may be.", LOG_LIGHT)] = 0.06
    even_start: Annotated[
        float, ranged(0, 5, "Contrast of that shading, over the plate's, from which on a photo starts to be contrasty.")
    ] = 0.95
    even_end: Annotated[float, ranged(0, 8, "Contrast over the plate's from which on it wholly is.")] = 1.3
    uneven_dark: Annotated[float, ranged(0, 2, "How dark the identity's own slow tone may be.", LOG_LIGHT)] = 0.5
    uneven_light: Annotated[float, ranged(0, 2, "How light it may be.", LOG_LIGHT)] = 0.35
    bare_softness: Annotated[
        float, ranged(0, 0.1, "Blur of the stubble whose colour is left out of it.", CHART_SIZES)
    ] = 0.02
    mouth_doubt: Annotated[
        float, ranged(0, 10, "How fast, with the photo's smile, its line between the lips and the mouth's corners give "
                      "way to the performer's: at a smile of 1 / so much they are the performer's.")
    ] = 2.0  # fmt: skip
    broad_size: Annotated[
        float, ranged(0.002, 0.1, "Spread of the window beyond which shading is the identity's even where skin is the "
                      "performer's in a frame: shut lids, frowns, deep folds, the nose's edges.", FACE_WIDTHS)
    ] = 0.015  # fmt: skip
    broad_colour_size: Annotated[float, ranged(0.002, 0.1, "The same of colour.", FACE_WIDTHS)] = 0.03
    broad_dark: Annotated[float, ranged(0.01, 1, "How far it darkens such skin at most.", LOG_LIGHT)] = 0.3
    broad_light: Annotated[float, ranged(0.01, 1, "How far it lightens it.", LOG_LIGHT)] = 0.2
    philtrum_shade: Annotated[
        float, ranged(0, 1, "Share of shading and colour between nose and lip that goes where no stubble grows: its "
                      "groove shows the photo's light.")
    ] = 0.95  # fmt: skip
    slight_shade: Annotated[
        float, ranged(0.001, 0.5, "Shading this strong counts half for it, less hardly.", LOG_LIGHT)
    ] = 0.03
    shade_size: Annotated[
        float, ranged(0.0005, 0.1, "What is finer than this at the nose's base and below it is skin, not shade.",
                      CHART_SIZES)
    ] = 0.004  # fmt: skip
    nose_dark_start: Annotated[
        float, ranged(0, 2, "At the nose's base, what is darker than its surroundings by this starts to be a nostril, "
                      "or part of a hard shadow.", LOG_LIGHT)
    ] = 0.05  # fmt: skip
    nose_dark_end: Annotated[float, ranged(0, 3, "Darker by this it is nothing else.", LOG_LIGHT)] = 0.30
    nose_dark_reach: Annotated[float, ranged(0, 0.1, "How far round it skin counts as dark, too.", CHART_SIZES)] = 0.008
    nose_dark_softness: Annotated[float, ranged(0, 0.1, "Blur of that edge.", CHART_SIZES)] = 0.006
    known_softness: Annotated[float, ranged(0, 0.1, "Blur of the edge of what photos show.", CHART_SIZES)] = 0.006
    edge_start: Annotated[
        float, ranged(-1, 1, "How far inside the outline the soft edge starts; `feather` is its width.", RIMS)
    ] = 0.03


class PhotoSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a photo is read: what of it is skin, what expression it wears."""

    photo_neutral: Annotated[
        float,
        ranged(0, 1.5, "How much of the photo's expression is taken out of its shape: more overshoots on new faces."),
    ] = 0.85
    facing_start: Annotated[
        float, ranged(-1, 0.8, "Skin turned away this far (its normal's z) is not seen by the photo.")
    ] = 0.20
    facing_end: Annotated[float, ranged(-1, 1, "Skin turned this far to the camera is seen well.")] = 0.50
    mirror_trust: Annotated[
        float, ranged(0, 1, "How far skin is believed that is borrowed from the face's other half.")
    ] = 0.9
    unseen_skin: Annotated[float, ranged(0.001, 1, "Weight of unseen skin where tone is read.")] = 0.05
    skin_softness: Annotated[float, ranged(0, 0.1, "Blur of where tone is read.", CHART_SIZES)] = 0.004
    dark_spot: Annotated[
        float, ranged(0.01, 2, "A spot darker than the skin by this counts half for its tone.", LOG_LIGHT)
    ] = 0.12
    mouth_open_start: Annotated[float, ranged(0, 1, "Gap of the lips over the mouth's width that starts to show "
                                              "teeth.")] = 0.03  # fmt: skip
    mouth_open_end: Annotated[float, ranged(0, 2, "Gap over the mouth's width of an open mouth.")] = 0.10
    smile_start: Annotated[float, ranged(0, 1, "Smile score where a smile starts to fold the skin.")] = 0.3
    smile_end: Annotated[float, ranged(0, 1, "Smile score where it folds fully.")] = 0.95
    nose_shadow_start: Annotated[
        float, ranged(0, 3, "The nose's underside darker than its surroundings by this starts to be a hard shadow: "
                      "what is dark there is the performer's then.", LOG_LIGHT)
    ] = 0.4  # fmt: skip
    nose_shadow_end: Annotated[float, ranged(0, 3, "Darker by this it is nothing but a shadow.", LOG_LIGHT)] = 0.9
    hair_inner: Annotated[float, ranged(0, 1, "How far inside the outline skin tells what the face is like.", RIMS)] = (
        0.35
    )
    hair_luma_spread: Annotated[
        float, ranged(0.01, 2, "Least spread of the skin's light: even skin is not hair for a shade.", LOG_LIGHT)
    ] = 0.18
    hair_chroma_spread: Annotated[float, ranged(0.01, 2, "Least spread of its colour.", LOG_LIGHT)] = 0.08
    hair_softness: Annotated[float, ranged(0, 0.1, "Blur under which hair is looked for.", CHART_SIZES)] = 0.006
    hair_chroma_weight: Annotated[float, ranged(0, 5, "Weight of another colour over that of darkness.")] = 0.4
    hair_start: Annotated[float, ranged(0, 20, "Spreads away from the skin where hair starts.")] = 2.0
    hair_end: Annotated[float, ranged(0, 30, "Spreads away from the skin that are hair.")] = 3.2
    hair_rim_start: Annotated[float, ranged(0, 3, "How far inside the outline hair starts to be doubted.", RIMS)] = 0.40
    hair_rim_end: Annotated[float, ranged(0, 4, "How far inside nothing is taken for hair.", RIMS)] = 0.75
    hair_grow: Annotated[
        float, ranged(0, 0.1, "How far hair is grown: strands are finer than texels.", CHART_SIZES)
    ] = 0.024
    hair_joined: Annotated[
        float, ranged(0.01, 0.9, "Share of hair from which on it joins what lies beside it: only what is joined to the "
                      "outline is hair.")
    ] = 0.25  # fmt: skip
    hair_outside: Annotated[float, ranged(0.001, 1, "How far inside the outline hair comes from.", RIMS)] = 0.05
    hair_edge: Annotated[float, ranged(0, 0.1, "Blur of its edge.", CHART_SIZES)] = 0.026
    hair_gain: Annotated[float, ranged(0, 5, "Strength of the softened hair, held at 1.")] = 1.4
    foreign_limit: Annotated[
        float, ranged(0.01, 1, "Skin with more of hair over it than this says nothing of the skin's colour.")
    ] = 0.3


class ViewSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How several photos of one identity are put together."""

    view_lead: Annotated[float, ranged(0.1, 10, "Head start of the first view over equally well seen ones.")] = 1.25
    view_choice: Annotated[float, ranged(0.5, 16, "How sharply the best view wins over the next: a power.")] = 4.0
    view_seam: Annotated[float, ranged(0, 0.1, "Softness of the seams between views.", CHART_SIZES)] = 0.012
    view_least: Annotated[float, ranged(0.001, 1, "Weight of the first view where it shows nothing.")] = 0.02
    view_contrast_least: Annotated[float, ranged(0.05, 1, "Least gain of a view's contrast to the first one's.")] = 0.6
    view_contrast_most: Annotated[float, ranged(1, 10, "Highest gain of it.")] = 1.6
    view_shape_least: Annotated[float, ranged(0.01, 2, "Weight of a view's shape where it sees nothing.")] = 0.2
