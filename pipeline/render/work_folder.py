"""The folder in which an unfinished render keeps its pieces and its ledger."""

import shutil
from pathlib import Path

from pipeline.media.output_file import output_error


class WorkFolder:
    """A render's own folder: beside the result and removed when it is complete, or one that was given and stays."""

    def __init__(self, output: Path, given: Path | None) -> None:
        self.path = given if given is not None else output.with_name(f"{output.name}.parts")
        self._keep = given is not None

    @property
    def ledger(self) -> Path:
        return self.path / "ledger.jsonl"

    def __enter__(self) -> "WorkFolder":
        try:
            self.path.mkdir(parents=self._keep, exist_ok=True)
        except OSError as error:
            raise output_error(error, self.path) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to give back: what is in the folder is what a later run goes on from."""

    def done(self) -> None:
        """The result is complete."""
        if not self._keep:
            shutil.rmtree(self.path, ignore_errors=True)
