"""Inference sessions: one a model, verified at load, shared by every thread.

One intra-op thread with spinning off: two spinning threads cost 16 CPU ms where one costs 11.5, and frames in
parallel use the cores better than operators in parallel do.
"""

import sys
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Literal

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from pipeline.engines.contract import check_contract
from pipeline.engines.device import CUDA, driver_problem
from pipeline.engines.engine import ModelCard
from pipeline.engines.registry import MODELS_DIR, read_verified
from pipeline.errors import ModelError

Provider = Literal["cpu", "cuda", "auto"]

_CPU = "CPUExecutionProvider"
CAPACITY_BYTES = 1 << 30
_SEVERITY_FATAL = 4
_SEVERITY_ERROR = 3
_REFUSED = (
    ort.capi.onnxruntime_pybind11_state.Fail,
    ort.capi.onnxruntime_pybind11_state.InvalidArgument,
    ort.capi.onnxruntime_pybind11_state.RuntimeException,
)
"""What a session raises that loaded but cannot run."""


@cache
def _cuda_may_work() -> bool:
    """Whether asking for CUDA makes sense: this build has it and a driver is there. NVIDIA's libraries are then loaded.

    As Python packages they lie where no loader looks, so they are loaded by path, once, before the first session.
    """
    if CUDA not in ort.get_available_providers() or driver_problem():
        return False
    # What fails from here on is asked of the session; the library would log it once for each network.
    ort.set_default_logger_severity(_SEVERITY_FATAL)
    if find_spec("nvidia") is not None:
        with redirect_stdout(sys.stderr):  # it prints; a command's own answer on stdout stays clean
            ort.preload_dlls()
    return True


class Network:
    """One verified network, ready to run. Safe to call from several threads at once; `session` is the library's."""

    def __init__(self, session: ort.InferenceSession, card: ModelCard, size_bytes: int) -> None:
        self.session = session
        self.size_bytes = size_bytes
        self._outputs = [each.name for each in card.outputs]
        self.card = card

    @property
    def providers(self) -> tuple[str, ...]:
        """Where the network really runs, as the session says (never what the library was compiled with)."""
        return tuple(self.session.get_providers())

    def run(self, inputs: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
        """All outputs by name."""
        return dict(zip(self._outputs, self.session.run(self._outputs, dict(inputs)), strict=True))


class SessionPool:
    """Owns the sessions of one process: each model is loaded once, on first use, under a lock.

    Parameters
    ----------
    models_dir
        Where the files lie.
    provider
        "cpu"; "cuda", which refuses to run anywhere else; "auto", CUDA where a session proves that it works.
    threads
        Intra-op threads of each session.
    capacity_bytes
        Of the files of all networks that are kept; those used longest ago go first.
    """

    def __init__(
        self,
        models_dir: Path = MODELS_DIR,
        provider: Provider = "cpu",
        threads: int = 1,
        capacity_bytes: int = CAPACITY_BYTES,
    ) -> None:
        self.models_dir = models_dir
        self.provider = provider
        self._threads = threads
        self._lock = Lock()
        self._capacity_bytes = capacity_bytes
        self._networks: OrderedDict[str, Network] = OrderedDict()

    def get(self, card: ModelCard) -> Network:
        """The network of a card.

        Raises
        ------
        ModelMissing, ModelChanged
            The file is not there, or not the one the card describes.
        ContractMismatch
            Its tensors are not the card's.
        ModelError
            It cannot be loaded, or CUDA was asked for and does not run it.
        """
        with self._lock:
            network = self._networks.get(card.sha256)
            if network is None:
                network = self._load(card)
                self._networks[card.sha256] = network
                self._make_room()
            self._networks.move_to_end(card.sha256)
            return network

    def let_go(self) -> None:
        """Keep no network; whoever still holds one keeps it alive, and the next use loads it anew."""
        with self._lock:
            self._networks.clear()

    def loaded(self) -> list[tuple[str, str, int]]:
        """(id, the provider that the session runs on, bytes of its file) of every network that is kept."""
        with self._lock:
            return [(each.card.id, each.providers[0], each.size_bytes) for each in self._networks.values()]

    def _make_room(self) -> None:
        """Let go of the networks used longest ago; whoever still holds one keeps it alive."""
        while (
            len(self._networks) > 1 and sum(each.size_bytes for each in self._networks.values()) > self._capacity_bytes
        ):
            self._networks.popitem(last=False)

    def _load(self, card: ModelCard) -> Network:
        content = read_verified(card, self.models_dir)
        session = self._session(content, card)
        check_contract(session, card)
        return Network(session, card, len(content))

    def _session(self, content: bytes, card: ModelCard) -> ort.InferenceSession:
        wants_cuda = self.provider != "cpu" and _cuda_may_work()
        # The library logs a failed CUDA load as an error although the fallback is planned; the session is asked below.
        severity = _SEVERITY_FATAL if wants_cuda else _SEVERITY_ERROR
        try:
            session = ort.InferenceSession(
                content, self._options(severity), providers=[CUDA, _CPU] if wants_cuda else [_CPU]
            )
        except (ort.capi.onnxruntime_pybind11_state.Fail, ort.capi.onnxruntime_pybind11_state.InvalidProtobuf) as error:
            raise ModelError(f"The network {card.file} cannot be loaded: {error}. Restore the file.") from error
        if self.provider == "cuda" and CUDA not in session.get_providers():
            raise ModelError(
                f"CUDA was asked for, but {card.title} would run on {', '.join(session.get_providers())}. "
                "Install the cuda extra and an NVIDIA driver, or use the provider auto or cpu."
            )
        return session

    def _options(self, severity: int) -> ort.SessionOptions:
        options = ort.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        # An arena would hold what each network's largest run took; an analysis is as fast without.
        options.enable_cpu_mem_arena = False
        options.log_severity_level = severity
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.inter_op.allow_spinning", "0")
        return options


def prove(pool: SessionPool, card: ModelCard) -> tuple[str, ...]:
    """Where a network runs, proved: it is loaded and answers an input of zeros, its free dimensions one long.

    Returns the session's own providers, the one tried first leading.

    Raises
    ------
    ModelMissing, ModelChanged, ContractMismatch, ModelError
        As `SessionPool.get`; ModelError too where the session loads but does not run.
    """
    network = pool.get(card)
    zeros = {each.name: np.zeros([size or 1 for size in each.shape], each.dtype) for each in card.inputs}
    try:
        network.run(zeros)
    except _REFUSED as error:
        raise ModelError(
            f"{card.title} ({card.file}) loads on {network.providers[0]} but does not run: {error}. "
            "Update the driver, or use the provider cpu."
        ) from error
    return network.providers
