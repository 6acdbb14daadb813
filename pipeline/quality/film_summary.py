"""A film's figures with their intervals and floors, and the same by keyframe, by shot and for the worst frames."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.quality.bars import Bar
from pipeline.quality.bootstrap import Interval, interval, interval_of
from pipeline.quality.expression import expression_agreement
from pipeline.quality.film_measure import FilmMeasures
from pipeline.quality.likeness_slope import LikenessSlope, likeness_slope
from pipeline.quality.measures import Series, mean, median, worst
from pipeline.quality.skin_motion import MotionSeries, motion_agreement

FLOORS: Mapping[str, Bar] = {
    "au_weighted": Bar(">=", 0.89),
    "au_gain": Bar(">=", 0.75),
    "landmarks_mean": Bar("<=", 4.2),
    "tpsnr_mc": Bar(">", 28.0),
}
KEPT_FLOORS: Mapping[str, Bar] = {"kept_eyes_db": Bar(">=", 31.0), "kept_mouth_db": Bar(">=", 31.0)}
"""Only where the render says which of the plate's samples it kept: elsewhere they needn't be there."""
AROUND = 2
"""Frames on either side of a keyframe that its values are means of."""
LEAST_SHOT = 12
"""Fewer clear frames, of a shot or a film, say nothing about correlation."""
WORST_FRAMES = 8
WORST_SPACING = 6
SEVERE: Mapping[str, float] = {
    "landmarks": 4.2,
    "expression_error": 0.15,
    "skin_excess": 2.0,
    "seam_worst": 4.0,
}
"""Of frame by frame measures, the values that count as equally bad when frames are ranked."""


@dataclass(frozen=True, slots=True)
class WorstFrame:
    """`frame` counts from the span's first; `severity` 1 is as bad as `SEVERE` says, in the measure `cause`."""

    frame: int
    severity: float
    cause: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures by name (docs/measuring.md), with 95 % intervals of some, and the floors of those that could be taken."""

    figures: Mapping[str, float]
    intervals: Mapping[str, Interval]
    floors: Mapping[str, Bar]
    worst: Sequence[WorstFrame]
    slope: LikenessSlope | None


def summary(film: FilmMeasures) -> Summary:
    """The whole film's."""
    series, close = film.measures.series, film.close
    slope = likeness_slope(close.activation, close.identity_to_source)
    figures = film.measures.figures()
    figures |= {
        "landmarks_p95": percentile(series.distance, 95),
        "mc_drop": figures["tpsnr_mc_plate"] - figures["tpsnr_mc"],
        "expression_error": mean(close.expression_error),
        "brows_db": mean(close.brows),
        "kept_eyes_db": mean(close.kept_eyes),
        "kept_mouth_db": mean(close.kept_mouth),
        "seam_mean": mean(close.seam),
        "seam_worst": worst(close.seam_worst),
        "highlights_excess": median(close.highlights),
        "highlights_overlap": mean(close.highlights_overlap),
    }
    figures |= _motion_figures(film.motion)
    if slope is not None:
        figures |= {"identity_slope": slope.slope, "identity_change": slope.change}
    if film.clear.sum() < LEAST_SHOT:
        figures |= {name: float("nan") for name in figures if name.startswith("au_")}
    bars = {**FLOORS, **(KEPT_FLOORS if film.kept == "known" else {})}
    floors = {name: bar for name, bar in bars.items() if np.isfinite(figures[name])}
    return Summary(figures, _intervals(film, slope), floors, worst_frames(film), slope)


def per_frame(film: FilmMeasures) -> dict[str, Series]:
    """Every measure frame by frame under the names that JSON and reports use."""
    series, close = film.measures.series, film.close
    return {
        "expression_error": close.expression_error,
        "activation": close.activation,
        "landmarks": series.distance,
        "pose": series.pose,
        "tpsnr_raw": series.result_raw,
        "tpsnr_raw_plate": series.plate_raw,
        "tpsnr_mc": series.result_compensated,
        "tpsnr_mc_plate": series.plate_compensated,
        "flicker": series.result_flicker,
        "flicker_plate": series.plate_flicker,
        "skin_excess": series.skin_excess,
        "skin_shift": series.skin_shift,
        "seam": close.seam,
        "seam_worst": close.seam_worst,
        "highlights": close.highlights,
        "highlights_overlap": close.highlights_overlap,
        "eyes_db": series.eyes,
        "mouth_db": series.mouth,
        "brows_db": close.brows,
        "kept_eyes_db": close.kept_eyes,
        "kept_mouth_db": close.kept_mouth,
        "sharpness": series.sharpness,
        "identity_to_source": close.identity_to_source,
        "identity_to_performer": close.identity_to_performer,
        "lips": close.result_lips,
        "lips_plate": close.plate_lips,
        **{f"motion_{region}_error": each.error for region, each in film.motion.items()},
    }


