"""Making a project: a plate looked at, sources hashed, faces that take the identities."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from pipeline.engines.session import SessionPool
from pipeline.errors import MediaNotFound, OutputNotWritable
from pipeline.imaging.colour_space import colour_space_named
from pipeline.jobs.motion import read_donor
from pipeline.jobs.motion_choice import Motion
from pipeline.jobs.plate_record import plate_record
from pipeline.jobs.progress import never_cancelled, no_progress
from pipeline.jobs.source_choice import SourceChoice
from pipeline.jobs.sources import read_sources
from pipeline.media.output_file import check_output
from pipeline.media.picture_run import is_picture
from pipeline.media.probe import probe
from pipeline.project.consent import Consent
from pipeline.project.face_edits import assign_face, identity_of
from pipeline.project.project import SUFFIX, FaceTrack, MotionSource, Performer, Plate, Project, Source
from pipeline.project.storage import StoredProject, file_sha256, is_project, save_project, stored_path


def new_project(
    path: Path,
    plate: Path,
    colour_space: str | None,
    sources: Sequence[SourceChoice],
    consent: Consent | None,
    motion: Motion | None = None,
) -> tuple[Path, Project]:
    """Write a project of one plate and one face; its path and content.

    Without `sources` it is the performer's own face that is re-expressed, and the consent is the performer's.

    Raises MediaError: a plate or source that can't be used, a colour space that isn't there.
    FaceError: a photo, or a frame, whose face can't be used or must be chosen. RangeError: a motion's frame that isn't
    there. OutputError: the project exists, or its folder refuses.
    """
    path = _free_path(path, plate, [*sources, *([] if motion is None else [motion.donor])])
    project, identity = Project(plates=(_plate(plate, colour_space, path),)), None
    if sources:
        project, identity = identity_of(project, sources[0].path.stem, checked_sources(sources, path), consent)
    face = FaceTrack(
        id="face-1",
        plate="plate-1",
        performer="performer-1",
        identity=identity,
        motion=None if motion is None else checked_motion(motion, path),
    )
    performer = Performer(id="performer-1", name="performer", consent=None if sources else consent)
    project = replace(project, performers=(performer,), faces=(face,))
    save_project(StoredProject(project, {}), path)
    return path, project


def new_project_of_faces(
    path: Path, plate: Path, colour_space: str | None, faces: Mapping[int, Sequence[SourceChoice]]
) -> tuple[Path, Project]:
    """Write a project of one plate with an identity for each of several faces, by track; its path and content.

    Raises as `new_project`.
    """
    path = _free_path(path, plate, [source for sources in faces.values() for source in sources])
    project = Project(plates=(_plate(plate, colour_space, path),))
    for track, sources in sorted(faces.items()):
        project, identity = identity_of(project, sources[0].path.stem, checked_sources(sources, path), None)
        project, _ = assign_face(project, project.plates[0].id, track, identity)
    save_project(StoredProject(project, {}), path)
    return path, project


def _free_path(path: Path, plate: Path, sources: Sequence[SourceChoice]) -> Path:
    """The project's file. Raises OutputError: it exists, or its folder refuses."""
    path = path if is_project(path) else path.with_name(path.name + SUFFIX)
    check_output(path, [plate, *(source.path for source in sources)])
    if path.exists():
        raise OutputNotWritable(f"{path} exists already: choose another name, or remove it first.")
    return path


def checked_sources(sources: Sequence[SourceChoice], project_file: Path) -> tuple[Source, ...]:
    """The sources as a project names them, after a look at each.

    Raises MediaError: one can't be used. FaceError: its face can't be, or must be chosen.
    """
    for source in sources:
        _check(source)
    return tuple(
        Source(
            path=stored_path(each.path, project_file),
            sha256=file_sha256(each.path),
            face=each.face,
            frame=each.frame,
        )
        for each in sources
    )


def checked_motion(motion: Motion, project_file: Path) -> MotionSource:
    """The motion as a project names it, after a look at its clip.

    Raises MediaError: the clip can't be used. RangeError: it has no such frame. NoFace: none is to be seen.
    """
    donor = motion.donor
    if not donor.path.is_file():
        raise MediaNotFound(f"{donor.path} does not exist; check the name and the folder.")
    if is_picture(donor.path) or donor.frame is not None:
        read_donor(donor, SessionPool(), no_progress, never_cancelled)
    else:
        probe(donor.path)
    return MotionSource(
        path=stored_path(donor.path, project_file), frame=donor.frame, gain=motion.gain, limit=motion.limit
    )


def _check(source: SourceChoice) -> None:
    """See that a source can be used; a film's faces are looked for when it is rendered, which takes a while."""
    if not source.path.is_file():
        raise MediaNotFound(f"{source.path} does not exist; check the name and the folder.")
    if is_picture(source.path) or source.frame is not None:
        read_sources([source], SessionPool())
    else:
        probe(source.path)


def _plate(plate: Path, colour_space: str | None, project_file: Path) -> Plate:
    info = probe(plate)
    if colour_space is not None:
        colour_space_named(colour_space)
    return plate_record("plate-1", plate, info, colour_space, project_file)
