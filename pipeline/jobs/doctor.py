"""What this installation can really do, proved rather than believed.

A library's list of what it was built with says nothing about what runs: each network is loaded and asked
where it sits, each encoder is opened and given a frame.
"""

import os
import platform
import shutil
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from importlib import metadata
from pathlib import Path

import av
import av.error
import numpy as np
from av.video.codeccontext import VideoCodecContext

from pipeline.display import has_screen, why_no_window
from pipeline.engines.registry import MODELS_DIR, cards
from pipeline.engines.session import SessionPool, prove
from pipeline.errors import ModelError, OutputError
from pipeline.jobs.device import Device, device_of
from pipeline.jobs.memory import physical_memory
from pipeline.jobs.models import model_states
from pipeline.media.output_file import check_writable
from pipeline.media.presets import load_preset, preset_names
from pipeline.project.user_folders import cache_folder, config_folder

_PACKAGES = (
    "av", "c2pa-python", "cryptography", "msgspec", "numba", "numpy", "opencv-python-headless", "OpenEXR", "pillow",
    "pyqtgraph", "PySide6-Essentials", "scipy", "scikit-image",
)  # fmt: skip
_RUNTIMES = ("onnxruntime-gpu", "onnxruntime")
_HARDWARE_ENCODERS = ("h264_nvenc", "hevc_nvenc", "av1_nvenc", "h264_qsv")
_UNSEEN = ("offscreen", "minimal")
"""Platforms of Qt that show nothing."""
_PROBE_SIZE = 256
_QUIET = {"libx265": {"x265-params": "log-level=error"}}
"""Encoders with a log of their own, and how to hush it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One preset or encoder: whether it takes a frame here, and what it says if not."""

    name: str
    works: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything `doctor` tells. `networks` maps model ids to where each was proved to run; `problems` need action."""

    system: str
    python: str
    cores: int
    memory_bytes: int
    free_bytes: int
    """Free in the temporary folder's file system."""
    versions: dict[str, str]
    ffmpeg: dict[str, str]
    models: dict[str, str]
    networks: dict[str, tuple[str, ...]]
    device: Device
    presets: tuple[Finding, ...]
    hardware_encoders: tuple[Finding, ...]
    window: Finding
    folders: dict[str, str]
    problems: tuple[str, ...]


def diagnose(models_dir: Path = MODELS_DIR) -> Diagnosis:
    """Examine this machine; a problem found is reported, not raised."""
    problems: list[str] = []
    states = model_states(models_dir)
    problems += [
        f"The model {model} is {state}: restore the models folder."
        for model, state in states.items()
        if state != "good"
    ]
    networks, failures = _prove_networks(models_dir)
    problems += failures
    presets = tuple(_try_preset(name) for name in preset_names())
    problems += [f"The preset {each.name} does not work here: {each.why}" for each in presets if not each.works]
    for folder in (config_folder(), cache_folder()):
        if not _writable(folder):
            problems.append(f"{folder} cannot be written: set LIKENESS_CONFIG and LIKENESS_CACHE to folders that can.")
    return Diagnosis(
        system=platform.platform(),
        python=platform.python_version(),
        cores=os.cpu_count() or 1,
        memory_bytes=physical_memory(),
        free_bytes=shutil.disk_usage(tempfile.gettempdir()).free,
        versions=_versions(),
        ffmpeg={name: ".".join(map(str, version)) for name, version in av.library_versions.items()},
        models=states,
        networks=networks,
        device=device_of(networks),
        presets=presets,
        hardware_encoders=tuple(_try_encoder(name, name, None, {}) for name in _HARDWARE_ENCODERS),
        window=_try_window(),
        folders={"configuration": str(config_folder()), "cache": str(cache_folder())},
        problems=tuple(problems),
    )


def _prove_networks(models_dir: Path) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Where each network runs, by model id, and what those say that don't."""
    pool = SessionPool(models_dir, "auto")
    networks: dict[str, tuple[str, ...]] = {}
    failures = []
    for card in cards(models_dir):
        if not card.inputs:
            continue
        try:
            networks[card.id] = prove(pool, card)
        except ModelError as error:
            failures.append(str(error))
    return networks, failures


def _versions() -> dict[str, str]:
    found = {}
    for name in (*_PACKAGES, *_RUNTIMES):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            if name not in _RUNTIMES:
                found[name] = "not installed"
    return found


def _try_preset(name: str) -> Finding:
    """Whether the preset's encoder, with the preset's own format and options, takes a frame."""
    preset = load_preset(name)
    options = {**preset.options, **_QUIET.get(preset.codec, {})}
    return _try_encoder(name, preset.codec, preset.formats[0] if preset.formats else None, options)


def _try_encoder(name: str, codec_name: str, pixel_format: str | None, options: dict[str, str]) -> Finding:
    """Open an encoder and give it one grey frame."""
    try:
        codec = av.Codec(codec_name, "w")
        offered = codec.video_formats
        context = VideoCodecContext.create(codec, "w")
        assert isinstance(context, VideoCodecContext)
        context.width = context.height = _PROBE_SIZE
        context.pix_fmt = pixel_format or (offered[0].name if offered else "yuv420p")
        context.time_base = Fraction(1, 25)
        context.options = options
        grey = np.full((_PROBE_SIZE, _PROBE_SIZE, 3), 128, np.uint8)
        frame = av.VideoFrame.from_ndarray(grey, format="rgb24").reformat(format=context.pix_fmt)
        frame.pts = 0
        context.encode(frame)
        context.encode(None)
    except (av.error.FFmpegError, av.codec.codec.UnknownCodecError, OSError) as error:
        return Finding(name, False, str(error))
    return Finding(name, True)


def _try_window() -> Finding:
    """Whether the editor's window can be shown; a machine without a screen has no problem, only no window."""
    if not has_screen():
        return Finding("window", False, "there is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set")
    if os.environ.get("QT_QPA_PLATFORM") in _UNSEEN:
        return Finding("window", False, "QT_QPA_PLATFORM lets Qt draw without a screen")
    reason = why_no_window()
    return Finding("window", reason is None, reason or "")


def _writable(folder: Path) -> bool:
    """Whether a file can be made in a folder that exists or can be made; tried where it is or would be made."""
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        check_writable(existing)
    except OutputError:
        return False
    return True
