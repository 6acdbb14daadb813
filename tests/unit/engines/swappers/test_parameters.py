"""Every number that changes the picture is a parameter, and every parameter changes the picture."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.faces import FaceSample, FaceSolve, OcclusionMatte, Patch, SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.engines.swappers import mesh
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.imaging.arrays import Rect
from pipeline.media.photo import read_photo
from pipeline.project.expression_preset import PLACES, ExpressionPreset
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.frame_stages import GazeSettings
from pipeline.project.parameter_table import PARAMETERS
from tests.unit.engines.swappers.conftest import Crops, parameters_of, sample_of

PLAIN = {0.0, 0.5, 1.0, 2.0, 255.0}
"""Numbers of formulas: nothing, a half, the whole, a double, a byte's range."""
GUARD = 1e-3
"""Up to this a number keeps a quotient finite or an interval open."""
NUMERICS = {
    "covering.py": {"BLURS"},
    "edges.py": {"LEAST_READ", "MARGIN"},
    "expression.py": {"GROUPS"},
    "frown.py": {"SAMPLES"},
    "gaze.py": {"EYES"},
    "geometry.py": {"SMOOTHED"},
    "grade.py": {"MATTE", "LIDS", "KNOWN", "FOLDS", "GRAIN", "LEAST_COLOUR"},
    "hairs.py": {"LEAST"},
    "iris.py": {"EDGE_BLUR", "LEAST_RADIUS", "LEAST_SHARE", "MATTE_REACH"},
    "kept_looks.py": {"SETTLED_S"},
    "masks.py": {
        "FOLD_CENTRES",
        "LASH_LINES",
        "MASKS_BYTES",
        "MASKS_KEPT",
        "MOUTH_CORNERS",
        "NOSTRIL_HOLES",
        "PHILTRUM",
        "RIDGE",
        "_SIZES",
    },
    "photo_light.py": {"LEAST"},
    "plate.py": {
        "PACKS_KEPT",
        "PACK_BYTES",
        "CALM_FRAMES",
        "CALM_SIZE",
        "FACE_MARGIN",
        "MEDIAN",
        "STATIC_SIZE",
        "TEXTURE_FRAMES",
    },
    "plate_bands.py": {"CHARTS", "FAR_WEIGHT", "LEAST_BARE", "POOLED_SIGMA", "RIM", "SAMPLES_A_FACE", "UNTOUCHED"},
    "render.py": {"GLOSS_BLUR", "LEAST_SOFTNESS", "PIXELS_A_SAMPLE"},
    "rings.py": {"BEHIND"},
    "skin.py": {"SIGMA_OF_MEDIAN"},
    "source.py": {"ALIASING", "IRIS_PIXELS", "IRIS_SHARE", "PIXEL_BLUR"},
    "swapper.py": {"CHART_SIZES", "LOOKS_KEPT", "PAINT_BYTES", "SMALL_KEPT", "VIEW_BYTES"},
    "texture_match.py": {"LEAST"},
    "turned_eyes.py": {"AROUND", "FARTHER", "INSIDE", "LEAST_SEEN", "LEAST_TURN", "PROFILE_STEPS", "SOUGHT"},
    "views.py": {"_COMMON"},
}
"""Constants of the engine that are no parameters: sizes of grids and charts, places on the mesh, what keeps a filter
exact or a measure sound. Each says why where it stands. A look is not among them."""
WEIGHTING = {"drawn_moves.py", "face_parts.py", "movement.py", "unit_moves.py", "weighting.py"}
"""What an edited expression may do: ranges that were read off faces (docs/expression.md), not looks."""
MODULES = [
    each
    for each in sorted(Path(mesh.__file__).parent.glob("*.py"))
    if not each.name.endswith("_kernels.py") and each.name not in WEIGHTING
]


def is_literal(node: ast.AST) -> bool:
    """Whether a value is written out, numbers in it: not made by a call."""
    return any(True for _ in numbers(node)) and not any(isinstance(each, ast.Call) for each in ast.walk(node))


