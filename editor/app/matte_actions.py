"""What keys and menus do to a face's matte: the brush, what it paints and how wide, taking back, copying beside."""

from collections.abc import Callable
from functools import partial

from editor.app.copy_beside import copy_beside
from editor.app.window import Window
from editor.document import matte_steps
from editor.viewer.matte_brush import SIZE_STEP, SOFTNESS_STEP
from pipeline.project.matte_stroke import SHOWN

Handler = Callable[[], object]


class MatteActions:
    """Handlers of the actions about strokes over a matte; the inspector's line and the brush follow each other."""

    def __init__(self, window: Window) -> None:
        self._window = window
        brush, inspector = window.brush, window.inspector
        inspector.matte.radius_wanted.connect(brush.set_radius)
        inspector.matte.softness_wanted.connect(brush.set_softness)
        brush.painting.connect(inspector.light)
        brush.turned.connect(self.show_states)

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        brush = self._window.brush
        return {
            "matte.paint_strokes": brush.toggle,
            **{f"matte.show_{each}": partial(brush.show, each) for each in SHOWN},
            "matte.next_kind": brush.show_next,
            "matte.enlarge_brush": lambda: brush.set_radius(max(brush.radius * SIZE_STEP, brush.radius + 0.01)),
            "matte.shrink_brush": lambda: brush.set_radius(brush.radius / SIZE_STEP),
            "matte.soften_brush": lambda: brush.set_softness(brush.softness + SOFTNESS_STEP),
            "matte.harden_brush": lambda: brush.set_softness(brush.softness - SOFTNESS_STEP),
            "matte.toggle_outlines": brush.toggle_outlines,
            "matte.reset_frame": self._reset,
            "matte.copy_to_next": lambda: copy_beside(self._window, 1, matte_steps.copy),
            "matte.copy_to_previous": lambda: copy_beside(self._window, -1, matte_steps.copy),
        }

    def show_states(self) -> None:
        """Checked actions and the inspector's line show what is."""
        actions, brush = self._window.actions_by_id, self._window.brush
        actions["matte.paint_strokes"].setChecked(brush.active)
        actions["matte.toggle_outlines"].setChecked(brush.outlines)
        for each in SHOWN:
            actions[f"matte.show_{each}"].setChecked(brush.shows == each)
        self._window.inspector.matte.show_brush(brush.active, brush.radius, brush.softness)

    def _reset(self) -> None:
        w = self._window
        if w.selection.face is not None:
            matte_steps.reset(w.document, w.selection.face.id, w.brush.where)
