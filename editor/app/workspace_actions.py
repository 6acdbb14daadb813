"""What keys and menus do to the window itself: workspaces, the whole screen, the second viewer."""

from collections.abc import Callable
from functools import partial

from editor.app.full_viewer import FullViewer
from editor.app.window import Window
from editor.app.workspace_menu import WorkspaceForm, workspace_menu
from editor.app.workspaces import OURS
from editor.language.translation import tr
from editor.viewer.second_viewer import SecondViewer

Handler = Callable[[], object]


class WorkspaceActions:
    """Handlers of the actions about workspaces and screens."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.full_viewer = FullViewer(window, window.workspace, window.canvas, window.viewer_bars)
        self._form = WorkspaceForm(window.workspaces, window)
        self.second = SecondViewer(window.view, window.pictures, window.playhead, window.actions_by_id.values())
        self.second.closed.connect(self.show_states)
        window.document.opened.connect(self._opened)
        window.closing.connect(self.full_viewer.leave)
        window.closed.connect(self.second.close)
        window.workspaces.changed.connect(self.show_states)
        self.show_states()

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {
            **{f"workspace.use_{each.name.lower()}": partial(self._use, each.name) for each in OURS},
            "workspace.use_next_own": self._use_next_own,
            "workspace.choose_layout": self._choose,
            "workspace.save_layout": self._save,
            "panel.reset_layout": self._reset,
            "panel.move_panels": self._move,
            "window.full_screen": self._full_screen,
            "window.full_viewer": self.full_viewer.toggle,
            "window.second_viewer": self._second,
        }

    def show_states(self) -> None:
        """Checked actions show what is."""
        w, actions = self._window, self._window.actions_by_id
        for each in OURS:
            actions[f"workspace.use_{each.name.lower()}"].setChecked(w.workspaces.current == each.name)
        actions["panel.move_panels"].setChecked(w.moving.active)
        actions["window.full_screen"].setChecked(w.isFullScreen() and not self.full_viewer.active)
        actions["window.full_viewer"].setChecked(self.full_viewer.active)
        actions["window.second_viewer"].setChecked(self.second.isVisible())

    def _opened(self) -> None:
        self.full_viewer.leave()
        self.second.canvas.forget()

    def _use(self, name: str) -> None:
        self.full_viewer.leave()
        self._window.workspaces.use(name)

    def _use_next_own(self) -> None:
        self.full_viewer.leave()
        if not self._window.workspaces.use_next_own():
            self._window.notices.tell("note", tr("There is no workspace of your own yet: Window, Save the workspace."))

    def _reset(self) -> None:
        self.full_viewer.leave()
        self._window.workspaces.reset()

    def _move(self) -> None:
        self.full_viewer.leave()
        self._window.moving.toggle()

    def _save(self) -> None:
        self.full_viewer.leave()
        self._form.ask()

    def _choose(self) -> None:
        w = self._window
        menu = workspace_menu(w, w.workspaces, self._save)
        menu.popup(w.mapToGlobal(w.rect().center()))

    def _second(self) -> None:
        if self.second.isVisible():
            self.second.close()
        else:
            self.second.open_beside(self._window)

    def _full_screen(self) -> None:
        w = self._window
        if self.full_viewer.active:
            self.full_viewer.leave()
        elif w.isFullScreen():
            w.showNormal()
        else:
            w.showFullScreen()
