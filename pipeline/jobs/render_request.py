"""What a render is asked for, as one value; made from a plate and photos, or from a project file."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, Unpack

from pipeline.comp.mark import Mark
from pipeline.engines.session import Provider
from pipeline.errors import MediaNotFound, ProjectError
from pipeline.jobs.motion_choice import Motion
from pipeline.jobs.project_edit import open_for_reading
from pipeline.jobs.source_choice import SourceChoice
from pipeline.project.consent import Consent
from pipeline.project.curve import Curve
from pipeline.project.expression import ExpressionWeights
from pipeline.project.expression_preset import ExpressionPreset, PresetStrengths
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.keyframe import Keyframe
from pipeline.project.landmark_move import LandmarkMove
from pipeline.project.matte_stroke import MatteStroke
from pipeline.project.parameters import MeshSettings
from pipeline.project.project import FaceTrack, MarkPlace, Plate, Project, Quality, consent_for
from pipeline.project.recipe import parameters_at
from pipeline.project.storage import media_path
from pipeline.project.track_piece import TrackPiece
from pipeline.render.request import SEGMENT_FRAMES

ENGINE = "mesh"
"""Id of the engine that ships."""


@dataclass(frozen=True, slots=True)
class Compute:
    """Where and with how much a job runs. `memory_bytes` bounds the decoded pictures kept at hand."""

    provider: Provider = "auto"
    threads: int = 2
    memory_bytes: int = 256 << 20


@dataclass(frozen=True, slots=True)
class FaceRequest:
    """One face to be replaced, how, and by whose consent."""

    sources: tuple[SourceChoice, ...]
    """The identity's photos; none: the performer's own face."""
    settings: MeshSettings = field(default_factory=MeshSettings)
    """The engine's parameters where no curve says otherwise."""
    expression: ExpressionWeights = field(default_factory=ExpressionWeights)
    """The expression's weights where no curve says otherwise."""
    strengths: PresetStrengths = field(default_factory=PresetStrengths)
    """How strongly the presets are mixed in, where no curve says otherwise."""
    presets: Mapping[str, ExpressionPreset] = field(default_factory=dict)
    """Expression presets by the strength that mixes them in."""
    curves: Mapping[str, Curve] = field(default_factory=dict)
    """By the parameter's name, on plate frames."""
    landmark_moves: tuple[LandmarkMove, ...] = ()
    """Corrections of where the plate's face lies."""
    matte_strokes: tuple[MatteStroke, ...] = ()
    """What was painted over its matte."""
    track: int | None = None
    """Number of the analysed track; None takes the most prominent one that no other face took."""
    pieces: tuple[TrackPiece, ...] = ()
    """What of which tracks it is, where it isn't all of `track`."""
    consent: Consent | None = None
    motion: Motion | None = None
    """Whose expression the face wears; None: the performer's."""
    keyframes: tuple[int, ...] = ()
    """Plate frames that get more work in `final`."""
    share: float = 1.0
    """0..1, of that work."""
    id: str | None = None
    """The face's in its project."""
    marks: tuple[Keyframe, ...] = ()
    """The keyframes whole: measuring tells of them."""

    def parameters_at(self, frame: int) -> FaceParameters:
        """The parameters at a plate frame: those of `recipe_for`."""
        constant = FaceParameters(
            settings=self.settings,
            expression=self.expression,
            strengths=self.strengths,
            presets=dict(self.presets),
        )
        return parameters_at(constant, self.curves, frame, self.landmark_moves, self.matte_strokes)

    @property
    def files(self) -> list[Path]:
        """Every file that the face is made from."""
        donors = [] if self.motion is None else [self.motion.donor.path]
        return [*(source.path for source in self.sources), *donors]


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One result. `first` and `last` are frames or timecodes, both inclusive; None is the plate's end."""

    plate: Path
    output: Path
    faces: tuple[FaceRequest, ...]
    first: str | None = None
    last: str | None = None
    preset: str | None = None
    colour_space: str | None = None
    """A name of `imaging.colour_space` in which the plate is read against its tags; None follows them."""
    quality: Quality = "final"
    """`final` leads the result's expression back to the plate's (`match_expression`), `draft` doesn't."""
    project_folder: Path | None = None
    """Folder of the project that is rendered: its plate is analysed whole, and the analysis kept there."""
    mark_place: MarkPlace = "bottom-left"
    segment_frames: int = SEGMENT_FRAMES
    """Frames of a film that are encoded together: a changed key renders at least as many again."""
    matte: Path | None = None
    """Where the faces' matte goes, a film or frames; see `matte_exports`."""
    support: Path | None = None
    """Where the samples that may differ from the plate's are shown."""
    overwrite: bool = False
    """Whether a file that stands where the result goes is replaced; this very job's own result is kept either way."""
    measured: bool = False
    """Whether the finished result is measured against the plate (`measure_render`)."""
    compute: Compute = field(default_factory=Compute)

    @property
    def inputs(self) -> list[Path]:
        """Every file the result must not overwrite."""
        return [self.plate, *(path for face in self.faces for path in face.files)]

    @property
    def consent_sha256(self) -> str | None:
        """Digest of the consent of all faces; None unless every one of them has it."""
        digests = [face.consent.digest for face in self.faces if face.consent is not None]
        if not digests or len(digests) < len(self.faces):
            return None
        return digests[0] if len(digests) == 1 else hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()

    @property
    def mark(self) -> Mark:
        """The visible mark that the result carries."""
        return Mark("draft" if self.consent_sha256 is None else "small", self.mark_place)


