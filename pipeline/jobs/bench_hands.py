"""Hands before the face: computed mattes against the ones drawn by eye, and frames in which the hand went unseen."""

from pathlib import Path

from pipeline.imaging.mesh import OVAL
from pipeline.jobs.bench_media import LABELS, BenchMedia, landmarks_of
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.quality.bars import Bar
from pipeline.quality.hand_labels import HandLabels, label_scores, load_hand_labels, uncovered_frames

LEAST_COVERED = 0.02
"""A frame is covered when the matte hides at least this share of the face's oval."""


def bench_hands(media: BenchMedia, labels_file: Path = LABELS) -> BenchTable:
    """A row a labelled frame, the mean, and the occluded span's coverage; *untouched plate* has no matte at all."""
    labels = load_hand_labels(labels_file)
    solve = media.solve(media.path(labels.clip))
    scores = label_scores(solve.occlusion, labels)
    seen = [label.frame for label in labels.labels if label.frame <= int(solve.frames[-1])]
    rows = [BenchRow(f"frame {frame}", {"iou": scores[frame]}, {"iou": Bar(">=", 0.8)}) for frame in seen]
    outlines = {frame: points[list(OVAL), :2] for frame, points in landmarks_of(solve).items()}
    span = [f for f in range(labels.first_occluded, labels.last_occluded + 1) if f <= int(solve.frames[-1])]
    missed = uncovered_frames(solve.occlusion, span, outlines, LEAST_COVERED)
    beside = [frame for frame in sorted(solve.occlusion) if frame not in set(span)]
    rows.append(
        BenchRow(
            "all",
            {
                "iou": sum(scores[frame] for frame in seen) / max(1, len(seen)),
                "frames_uncovered": float(len(missed)),
                "frames_false": float(len(beside)),
            },
            {"iou": Bar(">=", 0.8), "frames_uncovered": Bar("<=", 0)},
        )
    )
    rows.append(_no_matte(labels, seen, span))
    notes = [f"not covered: {missed}"] if missed else []
    notes += [f"matte although no hand is there: {beside}"] if beside else []
    notes.append("no row of a naive paste: it has no matte either, so its figures are the untouched plate's")
    return BenchTable("hands", "Hand mattes", ("iou", "frames_uncovered", "frames_false"), rows, notes)


def _no_matte(labels: HandLabels, seen: list[int], span: list[int]) -> BenchRow:
    scores = label_scores({}, labels)
    figures = {"iou": sum(scores[frame] for frame in seen) / max(1, len(seen)), "frames_uncovered": float(len(span))}
    return BenchRow("untouched plate", figures, {"iou": Bar(">=", 0.8), "frames_uncovered": Bar("<=", 0)})
