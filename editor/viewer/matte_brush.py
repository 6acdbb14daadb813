"""The brush that paints a face's matte: strokes over the picture, held by the face that is seen there.

It knows where the face lies from the picture's facts, so that what is painted over pixels is said in the face's own
space.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter

from editor.document import matte_steps
from editor.document.document import Document, Gesture
from editor.document.selection import Selection
from editor.language.translation import tr
from editor.playback.pictures import Pictures
from editor.playback.playhead import Playhead
from editor.viewer.face_sight import FaceSight
from editor.viewer.stroke_marks import StrokeOutlines, draw_ring, draw_way
from editor.viewer.word_plate import draw_words
from pipeline.ipc.arrays import AnyArray, unpacked
from pipeline.ipc.messages import FaceFacts, FrameFacts
from pipeline.project.matte_stroke import (
    LARGEST_RADIUS,
    LEAST_RADIUS,
    MOST_POINTS,
    SHOWN,
    USUAL_RADIUS,
    USUAL_SOFTNESS,
    Brush,
    Shows,
    StrokePoint,
    strokes_at,
)
from pipeline.project.reached import Reached
from pipeline.project.stroke_points import held_path, held_point, pixels_of

SIZE_STEP = 1.15
SOFTNESS_STEP = 0.1
_SOFTNESS_PX = 160.0
"""How far a drag goes from a hard brush to a wholly soft one."""
_LEVEL_PX = 6.0
"""A drag across that strays less up or down leaves the softness as it is."""
_OPEN_POINTS = 16
"""Points of a way that are thinned anew with each one that is added; those before them stay as they are."""
_LONGEST = MOST_POINTS - 800
"""Points after which a way doesn't go on: the fastest hand adds fewer than are left before they are counted."""

Point = tuple[float, float]


