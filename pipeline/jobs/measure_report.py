"""The report of a measurement as a file: frames to look at read from both films, the page written whole."""

from pathlib import Path

import cv2
import numpy as np

from pipeline.imaging.arrays import ImageU8, Rect
from pipeline.jobs.measure import MeasureReport
from pipeline.jobs.measured_face import MeasuredFace
from pipeline.media.output_file import check_output, writing
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate
from pipeline.project.timebase import timecode_of
from pipeline.quality.frame_pairs import picture
from pipeline.quality.report_page import ReportFace, WorstPictures, report_page
from pipeline.quality.sheet_views import difference

PICTURE_SIDE = 480
"""Longest side of a crop: small faces are enlarged to it, large ones reduced."""


def check_report(output: Path, original: Path, result: Path) -> None:
    """Refuse a place for the page before any work. Raises OutputError."""
    check_output(output, [original, result])


def write_report(report: MeasureReport, output: Path) -> None:
    """Write the page of a measurement. Raises MediaError, OutputError."""
    with (
        open_plate(report.original, colour_space=report.colour_space) as plate,
        open_plate(report.result, colour_space=report.colour_space) as result,
    ):
        faces = [
            ReportFace(face.values(), face.series, [_shown(face, each, plate, result) for each in _worst(face)])
            for face in report.faces
        ]
    page = report_page(report.original.name, report.result.name, faces)
    with writing(output) as file:
        file.write(page.encode())


def _worst(face: MeasuredFace) -> list[int]:
    return [each.frame + face.first for each in face.summary.worst]


def _shown(face: MeasuredFace, frame: int, plate: PlateReader, result: PlateReader) -> WorstPictures:
    rect = face.places[frame]
    own, made = (_cut(picture(reader, at), rect) for reader, at in ((plate, frame), (result, frame - face.first)))
    pictures = tuple(_sized(each) for each in (own, made, difference(own, made)))
    label = timecode_of(frame, plate.info.rate, plate.info.first_timecode)
    return WorstPictures(frame, label, (pictures[0], pictures[1], pictures[2]))


def _cut(shown: ImageU8, rect: Rect) -> ImageU8:
    return shown[rect.y0 : rect.y1, rect.x0 : rect.x1]


def _sized(crop: ImageU8) -> ImageU8:
    factor = PICTURE_SIDE / max(crop.shape[:2])
    size = max(1, round(crop.shape[1] * factor)), max(1, round(crop.shape[0] * factor))
    interpolation = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(crop, size, interpolation=interpolation), np.uint8)
