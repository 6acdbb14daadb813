"""The document: what a user decides about plates, identities and faces, as an immutable tree without pixels.

An edit makes a new tree. Every struct is what `storage` writes, field by field, under the same names.
"""

from typing import Annotated, Literal

import msgspec

from pipeline.project.consent import Consent
from pipeline.project.parameters import MeshSettings
from pipeline.project.timebase import Rational

SCHEMA = 1
"""The version of the document this program writes."""

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
    engine: str = "mesh"
    motion: MotionSource | None = None
    """Whose expression the face wears; None: the performer's own."""
    settings: MeshSettings = MeshSettings()


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """How a result is written."""

    preset: str | None = None
    """None chooses by the result's name."""
    quality: Quality = "final"


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What every result of this project carries."""

    mark_place: Literal["bottom-left", "bottom-right", "top-left", "top-right"] = "bottom-left"


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """The whole document."""

    schema: int = SCHEMA
    plates: tuple[Plate, ...] = ()
    identities: tuple[Identity, ...] = ()
    performers: tuple[Performer, ...] = ()
    faces: tuple[FaceTrack, ...] = ()
    export: Export = Export()
    policy: Policy = Policy()
    extras: dict[str, msgspec.Raw] = {}
    """Values of other programs, kept as they are."""


def consent_for(project: Project, face: FaceTrack) -> Consent | None:
    """The consent that covers a face: the identity's, or the performer's own where no identity goes in."""
    if face.identity is None:
        return next((p.consent for p in project.performers if p.id == face.performer), None)
    return next((i.consent for i in project.identities if i.id == face.identity), None)
