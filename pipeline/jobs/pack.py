"""A project collected for hand-over: its file with relative paths and its plates, everything hashed; photos of the
faces that go in, and what was measured of faces, only when they are asked for.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from pipeline import __version__
from pipeline.analysis.kept_analysis import read_analysis
from pipeline.errors import MediaNotFound, MediaUnreadable
from pipeline.jobs.analyse import options_for
from pipeline.jobs.digests import files_sha256, viewed_as
from pipeline.jobs.pack_target import PackTarget, packing
from pipeline.jobs.progress import CancelledCheck, Note, Progress, ProgressSink
from pipeline.jobs.relink import is_there
from pipeline.media.picture_run import is_pattern
from pipeline.media.probe import probe
from pipeline.project.project import Project
from pipeline.project.relink import relinked
from pipeline.project.storage import load_project, media_path, save_project

LISTING = "pack.json"
CONTENTS = "CONTENTS.txt"


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of a pack: its name in it, its content's hash, and `plate`, `source`, `motion` or `analysis`."""

    name: str
    sha256: str
    bytes: int
    what: str


@dataclass(frozen=True, slots=True)
class PackReport:
    """What is in a pack, and what was left out because nobody asked for it."""

    output: Path
    files: tuple[PackedFile, ...]
    left_out: tuple[str, ...]
    biometric: bool
    """Whether photos of identities, or what was measured of faces, are among the files."""

    def values(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "output": str(self.output),
            "files": [asdict(each) for each in self.files],
            "left_out": list(self.left_out),
            "biometric": self.biometric,
        }


@dataclass(frozen=True, slots=True)
class _Media:
    """One file, sequence or folder that the document names: where it goes, and what of."""

    stored: str
    sha256: str | None
    what: str
    place: str


@dataclass(slots=True)
class _Pack:
    project: Path
    target: PackTarget
    progress: ProgressSink
    cancelled: CancelledCheck
    note: Note
    files: list[PackedFile]

    def add(self, media: _Media) -> None:
        """Copy it. Raises MediaNotFound: it isn't where the document says."""
        path = media_path(media.stored, self.project)
        if not is_there(path):
            raise MediaNotFound(f"{path} isn't there: find it with `relink`, then pack again.")
        members = probe(path).members if path.is_dir() or is_pattern(path) else ()
        if not members:
            found = self.copy(path, media.place, media.what)
        else:
            folder = media.place if path.is_dir() else str(PurePosixPath(media.place).parent)
            for each in members:
                if each.exists():
                    self.copy(each, f"{folder}/{each.name}", media.what)
            found = files_sha256(members)
        if media.sha256 is not None and found != media.sha256:
            self.note(f"{media.stored} has changed since the project took it in; it is packed as it is now.")

    def copy(self, source: Path, name: str, what: str) -> str:
        try:
            sha256, size = self.target.copy(source, name, self.cancelled)
        except PermissionError as error:
            raise MediaUnreadable(f"{source} can't be read: {error.strerror}.") from error
        self.files.append(PackedFile(name, sha256, size, what))
        self.progress(Progress("packing files", len(self.files), 0))
        return sha256


def pack(
    path: Path,
    output: Path,
    progress: ProgressSink,
    cancelled: CancelledCheck,
    note: Note,
    *,
    sources: bool = False,
    analysis: bool = False,
) -> PackReport:
    """Write a pack: a zip by its ending, else a folder.

    `sources`: with the photos and films of the identities, and clips that lend motion. `analysis`: with what was
    measured of the plates' faces, embeddings included.

    Raises ProjectError, MediaNotFound, OutputExists, OutputError. Cancelled: nothing is left.
    """
    stored = load_project(path)
    project = stored.project
    media = list(_media(project))
    moved = {each.stored: each.place for each in media}
    left: list[str] = []
    with packing(output) as target:
        run = _Pack(path, target, progress, cancelled, note, [])
        for each in media:
            if each.what == "plate" or sources:
                run.add(each)
            else:
                left.append(f"{each.what} {each.place}")
        if analysis:
            _add_analyses(run, project)
        else:
            left.append("the analysis of the plates: faces' landmarks and embeddings")
        with TemporaryDirectory(prefix="likeness-pack-") as folder:
            file = Path(folder) / path.name
            save_project(stored.changed(relinked(project, moved)), file)
            target.write(path.name, file.read_bytes())
        has_faces = any(each.what != "plate" for each in run.files)
        report = PackReport(output, tuple(run.files), tuple(left), has_faces)
        target.write(LISTING, _listing(path, report))
        target.write(CONTENTS, _contents(path, report).encode())
    return report


def _media(project: Project) -> Iterator[_Media]:
    """Each file that the document names once, with a place in the pack that nothing else has."""
    named = [
        *((each.path, each.sha256, "plate") for each in project.plates),
        *((each.path, each.sha256, "source") for identity in project.identities for each in identity.sources),
        *((face.motion.path, None, "motion") for face in project.faces if face.motion is not None),
    ]
    known: set[str] = set()
    places: set[str] = set()
    for stored, sha256, what in named:
        if stored in known:
            continue
        known.add(stored)
        name, folder, number = PurePosixPath(stored).name, f"media/{what}s", 1
        while (place := f"{folder}/{name}") in places:
            number += 1
            folder = f"media/{what}s/{number}"
        places.add(place)
        yield _Media(stored, sha256, what, place)


def _add_analyses(run: _Pack, project: Project) -> None:
    """A copy of each plate's analysis, whole even while somebody writes to it."""
    for plate in project.plates:
        key = viewed_as(plate.sha256, plate.colour_space)
        store = read_analysis(run.project.resolve().parent, key, options_for(range(plate.frames)))
        if store is None:
            run.note(f"{plate.path} isn't analysed, so there is no analysis to pack.")
            continue
        with store, TemporaryDirectory(prefix="likeness-pack-") as folder:
            copy = Path(folder) / store.path.name
            with closing(sqlite3.connect(store.path)) as one, closing(sqlite3.connect(copy)) as other:
                one.backup(other)
            run.copy(copy, f".likeness/analysis/{store.path.name}", "analysis")


def _listing(path: Path, report: PackReport) -> bytes:
    values = {"project": path.name, "version": __version__} | report.values()
    del values["output"]
    return json.dumps(values, indent=2, ensure_ascii=False).encode() + b"\n"


def _contents(path: Path, report: PackReport) -> str:
    has = {each.what for each in report.files}
    lines = [
        f"{path.name}, packed by Likeness {__version__}. Open it where it lies; media are named from there.",
        f"{LISTING} has every file with its sha256.",
        "",
        "The plates show their performers. The project file holds names and records of consent.",
        "Photos and films of the faces that go in, and clips that lend motion: "
        + ("here." if has & {"source", "motion"} else "left out. Put them under media/, or find them with `relink`."),
        "What was measured of faces, their embeddings included: "
        + ("here, in .likeness/." if "analysis" in has else "left out; plates are analysed again when needed."),
    ]
    if report.biometric:
        lines.append("This pack holds biometric data: hand it only to whom the consent covers.")
    if report.left_out:
        lines += ["", "Left out:", *(f"  {each}" for each in report.left_out)]
    return "\n".join(lines) + "\n"
