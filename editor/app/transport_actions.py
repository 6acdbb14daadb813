"""What keys and menus do to the playhead and to playing."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication

from editor.app.window import Window

Handler = Callable[[], object]
STRIDES: dict[str, tuple[int, bool]] = {
    "5_frames": (5, False),
    "10_frames": (10, False),
    "1_second": (1, True),
    "5_seconds": (5, True),
}
"""The bigger step: how many, and whether of seconds, else of frames."""
USUAL_STRIDE = "1_second"


class TransportActions:
    """Handlers of the actions about where in the plate one is."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        p, t = self._window.playhead, self._window.transport
        return {
            "transport.play_toggle": t.toggle,
            "transport.play_around": t.play_around,
            "transport.loop_toggle": t.toggle_loop,
            "transport.ping_pong_toggle": t.toggle_ping_pong,
            "transport.every_frame_toggle": t.toggle_every_frame,
            "transport.sound_toggle": t.toggle_sound,
            "transport.step_back": lambda: self._step(lambda: p.step(-1)),
            "transport.step_forward": lambda: self._step(lambda: p.step(1)),
            "transport.leap_back": lambda: self._leap(-1),
            "transport.leap_forward": lambda: self._leap(1),
            **{f"transport.leap_{each}": partial(self._window.settings.keep_stride, each) for each in STRIDES},
            "transport.go_first": lambda: self._step(lambda: p.go(0)),
            "transport.go_last": lambda: self._step(lambda: p.go(p.frames - 1)),
            "transport.go_to": self._go_to,
            "transport.copy_frame": lambda: QGuiApplication.clipboard().setText(str(p.frame)),
            "transport.copy_timecode": lambda: QGuiApplication.clipboard().setText(p.timecode(p.frame)),
            "transport.mark_in": p.mark_in,
            "transport.mark_out": p.mark_out,
            "transport.go_in": lambda: self._step(lambda: p.go(p.span.start)),
            "transport.go_out": lambda: self._step(lambda: p.go(p.span.stop - 1)),
            "transport.clear_in": lambda: p.set_range(None, p.out_point),
            "transport.clear_out": lambda: p.set_range(p.in_point, None),
            "transport.clear_range": lambda: p.set_range(None, None),
        }

    def show_states(self) -> None:
        """Checked actions show what is."""
        t, actions = self._window.transport, self._window.actions_by_id
        actions["transport.loop_toggle"].setChecked(t.loop == "loop")
        actions["transport.ping_pong_toggle"].setChecked(t.loop == "ping_pong")
        actions["transport.every_frame_toggle"].setChecked(t.every_frame)
        actions["transport.sound_toggle"].setChecked(t.sounds)
        for each in STRIDES:
            actions[f"transport.leap_{each}"].setChecked(each == self._stride)

    @property
    def _stride(self) -> str:
        chosen = self._window.settings.stride
        return chosen if chosen in STRIDES else USUAL_STRIDE

    def _leap(self, direction: int) -> None:
        count, seconds = STRIDES[self._stride]
        p = self._window.playhead
        self._step(lambda: p.step_seconds(direction * count) if seconds else p.step(direction * count))

    def _step(self, move: Handler) -> None:
        self._window.transport.stop()
        move()

    def _go_to(self) -> None:
        field = self._window.bar.position
        field.setFocus()
        field.selectAll()
