"""The solve of one face: everything that couples its frames, computed once from what the pass observed.

Order matters: what lies before the face decides which landmarks are believed, the smoothed landmarks give pose and
neutral, and only frames with a clear face shape the neutral and the basis.
"""

import hashlib
from dataclasses import asdict, dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.coverage import covered_share, landmarks_covered
from pipeline.analysis.neutral import NeutralSettings, fit_neutral
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.quantised import quantise
from pipeline.analysis.smoothing import SmoothingSettings, smooth
from pipeline.engines.faces import FaceSolve
from pipeline.errors import NoFace
from pipeline.imaging.flow import face_width
from pipeline.imaging.mesh import load_canonical

SOLVE_VERSION = 2
"""Goes up with every change that alters a solve's numbers."""


@dataclass(frozen=True, slots=True)
class SolveSettings:
    """All parameters of a solve."""

    smoothing: SmoothingSettings = field(default_factory=SmoothingSettings)
    neutral: NeutralSettings = field(default_factory=NeutralSettings)
    clear_below: float = 0.02
    """A frame is clear when mattes cover less than this share of the face's chart."""
    min_presence: float = 0.5
    """Frames with a less sure face shape neither neutral nor basis."""


def solve_key(observations: TrackObservations, settings: SolveSettings) -> str:
    """Content hash (sha256, hex) of all that a solve depends on."""
    text = f"{SOLVE_VERSION} {observations.key()} {sorted(asdict(settings).items())!r}"
    return hashlib.sha256(text.encode()).hexdigest()


def solve_face(observations: TrackObservations, settings: SolveSettings | None = None) -> FaceSolve:
    """Smoothing, pose, neutral and basis of one track.

    Raises
    ------
    NoFace
        when the track has no frame.
    """
    chosen = settings or SolveSettings()
    if len(observations.frames) == 0:
        raise NoFace(f"Face track {observations.id} has no frame in which the face was seen. Analyse the plate again.")
    smoothed = quantise(smooth(observations, hidden_landmarks(observations), chosen.smoothing))
    clear = clear_frames(observations, smoothed, chosen.clear_below)
    trusted = clear & (observations.presence >= chosen.min_presence)
    scores = observations.scores.astype(np.float16).astype(np.float32)
    fit = fit_neutral(smoothed, scores, trusted, load_canonical(), chosen.neutral)
    return FaceSolve(
        width=observations.width,
        height=observations.height,
        frames=observations.frames.astype(np.int32),
        landmarks=smoothed,
        scores=scores,
        canonical=fit.canonical,
        scale=fit.pose.scale,
        rotation=fit.pose.rotation,
        translation=fit.pose.translation,
        neutral=fit.neutral.astype(np.float32),
        rigid_weights=fit.rigid_weights,
        neutral_frames=fit.frames,
        basis=fit.basis.astype(np.float32),
        clear=clear,
        occlusion=dict(observations.occlusion),
        key=solve_key(observations, chosen),
    )


def hidden_landmarks(observations: TrackObservations) -> NDArray[np.bool_]:
    """(T, 478) which raw landmarks something lies before."""
    hidden = np.zeros(observations.landmarks.shape[:2], np.bool_)
    for i, frame in enumerate(observations.frames.tolist()):
        matte = observations.occlusion.get(frame)
        if matte is not None:
            landmarks = observations.landmarks[i]
            hidden[i] = landmarks_covered(matte, landmarks, face_width(landmarks))
    return hidden


def clear_frames(
    observations: TrackObservations, landmarks: NDArray[np.float32], clear_below: float
) -> NDArray[np.bool_]:
    """(T,) frames in which less than `clear_below` of the face's chart is covered."""
    clear = np.ones(len(observations.frames), np.bool_)
    for i, frame in enumerate(observations.frames.tolist()):
        matte = observations.occlusion.get(frame)
        if matte is not None:
            clear[i] = covered_share(matte, landmarks[i]) < clear_below
    return clear
