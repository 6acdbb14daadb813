"""The window: start page or workspace, panels around the picture, notices above it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QUndoStack
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QTabWidget,
    QUndoView,
    QVBoxLayout,
    QWidget,
)

from editor.app.action_set import enable, fill_menus, give_keys, make_actions
from editor.app.cast_feed import CastFeed
from editor.app.freed_memory import FreedMemory
from editor.app.key_map import KeyMap
from editor.app.network_feed import NetworkFeed
from editor.app.notices import Notices
from editor.app.panel_moving import PanelMoving
from editor.app.recasting import Recasting
from editor.app.session import Session
from editor.app.settings import Settings
from editor.app.source_looks import SourceLooks
from editor.app.view_bar import view_bar
from editor.app.worker_bridge import WorkerBridge
from editor.app.workspaces import Workspaces
from editor.document.detection_trial import DetectionTrial
from editor.document.document import Document
from editor.document.face_files import STILLS
from editor.document.network_files import has_networks
from editor.document.selection import Selection
from editor.language.translation import tr
from editor.look.style import figures_font
from editor.panels.cast import Cast
from editor.panels.export_form import ExportForm
from editor.panels.faces_panel import FacesPanel
from editor.panels.identity_panel import IdentityPanel
from editor.panels.inspector import Inspector
from editor.panels.job_list import JobList
from editor.panels.jobs_panel import JobsPanel
from editor.panels.keyframe_table import KeyframeTable
from editor.panels.keyframes_panel import KeyframesPanel
from editor.panels.marker_panel import MarkerPanel
from editor.panels.networks_panel import NetworksPanel
from editor.panels.parameter_groups import full_title
from editor.panels.shot_table import ShotTable
from editor.panels.shots_panel import ShotsPanel
from editor.panels.source_marks import SourceMarks
from editor.panels.start_page import StartPage, refused_drop
from editor.playback.draft_figures import DraftFigures
from editor.playback.pictures import Pictures
from editor.playback.playhead import Playhead
from editor.playback.sound import Sound
from editor.playback.sound_device import open_sound_device
from editor.playback.sound_store import SoundStore
from editor.playback.transport import Transport
from editor.timeline.curve_panel import CurvePanel
from editor.timeline.curve_subject import CurveSubject
from editor.timeline.overview import Overview
from editor.timeline.plate_record import PlateRecord
from editor.timeline.signal_traces import SignalTraces
from editor.timeline.timeline_view import TimelineView
from editor.timeline.transport_bar import TransportBar
from editor.viewer.brush_mouse import BrushMouse
from editor.viewer.canvas import Canvas
from editor.viewer.landmark_mouse import LandmarkMouse
from editor.viewer.landmark_tool import LandmarkTool
from editor.viewer.matte_brush import MatteBrush
from editor.viewer.view_state import ViewState


class Window(QMainWindow):
    """Builds the editor's parts once and lays them out. `run` is given an action's id."""

    closing = Signal()
    """It is to be closed: the layout is kept as it is now."""
    closed = Signal()

    def __init__(self, settings: Settings, run: Callable[[str], None]) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._freed = FreedMemory(self)
        self.document = Document(self)
        self.selection = Selection(self.document, self)
        self.playhead = Playhead(self.document, self)
        self.pictures = Pictures(self.document, parent=self)
        self.traces = SignalTraces(self)
        self.view = ViewState(self)
        self.record = PlateRecord(self.document, self)
        self.figures = DraftFigures(self.document, self)
        self.trial = DetectionTrial(self.document, self.selection, settings.detection, self)
        self.bridge = WorkerBridge(self.document, self.pictures, self.traces, self.record, self)
        self.sound_store = SoundStore(self.document, self)
        self.sound = Sound(self.sound_store, open_sound_device, parent=self)
        self.transport = Transport(
            self.playhead,
            self._is_ready,
            sound=self.sound,
            has_sound=lambda: self.record.sound is not None,
            is_near=self._is_near,
            parent=self,
        )
        self.jobs = JobList(self)
        self.notices = Notices()
        self.settings = settings
        self.session = Session(self.document, self.selection, self.bridge, self.jobs, self.notices, settings, self)
        self.actions_by_id = make_actions(self, run)
        self.keys = KeyMap(settings, self)
        self.keys.changed.connect(lambda: give_keys(self.actions_by_id, self.keys))
        give_keys(self.actions_by_id, self.keys)
        fill_menus(self.menuBar(), self.actions_by_id)
        self.start = StartPage()
        self.canvas = Canvas(self.view, self.pictures, self.playhead)
        self.timeline = TimelineView(
            self.document, self.selection, self.playhead, self.traces, self.record, self.figures, self.trial
        )
        subject = CurveSubject(self.document, self.selection, self.playhead, self)
        self.curves = CurvePanel(subject, self.timeline, self.actions_by_id, full_title)
        self.bar = TransportBar(self.playhead, self.transport, self.actions_by_id, self.timeline.toggle_unit)
        shown = self.document, self.selection, self.playhead, self.figures
        self.inspector = Inspector(*shown, self.traces.unit_reading, self.record.shots, self.actions_by_id)
        self.inspector.setMinimumWidth(298)
        of = (self.document, self.selection, self.playhead, self.pictures, lambda: self.inspector.where)
        self.landmarks = LandmarkTool(*of, parent=self)
        LandmarkMouse(self.canvas, self.landmarks)
        self.brush = MatteBrush(*of, parent=self)
        BrushMouse(self.canvas, self.brush)
        self.table = KeyframeTable(self.document, self.selection, self.playhead, self.figures)
        self.table.setMinimumWidth(264)
        self.shots = ShotTable(self.document, self.playhead, self.figures, self.record.shots)
        self.markers = MarkerPanel(self.document, self.playhead, self.actions_by_id)
        self.cast = Cast(self.document, self)
        self.cast_feed = CastFeed(self.bridge, self.cast, self)
        self.faces = FacesPanel(self.document, self.selection, self.cast, self.actions_by_id)
        self.marks = SourceMarks(self)
        self.looks = SourceLooks(self.document, self.marks, self)
        self.recasting = Recasting(self.document, self.looks, self.marks, self.notices, self)
        self.networks = NetworksPanel()
        self.network_feed = self._network_feed()
        self.identity = IdentityPanel(self.document, self.selection, self.marks)
        self.export = ExportForm(self.document, self.playhead, self.record.shots)
        self.record.changed.connect(self.export.show_ranges)
        self.docks: dict[str, QDockWidget] = {}
        self._busy = QLabel()
        self._resting: dict[str, str] = {}
        self._pages = QStackedWidget()
        # A window of its own inside the page: the panels' places don't change when a project opens or closes.
        self.workspace = QMainWindow()
        self._lay_out()
        self._lay_out_panels()
        self.workspaces = Workspaces(self.workspace, self.docks, settings)
        self._sized = False
        self._kept_layout: QByteArray | None = None
        self.show_workspace()

    def enable_actions(self) -> None:
        """Actions follow what is there."""
        there = self.document.is_open
        chosen = self.selection.keyframes if there else ()
        proposed = any(each.correction is not None for each in chosen)
        enable(
            self.actions_by_id,
            {
                "": True,
                "project": there,
                "face": self.selection.face is not None,
                "selection": bool(chosen),
                "correction": proposed,
                "grab": there and self.view.has_grab,
            },
        )

    def show_workspace(self) -> None:
        """The workspace where a project is open, else the page that begins one."""
        there = self.document.is_open
        self._pages.setCurrentIndex(1 if there else 0)
        if there and not self._sized:
            self._sized = True
            self._size_panels()
            self.workspaces.begin(self._kept_layout)
        if not there:
            self.start.show_recent(self.settings.recent)
        self.enable_actions()
        self.show_title()

    def show_title(self) -> None:
        path = self.document.path
        name = "Likeness" if path is None else f"{path.name}[*] — Likeness"
        if self.document.read_only:
            name += tr(" (read only)")
        self.setWindowTitle(name)
        self.setWindowModified(self.document.unsaved)

    def show_panel(self, name: str) -> None:
        """Bring a panel forward; one that is in front already is hidden."""
        dock = self.docks[name]
        if dock.isVisible() and not dock.visibleRegion().isEmpty():
            dock.hide()
        else:
            self.bring_panel(name)

    def bring_panel(self, name: str) -> None:
        """Have a panel in front."""
        dock = self.docks[name]
        is_first = name == "curves" and self.curves.plot is None
        dock.show()
        dock.raise_()
        if is_first:
            height = self.height() * 22 // 100
            self.workspace.resizeDocks([dock], [height], Qt.Orientation.Vertical)

    def restore_layout(self, kept: tuple[QByteArray, QByteArray] | None) -> None:
        if kept is not None:
            self.restoreGeometry(kept[0])
            self._kept_layout = kept[1]

    def _lay_out(self) -> None:
        picture = QWidget()
        column = QVBoxLayout(picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = view_bar(self.actions_by_id, self.view)
        self.viewer_bars = (above, self.bar)
        """Above and under the picture."""
        column.addWidget(above)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.bar)
        self.workspace.setCentralWidget(picture)
        self._pages.addWidget(self.start)
        self._pages.addWidget(self.workspace)
        centre = QWidget()
        outer = QVBoxLayout(centre)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.notices)
        outer.addWidget(self._pages, 1)
        self.setCentralWidget(centre)
        self._busy.setFont(figures_font(11))
        self._busy.setContentsMargins(8, 0, 0, 0)
        self.statusBar().addWidget(self._busy, 1)
        self.statusBar().setSizeGripEnabled(False)
        self.jobs.changed.connect(self._show_busy)
        self.session.maker.busy_changed.connect(self._show_busy)
        self.resize(1600, 1000)

    def _lay_out_panels(self) -> None:
        workspace = self.workspace
        workspace.setWindowFlags(Qt.WindowType.Widget)
        workspace.setDockNestingEnabled(True)
        workspace.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        left, right, bottom = (
            Qt.DockWidgetArea.LeftDockWidgetArea,
            Qt.DockWidgetArea.RightDockWidgetArea,
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        self._dock("keyframes", tr("Keyframes"), KeyframesPanel(self.table, self.trial), left)
        self._dock("jobs", tr("Jobs"), JobsPanel(self.jobs, self.export), left)
        self._dock("faces", tr("Faces"), self.faces, left)
        self._dock("shots", tr("Shots"), self._shots_panel(), left)
        self._dock("markers", tr("Markers"), self.markers, left)
        self._dock("inspector", tr("Inspector"), self.inspector, right)
        self._dock("identity", tr("People"), self.identity, right)
        self._dock("networks", tr("Networks"), self.networks, right)
        self._dock("history", tr("History"), _history(self.document.undo_stack), right)
        self._dock("timeline", tr("Timeline"), self._timeline(), bottom)
        self._dock("curves", tr("Curves"), self.curves, bottom)
        workspace.splitDockWidget(self.docks["timeline"], self.docks["curves"], Qt.Orientation.Vertical)
        self.docks["curves"].hide()
        workspace.tabifyDockWidget(self.docks["keyframes"], self.docks["faces"])
        workspace.tabifyDockWidget(self.docks["faces"], self.docks["shots"])
        workspace.tabifyDockWidget(self.docks["shots"], self.docks["markers"])
        workspace.tabifyDockWidget(self.docks["markers"], self.docks["jobs"])
        workspace.tabifyDockWidget(self.docks["inspector"], self.docks["identity"])
        workspace.tabifyDockWidget(self.docks["identity"], self.docks["networks"])
        workspace.tabifyDockWidget(self.docks["networks"], self.docks["history"])
        self.moving = PanelMoving(self.docks.values(), (self.docks["timeline"],), self)
        self.docks["keyframes"].raise_()
        self.docks["inspector"].raise_()

    def _size_panels(self) -> None:
        """The panels' first sizes; they can be given only when the workspace has its own."""
        workspace, docks = self.workspace, self.docks
        widths = [max(304, min(420, self.width() * 22 // 100)), min(410, self.width() * 26 // 100)]
        workspace.resizeDocks([docks["keyframes"], docks["inspector"]], widths, Qt.Orientation.Horizontal)
        workspace.resizeDocks([docks["timeline"]], [256], Qt.Orientation.Vertical)

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> None:
        dock = QDockWidget(title, self.workspace)
        dock.setObjectName(name)
        dock.setWidget(widget)
        self.workspace.addDockWidget(area, dock)
        self.docks[name] = dock

    def _shots_panel(self) -> QWidget:
        panel = ShotsPanel(self.shots, self.actions_by_id)
        self.record.changed.connect(lambda: panel.show_cuts(self.record.knows_cuts))
        return panel

    def _timeline(self) -> QWidget:
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.timeline, 1)
        column.addWidget(Overview(self.timeline))
        return both

    def _is_ready(self, frame: int) -> bool:
        return all(self.pictures.settled(frame, layer) for layer in self.view.layers)

    def _is_near(self, frame: int) -> bool:
        kept = any(start <= frame < stop for start, stop in self.bridge.kept)
        return all(layer == "plate" or (layer == "result" and kept) for layer in self.view.layers)

    def show_resting(self, what: str, words: str) -> None:
        """What the status bar says while no job runs: of the first that has something to say."""
        self._resting[what] = words
        self._show_busy()

    def _show_busy(self) -> None:
        if self.session.maker.busy:
            self._busy.setText(tr("Looking at the plate and the face …"))
            return
        running = self.jobs.running
        resting = next((words for words in self._resting.values() if words), "")
        self._busy.setText(resting if not running else f"{running[0].title} — {running[0].progress_text}")

    def _network_feed(self) -> NetworkFeed:
        feed = NetworkFeed(self.networks, self.notices, self.settings, lambda: self.bring_panel("networks"), self)
        self.document.opened.connect(feed.look_later)
        feed.restored.connect(self._work_with_networks)
        self.start.networks_given.connect(feed.add)
        return feed

    def _work_with_networks(self) -> None:
        self.pictures.forget_problems()
        self.session.work_again()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        face = self.selection.face
        if has_networks(paths):
            self.network_feed.add(paths)
            return
        if face is not None and paths and all(each.suffix.lower() in STILLS for each in paths):
            # With a project open, photos are of the face that goes in.
            self.recasting.recast(face.id, paths)
            return
        refusal = refused_drop(paths)
        if refusal:
            self.notices.tell("warning", refusal)
            return
        self.session.close_project(lambda: self.start.put(paths))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        if self.document.is_open:
            self.settings.keep_layout(self.saveGeometry(), self.workspace.saveState())
            self.session.close_project(self.close)
            if self.document.is_open:
                event.ignore()
                return
        self.transport.stop()
        self.session.maker.stop()
        self.looks.close()
        self.network_feed.close()
        self.bridge.close()
        self.session.saver.wait()
        self.closed.emit()
        event.accept()


def _history(stack: QUndoStack) -> QUndoView:
    view = QUndoView(stack)
    view.setEmptyLabel(tr("As opened"))
    view.setAccessibleName(tr("History"))
    return view
