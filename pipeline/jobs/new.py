"""Making a project: a plate looked at, sources hashed, faces that take the identities."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.engines.session import SessionPool
from pipeline.errors import MediaNotFound, OutputNotWritable
from pipeline.imaging.colour_space import colour_space_named
from pipeline.jobs.digests import plate_sha256
from pipeline.jobs.source_choice import SourceChoice
from pipeline.jobs.sources import read_sources
from pipeline.media.output_file import check_output
from pipeline.media.picture_run import is_picture
from pipeline.media.probe import probe
from pipeline.project.consent import Consent
from pipeline.project.face_edits import assign_face, identity_of
from pipeline.project.project import SUFFIX, FaceTrack, Identity, Performer, Plate, Project, Source
from pipeline.project.storage import StoredProject, file_sha256, is_project, save_project, stored_path
from pipeline.project.timebase import Rational


def new_project(
    path: Path, plate: Path, colour_space: str | None, sources: Sequence[SourceChoice], consent: Consent | None
) -> tuple[Path, Project]:
    """Write a project of one plate and one identity; its path and content.

    Raises MediaError: a plate or source that can't be used, a colour space that isn't there.
    FaceError: a photo, or a frame, whose face can't be used or must be chosen. OutputError: the project exists, or its
    folder refuses.
    """
    path = _free_path(path, plate, sources)
    project = Project(
        plates=(_plate(plate, colour_space, path),),
        identities=(
            Identity(
                id="identity-1",
                name=sources[0].path.stem,
                sources=checked_sources(sources, path),
                consent=consent,
            ),
        ),
        performers=(Performer(id="performer-1", name="performer"),),
        faces=(FaceTrack(id="face-1", plate="plate-1", performer="performer-1", identity="identity-1"),),
    )
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
    return Plate(
        id="plate-1",
        path=stored_path(plate, project_file),
        sha256=plate_sha256(info),
        frames=info.frames,
        width=info.width,
        height=info.height,
        rate=Rational.of(info.rate),
        pixel_aspect=Rational.of(info.pixel_aspect),
        first_timecode=info.first_timecode,
        colour_space=colour_space,
    )
