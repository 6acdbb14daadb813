"""The document: what a user decides about plates, identities and faces, as an immutable tree without pixels.

An edit makes a new tree. Every struct is what `storage` writes, field by field, under the same names.
"""

from itertools import pairwise
from typing import Annotated, Literal

import msgspec

from pipeline.errors import ProjectError
from pipeline.project.consent import Consent
from pipeline.project.curve import Curve
from pipeline.project.expression import ExpressionWeights
from pipeline.project.expression_preset import ExpressionPreset, PresetStrengths
from pipeline.project.keyframe import Dismissed, Keyframe
from pipeline.project.landmark_move import LandmarkMove
from pipeline.project.marker import Marker
from pipeline.project.matte_stroke import MatteStroke
from pipeline.project.parameters import MeshSettings
from pipeline.project.timebase import Rational
from pipeline.project.track_piece import TrackPiece

SCHEMA = 3
"""The version of the document this program writes; `migrations` bring older ones here."""

SUFFIX = ".likeness"
"""The ending of a project file."""

Quality = Literal["draft", "final"]


class Plate(msgspec.Struct, frozen=True, kw_only=True):
    """A film, an image sequence or a still. `path` is relative to the project file where it can be."""

    id: str
    path: str
    sha256: str
    frames: int
    width: int
    """Coded width, pixels."""
    height: int
    rate: Rational
    pixel_aspect: Rational = Rational(1)
    first_timecode: str | None = None
    colour_space: str | None = None
    """An input colour space that overrides the file's tags; None follows them."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A photo or a film that shows an identity."""

    path: str
    sha256: str
    face: int | None = None
    """Which face of the photo is meant, 1-based from the left; None where there is only one."""
    frame: int | None = None
    """Which frame of the film is meant, 0-based; None takes the best ones."""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """The face that goes in."""

    id: str
    name: str
    sources: tuple[Source, ...]
    consent: Consent | None = None
    licence: str = ""
    """Under which terms the sources may be used, in words."""


class Performer(msgspec.Struct, frozen=True, kw_only=True):
    """The person in the plate."""

    id: str
    name: str
    consent: Consent | None = None


class MotionSource(msgspec.Struct, frozen=True, kw_only=True):
    """A clip or frame whose most prominent face lends its expression."""

    path: str
    frame: int | None = None
    """One frame, 0-based; None takes the whole clip, in step with the plate."""
    gain: Annotated[float, msgspec.Meta(ge=0.0, le=1.5)] = 1.0
    """0 keeps the performer's own expression, 1 wears the other's."""
    limit: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.6
    """No blendshape changes by more."""


class FaceTrack(msgspec.Struct, frozen=True, kw_only=True):
    """One face of a plate and what is to be done with it."""

    id: str
    plate: str
    """Id of the plate."""
    performer: str
    """Id of the performer."""
    identity: str | None
    """Id of the identity; None re-expresses the performer's own face."""
    track: int | None = None
    """Number of the analysed track; None takes the most prominent one."""
    pieces: tuple[TrackPiece, ...] = ()
    """What of which tracks it is, where it isn't all of `track`; of two seen in one frame the first one is meant."""
    engine: str = "mesh"
    share: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 1.0
    """Of the extra work at keyframes, and the place in review; never of the likeness."""
    ignored: bool = False
    """Whether the plate's face stays as it is."""
    motion: MotionSource | None = None
    """Whose expression the face wears; None: the performer's own."""
    settings: MeshSettings = MeshSettings()
    """The engine's parameters where no curve says otherwise."""
    expression: ExpressionWeights = ExpressionWeights()
    """The expression's weights where no curve says otherwise."""
    strengths: PresetStrengths = PresetStrengths()
    """How strongly its presets are mixed in, where no curve says otherwise."""
    presets: dict[str, ExpressionPreset] = {}
    """The expression presets it uses, by the strength that mixes them in."""
    curves: dict[str, Curve] = {}
    """By the parameter's name (`parameter_table`), on plate frames; one that no parameter has is kept and ignored."""
    landmark_moves: tuple[LandmarkMove, ...] = ()
    """Where a person moved parts of the plate's face to that analysis had put wrong; they add up."""
    matte_strokes: tuple[MatteStroke, ...] = ()
    """What a person painted over its matte, earlier strokes under later ones."""
    keyframes: tuple[Keyframe, ...] = ()
    """In order of their frames."""
    dismissed: tuple[Dismissed, ...] = ()

    @property
    def corrections(self) -> tuple[LandmarkMove | MatteStroke, ...]:
        """All that a person corrected of what analysis found."""
        return *self.landmark_moves, *self.matte_strokes

    def __post_init__(self) -> None:
        if any(one.frame >= other.frame for one, other in pairwise(self.keyframes)):
            raise ValueError("the keyframes of a face rise in frames, one a frame")


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """How a result is written."""

    preset: str | None = None
    """None chooses by the result's name."""
    quality: Quality = "final"


MarkPlace = Literal["bottom-left", "bottom-right", "top-left", "top-right"]
"""A corner of the result."""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What every result of this project carries."""

    mark_place: MarkPlace = "bottom-left"


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """The whole document."""

    schema: int = SCHEMA
    plates: tuple[Plate, ...] = ()
    identities: tuple[Identity, ...] = ()
    performers: tuple[Performer, ...] = ()
    faces: tuple[FaceTrack, ...] = ()
    markers: tuple[Marker, ...] = ()
    """In the order they were set."""
    export: Export = Export()
    policy: Policy = Policy()
    extras: dict[str, msgspec.Raw] = {}
    """Values of other programs, kept as they are."""


def consent_for(project: Project, face: FaceTrack) -> Consent | None:
    """The consent that covers a face: the identity's, or the performer's own where no identity goes in."""
    if face.identity is None:
        return next((p.consent for p in project.performers if p.id == face.performer), None)
    return next((i.consent for i in project.identities if i.id == face.identity), None)


def face_named(project: Project, face: str | None) -> FaceTrack:
    """The face of that id; None takes the only one.

    Raises ProjectError: there is none of that id, or the choice is open.
    """
    if face is None and len(project.faces) == 1:
        return project.faces[0]
    found = next((each for each in project.faces if each.id == face), None)
    if found is None:
        known = ", ".join(each.id for each in project.faces) or "none"
        asked = "Which face is meant?" if face is None else f"There is no face {face} in the project."
        raise ProjectError(f"{asked} There are: {known}.")
    return found


def plate_of(project: Project, face: FaceTrack) -> Plate:
    """The plate that shows a face. Raises ProjectError: the project doesn't have it."""
    found = next((each for each in project.plates if each.id == face.plate), None)
    if found is None:
        raise ProjectError(f"Face {face.id} lies on the plate {face.plate}, which the project does not have.")
    return found


def with_face(project: Project, face: FaceTrack) -> Project:
    """The project with a face in place of the one that has its id."""
    faces = tuple(face if each.id == face.id else each for each in project.faces)
    return msgspec.structs.replace(project, faces=faces)
