"""The families of engines: small abstract bases, and the card every network carries."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import Carried, Detection, FaceMesh, FaceSample, FaceSolve, Patch, SourcePhoto
from pipeline.imaging.arrays import ImageF32, ImageU8, Rect


@dataclass(frozen=True, slots=True)
class Tensor:
    """One input or output of a network: fixed sizes as numbers, free ones as None."""

    name: str
    shape: tuple[int | None, ...]
    dtype: str = "float32"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model file is, where it comes from and what may be done with it."""

    id: str
    title: str
    file: str
    sha256: str
    licence: str
    source: str
    purpose: str
    limits: str
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    commercial_use: bool = True


class Detector(ABC):
    """Finds faces in a picture."""

    @abstractmethod
    def find(self, image: ImageU8) -> list[Detection]:
        """Faces in `image` (h, w, 3 RGB), best first."""


class Landmarker(ABC):
    """Locates the 478-point mesh inside regions of interest."""

    @abstractmethod
    def locate(self, image: ImageU8, detections: Sequence[Detection]) -> list[FaceMesh]:
        """One mesh a detection, in order; judge `presence` before use."""


class Recognizer(ABC):
    """Embeds a face for telling people apart."""

    @abstractmethod
    def embed(self, image: ImageU8, mesh: FaceMesh) -> NDArray[np.float32]:
        """L2-normalised embedding; compare by dot product."""


P = TypeVar("P")
S = TypeVar("S")

FrameCrops = Callable[[int, Rect], ImageF32]
"""(plate frame, rect) → the plate's pixels there, RGB float32 0..1 display-referred."""


class Swapper(ABC, Generic[P, S]):
    """Puts an identity on a face. P: the engine's prepared state; S: its parameter struct.

    What a person painted over the face's matte holds for every engine: `engines.matte_strokes`. Where it shows the
    plate, `swap` and `carried` give back the sample's own pixels and `support` leaves them out; where it shows the
    face, nothing that was found to lie before it holds the face back.
    """

    @abstractmethod
    def prepare(self, solve: FaceSolve, photos: Sequence[SourcePhoto], crops: FrameCrops) -> P:
        """What is shared by all frames of one face; `photos` empty = the performer's own face."""

    @abstractmethod
    def region(self, prepared: P, frame: int, settings: S) -> Rect | None:
        """The pixels `swap` needs at a plate frame, uncut; None where the face is absent."""

    def carried(self, prepared: P, sample: FaceSample, settings: S) -> Carried | None:
        """Where the plate's own samples go in one frame; None: this engine doesn't know."""
        return None

    @abstractmethod
    def swap(self, prepared: P, samples: Sequence[FaceSample], settings: Sequence[S]) -> list[Patch]:
        """One patch a sample; `settings[i]` are the parameters at `samples[i].frame`."""
