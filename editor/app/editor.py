"""The editor as a whole: the window, and what each action of the table does."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from editor.app.comparing import Comparing
from editor.app.curve_actions import CurveActions
from editor.app.detection_feed import DetectionFeed
from editor.app.early_feed import EarlyFeed
from editor.app.face_actions import FaceActions
from editor.app.final_quality import FinalQuality
from editor.app.keyframe_actions import KeyframeActions
from editor.app.keys_window import KeysWindow
from editor.app.language_actions import LanguageActions
from editor.app.marker_actions import MarkerActions
from editor.app.new_project import demo_order
from editor.app.packing import Packing
from editor.app.palette import Palette
from editor.app.plate_replacing import PlateReplacing
from editor.app.proxy_feed import ProxyFeed
from editor.app.quality_feed import QualityFeed
from editor.app.range_actions import RangeActions
from editor.app.relinking import Relinking
from editor.app.sample_feed import SampleFeed
from editor.app.settings import Settings
from editor.app.shot_actions import ShotActions
from editor.app.shuttle_keys import ShuttleKeys
from editor.app.strip_feed import StripFeed
from editor.app.tool_actions import ToolActions
from editor.app.transport_actions import TransportActions
from editor.app.view_actions import ViewActions
from editor.app.window import Window
from editor.app.worker_bridge import AHEAD_FRAMES
from editor.app.workspace_actions import WorkspaceActions
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look.icons import icon
from editor.playback.sound_store import PIECE
from editor.timeline.signal_menu import signal_menu
from pipeline.ipc.messages import Layer
from pipeline.project.project import SUFFIX

Handler = Callable[[], object]
PREFETCH_S = 10.5
"""How much is drawn ahead of what plays: loops are mostly shorter."""
SMALL_PLATE_PIXELS = 1920 * 1088
"""Plates up to this size are shown at their own."""
REDUCED_SIZE = (1920, 1920)


class Editor(QObject):
    """Connects the window's parts and runs actions by id."""

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        w = self.window = Window(settings or Settings(), self.run)
        self._strip_feed = StripFeed(self.window.bridge, self.window.timeline.strip, self.window.transport, self)
        self.quality_feed = QualityFeed(w.bridge, w.figures, w.document, w.transport, self)
        self._detection = DetectionFeed(w.bridge, w.trial, w.selection, w.session, w.settings, self)
        EarlyFeed(w.bridge, w.session, w.jobs, w.timeline.early, self)
        self.quality_feed.enable(w.settings.measures_drafts)
        self.proxy_feed = ProxyFeed(w.bridge, w.jobs, w.document, self)
        self.proxy_feed.enable(w.settings.shows_proxies)
        self._final = FinalQuality(w, self)
        self._comparing = Comparing(w, self)
        self.samples = SampleFeed(w, self)
        self._keyframe_actions = KeyframeActions(self.window)
        self._range_actions = RangeActions(self.window)
        self._shot_actions = ShotActions(self.window)
        self._transport_actions = TransportActions(self.window)
        self._shuttle_keys = ShuttleKeys(self.window)
        self._marker_actions = MarkerActions(self.window)
        self._curve_actions = CurveActions(self.window)
        self._face_actions = FaceActions(self.window)
        self._tool_actions = ToolActions(self.window)
        self._view_actions = ViewActions(self.window, self._show)
        self._packing = Packing(self.window)
        self._plate_replacing = PlateReplacing(self.window)
        self._relinking = Relinking(self.window)
        self._workspace_actions = WorkspaceActions(self.window)
        self._language_actions = LanguageActions(self.window)
        self._palette = Palette(self.window, self.window.actions_by_id, self.window.keys.keys)
        self._keys_window: KeysWindow | None = None
        self._shows_pause = False
        """What the button of playing shows: at first it is the table's icon."""
        self.handlers: dict[str, Handler] = self._handlers()
        self._connect()
        self._show_states()

    def run(self, action_id: str) -> None:
        """Do what an action does."""
        self.handlers[action_id]()
        self._show_states()

    def _connect(self) -> None:
        w = self.window
        w.document.opened.connect(self._opened)
        w.document.state_changed.connect(w.show_title)
        w.document.changed.connect(self._changed)
        w.selection.changed.connect(self._selected)
        w.playhead.moved.connect(self._moved)
        w.view.changed.connect(self._show_states)
        w.transport.changed.connect(self._show_states)
        w.transport.changed.connect(self._keyframe_actions.follow)
        w.session.analysed.connect(w.canvas.refresh)
        w.transport.coming.connect(self._prefetch)
        w.sound_store.wanted.connect(lambda piece: w.bridge.want_sound(piece * PIECE, PIECE))
        w.bridge.sound_came.connect(w.sound_store.put)
        w.bridge.sound_failed.connect(w.sound_store.fail)
        w.sound_store.failed.connect(lambda problem: w.notices.tell("warning", translated(problem)))
        w.bridge.back.connect(w.sound_store.ask_again)
        w.record.changed.connect(self._prepare_sound)
        self.quality_feed.changed.connect(lambda: w.show_resting("measuring", self.quality_feed.text))
        w.sound.unavailable.connect(
            lambda why: w.notices.tell(
                "note", tr("Playing is silent: {why}. Everything else works as ever.", why=translated(why))
            )
        )
        w.canvas.zoom_changed.connect(self._choose_size)
        w.pictures.arrived.connect(self._show_ready)
        w.bridge.kept_changed.connect(self._show_ready)
        w.traces.changed.connect(w.inspector.refresh)
        w.record.changed.connect(w.inspector.refresh)
        w.inspector.span_shown.connect(w.timeline.show_spans)
        w.inspector.curve_wanted.connect(self._curve_actions.show)
        w.curves.subject.changed.connect(self._curve_actions.show_states)
        w.curves.left.connect(w.canvas.setFocus)
        w.identity.sources_wanted.connect(w.recasting.add)
        w.faces.photo_wanted.connect(w.recasting.recast)
        w.timeline.drops.photo_wanted.connect(w.recasting.recast)
        w.faces.track_photo_wanted.connect(w.recasting.recast_track)
        w.identity.refused.connect(lambda words: w.notices.tell("error", words))
        w.bar.position.refused.connect(lambda words: w.notices.tell("error", words))
        w.bar.position.left.connect(w.canvas.setFocus)
        w.start.create_wanted.connect(w.session.create)
        w.start.open_wanted.connect(w.session.open)
        w.start.browse_wanted.connect(self._browse)
        w.start.demo_wanted.connect(self._demo)
        w.start.refused.connect(lambda words: w.notices.tell("error", words))
        w.export.ordered.connect(w.session.export)

    # Following

    def _opened(self) -> None:
        w = self.window
        w.transport.stop()
        w.canvas.forget()
        w.view.forget_references()
        self._choose_size()
        w.show_workspace()
        self._keyframe_actions.select_here()
        self._show_ready()
        w.canvas.setFocus()

    def _changed(self) -> None:
        w = self.window
        w.canvas.refresh()
        if not w.selection.frames:
            self._keyframe_actions.select_here()
        w.enable_actions()
        self._show_ready()
        self._show_states()

    def _selected(self) -> None:
        w = self.window
        w.enable_actions()
        face, buckets = w.selection.face, w.traces.buckets
        if face is not None and buckets is not None and buckets.face != face.id:
            w.bridge.want_signals(face.id)
        self._show_states()

    def _moved(self) -> None:
        w = self.window
        self._keyframe_actions.follow()
        if w.transport.playing:
            w.pictures.ask_ahead(w.transport.upcoming(AHEAD_FRAMES), w.view.layers)
        else:
            self._prepare_sound()

    def _prepare_sound(self) -> None:
        w = self.window
        if w.record.sound is not None and w.transport.sounds:
            w.sound.prepare(w.playhead.frame, w.playhead.rate)

    def _show_ready(self) -> None:
        w = self.window
        ready = set(w.pictures.ready_frames(w.view.layer))
        for start, stop in w.bridge.kept if w.view.layer == "result" else ():
            ready.update(range(start, stop))
        w.timeline.show_ready(sorted(ready))

    def _prefetch(self, first: int, direction: int) -> None:
        w = self.window
        span, count = w.playhead.span, round(PREFETCH_S * float(w.playhead.rate))
        if direction > 0:
            frames = range(first, min(span.stop, first + count))
        else:
            frames = range(max(span.start, first - count), first + 1)
        w.bridge.prefetch(frames, w.view.layer)
        w.pictures.ask_ahead(w.transport.upcoming(AHEAD_FRAMES), w.view.layers)

    def _choose_size(self) -> None:
        """Large plates come no larger than the picture is shown, until somebody looks closer."""
        w = self.window
        plate = w.document.plate
        closer = not w.canvas.fits and w.canvas.zoom > 0.5
        whole = plate is None or plate.width * plate.height <= SMALL_PLATE_PIXELS or closer
        w.bridge.max_size = None if whole else REDUCED_SIZE
        if whole != w.pictures.whole_size:
            w.pictures.whole_size = whole
            w.canvas.refresh()

    def _show_states(self) -> None:
        """Checked actions show what is."""
        w, actions = self.window, self.window.actions_by_id
        actions["timeline.snap_toggle"].setChecked(w.timeline.snaps)
        actions["timeline.toggle_filmstrip"].setChecked(w.timeline.strip.shown)
        actions["timeline.toggle_quality"].setChecked(w.timeline.shows_quality)
        actions["view.measure_drafts"].setChecked(self.quality_feed.enabled)
        actions["view.use_proxies"].setChecked(self.proxy_feed.enabled)
        if w.transport.playing != self._shows_pause:
            self._shows_pause = w.transport.playing
            actions["transport.play_toggle"].setIcon(icon("pause" if self._shows_pause else "play"))
        self._transport_actions.show_states()
        self._curve_actions.show_states()
        self._workspace_actions.show_states()
        self._language_actions.show_states()
        self._view_actions.show_states()
        actions["project.tune_detection"].setChecked(w.trial.is_open)
        self._tool_actions.show_states()
        actions["view.toggle_final"].setChecked(self._final.wanted)
        self._comparing.show_states()
        face = w.selection.face
        actions["face.toggle_ignored"].setChecked(face is not None and face.ignored)
        statuses = {each.status for each in w.selection.keyframes}
        for status in ("open", "approved", "needs_work"):
            actions[f"keyframe.mark_{status}"].setChecked(statuses == {status})

    # Actions

    def _handlers(self) -> dict[str, Handler]:
        w = self.window
        return {
            "project.begin_new": w.session.close_project,
            "project.open_file": self._browse,
            "project.save_file": w.session.save,
            "project.save_as": self._save_as,
            "project.close_file": w.session.close_project,
            "project.analyse_plate": w.session.analyse,
            "project.find_keyframes": w.session.find_keyframes,
            "project.tune_detection": self._tune_detection,
            **self._range_actions.handlers(),
            "project.export_result": self._show_export,
            "app.quit_editor": w.close,
            "edit.undo_step": w.document.undo_stack.undo,
            "edit.redo_step": w.document.undo_stack.redo,
            "edit.select_all": w.selection.select_all,
            "edit.select_none": w.selection.clear,
            **self._transport_actions.handlers(),
            **self._shuttle_keys.handlers(),
            **self._keyframe_actions.handlers(),
            **self._shot_actions.handlers(),
            **self._marker_actions.handlers(),
            **self._curve_actions.handlers(),
            **self._face_actions.handlers(),
            **self._tool_actions.handlers(),
            **self._view_actions.handlers(),
            "view.toggle_final": self._final.toggle,
            "view.measure_drafts": self._toggle_measuring,
            "view.use_proxies": self._toggle_proxies,
            **self._comparing.handlers(),
            **self._timeline_handlers(),
            "panel.show_keyframes": lambda: w.show_panel("keyframes"),
            "panel.show_faces": lambda: w.show_panel("faces"),
            "panel.show_shots": lambda: w.show_panel("shots"),
            "panel.show_markers": lambda: w.show_panel("markers"),
            "panel.show_networks": lambda: w.show_panel("networks"),
            "panel.show_inspector": lambda: w.show_panel("inspector"),
            "panel.show_identity": lambda: w.show_panel("identity"),
            "panel.show_jobs": lambda: w.show_panel("jobs"),
            "panel.show_history": lambda: w.show_panel("history"),
            **self._workspace_actions.handlers(),
            **self._plate_replacing.handlers(),
            **self._packing.handlers(),
            **self._relinking.handlers(),
            **self._language_actions.handlers(),
            "help.find_action": self._palette.open,
            "help.show_keys": self._show_keys,
        }

    def _timeline_handlers(self) -> dict[str, Handler]:
        t = self.window.timeline
        return {
            "timeline.zoom_in": lambda: t.zoom(1.5),
            "timeline.zoom_out": lambda: t.zoom(1 / 1.5),
            "timeline.fit_plate": t.fit,
            "timeline.zoom_range": t.zoom_to_range,
            "timeline.centre_playhead": self._centre_playhead,
            "timeline.snap_toggle": t.toggle_snapping,
            "timeline.toggle_unit": t.toggle_unit,
            "timeline.toggle_filmstrip": t.strip.toggle,
            "timeline.toggle_quality": t.toggle_quality,
            "timeline.choose_signals": self._choose_signals,
        }

    def _centre_playhead(self) -> None:
        timeline = self.window.timeline
        timeline.scroll_to(self.window.playhead.frame + 0.5 - timeline.shown_frames()[1] / 2)

    def _tune_detection(self) -> None:
        self._detection.toggle()
        if self.window.trial.is_open:
            self.window.bring_panel("keyframes")

    def _toggle_measuring(self) -> None:
        measures = not self.quality_feed.enabled
        self.quality_feed.enable(measures)
        self.window.settings.keep_measures_drafts(measures)

    def _toggle_proxies(self) -> None:
        self.proxy_feed.enable(not self.proxy_feed.enabled)
        self.window.settings.keep_shows_proxies(self.proxy_feed.enabled)

    def _show(self, layer: Layer) -> None:
        self.window.view.show(layer)
        self._show_ready()

    def _choose_signals(self) -> None:
        t = self.window.timeline
        if self.window.traces.channels:
            signal_menu(t, t.traces).popup(t.mapToGlobal(t.signal_lane().topLeft().toPoint()))

    def _show_export(self) -> None:
        w = self.window
        w.docks["jobs"].show()
        w.docks["jobs"].raise_()
        w.export.output.setFocus()

    def _show_keys(self) -> None:
        if self._keys_window is None:
            self._keys_window = KeysWindow(self.window.keys, self.window)
        self._keys_window.show()
        self._keys_window.raise_()
        self._keys_window.search.setFocus()

    def _browse(self) -> None:
        w = self.window
        name, _ = QFileDialog.getOpenFileName(w, tr("Open a project"), "", tr("Projects (*{suffix})", suffix=SUFFIX))
        if name:
            w.session.close_project(lambda: w.session.open(Path(name)))

    def _save_as(self) -> None:
        w = self.window
        name, _ = QFileDialog.getSaveFileName(
            w, tr("Save the project as"), str(w.document.path), tr("Projects (*{suffix})", suffix=SUFFIX)
        )
        if name:
            w.session.save_as(Path(name))

    def _demo(self) -> None:
        w = self.window
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(documents) / "Likeness demo"
        if (folder / "demo.likeness").is_file():
            w.session.open(folder / "demo.likeness")
            return
        try:
            order = demo_order(folder)
        except OSError as error:
            w.notices.tell(
                "error", tr("The demo can't be put into {folder}: {reason}.", folder=folder, reason=error.strerror)
            )
        else:
            w.session.create(order)
