"""One sitting with a project: opening, saving, closing, recovery, and the jobs that follow of themselves."""

from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from editor.app.closing import closing_question
from editor.app.new_project import ProjectMaker
from editor.app.notices import Choice, Notice, Notices
from editor.app.settings import Settings
from editor.app.worker_bridge import WorkerBridge, project_file
from editor.document import edits
from editor.document.document import Document
from editor.document.identity_steps import record_consent
from editor.document.journal import UnsavedWork, remove_journal, unsaved_work
from editor.document.saving import Saver
from editor.document.selection import Selection
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.panels.export_form import ExportOrder
from editor.panels.job_list import STOPPED, JobList, JobState
from editor.panels.start_page import NewProject
from pipeline.client import ClientEvent, WorkerLost
from pipeline.errors import LikenessError, ModelChanged, ModelMissing
from pipeline.ipc.messages import JobDone, JobFailed, KeyframesFound, Progress, Said
from pipeline.project.detection import DetectionOptions
from pipeline.project.project import SUFFIX
from pipeline.project.storage import is_project, load_project

JOURNAL_EVERY_MS = 20_000
CLOSER = DetectionOptions(profile="everything", sensitivity=0.85, micro_sensitivity=0.85)
"""How a closer look detects: every kind, and weaker events than at first."""


