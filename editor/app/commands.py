"""The editor's commands, as the command line takes them in. Qt is imported when one of them runs, not before."""

import argparse
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from pipeline.display import has_screen, system_packages, why_no_window
from pipeline.errors import LikenessError, RangeError

PANELS = ("keyframes", "faces", "shots", "markers", "jobs", "history", "inspector", "identity", "networks", "curves")
"""The panels' names, as the window keeps them."""


class Console(Protocol):
    """What the command line gives a command to speak with."""

    interrupt: Callable[[], bool]
    """Whether the user wants it to end."""

    def say(self, text: str) -> None:
        """A sentence for the reader."""

    def note(self, text: str) -> None:
        """Something that isn't the answer."""

    def answer(self, values: Mapping[str, Any]) -> None:
        """The answer as JSON, where it was asked for."""


Subcommands = argparse._SubParsersAction
"""What argparse's `add_subparsers` returns; it has no public name."""


def register(subcommands: "Subcommands[argparse.ArgumentParser]") -> None:
    """Add `open`, `screenshot` and `bench-editor`."""
    opening = subcommands.add_parser("open", help="open a project in the editor's window")
    opening.add_argument("project", type=Path, metavar="PROJECT", help="project file")
    opening.set_defaults(run=run_open)
    shot = subcommands.add_parser("screenshot", help="a picture of the editor's window as it shows a frame")
    shot.add_argument(
        "project", type=Path, nargs="?", metavar="PROJECT", help="project file; without one, the page that begins one"
    )
    shot.add_argument("--frame", type=int, default=0, metavar="N", help="plate frame, 0-based (default 0)")
    shot.add_argument("-o", "--output", type=Path, required=True, metavar="F.png", help="picture to write")
    shot.add_argument("--size", default="1600x1000", metavar="WxH", help="of the window (default 1600x1000)")
    shot.add_argument(
        "--view",
        choices=("plate", "result", "matte", "difference", "wipe", "side"),
        default="result",
        help="what the viewer shows (default result)",
    )
    shot.add_argument(
        "--panel", choices=PANELS, action="append", default=[], help="bring a panel to the front; repeat it for more"
    )
    shot.add_argument(
        "--action", metavar="ID", action="append", default=[], help="run an action of the editor first; repeatable"
    )
    shot.add_argument("--measured", action="store_true", help="measure all drafts first, and show what is found")
    shot.add_argument("--curve", metavar="PARAMETER", help="show the curve editor too, with this parameter's curve")
    shot.add_argument("--language", choices=("en", "zh_CN"), default="en", help="what the window speaks (default en)")
    shot.set_defaults(run=run_screenshot)
    bench = subcommands.add_parser("bench-editor", help="measure what somebody feels at the editor's window")
    bench.add_argument("--media", type=Path, metavar="DIR", help="folder of the clips (default: the checkout's own)")
    bench.add_argument("--case", choices=("360p", "1080p"), action="append", help="only this size (default: both)")
    bench.add_argument(
        "--seconds", type=float, default=30.0, metavar="S", help="how long jobs run while the script works (default 30)"
    )
    bench.add_argument("--json", action="store_true", help="the answer as JSON on stdout")
    bench.set_defaults(run=run_bench)


def run_without_command() -> int:
    """The editor, with nothing open."""
    return _run_editor(None)


def run_open(arguments: argparse.Namespace, console: object) -> int:
    return _run_editor(_meant(arguments.project))


def run_screenshot(arguments: argparse.Namespace, console: Console) -> int:
    size = re.fullmatch(r"(\d{3,5})[x×](\d{3,5})", arguments.size)
    if size is None:
        raise RangeError(f"The size {arguments.size!r} is not of the form 1600x1000.")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _see_that_qt_loads()
    from editor.app.screenshot import Shown, take_screenshot
    from editor.language.languages import spoken_language

    project, window = _meant(arguments.project), (int(size[1]), int(size[2]))
    language = spoken_language(arguments.language)
    shown = Shown(
        arguments.frame,
        arguments.view,
        arguments.curve,
        tuple(arguments.panel),
        tuple(arguments.action),
        arguments.measured,
        language,
    )
    take_screenshot(project, shown, arguments.output, window, console.interrupt)
    return 0


def _meant(project: Path | None) -> Path | None:
    from pipeline.project.storage import file_meant

    return None if project is None else file_meant(project)


def run_bench(arguments: argparse.Namespace, console: Console) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _see_that_qt_loads()
    from editor.app.bench import CASES, MEDIA, BenchAmount, bench_editor
    from editor.app.bench_figures import load_average, load_text

    cases = [each for each in CASES if arguments.case is None or each.label in arguments.case]
    before = load_average()
    console.say(load_text())
    figures = []
    amount = BenchAmount(seconds=arguments.seconds)
    for figure in bench_editor(arguments.media or MEDIA, cases, amount, console.note, console.interrupt):
        figures.append(figure)
        console.say(figure.text())
    console.say(load_text())
    values = [each.values() for each in figures]
    console.answer({"figures": values, "load_before": before, "load_after": load_average()})
    return 0


def _run_editor(project: Path | None) -> int:
    """Raises LikenessError: there is no screen or it can't be used, or Qt lacks libraries of the system."""
    if not has_screen():
        raise LikenessError(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be shown: "
            "`likeness --help` lists what works without one."
        )
    _see_that_qt_loads()
    from editor.app.entry import run_editor

    return run_editor(project)


def _see_that_qt_loads() -> None:
    """Raises LikenessError where Qt, started for itself, would abort this process."""
    reason = why_no_window()
    if reason is not None:
        raise LikenessError(
            "The window can't be shown, because its screen can't be used or Qt lacks a library of the system: "
            f"{reason}. For the libraries, on Debian and Ubuntu: apt-get install {system_packages()}"
        )
