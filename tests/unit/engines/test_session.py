"""Sessions: one a model whoever asks, and the truth about where they run."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.registry import card, cards
from pipeline.engines.session import SessionPool, prove
from pipeline.errors import ModelError


def has_cuda(models_dir: Path) -> bool:
    pool = SessionPool(models_dir, "auto")
    return "CUDAExecutionProvider" in pool.get(card("blazeface-short-range", models_dir)).providers


def test_threads_that_ask_at_once_share_one_session(models_dir: Path) -> None:
    pool, wanted = SessionPool(models_dir), card("face-mesh", models_dir)
    with ThreadPoolExecutor(8) as threads:
        networks = list(threads.map(lambda _: pool.get(wanted), range(16)))
    assert len({id(each) for each in networks}) == 1


def test_threads_that_run_at_once_get_what_one_gets(models_dir: Path) -> None:
    network = SessionPool(models_dir).get(card("blazeface-short-range", models_dir))
    pictures = np.random.default_rng(0).uniform(-1, 1, (6, 1, 128, 128, 3)).astype(np.float32)
    alone = [network.run({"image": each})["regressors"] for each in pictures]
    with ThreadPoolExecutor(3) as threads:
        together = list(threads.map(lambda each: network.run({"image": each})["regressors"], pictures))
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))


def test_cuda_is_refused_where_it_does_not_run(models_dir: Path) -> None:
    if has_cuda(models_dir):
        pytest.skip("CUDA runs here")
    with pytest.raises(ModelError, match="CUDA was asked for"):
        SessionPool(models_dir, "cuda").get(card("blazeface-short-range", models_dir))


def test_cuda_gives_the_cpu_s_answer(models_dir: Path) -> None:
    if not has_cuda(models_dir):
        pytest.skip("needs CUDA")
    picture = np.random.default_rng(0).uniform(-1, 1, (1, 128, 128, 3)).astype(np.float32)
    wanted = card("blazeface-short-range", models_dir)
    there, here = (SessionPool(models_dir, each).get(wanted).run({"image": picture}) for each in ("cuda", "cpu"))
    assert np.allclose(there["regressors"], here["regressors"], atol=0.05)


def test_auto_runs_anywhere_and_says_where(models_dir: Path) -> None:
    pool = SessionPool(models_dir, "auto")
    where = {each.id: prove(pool, each) for each in cards(models_dir) if each.inputs}
    assert set(where) >= {"face-mesh", "palm-detection"}
    assert all("CPUExecutionProvider" in each for each in where.values())


def test_networks_run_on_one_thread_without_spinning(models_dir: Path) -> None:
    options = SessionPool(models_dir).get(card("face-mesh", models_dir)).session.get_session_options()
    assert options.intra_op_num_threads == 1
    assert options.get_session_config_entry("session.intra_op.allow_spinning") == "0"


def test_a_file_that_is_no_network_is_said(tmp_path: Path, models_dir: Path) -> None:
    content = b"no network at all"
    text = (models_dir / "face_detector.toml").read_text()
    sha = card("blazeface-short-range", models_dir).sha256
    (tmp_path / "face_detector.toml").write_text(text.replace(sha, hashlib.sha256(content).hexdigest()))
    (tmp_path / "face_detector.onnx").write_bytes(content)
    with pytest.raises(ModelError, match="cannot be loaded"):
        SessionPool(tmp_path).get(card("blazeface-short-range", tmp_path))