class MatteBrush(QObject):
    """Active or not; while it is, the canvas hands it the mouse and has it draw."""

    changed = Signal()
    """It is to be drawn again."""
    turned = Signal()
    """It is active or not now, or paints something else, or with another size or softness."""
    painting = Signal(bool)
    """A stroke is under way, or no more."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        playhead: Playhead,
        pictures: Pictures,
        where: Callable[[], Reached],
        parent: QObject | None = None,
    ) -> None:
        """`where`: where a change acts now, as the inspector says."""
        super().__init__(parent)
        self._document, self._selection, self._playhead, self._where = document, selection, playhead, where
        self._pictures, self._sight = pictures, FaceSight(pictures)
        self.active = False
        self.shows: Shows = "plate"
        """What it paints where no key says otherwise."""
        self.radius, self.softness = USUAL_RADIUS, USUAL_SOFTNESS
        self.outlines = True
        """Whether what is painted already is outlined."""
        self._outlines = StrokeOutlines()
        self._seen: tuple[FaceFacts, AnyArray] | None = None
        """The face in hand in the picture that was drawn last, and its landmarks."""
        self._waits = False
        self._meant: Shows | None = None
        self._pointer: Point | None = None
        self._sizing: tuple[Point, float, float] | None = None
        """Where its size is dragged, and what size and softness were there."""
        self._gesture: Gesture | None = None
        self._done: list[StrokePoint] = []
        self._open: list[Point] = []
        self._laid: Brush | None = None
        """The stroke under way, or the one that the picture doesn't show yet."""
        document.opened.connect(self._let_go)
        document.changed.connect(self._changed)
        playhead.moved.connect(self._let_go)
        pictures.arrived.connect(self._came)

    def toggle(self) -> None:
        """Switch it on or off."""
        self.active = not self.active
        self._let_go()
        self._pointer = None
        self._turn()

    def show(self, shows: Shows) -> None:
        """Have it paint that."""
        self.shows = shows
        self._turn()

    def show_next(self) -> None:
        """Have it paint the next of what there is to be painted."""
        self.show(SHOWN[(SHOWN.index(self.shows) + 1) % len(SHOWN)])

    def set_radius(self, radius: float) -> None:
        """Centimetres of the face; held within what a brush may have."""
        self.radius = round(min(max(radius, LEAST_RADIUS), LARGEST_RADIUS), 2)
        self._turn()

    def set_softness(self, softness: float) -> None:
        """Share of the radius that fades; held within 0 to 1."""
        self.softness = round(min(max(softness, 0.0), 1.0), 2)
        self._turn()

    def toggle_outlines(self) -> None:
        self.outlines = not self.outlines
        self._turn()

    @property
    def where(self) -> Reached:
        """Where a change acts now."""
        return self._where()

    @property
    def is_busy(self) -> bool:
        """Whether a stroke or a change of its size is under way."""
        return self._gesture is not None or self._sizing is not None

    def why_not(self, at: Point) -> str:
        """Why nothing can be painted at a pixel of the picture, in words; empty where it can."""
        if self._document.read_only:
            return tr("This project is open for reading only")
        if self._seen is None:
            return tr("The picture is on its way") if self._waits else tr("The face in hand isn't in this frame")
        facts, points = self._seen
        if held_point(points, facts.rotation, facts.scale, at) is None:
            return tr("Too far from the face in hand to be painted")
        return ""

    # The mouse, in the picture's pixels; `scale` canvas pixels a picture pixel.

    def press(self, at: Point, shows: Shows) -> bool:
        """Begin a stroke there, a dab so far; whether there is a face to be painted."""
        face = self._selection.face
        if face is None or self.why_not(at):
            return False
        self._gesture = self._document.begin_gesture()
        self._done, self._open, self._meant, self._pointer = [], [at], shows, at
        self.painting.emit(True)
        self._paint()
        return True

    def drag(self, at: Point) -> None:
        """The pointer is there now: the stroke, or its size, goes on."""
        if self._gesture is None:
            return
        self._pointer = at
        if at != self._open[-1] and len(self._done) < _LONGEST:
            self._open.append(at)
            self._paint()
        self.changed.emit()

    def release(self) -> None:
        """The stroke, or the change of size, is done; a stroke is one step in the history."""
        painted = self._gesture is not None
        self._gesture, self._sizing = None, None
        if painted:
            self.painting.emit(False)
        self.changed.emit()

    def cancel(self) -> bool:
        """Take back what is under way, a stroke or a change of size; whether there was anything."""
        if self._sizing is not None:
            _, self.radius, self.softness = self._sizing
            self.release()
            self._turn()
            return True
        if self._gesture is None:
            return False
        self._document.edit("", lambda project: project, self._gesture)
        self._laid = None
        self.release()
        return True

    def begin_sizing(self, at: Point) -> bool:
        """Its size is dragged from now on, its middle stays there; whether there is a face to measure it by."""
        if self._seen is None:
            return False
        self._sizing, self._pointer = (at, self.radius, self.softness), at
        self._meant = self.shows
        self.changed.emit()
        return True

    def size(self, across: float, up: float, scale: float) -> None:
        """So many canvas pixels from where the size was taken hold of: right is larger, up is softer."""
        if self._sizing is None or self._seen is None:
            return
        _, radius, softness = self._sizing
        self.set_radius(radius + across / (self._seen[0].scale * scale))
        stray = max(abs(up) - _LEVEL_PX, 0.0) * (1.0 if up > 0 else -1.0)
        self.set_softness(softness + stray / _SOFTNESS_PX)

    def hover(self, at: Point | None, shows: Shows) -> None:
        """The pointer rests there, or has left; `shows`: what a press would paint."""
        if self.is_busy or (at, shows) == (self._pointer, self._meant):
            return
        self._pointer, self._meant = at, shows
        self.changed.emit()

    def _paint(self) -> None:
        face = self._selection.face
        if face is None or self._seen is None or self._gesture is None or self._meant is None:
            return
        facts, points = self._seen
        way = held_path(points, facts.rotation, facts.scale, self._open)
        held = (*self._done, *way)
        if len(self._open) > _OPEN_POINTS:
            self._done, self._open = list(held[:-1]), self._open[-1:]
        if 0 < len(held) <= MOST_POINTS:
            self._laid = Brush(shows=self._meant, points=held, radius=self.radius, softness=self.softness)
            matte_steps.paint(self._document, face.id, self._laid, self.where, self._gesture)

    def _turn(self) -> None:
        self.turned.emit()
        self.changed.emit()

    def _changed(self) -> None:
        """The document is another one, by a stroke of this brush or by anything else."""
        if self._gesture is None:
            self._laid = None

    def _came(self, frame: int, layer: str) -> None:
        if self.active and frame == self._playhead.frame:
            self.changed.emit()

    def _let_go(self) -> None:
        self._seen, self._laid, self._sizing = None, None, None
        if self._gesture is not None:
            self.release()

    # What is seen

    def draw(self, painter: QPainter, facts: FrameFacts, placed: QRectF, scale: float) -> None:
        """Draw over a picture that lies at `placed`: what is painted there, and the brush."""
        self._see(facts)
        if self._seen is not None:
            self._draw_strokes(painter, facts, self._seen[0].scale * scale, placed, scale)
        if self._pointer is not None:
            self._draw_brush(painter, placed, scale)

    def _see(self, facts: FrameFacts) -> None:
        face, self._seen = self._selection.face, None
        self._waits = facts.frame != self._playhead.frame
        found = None if face is None or self._waits else self._sight.face_in(facts, face.id)
        if found is not None and found.landmarks is not None:
            self._seen = found, unpacked(found.landmarks)

    def _draw_strokes(self, painter: QPainter, facts: FrameFacts, cm_px: float, placed: QRectF, scale: float) -> None:
        assert self._seen is not None
        face, (seen, points) = self._selection.face, self._seen

        def on_canvas(brush: Brush) -> list[QPointF]:
            places = pixels_of(points, seen.rotation, seen.scale, brush.points)
            return [QPointF(placed.x() + x * scale, placed.y() + y * scale) for x, y in places.tolist()]

        laid = self._laid
        if laid is not None and self._gesture is None:
            picture = self._pictures.picture(facts.frame, facts.layer)
            if picture is not None and picture.facts is facts:
                laid = self._laid = None
        if laid is not None:
            draw_way(painter, on_canvas(laid), laid.radius * cm_px, laid.softness, laid.shows)
        elif self.outlines and face is not None:
            strokes = [(each, on_canvas(each.brush)) for each in strokes_at(face.matte_strokes, facts.frame)]
            self._outlines.draw(painter, strokes, cm_px, placed)

    def _draw_brush(self, painter: QPainter, placed: QRectF, scale: float) -> None:
        assert self._pointer is not None
        at = self._pointer if self._sizing is None else self._sizing[0]
        middle = QPointF(placed.x() + at[0] * scale, placed.y() + at[1] * scale)
        shows = self._meant or self.shows
        radius = 0.0 if self._seen is None else self.radius * self._seen[0].scale * scale
        words = ""
        if self._sizing is not None:
            words = tr("{radius:.2f} cm, {soft:.0f} % soft", radius=self.radius, soft=100.0 * self.softness)
        elif self._gesture is None:
            words = self.why_not(at)
        is_kept = bool(words) and self._sizing is None
        if radius:
            draw_ring(painter, middle, radius, self.softness, None if is_kept else shows)
        if not words and shows != self.shows:
            words = tr(matte_steps.SHOWS_WORDS[shows])
        if words:
            half = max(radius, 8.0)
            draw_words(painter, QRectF(middle.x() - half, middle.y() - half, 2.0 * half, 2.0 * half), words)
