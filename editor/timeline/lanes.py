"""Where the timeline's lanes lie: from the ruler downwards, what there is to show; signals have the rest."""

from dataclasses import dataclass

RULER_PX = 28
MARKERS_PX = 17
SHOTS_PX = 15
FACE_PX = 32
QUALITY_PX = 44
STRIP_PX = 38
SOUND_PX = 38
SIGNALS_PX = 64


@dataclass(frozen=True, slots=True)
class Lane:
    """A strip across the timeline, pixels from its top edge."""

    top: int
    height: int

    def holds(self, y: float) -> bool:
        return self.top <= y < self.top + self.height


@dataclass(frozen=True, slots=True)
class Lanes:
    """Which lanes there are; one that isn't there has no height."""

    markers: bool
    shots: bool
    strip: bool
    faces: int
    sound: bool
    quality: frozenset[int] = frozenset()
    """Numbers of the faces under which the quality of their drafts is drawn."""

    @property
    def marker_lane(self) -> Lane:
        return Lane(RULER_PX, MARKERS_PX * self.markers)

    @property
    def shot_lane(self) -> Lane:
        return _under(self.marker_lane, SHOTS_PX * self.shots)

    @property
    def strip_lane(self) -> Lane:
        return _under(self.shot_lane, STRIP_PX * self.strip)

    def face_lane(self, number: int) -> Lane:
        above = self.strip_lane
        lower = sum(1 for each in self.quality if each < number)
        return Lane(above.top + above.height + number * FACE_PX + lower * QUALITY_PX, FACE_PX)

    def quality_lane(self, number: int) -> Lane:
        """Under a face's lane."""
        return _under(self.face_lane(number), QUALITY_PX * (number in self.quality))

    def quality_number(self, y: float) -> int | None:
        """Of which face the quality is drawn at a height; None: of none."""
        return next((each for each in self.quality if self.quality_lane(each).holds(y)), None)

    def face_number(self, y: float) -> int | None:
        """Which face's lane lies at a height; None: no face's."""
        return next((each for each in range(self.faces) if self.face_lane(each).holds(y)), None)

    @property
    def sound_lane(self) -> Lane:
        return Lane(self.face_lane(self.faces).top, SOUND_PX * self.sound)

    def signal_lane(self, height: float) -> Lane:
        """What is left of a timeline of that height."""
        top = self.sound_lane.top + self.sound_lane.height
        return Lane(top, max(0, int(height) - top))


def _under(above: Lane, height: int) -> Lane:
    return Lane(above.top + above.height, height)
