"""`doctor`: what really runs where."""

import argparse
from typing import TYPE_CHECKING

from pipeline.commands.arguments import Subcommands, add_json
from pipeline.commands.console import Console

if TYPE_CHECKING:
    from pipeline.jobs.doctor import Diagnosis, Finding


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser("doctor", help="what really runs where: networks, encoders, versions, memory")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Status 0 where everything that ships works, 1 where something needs attention."""
    from dataclasses import asdict

    from pipeline.jobs.doctor import diagnose

    found = diagnose()
    if not console.as_json:
        for line in _lines(found):
            console.say(line)
    console.answer(asdict(found))
    return 1 if found.problems else 0


def _lines(found: "Diagnosis") -> list[str]:
    gib = 1 << 30
    lines = [
        f"{found.system}, Python {found.python}, {found.cores} cores",
        f"{found.memory_bytes / gib:.1f} GiB memory, {found.free_bytes / gib:.1f} GiB free for temporary files",
        "packages: " + ", ".join(f"{name} {version}" for name, version in found.versions.items()),
        "FFmpeg: " + ", ".join(f"{name} {version}" for name, version in found.ffmpeg.items()),
        "networks, each where a session of it runs:",
        *(f"  {model}: {', '.join(providers)}" for model, providers in found.networks.items()),
        f"networks run on: {found.device.runs_on}" + (f". {found.device.words}" if found.device.words else ""),
        "presets, the encoder of each given a frame:",
        *(f"  {_told(each)}" for each in found.presets),
        "hardware encoders:",
        *(f"  {_told(each)}" for each in found.hardware_encoders),
        "window: can be shown" if found.window.works else f"window: cannot be shown ({found.window.why})",
        *(f"{name}: {folder}" for name, folder in found.folders.items()),
    ]
    lines += [f"PROBLEM: {problem}" for problem in found.problems] or ["no problems found"]
    return lines


def _told(finding: "Finding") -> str:
    return f"{finding.name}: works" if finding.works else f"{finding.name}: does not work here ({finding.why})"
