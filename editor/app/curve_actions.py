"""What keys and menus do in the curve editor; the panel is brought up first, so that what happens is seen."""

from collections.abc import Callable
from functools import partial

from editor.app.window import Window
from pipeline.project.curve import INTERPOLATIONS
from pipeline.project.parameter_table import Parameter

Handler = Callable[[], object]


class CurveActions:
    """Handlers of the actions about curves."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        w, subject = self._window, self._window.curves.subject
        made: dict[str, Handler] = {
            "panel.show_curves": lambda: w.show_panel("curves"),
            "curve.go_previous": self._seen(lambda: subject.go(-1)),
            "curve.go_next": self._seen(lambda: subject.go(1)),
            "curve.add_key": self._seen(lambda: subject.add(w.playhead.frame)),
            "curve.remove_key": self._seen(subject.remove),
            "curve.fit_values": self._seen(w.curves.fit_values),
            "curve.toggle_others": self._seen(subject.toggle_others),
        }
        for each in INTERPOLATIONS:
            made[f"curve.make_{each}"] = self._seen(partial(subject.interpolate, each))
        return made

    def show(self, parameter: Parameter) -> None:
        """The panel with a parameter's curve."""
        self._window.curves.subject.choose(parameter)
        self._seen(lambda: None)()

    def show_states(self) -> None:
        """Checked actions show what is."""
        w, key = self._window, self._window.curves.subject.key
        for each in INTERPOLATIONS:
            w.actions_by_id[f"curve.make_{each}"].setChecked(key is not None and key.interpolation == each)
        w.actions_by_id["curve.toggle_others"].setChecked(w.curves.subject.shows_others)

    def _seen(self, act: Handler) -> Handler:
        def done() -> None:
            self._window.bring_panel("curves")
            act()

        return done
