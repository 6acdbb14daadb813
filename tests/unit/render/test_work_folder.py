"""One render at a time writes a result."""

from pathlib import Path

import pytest

from pipeline.errors import OutputNotWritable
from pipeline.render.work_folder import WorkFolder


def test_a_second_render_of_the_same_result_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "result.mp4"
    with WorkFolder(output, None), pytest.raises(OutputNotWritable, match="Another render"), WorkFolder(output, None):
        pass
    with WorkFolder(output, None) as folder:
        assert folder.path.is_dir()


def test_its_own_folder_goes_when_the_result_is_there(tmp_path: Path) -> None:
    with WorkFolder(tmp_path / "result.mp4", None) as folder:
        folder.ledger.write_text("x")
        folder.done()
    assert list(tmp_path.iterdir()) == []


def test_a_given_folder_stays(tmp_path: Path) -> None:
    with WorkFolder(tmp_path / "result.mp4", tmp_path / "cache" / "of" / "it") as folder:
        folder.done()
    assert (tmp_path / "cache" / "of" / "it").is_dir()
