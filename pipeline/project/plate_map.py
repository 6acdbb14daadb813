"""Which frames of a plate are which of another: runs that go on side by side, in the order of both."""

from collections.abc import Iterable, Sequence

from msgspec import Struct


class Stretch(Struct, frozen=True, kw_only=True):
    """Frames old..old + length - 1 of the one plate are frames new.. of the other."""

    old: int
    new: int
    length: int

    @property
    def offset(self) -> int:
        """Frames that are added to a frame of the old plate."""
        return self.new - self.old

    @property
    def old_frames(self) -> range:
        return range(self.old, self.old + self.length)

    @property
    def new_frames(self) -> range:
        return range(self.new, self.new + self.length)


class PlateMap(Struct, frozen=True, kw_only=True):
    """The stretches, ascending in both plates."""

    stretches: tuple[Stretch, ...] = ()

    def new_frame(self, old: int) -> int | None:
        """Where a frame of the old plate lies in the new one; None where it doesn't."""
        return next((old + each.offset for each in self.stretches if old in each.old_frames), None)


def side_by_side(offset: int, old_frames: int, new_frames: int) -> PlateMap:
    """Two plates of so many frames that differ by a constant; empty where they don't meet."""
    first = max(0, -offset)
    length = min(old_frames - first, new_frames - (first + offset))
    return PlateMap(stretches=(Stretch(old=first, new=first + offset, length=length),) if length > 0 else ())


def runs(frames: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """First and last of each run of consecutive frames, from ascending ones."""
    found: list[tuple[int, int]] = []
    for frame in frames:
        if found and frame == found[-1][1] + 1:
            found[-1] = found[-1][0], frame
        else:
            found.append((frame, frame))
    return tuple(found)


def outside(stretches: Sequence[Stretch], frames: int, *, new: bool) -> tuple[tuple[int, int], ...]:
    """First and last of each run of a plate's frames that no stretch covers; `new`: of the new plate."""
    covered = {frame for each in stretches for frame in (each.new_frames if new else each.old_frames)}
    return runs(frame for frame in range(frames) if frame not in covered)