def numbers(node: ast.AST) -> Iterator[ast.Constant]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and type(each.value) in (int, float):
            yield each


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_number_that_changes_the_picture_is_a_constant(path: Path) -> None:
    """Kernels get their numbers as arguments; what stands in them are the coefficients of series and cubics."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    fixed = {
        name.id
        for node in tree.body
        if isinstance(node, ast.Assign) and is_literal(node.value)
        for target in node.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }
    assert fixed <= NUMERICS.get(path.name, set()), "make it a field of a stage's struct in pipeline/project"
    bare = [
        f"{path.name}:{each.lineno}: {each.value}"
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for each in numbers(function)
        if isinstance(each.value, float) and each.value not in PLAIN and each.value > GUARD
    ]
    assert not bare


FRAMES = (14, 307)
COMPANY = {
    "score_smoothing": {"lips_left": 0.3, "lips_right": 0.3},
    "graded_end": {"graded_start": 0.0},
    "turn_end": {"turn_start": 0.0},
    **{name: {"gaze": 0.0} for name in GazeSettings.__struct_fields__},
    # The two photos together are no more contrasty than the plate.
    **{name: {"even_start": 0.0} for name in ("even_end", "even_limit", "even_size", "even_tone", "plain_form")},
    "plain_rim_end": {"even_start": 0.0},
    # Nor are they rougher than it, unless its own roughness counts for less.
    **{name: {"texture_most": 0.8} for name in ("mark_end", "mark_softness", "mark_start", "texture_plain")},
}
"""What must be set as well for a parameter to matter on these pictures."""
WITHOUT_COST = ("settings.painting", "settings.light", "settings.eyes", "settings.gaze", "settings.geometry")
"""Parts that are read anew in every frame."""
UNSEEN = {
    "bare_softness", "contrast_least", "grain_least", "line_least", "motion_blur", "mouth_open_end", "nose_shadow_end",
    "nose_shadow_start", "stubble_damping", "stubble_end", "view_contrast_most",
}  # fmt: skip
"""Limits that neither of these photos nor the plate reaches, and the smear of motion: the clip's frames lie apart."""


@pytest.fixture(scope="module")
def face(solve: FaceSolve, portrait: SourcePhoto, crops: Crops, media_dir: Path, models_dir: Path) -> PreparedFace:
    """The clip with something before it in one frame and a corrected smile, and an identity of two photos."""
    image = read_photo(media_dir / "single_face.jpg")
    other = SourcePhoto(image, find_faces(image, SessionPool(models_dir))[0])
    i = solve.index_of(307)
    assert i is not None
    x, y = (int(v) for v in solve.landmarks[i, 4, :2])
    before = OcclusionMatte(Rect(x - 10, y + 10, x + 80, y + 60), np.full((50, 90), 200, np.uint8))
    corrections = np.zeros((len(solve.frames), 52))
    corrections[:, 44:46] = 0.3
    prepared = MeshSwapper().prepare(replace(solve, occlusion={307: before}), [portrait, other], crops)
    return prepared.corrected(corrections)


def drawn(face: PreparedFace, parameters: FaceParameters, crops: Crops) -> list[tuple[FaceSample, Patch]]:
    samples = [sample_of(face, frame, crops, parameters) for frame in FRAMES]
    return [(each, MeshSwapper().swap(face, [each], [parameters])[0]) for each in samples]


def difference(one: tuple[FaceSample, Patch], other: tuple[FaceSample, Patch]) -> float:
    """The largest change of colour between two drawings of a frame, whose rectangles may differ."""
    frames = []
    for sample, patch in (one, other):
        frame = np.zeros((360, 640, 3), np.float32)
        rect = sample.rect
        frame[rect.y0 : rect.y1, rect.x0 : rect.x1] = patch.colour - sample.crop
        frames.append(frame)
    return float(np.abs(frames[0] - frames[1]).max())


def change(face: PreparedFace, name: str, crops: Crops) -> float:
    """How much the picture changes at most when a parameter goes to either bound. It stays whole all the while."""
    company, parameter = COMPANY.get(name, {}), PARAMETERS[name]
    presets = {place: ExpressionPreset(name="smile", activations={"AU12L": 1.0, "AU12R": 1.0}) for place in PLACES}
    usual = drawn(face, msgspec.structs.replace(parameters_of(company), presets=presets), crops)
    most = 0.0
    for value in (parameter.lowest, parameter.highest):
        chosen = msgspec.structs.replace(parameters_of(company | {name: value}), presets=presets)
        found = drawn(face, chosen, crops)
        for sample, patch in found:
            assert np.isfinite(patch.colour).all()
            assert np.array_equal(patch.colour[~patch.support], sample.crop[~patch.support])
        most = max(most, *(difference(*each) for each in zip(usual, found, strict=True)))
    return most


@pytest.mark.parametrize("part", WITHOUT_COST)
def test_each_number_of_a_frame_shows_and_nothing_outside_the_support_changes(
    face: PreparedFace, crops: Crops, part: str
) -> None:
    names = [each.name for each in PARAMETERS.values() if each.part == part]
    changes = {name: change(face, name, crops) for name in names}
    assert not [name for name, most in changes.items() if most < 1 / 512]


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    sorted(each.name for each in PARAMETERS.values() if each.part not in WITHOUT_COST and each.name not in UNSEEN),
)
def test_every_other_parameter_shows_and_nothing_outside_the_support_changes(
    face: PreparedFace, crops: Crops, name: str
) -> None:
    assert change(face, name, crops) > 0
