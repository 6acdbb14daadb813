"""The tool that corrects landmarks: grips and points of the face in hand, over the picture, dragged where they belong.

It knows the face's pose from the picture's facts, so that a drag over pixels is a way in the face's own space.
"""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF

from editor.document import landmark_steps
from editor.document.document import Document, Gesture
from editor.document.selection import Selection
from editor.language.translation import tr
from editor.look import colours
from editor.playback.pictures import Pictures
from editor.playback.playhead import Playhead
from editor.viewer.face_marks import points_of as landmark_points
from editor.viewer.face_sight import FaceSight
from editor.viewer.word_plate import draw_words
from pipeline.ipc.messages import FaceFacts, FrameFacts
from pipeline.project.landmark_edits import Way
from pipeline.project.landmark_move import LARGEST_REACH, USUAL_REACH, shifts_at
from pipeline.project.landmark_parts import POINTS, points_of
from pipeline.project.reached import Reached

GRIPS: dict[str, tuple[int, ...]] = {
    "left_mouth_corner": (291,),
    "right_mouth_corner": (61,),
    "upper_lip": (0, 13),
    "mouth": (13, 14),
    "lower_lip": (14, 17),
    "left_eye": (263,),
    "right_eye": (33,),
    "left_upper_lid": (386,),
    "right_upper_lid": (159,),
    "left_lower_lid": (374,),
    "right_lower_lid": (145,),
    "left_iris": (473,),
    "right_iris": (468,),
    "left_brow": (282, 295),
    "right_brow": (52, 65),
    "nose": (4,),
    "jaw": (152,),
}
"""Where each region is taken hold of: in the middle of these landmarks."""

_GRIP_PX, _POINT_PX = 8.0, 6.0
"""How near a press must be."""
_ARRIVED_PX = 0.5
_SHADE = QColor(0, 0, 0, 170)
_QUIET = QColor(235, 235, 235, 120)
_CORRECTED = QColor(255, 255, 255)

Point = tuple[float, float]


