"""Media that lie elsewhere now: a document's files by the hash of their content, and the document with new paths."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from pipeline.project.project import Project
from pipeline.project.storage import media_path


@dataclass(frozen=True, slots=True)
class Media:
    """A file, folder or pattern that a document names, as it is stored, and the hash of its content if that is kept."""

    path: str
    sha256: str | None


def media_of(project: Project) -> tuple[Media, ...]:
    """Everything the document's pictures come from, each once: plates, sources, and clips that lend motion."""
    plates = [Media(each.path, each.sha256) for each in project.plates]
    sources = [Media(each.path, each.sha256) for identity in project.identities for each in identity.sources]
    donors = [Media(face.motion.path, None) for face in project.faces if face.motion is not None]
    return tuple(dict.fromkeys((*plates, *sources, *donors)))


def lost_media(project: Project, project_file: Path) -> tuple[str, ...]:
    """What isn't where the document says, as it is stored; of a run of frames the folder alone is looked for."""

    def is_there(path: Path) -> bool:
        return path.exists() or (bool({"#", "%"} & set(path.name)) and path.parent.is_dir())

    return tuple(each.path for each in media_of(project) if not is_there(media_path(each.path, project_file)))


def relinked(project: Project, moved: Mapping[str, str]) -> Project:
    """The document with the paths of `moved` (stored path → new stored path) in place of the old ones."""

    def new(path: str) -> str:
        return moved.get(path, path)

    identities = tuple(
        replace(each, sources=tuple(replace(source, path=new(source.path)) for source in each.sources))
        for each in project.identities
    )
    faces = tuple(
        face if face.motion is None else replace(face, motion=replace(face.motion, path=new(face.motion.path)))
        for face in project.faces
    )
    plates = tuple(replace(each, path=new(each.path)) for each in project.plates)
    return replace(project, plates=plates, identities=identities, faces=faces)
