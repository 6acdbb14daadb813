"""What measuring says of one face of a result, as values for JSON, for the store and for reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.imaging.arrays import Rect
from pipeline.quality.film_measure import FilmMeasures
from pipeline.quality.film_summary import AROUND, Summary, around, per_frame, shot_figures, summary
from pipeline.quality.lip_sound import LipSound
from pipeline.quality.measures import Series, finite

SECOND_ESTIMATOR = (
    "expression is read by the face mesh and blendshapes, which the engine's closed loop uses too: no second network "
    "with a licence for commercial use is available; motion_mouth and motion_brows are read from the pictures alone"
)


@dataclass(frozen=True, slots=True)
class MarkedFrame:
    """A keyframe of the plate: frame, timecode, kind."""

    frame: int
    timecode: str
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredFace:
    """One face. Frames are the plate's; `first` is the first one measured.

    Left out are `hidden`, in which something lies before the face, and `bridged`, in which it was not found.
    """

    face: str | None
    first: int
    film: FilmMeasures
    hidden: Sequence[int]
    bridged: Sequence[int]
    keyframes: Sequence[MarkedFrame]
    shots: Sequence[range]
    sound: LipSound | None
    notes: Sequence[str]
    places: Mapping[int, Rect]
    """Where the face is in the frames it is seen in, with room around it; plate pixels."""

    @property
    def series(self) -> dict[str, Series]:
        """Every measure frame by frame, from `first` on."""
        return per_frame(self.film)

    def brief(self) -> dict[str, Any]:
        """What a render's report says of it: figures, floors and the frames to look at."""
        values = self.values()
        return {name: values[name] for name in ("face", "figures", "floors", "worst_frames")}

    @property
    def summary(self) -> Summary:
        """The figures of the whole film."""
        return summary(self.film)

    def values(self) -> dict[str, Any]:
        """As JSON values; docs/measuring.md says what each key means."""
        found, measures = self.summary, self.film.measures
        figures = dict(found.figures)
        if self.sound is not None:
            figures |= {"lip_sound": self.sound.result, "lip_sound_plate": self.sound.plate}
            figures |= {"lip_sound_best": self.sound.best, "lip_sound_lag": float(self.sound.lag)}
        return {
            "face": self.face,
            "frames": {
                "first": self.first,
                "count": measures.frames,
                "measured": measures.measured,
                "occluded": len(self.hidden),
                "bridged": len(self.bridged),
                "unseen": measures.unseen,
                "occluded_spans": spans(self.hidden),
                "bridged_spans": spans(self.bridged),
            },
            "figures": _finite(figures),
            "intervals": {name: list(each) for name, each in found.intervals.items()},
            "floors": {
                name: {"bar": str(bar), "passed": bar.passed(figures[name])} for name, bar in found.floors.items()
            },
            "units": dict(measures.expression.units),
            "outline": self.film.outline,
            "kept": self.film.kept,
            "keyframes": [
                {"frame": mark.frame, "timecode": mark.timecode, "kind": mark.kind}
                | {"values": _finite(around(self.film, mark.frame - self.first))}
                for mark in self.keyframes
            ],
            "shots": [
                {"first": shot.start, "last": shot.stop - 1}
                | {"figures": _finite(shot_figures(self.film, shot.start - self.first, shot.stop - self.first))}
                for shot in self.shots
            ],
            "worst_frames": [
                {"frame": each.frame + self.first, "severity": each.severity, "cause": each.cause}
                for each in found.worst
            ],
            "series": {name: [finite(value) for value in each] for name, each in self.series.items()},
            "notes": list(self.notes),
        }


def face_notes(
    film: FilmMeasures, hidden: Sequence[int], bridged: Sequence[int], extra: Sequence[str] = ()
) -> list[str]:
    """What a reader must know to read a face's figures."""
    measures = film.measures
    guessed = [f"left out as bridged, the face not being found there: frames {spans_told(bridged)}"] if bridged else []
    where = "the matte of the project's render" if film.outline == "matte" else "the mesh's outline"
    followed = (
        "carried along the engine's own motion of the mesh, on some of the clear frames"
        if film.kept == "known"
        else "followed by an affine map in the pictures, for reference only: nobody says that they were to be kept"
    )
    notes = [
        f"left out as occluded: frames {spans_told(hidden)}" if hidden else "nothing lies before the face",
        *guessed,
        f"seam: along {where}",
        f"kept_eyes_db, kept_mouth_db: the plate's samples {followed}",
        f"keyframe values are means over {AROUND} frames on either side",
        SECOND_ESTIMATOR,
    ]
    return [*notes, *([measures.identity_note] if measures.identity_note else []), *extra]


def spans(frames: Sequence[int]) -> list[list[int]]:
    """Ascending frames as inclusive spans."""
    found: list[list[int]] = []
    for frame in frames:
        if found and frame == found[-1][1] + 1:
            found[-1][1] = frame
        else:
            found.append([frame, frame])
    return found


def spans_told(frames: Sequence[int]) -> str:
    """Ascending frames as inclusive spans, in words."""
    return ", ".join(f"{first}-{last}" for first, last in spans(frames))


def _finite(figures: Mapping[str, float]) -> dict[str, float | None]:
    return {name: finite(value) for name, value in figures.items()}
