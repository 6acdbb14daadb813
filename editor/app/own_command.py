"""One of the program's own commands, run in a process of its own, so that the window stays free meanwhile."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from editor.language.translation import tr

ROOT = Path(__file__).parents[2]
STEP_BACK = 10
"""How much nicer than the window a command is that nobody waits for."""


class OwnCommand(QObject):
    """Runs one command at a time, with `--json`."""

    answered = Signal(object)
    """What it answered, as JSON values."""
    failed = Signal(str)
    """Why it did not, in a sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self.last_answer: Mapping[str, Any] = {}
        """The values of the answer that came last, of a failure too."""

    @property
    def busy(self) -> bool:
        return self._process is not None

    def run(self, arguments: Sequence[str], yielding: bool = False) -> None:
        """Begin; `answered` or `failed` follows. `yielding`: it leaves the processor to everything else, on Linux."""
        process = QProcess(self)
        process.setProcessEnvironment(QProcessEnvironment.systemEnvironment())
        first = [] if getattr(sys, "frozen", False) else [str(ROOT / "main.py")]
        process.setProgram(sys.executable)
        process.setArguments([*first, *arguments])
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._not_started)
        if yielding:
            process.started.connect(self._step_back)
        self._process = process
        process.start()

    def _step_back(self) -> None:
        if self._process is not None:
            _step_back(self._process.processId())

    def stop(self) -> None:
        """End it; nothing is heard of it."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._finished)
            process.kill()
            process.waitForFinished(2000)

    def _finished(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        out = bytes(process.readAllStandardOutput().data()).decode(errors="replace")
        said = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
        process.deleteLater()
        answer = self.last_answer = _values(out)
        if process.exitCode() == 0 and answer:
            self.answered.emit(answer)
        else:
            lines = said.splitlines()
            told = answer.get("error", {}).get("message") or (
                lines[-1] if lines else tr("The program ended without a word.")
            )
            self.failed.emit(str(told).removeprefix("likeness: "))

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._process = None
            self.failed.emit(
                tr(
                    "{executable} could not be started: the program's installation is damaged.",
                    executable=sys.executable,
                )
            )


def _step_back(pid: int) -> None:
    if sys.platform == "linux":
        with suppress(ProcessLookupError):  # It has ended by now.
            os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, pid) + STEP_BACK)


def _values(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}
