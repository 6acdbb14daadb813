"""What a blind review consists of on disk: the key that says which clip is what, and the files viewers hand back."""

from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec

from pipeline.errors import MediaNotFound, MediaUnreadable

FORMAT: Literal[1] = 1
QUESTIONS: tuple[tuple[str, str], ...] = (
    ("crows_feet", "Crow's feet (outer eye corners)"),
    ("nasolabial_fold", "Fold from nose to mouth corner"),
    ("brow_furrow", "Brow furrow"),
    ("mouth_corners", "Mouth corners"),
    ("overall", "The face overall"),
)
"""(id in files, title on the page)."""

Kind = Literal["plate", "result"]
T = TypeVar("T")


class ReviewClip(msgspec.Struct, frozen=True, kw_only=True):
    """A clip: plate or result, around which keyframe; `first` and `last` are its plate frames, inclusive."""

    name: str
    kind: Kind
    frame: int
    reason: str
    first: int
    last: int


class ReviewKey(msgspec.Struct, frozen=True, kw_only=True):
    """The key of one review. `id` is what its score files name."""

    format: Literal[1]
    id: str
    original: str
    result: str
    clips: tuple[ReviewClip, ...]


class ViewerScores(msgspec.Struct, frozen=True, kw_only=True):
    """A file that the page saved: by clip and question 1..5, or null where the part can't be seen."""

    format: Literal[1]
    review: str
    viewer: Annotated[str, msgspec.Meta(min_length=1)]
    scores: dict[str, dict[str, Annotated[int, msgspec.Meta(ge=1, le=5)] | None]]


def read_key(path: Path) -> ReviewKey:
    """Raises MediaNotFound, MediaUnreadable."""
    return _read(path, ReviewKey, "the key of a review, which `review make` wrote")


def read_scores(path: Path, key: ReviewKey) -> ViewerScores:
    """The scores of one viewer of this review. Raises MediaNotFound, MediaUnreadable."""
    found = _read(path, ViewerScores, "a score file, which the page of a review saves")
    if found.review != key.id:
        raise MediaUnreadable(f"{path} belongs to another review ({found.review}, not {key.id}). Leave it out.")
    known = {clip.name for clip in key.clips} | {name for name, _ in QUESTIONS}
    given = {*found.scores} | {name for each in found.scores.values() for name in each}
    unknown = sorted(given - known)
    if unknown:
        raise MediaUnreadable(f"{path} scores {unknown[0]}, which this review doesn't have. Ask for the file anew.")
    return found


def _read(path: Path, kind: type[T], what: str) -> T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError as error:
        raise MediaNotFound(f"{path} does not exist; check the name and the folder.") from error
    except (OSError, msgspec.DecodeError) as error:
        raise MediaUnreadable(f"{path} is not {what}: {error}.") from error
