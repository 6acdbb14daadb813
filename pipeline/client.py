"""The door to the worker: what the editor asks of it, and what it hears back.

    client = WorkerClient(on_event)          # on_event is called from the client's own thread
    client.start()
    client.open_project(project, path)
    client.request_frame("plate-1", 42, layer="result", max_size=(960, 540))
    …
    client.close()

Every call returns at once; answers are events (`ClientEvent`). The document stays the caller's: the worker reads it,
proposes keyframes for it and never writes its file. When the worker dies or hangs, `WorkerLost` is told, a fresh one is
started and given the document and every unfinished job again (`WorkerBack`); a render goes on from what is on disk. A
job or picture that brings the worker down twice without getting any further is refused from then on (`Quarantined`).
"""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from pipeline.ipc.delivered import ClientEvent, FrameReady, WorkerBack, WorkerLost
from pipeline.ipc.link import LinkOptions, WorkerLink
from pipeline.ipc.messages import Layer, Size
from pipeline.ipc.outbox import Document
from pipeline.ipc.requests import (
    Analyse,
    Filmstrip,
    FindKeyframes,
    MakeProxies,
    MeasureDrafts,
    Prefetch,
    Render,
    TryDetection,
    WantExports,
    WantFigures,
    WantFilm,
    WantFrame,
    WantSamples,
    WantSignals,
    WantSound,
    WantWaveform,
)
from pipeline.project.detection import DetectionOptions
from pipeline.project.project import Project, Quality

__all__ = ["ClientEvent", "FrameReady", "LinkOptions", "WorkerBack", "WorkerClient", "WorkerLost"]


