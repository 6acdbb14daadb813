"""Making a project: a plate looked at, sources hashed, one face that takes the identity."""

from collections.abc import Sequence
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
    path = path if is_project(path) else path.with_name(path.name + SUFFIX)
    check_output(path, [plate, *(source.path for source in sources)])
    if path.exists():
        raise OutputNotWritable(f"{path} exists already: choose another name, or remove it first.")
    for source in sources:
        _check(source)
    project = Project(
        plates=(_plate(plate, colour_space, path),),
        identities=(
            Identity(
                id="identity-1",
                name=sources[0].path.stem,
                sources=tuple(
                    Source(
                        path=stored_path(each.path, path),
                        sha256=file_sha256(each.path),
                        face=each.face,
                        frame=each.frame,
                    )
                    for each in sources
                ),
                consent=consent,
            ),
        ),
        performers=(Performer(id="performer-1", name="performer"),),
        faces=(FaceTrack(id="face-1", plate="plate-1", performer="performer-1", identity="identity-1"),),
    )
    save_project(StoredProject(project, {}), path)
    return path, project


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
