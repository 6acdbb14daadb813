"""Films: rendered, measured against their plates, and judged blind."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.api.arguments import PathText, consent_of, frame_text
from pipeline.jobs.measure import MeasureReport, MeasureRequest
from pipeline.jobs.measure import measure as measure_request
from pipeline.jobs.measure_report import check_report, write_report
from pipeline.jobs.motion_choice import Motion
from pipeline.jobs.progress import CancelledCheck, ProgressSink, never_cancelled, no_note, no_progress
from pipeline.jobs.render import RenderReport
from pipeline.jobs.render import render as render_request
from pipeline.jobs.render_request import Compute, FaceRequest, RenderRequest
from pipeline.jobs.review_make import CLIPS, SECONDS, ReviewMade, ReviewRequest
from pipeline.jobs.review_make import make_review as make_request
from pipeline.jobs.review_read import ReviewReport
from pipeline.jobs.review_read import read_review as read_request
from pipeline.jobs.source_choice import source_choice
from pipeline.project.expression import ExpressionWeights
from pipeline.project.parameters import MeshSettings
from pipeline.project.project import MarkPlace, Quality


def render(
    plate: PathText,
    sources: Sequence[PathText],
    output: PathText,
    *,
    first: int | None = None,
    last: int | None = None,
    preset: str | None = None,
    quality: Quality = "final",
    colour_space: str | None = None,
    motion: Motion | None = None,
    consent: PathText | None = None,
    mark_place: MarkPlace = "bottom-left",
    settings: MeshSettings | None = None,
    expression: ExpressionWeights | None = None,
    overwrite: bool = False,
    measured: bool | None = None,
    compute: Compute | None = None,
    progress: ProgressSink = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> RenderReport:
    """What the command `render` does: a film, sequence or still with its face replaced, signed, logged and measured.

    `first` and `last` are plate frames, 0-based, inclusive. `measured` None measures what is final. Without `sources`
    it is the performer's own face that wears `motion` or another `expression`. Raises LikenessError as the command's
    exit codes say.
    """
    face = FaceRequest(
        tuple(source_choice(str(each)) for each in sources),
        settings or MeshSettings(),
        expression or ExpressionWeights(),
        consent=consent_of(consent),
        motion=motion,
    )
    request = RenderRequest(
        plate=Path(plate),
        output=Path(output),
        faces=(face,),
        first=frame_text(first),
        last=frame_text(last),
        preset=preset,
        quality=quality,
        colour_space=colour_space,
        mark_place=mark_place,
        overwrite=overwrite,
        measured=quality == "final" if measured is None else measured,
        compute=compute or Compute(),
    )
    return render_request(request, progress, cancelled, no_note)


def measure(
    original: PathText,
    result: PathText,
    *,
    project: PathText | None = None,
    sources: Sequence[PathText] = (),
    first: int | None = None,
    last: int | None = None,
    quality: Quality | None = None,
    colour_space: str | None = None,
    html: PathText | None = None,
    compute: Compute | None = None,
    progress: ProgressSink = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> MeasureReport:
    """What the command `measure` does: how faithful a result is to its plate, whoever made it.

    `first` and `last` are ORIGINAL's frames that the result shows. `project` is the one that it was rendered from,
    with its own sources, colour space and (None) quality; `sources` are whose face it is to show otherwise. `html`
    writes the page as well. Raises LikenessError.
    """
    request = MeasureRequest(
        original=Path(original),
        result=Path(result),
        project=None if project is None else Path(project),
        sources=tuple(source_choice(str(each)) for each in sources),
        first=frame_text(first),
        last=frame_text(last),
        quality=quality,
        colour_space=colour_space,
        compute=compute or Compute(),
    )
    if html is not None:
        check_report(Path(html), request.original, request.result)
    report = measure_request(request, progress, cancelled, no_note)
    if html is not None:
        write_report(report, Path(html))
    return report


def make_review(
    original: PathText,
    result: PathText,
    folder: PathText,
    *,
    key: PathText | None = None,
    project: PathText | None = None,
    face: str | None = None,
    first: int | None = None,
    last: int | None = None,
    keyframes: int = CLIPS,
    seconds: float = SECONDS,
    colour_space: str | None = None,
    compute: Compute | None = None,
    progress: ProgressSink = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> ReviewMade:
    """What `review make` does: shuffled clips of both films around keyframes in `folder`, with a page to score them on.

    `key` tells them apart, beside the folder unless said. The keyframes are those of a `project`'s face, else detected
    ones, at most so many, in clips of so many `seconds`. Raises LikenessError.
    """
    place = Path(folder)
    request = ReviewRequest(
        original=Path(original),
        result=Path(result),
        folder=place,
        key=place.with_name(place.name + ".key.json") if key is None else Path(key),
        project=None if project is None else Path(project),
        face=face,
        first=frame_text(first),
        last=frame_text(last),
        clips=keyframes,
        seconds=seconds,
        colour_space=colour_space,
        compute=compute or Compute(),
    )
    return make_request(request, progress, cancelled)


def read_review(key: PathText, *scores: PathText) -> ReviewReport:
    """What viewers say, from the review's key and the files that its page saved. Raises MediaError."""
    return read_request(Path(key), [Path(each) for each in scores])