class LandmarkTool(QObject):
    """Active or not; while it is, the canvas hands it the mouse and has it draw."""

    changed = Signal()
    """It is active or not now, another part is in hand, or it is to be drawn again."""

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
        self._sight = FaceSight(pictures)
        self.active = False
        self.part: str | None = None
        """The part in hand: the one dragged last, or chosen."""
        self._over: str | None = None
        self._reach_cm = USUAL_REACH
        self._facts: FaceFacts | None = None
        self._points: list[Point] = []
        self._gesture: Gesture | None = None
        self._from: Point = (0.0, 0.0)
        self._held: tuple[FaceFacts, list[Point]] | None = None
        """The face and its points when the drag began; kept until a picture shows where the part went."""
        self._by: Point = (0.0, 0.0)
        self._sizes = False
        document.opened.connect(self._let_go)
        document.changed.connect(self._changed)
        playhead.moved.connect(self._let_go)
        pictures.arrived.connect(self._came)

    def toggle(self) -> None:
        """Switch it on or off. A part that is corrected here is in hand at first."""
        self.active = not self.active
        self._let_go()
        face = self._selection.face
        if self.active and self.part is None and face is not None:
            here = shifts_at(face.landmark_moves, self._playhead.frame)
            self.part = here[0].part if here else None
        self.changed.emit()

    def take(self, part: str | None) -> None:
        """Have a part in hand."""
        self.part = part
        self.changed.emit()

    @property
    def sees_face(self) -> bool:
        """Whether the face in hand is in the picture that was drawn last."""
        return self._facts is not None

    @property
    def where(self) -> Reached:
        """Where a change acts now."""
        return self._where()

    @property
    def reach_cm(self) -> float:
        """How much skin around the part in hand follows, centimetres."""
        face = self._selection.face
        shifts = () if face is None else shifts_at(face.landmark_moves, self._playhead.frame)
        return next((each.reach for each in shifts if each.part == self.part), self._reach_cm)

    # The mouse, in the picture's pixels; `scale` canvas pixels a picture pixel.

    def press(self, at: Point, scale: float, *, sizes: bool) -> bool:
        """Take hold of what lies there; whether there is something. `sizes`: its reach is dragged, not the part."""
        found = self._part_at(at, scale)
        if found is None or self._document.read_only:
            return False
        assert self._facts is not None
        self.part, self._from, self._by, self._sizes = found, at, (0.0, 0.0), sizes
        self._held = self._facts, self._points
        self._gesture = self._document.begin_gesture()
        self.changed.emit()
        return True

    def drag(self, at: Point) -> None:
        """The pointer is there now."""
        face, part = self._selection.face, self.part
        if self._gesture is None or self._held is None or face is None or part is None:
            return
        facts, points = self._held
        if self._sizes:
            meant = [points[n] for n in points_of(part)]
            away = min(math.hypot(at[0] - x, at[1] - y) for x, y in meant) / facts.scale
            self._reach_cm = round(min(away, LARGEST_REACH), 2)
            # A part that lies where it was found has nothing to be spread yet: the reach is that of its first move.
            if any(each.part == part for each in shifts_at(face.landmark_moves, self._playhead.frame)):
                self._move(face.id, part, (0.0, 0.0, 0.0))
        else:
            self._by = (at[0] - self._from[0], at[1] - self._from[1])
            self._move(face.id, part, way_of(facts, self._by))
        self.changed.emit()

    def release(self) -> None:
        """The drag is done, one step in the history."""
        self._gesture = None
        if self._by == (0.0, 0.0):
            self._held = None
        self.changed.emit()

    def cancel(self) -> bool:
        """Take a drag back that is under way; whether there was one."""
        if self._gesture is None:
            return False
        self._document.edit("", lambda project: project, self._gesture)
        self._by = (0.0, 0.0)
        self.release()
        return True

    def hover(self, at: Point, scale: float) -> bool:
        """The pointer rests there; whether it is over a part."""
        over = self._part_at(at, scale)
        if over != self._over:
            self._over = over
            self.changed.emit()
        return over is not None

    def _move(self, face: str, part: str, way: Way) -> None:
        reach = self._reach_cm if self._sizes else self.reach_cm
        landmark_steps.move(self._document, face, part, way, self.where, reach, self._gesture)

    def _changed(self) -> None:
        """The document is another one, by a drag of this tool or by anything else."""
        if self._gesture is None:
            self._held = None

    def _came(self, frame: int, layer: str) -> None:
        if self.active and frame == self._playhead.frame and layer == "result":
            self.changed.emit()

    def _let_go(self) -> None:
        self._gesture, self._held, self._over, self._facts, self._points = None, None, None, None, []

    # What is seen

    def draw(self, painter: QPainter, facts: FrameFacts, placed: QRectF, scale: float) -> None:
        """Draw the face in hand over a picture that lies at `placed`."""
        face = self._selection.face
        self._facts, self._points = None, []
        if face is None or facts.frame != self._playhead.frame:
            return
        found = self._sight.face_in(facts, face.id)
        if found is None or found.landmarks is None:
            return
        self._facts = found
        self._points = landmark_points(found.landmarks)
        if self._gesture is None and self._held is not None and self._arrived(self._held[1]):
            self._held = None
        corrected = {point for each in shifts_at(face.landmark_moves, facts.frame) for point in points_of(each.part)}
        whole = self._points[:POINTS]
        _dots(painter, [_at(each, placed, scale) for each in whole], _QUIET, 1.5)
        _dots(painter, [_at(self._points[n], placed, scale) for n in sorted(corrected)], _CORRECTED, 3.0)
        for part in GRIPS:
            _square(painter, _at(self._middle(part, self._points), placed, scale), part in (self.part, self._over))
        for part in dict.fromkeys(each for each in (self._over, self.part) if each is not None):
            self._draw_part(painter, part, placed, scale)

    def _draw_part(self, painter: QPainter, part: str, placed: QRectF, scale: float) -> None:
        facts, dragged = self._facts, self._held is not None and part == self.part
        assert facts is not None
        points, (dx, dy) = self._points, (0.0, 0.0)
        if self._held is not None and dragged:
            points, (dx, dy) = self._held[1], self._by
        moved = [(x + dx, y + dy) for x, y in points]
        _dots(painter, [_at(moved[n], placed, scale) for n in points_of(part)], colours.ACCENT, 4.0)
        if part != self.part:
            return
        reach_cm = self._reach_cm if self._sizes and dragged else self.reach_cm
        outline = _around([_at(moved[n], placed, scale) for n in points_of(part)], reach_cm * facts.scale * scale)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width, style in ((_SHADE, 3.0, Qt.PenStyle.SolidLine), (colours.ACCENT, 1.2, Qt.PenStyle.DashLine)):
            painter.setPen(QPen(colour, width, style))
            painter.drawPath(outline)
        words = tr("{part}  {reach:.1f} cm", part=landmark_steps.part_name(part), reach=reach_cm)
        draw_words(painter, outline.boundingRect(), words)

    def _arrived(self, held: list[Point]) -> bool:
        """Whether the picture shows the part in hand where it was dragged to."""
        if self.part is None:
            return True
        (x, y), (now_x, now_y) = self._middle(self.part, held), self._middle(self.part, self._points)
        return math.hypot(x + self._by[0] - now_x, y + self._by[1] - now_y) < _ARRIVED_PX

    def _middle(self, part: str, points: list[Point]) -> Point:
        meant = [points[n] for n in GRIPS.get(part, points_of(part))]
        return sum(x for x, _ in meant) / len(meant), sum(y for _, y in meant) / len(meant)

    def _part_at(self, at: Point, scale: float) -> str | None:
        """The grip that lies near enough, else the point."""
        if not self._points:
            return None
        grips = {part: self._middle(part, self._points) for part in GRIPS}
        part = _nearest(grips, at, _GRIP_PX / scale)
        if part is not None:
            return part
        return _nearest({str(n): self._points[n] for n in range(POINTS)}, at, _POINT_PX / scale)