def around(film: FilmMeasures, frame: int) -> dict[str, float]:
    """Means of the measures over a frame and its neighbours; NaN where none of them has a value."""
    first, stop = max(0, frame - AROUND), frame + AROUND + 1
    return {name: mean(values[first:stop]) for name, values in per_frame(film).items()}


def shot_figures(film: FilmMeasures, first: int, stop: int) -> dict[str, float]:
    """Figures of frames first..stop-1: means of the measures; how expressions agree where they are long enough."""
    clear = film.clear[first:stop]
    figures = {name: mean(values[first:stop]) for name, values in per_frame(film).items()}
    figures["measured"] = float(clear.sum())
    if clear.sum() >= LEAST_SHOT:
        own, made = (scores[first:stop][clear] for scores in film.scores)
        agreement = expression_agreement(own, made, NAMES)
        figures |= {
            "au_pooled": agreement.pooled,
            "au_weighted": agreement.weighted,
            "au_plain": agreement.plain,
            "au_gain": agreement.gain,
        }
        figures |= _motion_figures({name: each.at(slice(first, stop)) for name, each in film.motion.items()})
    return figures


def _motion_figures(motion: Mapping[str, MotionSeries]) -> dict[str, float]:
    """By region: correlation, gain and mean error of the skin's motion."""
    found = {}
    for region, series in motion.items():
        agreement = motion_agreement(series)
        found[f"motion_{region}"] = agreement.correlation
        found[f"motion_{region}_gain"] = agreement.gain
        found[f"motion_{region}_error"] = mean(series.error)
    return found


def worst_frames(film: FilmMeasures, count: int = WORST_FRAMES) -> list[WorstFrame]:
    """The worst clear frames, the worst first, no two of them close to each other."""
    values = per_frame(film)
    ratios = np.stack([values[name] / limit for name, limit in SEVERE.items()])
    ratios = np.where(np.isfinite(ratios) & film.clear, ratios, -1.0)
    severity, cause = ratios.max(0), ratios.argmax(0)
    names, chosen = list(SEVERE), list[WorstFrame]()
    for frame in np.argsort(-severity, kind="stable"):
        if severity[frame] <= 0 or len(chosen) == count:
            break
        if all(abs(int(frame) - each.frame) >= WORST_SPACING for each in chosen):
            chosen.append(WorstFrame(int(frame), float(severity[frame]), names[int(cause[frame])]))
    return chosen


def percentile(values: Series, per_cent: float) -> float:
    """A percentile over the frames with a value; NaN without any."""
    kept = values[np.isfinite(values)]
    return float(np.percentile(kept, per_cent)) if len(kept) else float("nan")


def _intervals(film: FilmMeasures, slope: LikenessSlope | None) -> dict[str, Interval]:
    own, made = (scores[film.clear] for scores in film.scores)

    def agreement(read: str) -> Callable[[NDArray[np.int64]], float]:
        return lambda drawn: float(getattr(expression_agreement(own[drawn], made[drawn], NAMES), read))

    series, close = film.measures.series, film.close
    means = {
        "landmarks_mean": series.distance,
        "tpsnr_raw": series.result_raw,
        "tpsnr_mc": series.result_compensated,
        "mc_drop": series.plate_compensated - series.result_compensated,
        "expression_error": close.expression_error,
        "kept_eyes_db": close.kept_eyes,
        "kept_mouth_db": close.kept_mouth,
        "seam_mean": close.seam,
        "identity_to_source": close.identity_to_source,
        "identity_to_performer": close.identity_to_performer,
    }
    medians = {
        "skin_median": series.skin_excess,
        "sharpness": series.sharpness,
        "highlights_excess": close.highlights,
    }
    found: dict[str, Interval | None] = {
        f"au_{name}": interval(len(own), agreement(name)) for name in ("pooled", "weighted", "plain", "gain")
    }
    found |= {name: interval_of(values, mean) for name, values in means.items()}
    found |= {name: interval_of(values, median) for name, values in medians.items()}
    found |= {f"motion_{name}": _motion_interval(each) for name, each in film.motion.items()}
    if slope is not None:
        found["identity_slope"] = slope.interval
    return {name: each for name, each in found.items() if each is not None}


def _motion_interval(series: MotionSeries) -> Interval | None:
    taken = np.flatnonzero(np.isfinite(series.own))
    return interval(len(taken), lambda drawn: motion_agreement(series.at(taken[drawn])).correlation)
