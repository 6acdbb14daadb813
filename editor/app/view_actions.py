"""What keys and menus do to the viewer and the timeline's look."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QFileDialog

from editor.app.window import Window
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.viewer.overlays import OVERLAYS
from editor.viewer.view_state import Compare, Filter
from editor.viewer.view_tone import ViewTone
from pipeline.errors import LikenessError
from pipeline.ipc.messages import LAYERS, Layer
from pipeline.project.text_file import write_whole

Handler = Callable[[], object]
EXPOSURE_STEP = 0.5
"""Stops."""
GAMMA_STEP = 1.1
_COMPARES: tuple[Compare, ...] = ("wipe", "side", "over", "blend", "tile", "onion")
_FILTERS: tuple[Filter, ...] = ("automatic", "nearest", "linear")


class ViewActions:
    """Handlers of the actions about what is seen."""

    def __init__(self, window: Window, show: Callable[[Layer], None]) -> None:
        self._window = window
        self._show = show

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        v, c = self._window.view, self._window.canvas
        return {
            "view.toggle_plate": v.toggle_plate,
            "view.show_plate": lambda: self._show("plate"),
            "view.show_result": lambda: self._show("result"),
            "view.show_matte": lambda: self._show("matte"),
            "view.show_difference": lambda: self._show("difference"),
            "view.next_gain": v.next_gain,
            **{f"view.toggle_{each}": partial(v.toggle_compare, each) for each in _COMPARES},
            "view.next_blend": v.next_blend,
            **{f"view.filter_{each}": partial(v.use_filter, each) for each in _FILTERS},
            "view.toggle_flop": lambda: v.toggle_mirror("flop"),
            "view.toggle_flip": lambda: v.toggle_mirror("flip"),
            "view.toggle_safe_areas": v.toggle_safe_areas,
            "view.save_snapshot": self._save_snapshot,
            "view.fit_picture": c.fit,
            "view.zoom_100": lambda: c.set_zoom(1.0),
            "view.zoom_200": lambda: c.set_zoom(2.0),
            "view.zoom_400": lambda: c.set_zoom(4.0),
            "view.zoom_in": lambda: c.zoom_by(1.25),
            "view.zoom_out": lambda: c.zoom_by(0.8),
            **{f"view.toggle_{each}": partial(v.toggle, each) for each in OVERLAYS},
            "view.toggle_hud": v.toggle_hud,
            "view.keep_grab": self._keep_grab,
            "view.toggle_grab": v.toggle_grab,
            "view.toggle_other": v.toggle_other,
            **self._tone_handlers(),
        }

    def show_states(self) -> None:
        """Checked actions show what is."""
        v, actions = self._window.view, self._window.actions_by_id
        for layer in LAYERS:
            actions[f"view.show_{layer}"].setChecked(v.layer == layer)
        for channel in ("red", "green", "blue", "luminance"):
            actions[f"view.show_{channel}"].setChecked(v.tone.channel == channel)
        for compare in _COMPARES:
            actions[f"view.toggle_{compare}"].setChecked(v.compare == compare)
        for each in _FILTERS:
            actions[f"view.filter_{each}"].setChecked(v.filter == each)
        actions["view.toggle_flop"].setChecked("flop" in v.mirrors)
        actions["view.toggle_flip"].setChecked("flip" in v.mirrors)
        actions["view.toggle_safe_areas"].setChecked(v.safe_areas)
        actions["view.toggle_other"].setChecked(v.compare == "other")
        actions["view.toggle_grab"].setChecked(v.against == "grab")
        for overlay in OVERLAYS:
            actions[f"view.toggle_{overlay}"].setChecked(overlay in v.overlays)
        actions["view.toggle_hud"].setChecked(v.hud)

    def _keep_grab(self) -> None:
        picture = self._window.canvas.picture(self._window.view.layer)
        if picture is not None and picture.facts.proxy:
            words = tr("A proxy is seen, which can't be grabbed; the picture itself comes once the playhead rests.")
            self._window.notices.tell("note", words)
        elif picture is not None:
            self._window.view.keep_grab(picture)
            self._window.enable_actions()

    def _save_snapshot(self) -> None:
        w = self._window
        project, image = w.document.path, w.canvas.snapshot()
        if project is None or image is None:
            return
        suggested = project.with_name(f"{project.stem}-{w.playhead.frame}.png")
        name, _ = QFileDialog.getSaveFileName(w, tr("Save this picture"), str(suggested), tr("Pictures (*.png)"))
        if not name:
            return
        path = Path(name)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, b"png").write(image)
        try:
            write_whole(path, bytes(buffer.data().data()))
        except LikenessError as error:
            w.notices.tell("error", translated(str(error)))
        else:
            w.notices.tell("good", tr("The picture is in {path}.", path=path))

    def _tone_handlers(self) -> dict[str, Handler]:
        v = self._window.view
        return {
            "view.show_alpha": v.toggle_alpha,
            "view.show_red": lambda: v.show_channel("red"),
            "view.show_green": lambda: v.show_channel("green"),
            "view.show_blue": lambda: v.show_channel("blue"),
            "view.show_luminance": lambda: v.show_channel("luminance"),
            "view.show_colour": lambda: v.set_tone(ViewTone(v.tone.exposure, v.tone.gamma)),
            "view.raise_exposure": lambda: v.set_tone(v.tone.exposed(v.tone.exposure + EXPOSURE_STEP)),
            "view.lower_exposure": lambda: v.set_tone(v.tone.exposed(v.tone.exposure - EXPOSURE_STEP)),
            "view.raise_gamma": lambda: v.set_tone(v.tone.with_gamma(v.tone.gamma * GAMMA_STEP)),
            "view.lower_gamma": lambda: v.set_tone(v.tone.with_gamma(v.tone.gamma / GAMMA_STEP)),
            "view.reset_tone": lambda: v.set_tone(ViewTone()),
        }