def way_of(facts: FaceFacts, by: Point) -> Way:
    """A way in the picture (pixels right, down) in centimetres of the face, as its pose lies there."""
    x, y = by[0] / facts.scale, -by[1] / facts.scale
    r = facts.rotation
    return r[0] * x + r[3] * y, r[1] * x + r[4] * y, r[2] * x + r[5] * y


def _nearest(places: dict[str, Point], at: Point, within: float) -> str | None:
    away = {name: math.hypot(x - at[0], y - at[1]) for name, (x, y) in places.items()}
    name = min(away, key=lambda each: away[each])
    return name if away[name] <= within else None


def _at(point: Point, placed: QRectF, scale: float) -> QPointF:
    return QPointF(placed.x() + point[0] * scale, placed.y() + point[1] * scale)


def _dots(painter: QPainter, points: list[QPointF], colour: QColor, size: float) -> None:
    for ink, width in ((_SHADE, size + 1.5), (colour, size)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(QPolygonF(points))


def _square(painter: QPainter, at: QPointF, is_meant: bool) -> None:
    painter.setPen(QPen(_SHADE, 1.0))
    painter.setBrush(colours.ACCENT if is_meant else colours.grey(235))
    painter.drawRect(QRectF(at.x() - 3, at.y() - 3, 6, 6))


def _around(points: Sequence[QPointF], radius: float) -> QPainterPath:
    """The line that lies so far outside of some points' convex hull."""
    hull = QPainterPath()
    hull.addPolygon(QPolygonF(_hull(points)))
    hull.closeSubpath()
    stroker = QPainterPathStroker()
    stroker.setWidth(max(2.0 * radius, 0.1))
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    return hull.united(stroker.createStroke(hull))


def _hull(points: Sequence[QPointF]) -> list[QPointF]:
    """The convex hull's corners in order: Andrew's monotone chain."""
    ordered = sorted(points, key=lambda each: (each.x(), each.y()))
    chains = []
    for row in (ordered, ordered[::-1]):
        chain: list[QPointF] = []
        for each in row:
            while len(chain) > 1 and _turns_back(chain[-2], chain[-1], each):
                chain.pop()
            chain.append(each)
        chains.append(chain[:-1] or chain)
    return [*chains[0], *chains[1]]


def _turns_back(a: QPointF, b: QPointF, c: QPointF) -> bool:
    return (b.x() - a.x()) * (c.y() - a.y()) <= (b.y() - a.y()) * (c.x() - a.x())