def faces_of_project(project: Project, project_file: Path, plate: str) -> tuple[FaceRequest, ...]:
    """What a project asks for the faces of one plate, but for those that are ignored.

    Raises ProjectError: a face names an identity, or an engine, that isn't there.
    """
    faces = (face for face in project.faces if face.plate == plate and not face.ignored)
    return tuple(_face(project, project_file, face) for face in faces)


def _face(project: Project, project_file: Path, face: FaceTrack) -> FaceRequest:
    if face.engine != ENGINE:
        raise ProjectError(f"Face {face.id} in {project_file} wants the engine {face.engine}; there is {ENGINE} only.")
    sources: Sequence[SourceChoice] = ()
    if face.identity is not None:
        identity = next((each for each in project.identities if each.id == face.identity), None)
        if identity is None:
            raise ProjectError(
                f"Face {face.id} in {project_file} wants the identity {face.identity}, which isn't there."
            )
        sources = [
            SourceChoice(media_path(each.path, project_file), each.face, each.frame) for each in identity.sources
        ]
    motion = None
    if face.motion is not None:
        donor = SourceChoice(media_path(face.motion.path, project_file), frame=face.motion.frame)
        motion = Motion(donor, face.motion.gain, face.motion.limit)
    return FaceRequest(
        tuple(sources),
        face.settings,
        face.expression,
        face.strengths,
        face.presets,
        face.curves,
        face.landmark_moves,
        face.matte_strokes,
        track=face.track,
        pieces=face.pieces,
        consent=consent_for(project, face),
        motion=motion,
        keyframes=tuple(keyframe.frame for keyframe in face.keyframes),
        share=face.share,
        id=face.id,
        marks=face.keyframes,
    )


class RenderWishes(TypedDict, total=False):
    """What may be said of a render of a project; what isn't, or is None, is as the project says."""

    first: str | None
    last: str | None
    preset: str | None
    quality: Quality | None
    mark_place: MarkPlace | None
    matte: Path | None
    support: Path | None
    overwrite: bool
    measured: bool | None
    """None: a final one is, a draft isn't."""
    compute: Compute | None


def project_request(
    path: Path, output: Path, note: Callable[[str], None], **wishes: Unpack[RenderWishes]
) -> RenderRequest:
    """The render of the one plate of a project's file.

    Raises ProjectError: a file that can't be read, or that doesn't have one plate.
    """
    project = open_for_reading(path, note)
    only_plate(project, path)
    return request_of(project, path, output, **wishes)


def request_of(
    project: Project, path: Path, output: Path, *, plate: str | None = None, **wishes: Unpack[RenderWishes]
) -> RenderRequest:
    """The render of a plate of a document whose file is, or will be, `path`; None takes its first plate.

    Raises ProjectError: the document has no such plate. MediaNotFound: a photo or film of an identity is missing.
    """
    shown = plate_named(project, plate)
    _check_sources(project, path)
    quality = wishes.get("quality") or project.export.quality
    measured = wishes.get("measured")
    return RenderRequest(
        plate=media_path(shown.path, path),
        output=output,
        faces=faces_of_project(project, path, shown.id),
        first=wishes.get("first"),
        last=wishes.get("last"),
        preset=wishes.get("preset") or project.export.preset,
        colour_space=shown.colour_space,
        quality=quality,
        project_folder=path.resolve().parent,
        mark_place=wishes.get("mark_place") or project.policy.mark_place,
        matte=wishes.get("matte"),
        support=wishes.get("support"),
        overwrite=wishes.get("overwrite", False),
        measured=quality == "final" if measured is None else measured,
        compute=wishes.get("compute") or Compute(),
    )


def plate_named(project: Project, plate: str | None) -> Plate:
    """The plate of that id; None takes the first. Raises ProjectError: it isn't there."""
    found = next((each for each in project.plates if plate in (None, each.id)), None)
    if found is None:
        known = ", ".join(each.id for each in project.plates) or "none"
        raise ProjectError(f"The project has no plate {plate}. There are: {known}.")
    return found


def _check_sources(project: Project, path: Path) -> None:
    """Raise MediaNotFound where photos or films of an identity aren't where they were."""
    stored = [source.path for identity in project.identities for source in identity.sources]
    lost = [each for each in dict.fromkeys(stored) if not media_path(each, path).exists()]
    if lost:
        raise MediaNotFound(
            f"{', '.join(lost)} of {path.name} is not there any more: `relink` finds it by its content."
        )


def only_plate(project: Project, project_file: Path) -> Plate:
    """The plate of a project that has one.

    Raises ProjectError: it has none, or several.
    """
    if len(project.plates) != 1:
        raise ProjectError(
            f"{project_file} has {len(project.plates)} plates; this command renders projects of one plate. "
            "Make one with `new`."
        )
    return project.plates[0]
