"""Where networks run on this machine: on a GPU, or on the processor, and why where a GPU is here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.engines.device import CUDA, nvidia_seen, why_processor
from pipeline.engines.registry import MODELS_DIR, cards
from pipeline.errors import ModelError

Place = Literal["CUDA", "processor"]


@dataclass(frozen=True, slots=True)
class Device:
    """`words` say what keeps networks off a GPU that is here, and what to do; empty where nothing does."""

    runs_on: Place
    words: str = ""


def device_of(networks: Mapping[str, tuple[str, ...]]) -> Device:
    """By where each network was proved to run, the provider tried first leading."""
    if any(providers[0] == CUDA for providers in networks.values()):
        return Device("CUDA")
    if not networks or not nvidia_seen():
        return Device("processor")
    import onnxruntime

    return Device("processor", why_processor(onnxruntime.get_available_providers()))


def quick_device(models_dir: Path = MODELS_DIR) -> Device:
    """The same, proved by the smallest network alone, and only where a GPU is here: else nothing is loaded."""
    if not nvidia_seen():
        return Device("processor")
    from pipeline.engines.session import SessionPool, prove

    there = [each for each in cards(models_dir) if each.inputs and (models_dir / each.file).is_file()]
    for card in sorted(there, key=lambda each: (models_dir / each.file).stat().st_size):
        try:
            return device_of({card.id: prove(SessionPool(models_dir, "auto"), card)})
        except ModelError:
            continue  # Told of where files are checked.
    return Device("processor")
