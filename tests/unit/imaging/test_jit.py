"""Compiled code is kept in the user's cache folder and survives the process."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

KERNEL = """
import numpy as np
from pipeline.imaging.jit import kernel

@kernel
def double(values):
    for i in range(values.shape[0]):
        values[i] *= 2

values = np.arange(4.0)
double(values)
print(values.tolist())
"""


TELL = """
from pipeline.imaging.jit import before_compiling

with before_compiling(lambda: print("wait")):
"""


def _run(script: Path, cache: Path, **environment: str) -> str:
    root = Path(__file__).resolve().parents[3]
    inherited = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**inherited, "PYTHONPATH": str(root), "XDG_CACHE_HOME": str(cache), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_machine_code_lands_in_the_cache_folder(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(KERNEL)
    assert _run(script, tmp_path / "cache") == "[0.0, 2.0, 4.0, 6.0]"
    kept = list((tmp_path / "cache" / "likeness" / "numba").rglob("*.nbc"))
    assert len(kept) == 1


def test_a_folder_chosen_by_the_user_wins(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(KERNEL)
    _run(script, tmp_path / "cache", NUMBA_CACHE_DIR=str(tmp_path / "own"))
    assert list((tmp_path / "own").rglob("*.nbc"))
    assert not (tmp_path / "cache").exists()


def test_compiling_is_told_before_it_begins_and_only_then(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(TELL + textwrap.indent(KERNEL, "    "))
    assert _run(script, tmp_path / "cache") == "wait\n[0.0, 2.0, 4.0, 6.0]"
    assert _run(script, tmp_path / "cache") == "[0.0, 2.0, 4.0, 6.0]", "the code is kept"


def test_nobody_is_told_afterwards(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(TELL + "    pass\n" + KERNEL)
    assert _run(script, tmp_path / "cache") == "[0.0, 2.0, 4.0, 6.0]"
