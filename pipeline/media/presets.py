"""Export presets: what a film or a set of frames is encoded as, read from data files.

A preset is data, so that a house adds its own by adding a file to `resources/presets`. It names an encoder,
the pixel formats the result may have, and the encoder's options. Which of the formats is used follows from
the plate (`media.output_format`): the one that loses least.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pipeline.errors import OutputError
from pipeline.imaging.planes import ChromaSiting, ColourRange, Matrix, Transfer

PresetKind = Literal["film", "frames"]

_FOLDER = Path(__file__).parents[2] / "resources" / "presets"


@dataclass(frozen=True, slots=True)
class Preset:
    """How a result is written.

    `formats` are FFmpeg pixel format names, none meaning every format of the encoder; `odd_sizes` are used
    instead where the encoder wants `even_chroma` (sizes that are multiples of the chroma step) and the
    picture is odd. `range`, `matrix`, `transfer` and `siting`
    are what the code values must mean in this kind of file; None keeps the plate's. `extensions` are the file
    name endings it may have, the first being the usual one.
    """

    name: str
    title: str
    description: str
    kind: PresetKind
    codec: str
    extensions: tuple[str, ...]
    formats: tuple[str, ...] = ()
    odd_sizes: tuple[str, ...] = ()
    even_chroma: bool = False
    range: ColourRange | None = None
    matrix: Matrix | None = None
    transfer: Transfer | None = None
    siting: ChromaSiting | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    def with_options(self, **options: str) -> "Preset":
        """This preset with some of the encoder's options replaced (`preset`, `crf`, …)."""
        return replace(self, options={**self.options, **options})


def preset_names() -> tuple[str, ...]:
    """Names of all presets, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def load_preset(name: str) -> Preset:
    """The preset called `name`. Raises OutputError: there is none of that name."""
    path = _FOLDER / f"{name}.toml"
    if name not in preset_names():
        raise OutputError(f"There is no preset called {name!r}. Choose one of: {', '.join(preset_names())}.")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in ("extensions", "formats", "odd_sizes"):
        table[key] = tuple(table.get(key, ()))
    return Preset(name=name, **table)


def written_endings() -> frozenset[str]:
    """Every ending that some preset writes: `.mov`, `.png`, …"""
    return frozenset(ending for name in preset_names() for ending in load_preset(name).extensions)


def preset_for(path: Path) -> Preset:
    """The usual preset for a file of this name: review film, or still by its ending.

    Raises OutputError: no preset writes files with that ending.
    """
    usual = {
        ".mp4": "h264-review",
        ".mov": "h264-high",
        ".mkv": "ffv1-lossless",
        ".mxf": "dnxhr-hqx",
        ".png": "png",
        ".exr": "exr-half",
        ".jpg": "jpeg",
        ".jpeg": "jpeg",
        ".tif": "tiff",
        ".tiff": "tiff",
    }
    name = usual.get(path.suffix.lower())
    if name is None:
        raise OutputError(
            f"The name {path.name} does not say what to write. End it in one of {', '.join(usual)}, or name a preset."
        )
    return load_preset(name)
