"""What the right mouse button offers on a marker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from editor.document.marker_steps import colour_marker, delete_marker
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look import colours
from editor.timeline.marker_form import swatch
from pipeline.project.marker import MARKER_COLOURS, Marker

if TYPE_CHECKING:
    from editor.timeline.timeline_view import TimelineView


def marker_menu(view: TimelineView, marker: Marker) -> QMenu:
    """Name and note, colours, removal."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(tr("Name and note…")).triggered.connect(lambda: view.edit_marker(marker))
    menu.addSeparator()
    for colour in MARKER_COLOURS:
        action = menu.addAction(swatch(colours.MARKER_COLOURS[colour]), translated(colour.capitalize()))
        action.triggered.connect(lambda _checked, chosen=colour: colour_marker(view.document, marker, chosen))
    menu.addSeparator()
    menu.addAction(tr("Remove")).triggered.connect(lambda: delete_marker(view.document, marker))
    return menu
