"""Detail at the nose's edges: what can't be read there is a mean of what can, around it."""

import numpy as np
import pytest

from pipeline.engines.swappers.mesh.edges import Edges, soft_edges
from pipeline.engines.swappers.mesh.grid import Drawing

ROWS, COLUMNS = 40, 60
NOSE = np.array([(20.0, 10.0), (40.0, 30.0)])
COLUMN = 30
"""Where the chart is torn."""


def edges_of(detail: np.ndarray, nose: np.ndarray = NOSE) -> Edges:
    """Edges of a face that looks into the camera and fills the paint, torn along one column."""
    drawing = Drawing(
        np.array([[0, 1, 2]], np.int32),
        np.zeros((ROWS, COLUMNS), np.int32),
        np.zeros((ROWS, COLUMNS, 2), np.float32),
    )
    places = np.stack(np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))).astype(np.float32)
    torn = np.zeros((ROWS, COLUMNS), np.uint8)
    torn[:, COLUMN - 1 : COLUMN + 2] = 255
    return soft_edges(drawing, (0, 0), places, 1.0, torn, np.ones(468, np.float32), detail, nose, 100.0, 0.02)


def test_what_stands_in_the_tear_is_not_read() -> None:
    detail = np.full((64, 64, 3), 0.2, np.float32)
    detail[:, COLUMN] = 3.0
    edges = edges_of(detail)
    np.testing.assert_allclose(edges.detail, 0.2, atol=2e-3)


def test_it_leads_from_one_side_to_the_other() -> None:
    detail = np.zeros((64, 64, 3), np.float32)
    detail[:, COLUMN:] = -0.4
    edges = edges_of(detail)
    middle = edges.detail[len(edges.detail) // 2, :, 0]
    assert (np.diff(middle) <= 1e-6).all()
    assert middle[COLUMN - edges.left] == pytest.approx(-0.2, abs=0.05)
    assert np.abs(np.diff(middle)).max() < 0.12


def test_it_stands_where_it_was_read() -> None:
    detail = np.repeat(np.tile(np.arange(64, dtype=np.float32) / 100, (64, 1))[..., None], 3, axis=2)
    edges = edges_of(detail)
    middle = edges.detail[len(edges.detail) // 2, :, 0]
    for column in (COLUMN - 6, COLUMN, COLUMN + 6):
        assert middle[column - edges.left] == pytest.approx(column / 100, abs=1.5e-3)


def test_a_nose_outside_the_picture_has_none() -> None:
    assert edges_of(np.zeros((64, 64, 3), np.float32), NOSE + 200).detail.size == 0