class Session(QObject):
    """Ties document, worker and files together; the window shows what comes of it."""

    analysed = Signal()
    """The plate's analysis is there: what waited for it can be asked for again."""
    proposing_ended = Signal()
    """Keyframes that were being found have come, or won't."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        bridge: WorkerBridge,
        jobs: JobList,
        notices: Notices,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._bridge, self._jobs, self._notices, self._settings = bridge, jobs, notices, settings
        self.saver = Saver(document, self)
        self.maker = ProjectMaker(self)
        self._after_save: Callable[[], object] | None = None
        self._orders: dict[int, ExportOrder] = {}
        self._closer: dict[int, range] = {}
        self._analysis: int | None = None
        """The job that looks at the plate, or did last."""
        self._lacking: dict[int, Notice] = {}
        """Jobs that failed for want of a network, and what was said of each."""
        self._proposing: set[int] = set()
        """Jobs that keyframes come of."""
        self._question: Notice | None = None
        self._lost: Notice | None = None
        self._journal_timer = QTimer(self)
        self._journal_timer.setInterval(JOURNAL_EVERY_MS)
        self._journal_timer.timeout.connect(self.saver.journal)
        self._journal_timer.start()
        document.refused.connect(self._tell_error)
        document.plate_replaced.connect(self.analyse)
        self.saver.failed.connect(self._save_failed)
        self.saver.saved.connect(self._saved)
        self.saver.saved_as.connect(self._saved_as)
        self.maker.made.connect(self._made)
        self.maker.failed.connect(self._tell_error)
        bridge.heard.connect(self._hear)
        bridge.lost.connect(self._worker_lost)
        bridge.back.connect(self._worker_back)
        jobs.cancel_wanted.connect(bridge.cancel)
        jobs.pause_wanted.connect(bridge.hold)
        jobs.order_wanted.connect(bridge.order_exports)

    # Files

    def open(self, path: Path, going_on: Collection[int] = ()) -> bool:
        """Open a project file; whether it could be. `going_on`: jobs that stay."""
        path = project_file(path)
        try:
            stored = load_project(path)
        except LikenessError as error:
            self._tell_error(str(error))
            return False
        self._notices.clear()
        self._jobs.clear(going_on)
        self._proposing.clear()
        self._document.open(path, stored)
        self._settings.add_recent(path)
        if stored.notice is not None:
            self._notices.tell("warning", stored.notice)
        work = unsaved_work(path, stored.sha256, stored.project)
        if work is not None and not stored.read_only:
            self._offer(work)
        self.analyse()
        return True

    def create(self, order: NewProject) -> None:
        """Make a project of a plate and a face, then open it."""
        self.maker.make(order)

    def save(self) -> None:
        self.saver.save()

    def save_as(self, path: Path) -> None:
        """Go on in a copy of the project; the file that was open stays as it was saved last."""
        path = project_file(path)
        if not is_project(path):
            path = path.with_name(path.name + SUFFIX)
        if path == self._document.path:
            self.save()
        else:
            self.saver.save_as(path)

    def _saved_as(self, path: Path) -> None:
        """The worker stays: exports go on, those that wait of the copy, which is the same."""
        self.saver.drop_journal()
        self.open(path, {each.job for each in self._exports()})

    def close_project(self, then: Callable[[], object] | None = None) -> None:
        """Close the project, then do what is given. What is unsaved, and exports that would stop, are asked about
        first, in one notice; asking to close again changes only what comes afterwards.
        """
        after = then or (lambda: None)
        if self._question is not None:
            self._notices.take_back(self._question)
            self._question = None
        path = self._document.path
        unsaved = self._document.unsaved and not self._document.read_only
        name = path.name if unsaved and path is not None else ""
        question = closing_question(name, [each.title for each in self._exports()])
        if not question:
            self._close(after)
            return
        choices = (
            (
                Choice(tr("Save and close"), lambda: self._save_and_close(after)),
                Choice(tr("Close without saving"), lambda: self._close(after)),
            )
            if name
            else (Choice(tr("Stop and close"), lambda: self._close(after)),)
        )
        self._question = self._notices.tell("warning", question, choices)

    def _exports(self) -> list[JobState]:
        """Exports that run, are held or wait."""
        return [each for each in self._jobs.running if each.job in self._orders]

    def _save_and_close(self, after: Callable[[], object]) -> None:
        self._question = None
        self._after_save = lambda: self._close(after)
        self.saver.save()

    def _close(self, after: Callable[[], object]) -> None:
        self._question = None
        self.saver.drop_journal()
        self._jobs.clear()
        self._notices.clear()
        self._document.close()
        after()

    def _saved(self) -> None:
        after, self._after_save = self._after_save, None
        if after is not None:
            after()

    def _save_failed(self, words: str) -> None:
        self._after_save = None
        self._notices.tell("error", words, (Choice(tr("Try again"), self.save),))

    def _made(self, order: NewProject) -> None:
        if self.open(order.project) and order.consent is not None:
            for identity in self._document.project.identities:
                record_consent(self._document, identity, order.consent)
            self.saver.save()

    def _offer(self, work: UnsavedWork) -> None:
        words = tr(
            "There are changes of {when:%H:%M} on {when:%d %B} that were not saved: the program ended, or another "
            "window has them.",
            when=work.written.astimezone(),
        )
        if not work.of_this_file:
            words += tr(" The project file was changed since then: recovering puts the unsaved state in its place.")
        path = self._document.path
        self._notices.tell(
            "warning",
            words,
            (
                Choice(tr("Recover"), lambda: self._recover(work)),
                Choice(tr("Look at both"), lambda: self._look_at_both(work)),
                Choice(tr("Discard"), lambda: None if path is None else remove_journal(path)),
            ),
        )

    def _recover(self, work: UnsavedWork) -> None:
        self._document.edit(tr("Recovered work"), lambda _project: work.project, keeps_approval=True)

    def _look_at_both(self, work: UnsavedWork) -> None:
        """Recovering is a step in the history; which of both stays is decided afterwards."""
        self._recover(work)
        steps = self._document.undo_stack

        def go_back() -> None:
            while steps.canUndo() and not steps.isClean():
                steps.undo()
            self.saver.drop_journal()

        self._notices.tell(
            "note",
            tr("This is the unsaved state. Undo shows the saved file, redo the unsaved state again."),
            (Choice(tr("Keep the unsaved state"), lambda: None), Choice(tr("Keep the saved file"), go_back)),
        )

    def keep_no_journal(self) -> None:
        """Leave nothing beside the project: whoever only looks has no work to recover."""
        self._journal_timer.stop()

    # Jobs

    def analyse(self) -> None:
        """The one pass over the plate, in the background; keyframes and signals follow."""
        # What somebody does to the faces meanwhile is no reason not to propose.
        proposes = not any(face.keyframes for face in self._document.project.faces)
        options = self._settings.detection if proposes else None
        job = self._analysis = self._bridge.analyse(lambda: self._analysed(proposes=proposes), options)
        plate = self._document.plate
        if job is not None and plate is not None:
            self._proposing.add(job)
            self._jobs.begin(job, tr("Analysing {name}", name=Path(plate.path).name), self.analyse)

    def work_again(self) -> None:
        """Networks that were missing are there: what failed for want of them begins anew. An analysis, one that is
        kept too, has the worker make the pictures that it could not make."""
        lacking, self._lacking = self._lacking, {}
        analysis = self._analysis
        looked = {*lacking, *(each.job for each in self._jobs.running)}
        for job, notice in lacking.items():
            self._notices.take_back(notice)
            self._jobs.begin_again(job)
        if self._document.is_open and analysis not in looked:
            self.analyse()

    def find_keyframes(self) -> None:
        """Propose keyframes anew, as the user has them found."""
        job = self._bridge.find_keyframes(self._found, self._settings.detection)
        if job is not None:
            self._proposing.add(job)
            self._jobs.begin(job, tr("Finding keyframes"), self.find_keyframes)

    def look_closer(self, frames: range) -> None:
        """Propose keyframes anew in some frames, as many as can be seen."""
        job = self._bridge.find_keyframes(self._show_signals, CLOSER)
        if job is not None:
            self._closer[job] = frames
            title = tr("Looking closer at {first} to {last}", first=frames.start, last=frames.stop - 1)
            self._jobs.begin(job, title, lambda: self.look_closer(frames))

    def export(self, order: ExportOrder, *, overwrite: bool = False) -> None:
        job = self._bridge.export(order, lambda: None, overwrite=overwrite)
        if job is not None:
            self._jobs.begin(
                job,
                tr("Export {name}", name=order.output.name),
                lambda: self.export(order, overwrite=overwrite),
                in_line=True,
            )
            self._orders[job] = order

    def _analysed(self, *, proposes: bool) -> None:
        self.analysed.emit()
        self._bridge.want_waveform()
        if proposes:
            self.find_keyframes()
        else:
            self._found()

    def _found(self) -> None:
        self.proposing_ended.emit()
        self._show_signals()

    def _show_signals(self) -> None:
        face = self._selection.face
        if face is not None:
            self._bridge.want_signals(face.id)

    def _hear(self, event: ClientEvent) -> None:
        match event:
            case Progress():
                self._jobs.progress(event.job, event.stage, event.done, event.total, event.rate, event.seconds_left)
            case Said() if self._jobs.knows(event.job):
                self._jobs.say(event.job, translated(event.text))
                self._notices.tell("note", event.text)
            case KeyframesFound(job=job) if job in self._closer:
                edits.take_proposals_in(self._document, event.face, event.proposals, self._closer[job])
            case KeyframesFound():
                edits.take_proposals(self._document, {event.face: event.proposals})
            case JobDone():
                self._end(event)
            case JobFailed():
                self._fail(event)

    def _end(self, event: JobDone) -> None:
        rendered = event.rendered
        if rendered is None:
            self._jobs.end(event.job, "done")
            return
        frames = rendered.last - rendered.first + 1
        words = tr(
            "{frames} frames in {seconds:.0f} s, {reused} of them kept from before",
            frames=frames,
            seconds=rendered.seconds,
            reused=rendered.reused,
        )
        self._jobs.end(event.job, words)
        self._notices.tell("good", tr("Exported {output}: {words}.", output=rendered.output, words=words))
        for frame, why in rendered.failed[:3]:
            self._notices.tell(
                "warning",
                tr("Frame {frame} of {output}: {why}", frame=frame, output=rendered.output, why=translated(why)),
            )

    def _fail(self, event: JobFailed) -> None:
        if event.job in self._proposing:
            self.proposing_ended.emit()
        if not self._jobs.knows(event.job):
            return
        stopped = event.error.kind == "Cancelled"
        self._jobs.end(event.job, STOPPED if stopped else translated(event.error.message), failed=not stopped)
        if stopped:
            return
        order = self._orders.get(event.job)
        choices: tuple[Choice, ...] = ()
        if order is not None and event.error.kind == "OutputExists":
            choices = (Choice(tr("Replace it"), lambda: self.export(order, overwrite=True)),)
        told = self._notices.tell("error", event.error.message, choices)
        if event.error.kind in (ModelMissing.__name__, ModelChanged.__name__):
            self._lacking[event.job] = told

    # The worker

    def _worker_lost(self, event: WorkerLost) -> None:
        if self._lost is not None:
            self._notices.take_back(self._lost)
        if event.final:
            self.proposing_ended.emit()
            self._lost = self._notices.tell(
                "error",
                tr(
                    "The worker ended and could not be started again: {reason} The document is safe.",
                    reason=translated(event.reason),
                ),
                (Choice(tr("Start it again"), self._bridge.start_anew),),
            )
            return
        words = tr(
            "The worker ended ({reason}); it is being started again. The document is safe.",
            reason=translated(event.reason),
        )
        self._lost = self._notices.tell("warning", words)
        for each in event.quarantined:
            self._notices.tell(
                "error", tr("{each} brought the worker down twice and is not tried again.", each=translated(each))
            )

    def _worker_back(self) -> None:
        if self._lost is not None:
            self._notices.take_back(self._lost)
            self._lost = None

    def lost_notice(self) -> Notice | None:
        """What is said of a worker that ended; None while it works."""
        return self._lost

    def _tell_error(self, words: str) -> None:
        self._notices.tell("error", words)
