"""An export says where, how and which frames."""

from pathlib import Path

from editor.document import edits
from editor.document.document import Document
from editor.panels.export_form import ExportForm, ExportOrder, presets
from editor.playback.playhead import Playhead


def test_every_preset_that_ships_is_offered() -> None:
    names = [each.name for each in presets()]
    assert {"h264-high", "prores-422hq", "exr-half", "png"} <= set(names)
    assert [each.is_film for each in presets()] == sorted((each.is_film for each in presets()), reverse=True)


def test_the_order_has_the_marked_range_and_the_formats_ending(document: Document) -> None:
    playhead = Playhead(document)
    form = ExportForm(document, playhead, lambda: [range(200)])
    ordered: list[ExportOrder] = []
    form.ordered.connect(ordered.append)
    form.order()
    playhead.set_range(10, 20)
    form.preset.setCurrentIndex([each.name for each in presets()].index("png-16"))
    form.order()
    whole, marked = ordered
    assert (whole.preset, whole.output.name, whole.first, whole.last) == ("h264-high", "a-result.mp4", None, None)
    assert (marked.preset, marked.output.name, marked.first, marked.last) == ("png-16", "a-result.####.png", 10, 20)
    assert whole.output.parent == Path("nowhere")


def test_approved_shots_are_ordered_each_in_a_file_of_its_own(document: Document) -> None:
    form = ExportForm(document, Playhead(document), lambda: [range(40), range(40, 90), range(90, 200)])
    ordered: list[ExportOrder] = []
    form.ordered.connect(ordered.append)
    form.show_ranges()
    assert form.range.findData("approved") == -1, "there are none"
    edits.review(document, "face-1", [0, 100], "approved")
    form.show_ranges()
    form.range.setCurrentIndex(form.range.findData("approved"))
    assert form.range.currentText() == "Approved shots (2 of 3)"
    form.order()
    found = [(each.output.name, each.first, each.last) for each in ordered]
    assert found == [("a-result-shot1.mp4", 0, 39), ("a-result-shot3.mp4", 90, 199)]


def test_a_range_is_rendered_into_a_file_that_is_named_by_its_frames(document: Document) -> None:
    playhead = Playhead(document)
    form = ExportForm(document, playhead, lambda: [range(200)])
    ordered: list[ExportOrder] = []
    form.ordered.connect(ordered.append)
    playhead.set_range(10, 20)
    form.order_range()
    assert [(each.output.name, each.first, each.last) for each in ordered] == [("a-result-0010-0020.mp4", 10, 20)]
