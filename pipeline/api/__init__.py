"""Likeness from Python: find faces, replace them in pictures or films, chain steps of your own, measure and review.

    from pipeline import api

    picture = api.read("plate.jpg")
    print([face.box for face in api.detect(picture)])
    steps = api.chain(api.swapping("portrait.jpg"), my_sharpening, consent="signed by the sitter")
    result = steps(picture)
    api.render("plate.mp4", ["portrait.jpg"], "result.mp4")
    print(api.measure("plate.mp4", "result.mp4", sources=["portrait.jpg"]).values())

Pictures are arrays (h, w, 3), RGB, 0..255. Whatever leaves `swap`, a chain that swaps, or `render` carries the visible
mark: a draft's without consent, the small one with it.
"""

from pipeline.api.films import make_review, measure, read_review, render
from pipeline.api.pictures import Face, Step, chain, detect, read, swap, swapping
from pipeline.api.project import Project
from pipeline.jobs.motion_choice import Motion
from pipeline.jobs.source_choice import source_choice
from pipeline.project.detection import DetectionOptions
from pipeline.project.expression import ExpressionWeights
from pipeline.project.parameters import MeshSettings

__all__ = [
    "DetectionOptions",
    "ExpressionWeights",
    "Face",
    "MeshSettings",
    "Motion",
    "Project",
    "Step",
    "chain",
    "detect",
    "make_review",
    "measure",
    "read",
    "read_review",
    "render",
    "source_choice",
    "swap",
    "swapping",
]
