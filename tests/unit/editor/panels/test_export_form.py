"""An export says where, how and which frames."""

from pathlib import Path

from editor.document.document import Document
from editor.panels.export_form import ExportForm, ExportOrder, presets
from editor.playback.playhead import Playhead


def test_every_preset_that_ships_is_offered() -> None:
    names = [each.name for each in presets()]
    assert {"h264-high", "prores-422hq", "exr-half", "png"} <= set(names)
    assert [each.is_film for each in presets()] == sorted((each.is_film for each in presets()), reverse=True)


def test_the_order_has_the_marked_range_and_the_formats_ending(document: Document) -> None:
    playhead = Playhead(document)
    form = ExportForm(document, playhead)
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
