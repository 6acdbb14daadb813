"""The demo: the bundled five seconds with the bundled portrait's face, and a sheet that shows what was done."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OutputFolderMissing
from pipeline.jobs.progress import CancelledCheck, Note, ProgressSink
from pipeline.jobs.render import RenderReport, render
from pipeline.jobs.render_request import Compute, FaceRequest, RenderRequest
from pipeline.jobs.sheet import write_png
from pipeline.jobs.showcase import showcase
from pipeline.jobs.source_choice import SourceChoice
from pipeline.media.output_file import output_error
from pipeline.quality.sheet import overview

DEMO_FOLDER = Path(__file__).parents[2] / "resources" / "demo"
PLATE, SOURCE = DEMO_FOLDER / "plate.mp4", DEMO_FOLDER / "portrait.jpg"
SHEET_FRAMES = (0, 23, 34, 62, 104)
"""Hand before the mouth, half blink, smile, blink, laugh."""
SHOWCASE_FRAME = 104


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demo wrote."""

    film: RenderReport
    sheet: Path
    picture: Path
    """One frame as plate, result and matte."""


def run_demo(
    folder: Path, compute: Compute, progress: ProgressSink, cancelled: CancelledCheck, note: Note
) -> DemoReport:
    """Render the demo into `folder`, which is made if its parent exists.

    Raises OutputError: the folder refuses. Cancelled.
    """
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError as error:
        raise OutputFolderMissing(
            f"The folder {folder.parent} does not exist: make it first, or choose another."
        ) from error
    except OSError as error:
        raise output_error(error, folder) from error
    request = RenderRequest(
        plate=PLATE,
        output=folder / "demo.mp4",
        faces=(FaceRequest((SourceChoice(SOURCE),)),),
        quality="draft",
        overwrite=True,
        compute=compute,
    )
    report = render(request, progress, cancelled, note)
    picture = folder / "plate-result-matte.png"
    write_png(picture, showcase(request, SHOWCASE_FRAME, report.mark))
    sheet = folder / "contact-sheet.png"
    page = overview(PLATE, request.output, SHEET_FRAMES)[0]
    write_png(sheet, page)
    return DemoReport(report, sheet, picture)