class WorkerClient:
    """One worker for one document. Every method may be called from any thread.

    Parameters
    ----------
    on_event
        Called from the client's own thread, one event after the other; must return quickly and not raise. A window
        hands events on to its own thread.
    options
        How the worker is run.
    """

    def __init__(self, on_event: Callable[[ClientEvent], None], options: LinkOptions | None = None) -> None:
        self._link = WorkerLink(on_event, options or LinkOptions())
        self._outbox = self._link.outbox
        self._numbers = count(1)

    @property
    def pid(self) -> int | None:
        """The worker's process; None while there is none."""
        return self._link.pid

    @property
    def uses_shared_memory(self) -> bool:
        """Whether pictures cross in shared memory; where it has no room for them they go as bytes, more slowly."""
        return self._link.uses_shared_memory

    def start(self) -> None:
        """Start the worker's process. What is asked before it is there waits for it; `Hello` tells that it is."""
        self._link.start()

    def close(self) -> None:
        """End the worker: jobs stop between two frames, within five seconds or by force. No event comes afterwards.

        Not to be called from `on_event`.
        """
        self._link.close()

    def open_project(self, project: Project, path: Path) -> int:
        """The document to work on. `path` is where its file lies, or will lie: media paths are relative to it, and
        analysis, caches and pieces of renders stand in `.likeness` beside it. Its folder must exist, the file itself
        need not. The number by which pictures tell that they were made of it."""
        revision = next(self._numbers)
        self._outbox.set_document(Document(project, str(path), revision))
        return revision

    def update(self, project: Project, path: Path) -> int:
        """The document after an edit; only the subtrees that changed cross. Pictures asked for before the edit and not
        made yet are made of the new document, and say so by its number, which is the answer; pictures that a pane shows
        are asked for again by whoever shows them."""
        return self.open_project(project, path)

    def set_version(self, project: Project, path: Path) -> int:
        """Another version of the document beside it, in place of an earlier one: `request_frame(version=True)` has it
        drawn as the document is, with what is kept for both shared. `path` as in `open_project`. It stays, also in a
        fresh worker, until `end_version`. The number that its pictures tell (`facts.revision`)."""
        revision = next(self._numbers)
        self._outbox.set_version(Document(project, str(path), revision))
        return revision

    def end_version(self) -> None:
        """No version is beside the document any more; what was prepared for it is let go."""
        self._outbox.set_version(None)

    def request_frame(
        self,
        plate: str,
        frame: int,
        *,
        layer: Layer = "result",
        quality: Quality = "draft",
        max_size: Size | None = None,
        pane: str = "viewer",
        dragged: bool = False,
        version: bool = False,
    ) -> int:
        """A picture of a plate's frame: a `FrameReady`, or `FrameFailed`. The generation that its facts will carry.

        Of one pane the latest request wins: an earlier one that is not begun is forgotten without an event. Several
        pictures at a time (a wipe, side by side) take a pane each. A picture that waits for something (`facts.missing`:
        analysis, preparation, match) is shown without it at once and comes again, with the same generation, when the
        worker has what was missing.

        `max_size` (width, height): the picture is reduced to fit, never enlarged; None is the plate's full size.
        `dragged`: a proxy will do (`facts.proxy`), where `make_proxies` has made one and the picture itself isn't kept.
        `version`: of the version beside the document (`set_version`). It waits for the document's own pictures, though
        not longer than half a second.
        """
        generation = next(self._numbers)
        self._outbox.want(
            WantFrame(
                generation=generation,
                pane=pane,
                plate=plate,
                frame=frame,
                layer=layer,
                quality=quality,
                max_size=max_size,
                dragged=dragged,
                version=version,
            )
        )
        return generation

    def prefetch(
        self,
        plate: str,
        frames: range,
        *,
        layer: Layer = "result",
        quality: Quality = "draft",
        max_size: Size | None = None,
    ) -> int:
        """Draw and keep these frames (step 1) before they are asked for, in order; a job. A later prefetch takes an
        earlier one's place, which ends as `Cancelled`. `Kept` tells what lies ready."""
        job = next(self._numbers)
        self._outbox.begin(
            Prefetch(
                job=job,
                plate=plate,
                start=frames.start,
                stop=frames.stop,
                layer=layer,
                quality=quality,
                max_size=max_size,
            )
        )
        return job

    def filmstrip(self, plate: str, frames: Sequence[int], max_size: Size) -> int:
        """Small pictures of the plate at these frames, made when nothing else is to do; a job. Each is a `FrameReady`
        whose `facts.pane` is `strip-JOB`."""
        job = next(self._numbers)
        self._outbox.begin(Filmstrip(job=job, plate=plate, frames=tuple(frames), max_size=max_size))
        return job

    def analyse(self, plate: str, options: DetectionOptions | None = None) -> int:
        """The one pass over a plate, kept for ever; a job. `Progress`, `Tracks`, then `JobDone`. Where it was made
        before, it ends at once; where it was interrupted, it goes on. With `options`, `KeyframesSoFar` tells from time
        to time what keyframes they would find, in the document's faces as they are then."""
        job = next(self._numbers)
        self._outbox.begin(Analyse(job=job, plate=plate, options=options))
        return job

    def make_proxies(self, plate: str) -> int:
        """Have small pictures of a plate made for a dragged playhead, where they help: long distances between sync
        frames, large pictures; a job. They are kept beside the project, made in the background, and used as far as they
        are made."""
        job = next(self._numbers)
        self._outbox.begin(MakeProxies(job=job, plate=plate))
        return job

    def find_keyframes(self, options: DetectionOptions | None = None, face: str | None = None) -> int:
        """Propose keyframes for a face of the document, or for all; a job. `KeyframesFound` once a face: the caller
        merges them (`project.keyframe_edits.merge_proposals`). Analyses first where that is missing."""
        job = next(self._numbers)
        self._outbox.begin(FindKeyframes(job=job, face=face, options=options or DetectionOptions()))
        return job

    def try_detection(self, face: str, options: DetectionOptions) -> int:
        """What detection would propose for a face with other options; a job that answers with `DetectionTried`, or
        fails where the plate isn't analysed."""
        job = next(self._numbers)
        self._outbox.begin(TryDetection(job=job, face=face, options=options))
        return job

    def signals(self, face: str, frames: range, columns: int) -> int:
        """A face's signals in plate frames (step 1), in at most `columns` buckets of least and greatest; a job that
        answers with a `SignalBlock`, or fails where the plate isn't analysed."""
        job = next(self._numbers)
        self._outbox.begin(WantSignals(job=job, face=face, start=frames.start, stop=frames.stop, columns=columns))
        return job

    def measure_drafts(self, plate: str) -> int:
        """Measure the drafts of a plate's faces, keyframes first, while nothing more pressing is done; a job. What was
        measured before, and each frame that is, comes as a `QualityBlock`; a frame whose picture was measured is not
        measured again. It waits for the faces' analysis and preparation, ends as `Cancelled` when the document changes,
        and keeps what it has measured."""
        job = next(self._numbers)
        self._outbox.begin(MeasureDrafts(job=job, plate=plate))
        return job

    def waveform(self, plate: str) -> int:
        """The outline of a plate's sound, and where somebody speaks once the plate is analysed; a job that answers with
        a `Waveform`."""
        job = next(self._numbers)
        self._outbox.begin(WantWaveform(job=job, plate=plate))
        return job

    def sound(self, plate: str, start: int, count: int) -> None:
        """A stretch of a plate's sound for playing: a `SoundPiece`, or `SoundFailed`. A fresh worker has to be asked
        again."""
        self._outbox.send(WantSound(plate=plate, start=start, count=count))

    def film(self, plate: str, frame: int, film: Path | None = None, *, max_size: Size | None = None) -> int:
        """The picture that another film shows where a plate shows `frame`, to compare with: a `FrameReady` of the pane
        `messages.FILM_PANE`, or `FrameFailed`. The generation that its facts will carry; the latest request wins. None
        takes the plate's last export. An export begins with the frame that it was rendered from, any other film with
        the plate; both clocks count from there. A fresh worker has to be asked again."""
        generation = next(self._numbers)
        self._outbox.send(
            WantFilm(
                generation=generation,
                plate=plate,
                frame=frame,
                film=None if film is None else str(film),
                max_size=max_size,
            )
        )
        return generation

    def exports(self, plate: str) -> None:
        """Ask which results of a plate are still there: `messages.Exports`. A fresh worker has to be asked again."""
        self._outbox.send(WantExports(plate=plate))

    def samples(
        self, plate: str, frame: int, rect: tuple[int, int, int, int], *, layer: Layer, quality: Quality = "draft"
    ) -> int:
        """The code values under a rectangle (x0, y0, x1, y1; the last two exclusive) of the plate's picture as it is
        shown at full size: a `Samples`. The generation that it will carry; a later request takes an earlier one's
        place. Of a plate that nobody has asked a picture of there are none. A fresh worker has to be asked again."""
        generation = next(self._numbers)
        self._outbox.send(
            WantSamples(generation=generation, plate=plate, frame=frame, layer=layer, quality=quality, rect=rect)
        )
        return generation

    def render(
        self,
        plate: str,
        output: Path,
        *,
        first: str | None = None,
        last: str | None = None,
        preset: str | None = None,
        quality: Quality | None = None,
        overwrite: bool = False,
    ) -> int:
        """Render a plate's result to a file, of the document as it is when the job begins; a job. `first` and `last`
        are frames or timecodes, inclusive; what is None is as the document says. Renders run one after the other, and
        yield to everything else between two frames. The report is in `JobDone.rendered`."""
        job = next(self._numbers)
        self._outbox.begin(
            Render(
                job=job,
                plate=plate,
                output=str(output),
                first=first,
                last=last,
                preset=preset,
                quality=quality,
                overwrite=overwrite,
            )
        )
        return job

    def cancel(self, job: int) -> None:
        """Stop a job between two frames; it ends with `JobFailed` of kind `Cancelled`, what is finished is kept."""
        self._outbox.cancel(job)

    def pause(self, job: int) -> None:
        """Hold a job between two frames until `resume`."""
        self._outbox.pause(job, True)

    def resume(self, job: int) -> None:
        """Let a held job go on."""
        self._outbox.pause(job, False)

    def order_renders(self, jobs: Sequence[int]) -> None:
        """Renders that wait, in the order in which they are to begin; one that has begun by now is passed over."""
        self._outbox.order(tuple(jobs))

    def figures(self) -> None:
        """Ask what the worker holds and does: a `Figures` event."""
        self._outbox.send(WantFigures())
