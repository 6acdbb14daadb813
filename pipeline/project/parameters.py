"""Every number of the built-in face engine, named, typed, ranged and documented; each may be animated.

Units: shares are 0..1; lengths are in face widths (the distance between the cheeks) unless named otherwise; angles in
degrees; log light is ln(v + 0.03). Defaults are tuned over several faces and plates, not one clip.
"""

from typing import Annotated

from msgspec import Meta, Struct

from pipeline.project.frame_stages import EyeSettings, GazeSettings, GeometrySettings, LightSettings, PaintingSettings
from pipeline.project.identity_stages import GradeSettings, PhotoSettings, RegionSettings, TextureSettings, ViewSettings
from pipeline.project.plate_stages import BandSettings, CalmSettings

DEGREES = {"unit": "degrees"}
LOG_LIGHT = {"unit": "log light"}


class MeshSettings(Struct, frozen=True, kw_only=True):
    """Parameters of the mesh engine at one frame of one face: the main ones, and each stage's finer ones as a part."""

    # Shape
    shape: Annotated[
        float, Meta(ge=0.0, le=1.5, description="How far the face's own proportions go to the identity's.")
    ] = 0.92
    shape_rim: Annotated[
        float, Meta(ge=0.0, le=1.0, description="The same at the face's outline, where hair, ears and neck stay.")
    ] = 0.35
    lip_shape: Annotated[
        float, Meta(ge=0.0, le=1.0, description="How far the lips' own shape goes to the identity's.")
    ] = 0.05
    mouth_height: Annotated[
        float, Meta(ge=0.0, le=1.0, description="How far the mouth's height in the face goes to the identity's.")
    ] = 0.15
    ring_motion: Annotated[
        float, Meta(ge=0.0, le=1.0, description="Share of the outline's motion that the surroundings take part in.")
    ] = 0.45

    # Identity's skin
    likeness: Annotated[
        float, Meta(ge=0.0, le=1.0, description="Opacity of the identity's skin; 0 leaves the performer's.")
    ] = 1.0
    view_mix: Annotated[
        float,
        Meta(ge=0.0, le=1.0, description="Of several photos: how far skin that the first hides comes from the others."),
    ] = 1.0
    lip_likeness: Annotated[
        float, Meta(ge=0.0, le=1.0, description="Opacity of the identity's lips; the rest stays the performer's.")
    ] = 0.65
    forehead: Annotated[
        float,
        Meta(
            ge=0.0,
            le=1.0,
            description="Share of the forehead's shading and tone that stays the performer's: fringes cast it.",
        ),
    ] = 0.8
    unsmile: Annotated[
        float, Meta(ge=0.0, le=1.0, description="How far a smile in the photo is taken out of its folds.")
    ] = 0.90
    deshadow: Annotated[
        float, Meta(ge=0.0, le=1.0, description="How far a one-sided cast shadow in the photo is lifted.")
    ] = 0.85
    detail_gain: Annotated[
        float, Meta(ge=0.0, le=2.0, description="Contrast of the identity's fine detail over the matched one.")
    ] = 1.30
    chroma_gain: Annotated[
        float, Meta(ge=0.0, le=2.0, description="Colour contrast of the identity's skin over the matched one.")
    ] = 1.0
    highlight_limit: Annotated[
        float, Meta(ge=0.05, le=1.0, extra=LOG_LIGHT, description="Ceiling of baked-in highlights, in log light.")
    ] = 0.32

    shadow_limit: Annotated[
        float, Meta(ge=0.05, le=1.5, extra=LOG_LIGHT, description="Floor of baked-in shading on skin, in log light.")
    ] = 0.30
    stubble: Annotated[
        float, Meta(ge=0.0, le=1.0, description="How much of the identity's stubble is carried along.")
    ] = 0.35

    # The performer's skin that stays
    wrinkles: Annotated[float, Meta(ge=0.0, le=2.0, description="How much of the performance's own folds is kept.")] = (
        1.0
    )
    grain: Annotated[float, Meta(ge=0.0, le=2.0, description="How much of the plate's grain and pores is kept.")] = 0.80
    sparkle: Annotated[
        float, Meta(ge=0.0, le=2.0, description="How much of the plate's tears, sweat and wet gloss is kept.")
    ] = 1.0

    # Light
    plate_light: Annotated[
        float, Meta(ge=0.0, le=1.0, description="How much of the plate's uneven light and shade stays on the skin.")
    ] = 0.35
    plate_colour: Annotated[
        float, Meta(ge=0.0, le=1.0, description="How much of the plate's uneven skin colour stays.")
    ] = 0.35

    # Mattes
    feather: Annotated[float, Meta(ge=0.05, le=1.0, description="Width of the soft edge, in 0.3 face widths.")] = 0.32
    turn_start: Annotated[
        float, Meta(ge=0.0, le=90.0, extra=DEGREES, description="Degrees of turn where the identity starts to fade.")
    ] = 35.0
    turn_end: Annotated[
        float, Meta(ge=1.0, le=120.0, extra=DEGREES, description="Degrees of turn where only the performer is left.")
    ] = 50.0
    blink_start: Annotated[
        float, Meta(ge=0.0, le=1.0, description="Blink score where the lids start to be the performer's.")
    ] = 0.35
    blink_end: Annotated[
        float, Meta(ge=0.01, le=1.0, description="Blink score where the lids are the performer's.")
    ] = 0.70
    iris: Annotated[float, Meta(ge=0.0, le=1.0, description="How far the iris takes the identity's colour.")] = 0.80
    motion_blur: Annotated[
        float, Meta(ge=0.0, le=1.0, description="Shutter: share of the frame's motion that the skin smears over.")
    ] = 0.45

    # The stages' finer numbers
    geometry: GeometrySettings = GeometrySettings()
    regions: RegionSettings = RegionSettings()
    photo: PhotoSettings = PhotoSettings()
    views: ViewSettings = ViewSettings()
    bands: BandSettings = BandSettings()
    calm: CalmSettings = CalmSettings()
    texture: TextureSettings = TextureSettings()
    grade: GradeSettings = GradeSettings()
    light: LightSettings = LightSettings()
    painting: PaintingSettings = PaintingSettings()
    eyes: EyeSettings = EyeSettings()
    gaze: GazeSettings = GazeSettings()
