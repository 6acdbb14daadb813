"""Tensor contracts: a network is what its inputs and outputs are, whatever its file is called."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from pipeline.engines.engine import ModelCard, Tensor
from pipeline.errors import ContractMismatch


class _Argument(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def shape(self) -> Sequence[int | str | None]: ...
    @property
    def type(self) -> str: ...


class TensorSource(Protocol):
    """What an inference session tells of its network."""

    def get_inputs(self) -> Sequence[_Argument]: ...
    def get_outputs(self) -> Sequence[_Argument]: ...


_DTYPES = {
    "tensor(float)": "float32",
    "tensor(float16)": "float16",
    "tensor(double)": "float64",
    "tensor(int64)": "int64",
    "tensor(int32)": "int32",
    "tensor(uint8)": "uint8",
    "tensor(bool)": "bool",
}


def tensors(arguments: Iterable[_Argument]) -> tuple[Tensor, ...]:
    """A session's inputs or outputs; free dimensions become None, unknown element types keep their ONNX name."""
    return tuple(
        Tensor(
            each.name,
            tuple(size if isinstance(size, int) else None for size in each.shape),
            _DTYPES.get(each.type, each.type),
        )
        for each in arguments
    )


def meets_contract(session: TensorSource, card: ModelCard) -> bool:
    """Whether names, ranks, fixed sizes and element types are the card's, in any order."""
    return (
        set(tensors(session.get_inputs())) == set(card.inputs)
        and set(tensors(session.get_outputs())) == set(card.outputs)
    )  # fmt: skip


def check_contract(session: TensorSource, card: ModelCard) -> None:
    """Refuse a network whose tensors are not the card's.

    Raises
    ------
    ContractMismatch
        With the wanted and the found tensors.
    """
    if meets_contract(session, card):
        return
    found = (*tensors(session.get_inputs()), *tensors(session.get_outputs()))
    raise ContractMismatch(
        f"The network in {card.file} is not a {card.title}: it has {_listed(found)}; "
        f"wanted {_listed((*card.inputs, *card.outputs))}. Use the file its card names."
    )


def _listed(several: Sequence[Tensor]) -> str:
    return ", ".join(
        f"{each.name}[{'×'.join('N' if size is None else str(size) for size in each.shape)}] {each.dtype}"
        for each in several
    )
