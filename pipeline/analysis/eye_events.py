"""Blinks, eyes that shut or open for longer, and shifts of gaze."""

from itertools import pairwise

import numpy as np

from pipeline.analysis.action_units import REGIONS
from pipeline.analysis.evidence import Evidence, frames_said
from pipeline.analysis.peaks import peaks_of
from pipeline.analysis.signals import Array, FaceSignals
from pipeline.analysis.swings import HALF, Swing, runs_of, swings

LEAST_CLOSING = 0.10
"""Change of closure under which lids only tremble."""
BLINK_CLOSING = 0.15
"""Closure that a blink adds at least to the eye as it was before and after."""
FULL_CLOSING = 0.35
"""Closure added by a blink that counts in full."""
BLINK_S, SLOW_S = 0.70, 0.30
"""A blink lasts no longer, and is slow from the second on, seconds at half its depth."""
OPEN_BELOW = 0.6
"""Closure under which an eye shows where it looks."""
LEAST_SHIFT_DEG, FULL_SHIFT_DEG = 5.0, 25.0
SHIFT_S = 0.16
"""A shift of gaze is over in this time; slower ones are the eyes following something, seconds."""
BLINK_GUARD_S = 0.15
"""Lids drag the iris estimate along: no gaze is read so close to a blink."""
BELIEVED_FROM = 0.5
LEAST_RUN = 5


def eye_events(signals: FaceSignals) -> list[Evidence]:
    """Lids and gaze where at least one eye can be believed."""
    sides = signals.trust[:, REGIONS.index("eyes")]
    weights = np.where(sides >= BELIEVED_FROM, sides, 0.0)
    believed = weights.max(axis=1) > 0
    closure = (weights * signals.closure).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
    found: list[Evidence] = []
    for run in runs_of(believed, signals.frames, signals.cuts, LEAST_RUN):
        found.extend(_lids(closure[run], signals.seconds[run], run.start))
    blinks = signals.seconds[[each.index for each in found if each.kind == "blink"]]
    both = (sides.min(axis=1) >= BELIEVED_FROM) & (closure < OPEN_BELOW)
    for run in runs_of(both, signals.frames, signals.cuts, LEAST_RUN):
        shifts = _gaze(signals.gaze[run], signals.seconds[run], run.start)
        found.extend(each for each in shifts if not _near(signals.seconds[each.index], blinks))
    return found


def _near(moment: float, moments: Array) -> bool:
    return bool(len(moments)) and float(np.abs(moments - moment).min()) <= BLINK_GUARD_S


def _lids(closure: Array, seconds: Array, offset: int) -> list[Evidence]:
    found: list[Evidence] = []
    movements = swings(closure, seconds, LEAST_CLOSING)
    used: set[int] = set()
    for (i, closing), (j, opening) in pairwise(enumerate(movements)):
        if closing.amount > 0 > opening.amount and closing.end == opening.begin:
            blink = _blink(closing, opening, closure, seconds, offset)
            if blink is not None:
                found.append(blink)
                used.update((i, j))
    found.extend(_lasting(each, closure, offset) for i, each in enumerate(movements) if i not in used)
    return found


def _blink(closing: Swing, opening: Swing, closure: Array, seconds: Array, offset: int) -> Evidence | None:
    """The blink that shutting and opening make, if they are deep and close enough."""
    depth = min(closing.amount, -opening.amount)
    level = closure[closing.end] - HALF * depth
    under = np.flatnonzero(closure[closing.begin : opening.end + 1] >= level) + closing.begin
    length = float(seconds[under[-1]] - seconds[under[0]])
    if depth < BLINK_CLOSING or length > BLINK_S:
        return None
    name = "slow blink" if length > SLOW_S else "blink" if closure[closing.end] > HALF else "half blink"
    text = f"{name}, lids shut {closure[closing.end]:.2f}, {frames_said(len(under))}"
    shut = np.flatnonzero(closure[under] >= closure[closing.end] - 0.1 * depth)
    strength = (closing.amount - opening.amount) / 2 / FULL_CLOSING
    return Evidence(offset + int(under[shut[len(shut) // 2]]), "blink", "eyes", strength, text, "lids")


def _lasting(swing: Swing, closure: Array, offset: int) -> Evidence:
    """Lids that shut, or open, and stay so for a while."""
    strength = abs(swing.at_once) / FULL_CLOSING
    index = offset + swing.done(closure, HALF)
    if swing.amount > 0:
        return Evidence(index, "onset", "eyes", strength, f"eyes close, lids shut {closure[swing.end]:.2f}", "lids")
    return Evidence(index, "offset", "eyes", strength, f"eyes open, lids shut {closure[swing.end]:.2f}", "lids")


def _gaze(gaze: Array, seconds: Array, offset: int) -> list[Evidence]:
    """Quick shifts of gaze (n, 2), where they arrive: the largest way within SHIFT_S, and no other as near."""
    step = float(np.median(np.diff(seconds)))
    half = max(1, round(SHIFT_S / 2 / step))
    if len(gaze) <= 2 * half:
        return []
    ways = gaze[2 * half :] - gaze[: -2 * half]
    sizes = np.linalg.norm(ways, axis=1)
    found = []
    for peak in peaks_of(np.pad(sizes, 1), least_height=LEAST_SHIFT_DEG, least_distance=2 * half).tolist():
        right, up = ways[peak - 1]
        way = " and ".join(
            f"{abs(part):.0f} degrees {plus if part > 0 else minus}"
            for part, plus, minus in ((right, "to picture right", "to picture left"), (up, "up", "down"))
            if abs(part) >= LEAST_SHIFT_DEG / 2
        )
        strength = float(sizes[peak - 1]) / FULL_SHIFT_DEG
        found.append(Evidence(offset + peak - 1 + 2 * half, "gaze", "eyes", strength, f"gaze shifts {way}", "gaze"))
    return found
