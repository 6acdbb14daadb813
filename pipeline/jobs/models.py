"""The models that ship: what they are, and whether their files are still the ones the cards describe."""

from pathlib import Path
from typing import Any

from pipeline.engines.engine import ModelCard
from pipeline.engines.registry import MODELS_DIR, cards, verify
from pipeline.errors import ModelChanged, ModelMissing


def list_models(models_dir: Path = MODELS_DIR) -> list[ModelCard]:
    """Every card, in the folder's order."""
    return list(cards(models_dir))


def card_values(card: ModelCard) -> dict[str, Any]:
    """A card as JSON values."""
    return {
        "id": card.id,
        "title": card.title,
        "file": card.file,
        "sha256": card.sha256,
        "licence": card.licence,
        "commercial_use": card.commercial_use,
        "source": card.source,
        "purpose": card.purpose,
        "limits": card.limits,
    }


def model_states(models_dir: Path = MODELS_DIR) -> dict[str, str]:
    """By model id: good, missing or changed."""
    return {verdict.card.id: verdict.state for verdict in verify(models_dir)}


def refuse_unless_good(models_dir: Path = MODELS_DIR) -> None:
    """Raise ModelMissing or ModelChanged for the models that aren't good, all of them in one message."""
    verdicts = verify(models_dir)
    changed = [verdict.path.name for verdict in verdicts if verdict.state == "changed"]
    missing = [verdict.path.name for verdict in verdicts if verdict.state == "missing"]
    parts = [f"{what}: {', '.join(names)}" for what, names in (("changed", changed), ("missing", missing)) if names]
    if parts:
        kind = ModelChanged if changed else ModelMissing
        raise kind(
            f"Model files in {models_dir} are not what their cards say ({'; '.join(parts)}). Restore the folder."
        )
