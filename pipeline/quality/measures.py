"""What measuring a pair of films gives: values only, with a flat form for JSON and tables."""

from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.quality.expression import ExpressionAgreement
from pipeline.quality.identity import IdentityDistances

Series = NDArray[np.float64]
"""(T,) one value a frame, NaN where it could not be taken."""


@dataclass(frozen=True, slots=True, eq=False)
class FrameSeries:
    """Every measure frame by frame; means over films are means of these over the frames they are defined on."""

    distance: Series
    """Landmark distance, % of the plate's face diagonal, pose aligned."""
    pose: Series
    """Displacement of the whole face, % of the diagonal."""
    plate_raw: Series
    """Temporal PSNR of the plate against its previous frame, inside the face, dB."""
    plate_compensated: Series
    """The same, the previous frame carried along the plate's flow."""
    result_raw: Series
    result_compensated: Series
    plate_flicker: Series
    """Mean absolute second difference of luma in face UV, 8-bit code values."""
    result_flicker: Series
    skin_excess: Series
    """ΔE2000 of the skin against the plate's forehead–neck ring, beyond the plate's own."""
    skin_shift: Series
    """ΔE2000 between the plate's face skin and the result's."""
    eyes: Series
    """PSNR of the result against the plate inside the eye rings, dB."""
    mouth: Series
    """The same inside the inner lips."""
    sharpness: Series
    """Fine detail of the result's skin over the plate's."""


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """A result against its plate. `frames` in the films, of which `measured` show the clear face in both.

    `excluded` frames were left out by the caller (something lies before the face); `unseen` frames show no face in one
    of the films. Expression, distance, skin, eyes, mouth, sharpness and identity use the measured
    frames only; temporal figures use all frames in which the plate's face was found.
    """

    frames: int
    measured: int
    excluded: int
    unseen: int
    expression: ExpressionAgreement
    series: FrameSeries
    identity: IdentityDistances | None
    identity_note: str
    """Why `identity` is None, else empty."""

    def figures(self) -> dict[str, float]:
        """The film's figures by name, rounded by nobody."""
        series = self.series
        own = {"raw": mean(series.plate_raw), "mc": mean(series.plate_compensated)}
        flicker = mean(series.result_flicker) / max(mean(series.plate_flicker), 1e-9)
        figures = {
            "au_pooled": self.expression.pooled,
            "au_weighted": self.expression.weighted,
            "au_plain": self.expression.plain,
            "au_gain": self.expression.gain,
            "landmarks_mean": mean(series.distance),
            "landmarks_worst": worst(series.distance),
            "pose_mean": mean(series.pose),
            "tpsnr_raw": mean(series.result_raw),
            "tpsnr_raw_plate": own["raw"],
            "tpsnr_mc": mean(series.result_compensated),
            "tpsnr_mc_plate": own["mc"],
            "flicker_ratio": flicker,
            "skin_median": median(series.skin_excess),
            "skin_worst": worst(series.skin_excess),
            "skin_shift_median": median(series.skin_shift),
            "skin_frames": float(np.isfinite(series.skin_excess).sum()),
            "eyes_db": mean(series.eyes),
            "mouth_db": mean(series.mouth),
            "sharpness": median(series.sharpness),
        }
        if self.identity is not None:
            figures |= {f"identity_{name}": float(value) for name, value in asdict(self.identity).items()}
        return figures

    def as_values(self) -> dict[str, Any]:
        """Everything as JSON values; frames without a value are null."""
        return {
            "frames": self.frames,
            "measured": self.measured,
            "excluded": self.excluded,
            "unseen": self.unseen,
            "identity_note": self.identity_note,
            "figures": {name: finite(value) for name, value in self.figures().items()},
            "units": self.expression.units,
            "series": {
                each.name: [finite(value) for value in getattr(self.series, each.name)] for each in fields(self.series)
            },
        }


def finite(value: float) -> float | None:
    """A number JSON can hold."""
    return float(value) if np.isfinite(value) else None


def mean(values: Series) -> float:
    """Mean over the frames with a value; NaN without any."""
    kept = values[np.isfinite(values)]
    return float(kept.mean()) if len(kept) else float("nan")


def median(values: Series) -> float:
    """Median over the frames with a value; NaN without any."""
    kept = values[np.isfinite(values)]
    return float(np.median(kept)) if len(kept) else float("nan")


def worst(values: Series) -> float:
    """Largest value; NaN without any."""
    kept = values[np.isfinite(values)]
    return float(kept.max()) if len(kept) else float("nan")
