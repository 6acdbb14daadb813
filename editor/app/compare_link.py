"""What is asked of the worker to compare with: another film, exports of the plate, another version of the project."""

from pathlib import Path

from editor.app.worker_bridge import WorkerBridge
from editor.document.document import Document
from pipeline.ipc.messages import VERSION_PANE, Layer
from pipeline.project.project import Project, Quality


class CompareLink:
    """Answers come with `WorkerBridge.heard`. Nothing is asked while nothing is open: then answers are None."""

    def __init__(self, bridge: WorkerBridge, document: Document) -> None:
        self._bridge, self._document = bridge, document

    def want_film(self, frame: int, film: Path | None) -> int | None:
        """What another film, or the last export, shows at a frame; the generation."""
        client, plate = self._bridge.client, self._document.plate
        if client is None or plate is None:
            return None
        return client.film(plate.id, frame, film, max_size=self._bridge.max_size)

    def want_exports(self) -> None:
        """Which results of the plate are still there."""
        client, plate = self._bridge.client, self._document.plate
        if client is not None and plate is not None:
            client.exports(plate.id)

    def put_version(self, version: Project | None) -> None:
        """Have another version beside the document, or none any more."""
        client, path = self._bridge.client, self._document.path
        if client is None or path is None:
            return
        if version is None:
            client.end_version()
        else:
            client.set_version(version, path)

    def want_version(self, frame: int, layer: Layer, quality: Quality) -> int | None:
        """What that version draws at a frame; the generation."""
        client, plate = self._bridge.client, self._document.plate
        if client is None or plate is None:
            return None
        return client.request_frame(
            plate.id,
            frame,
            layer=layer,
            quality=quality,
            max_size=self._bridge.max_size,
            pane=VERSION_PANE,
            version=True,
        )
