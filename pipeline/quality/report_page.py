"""The report of a measured result as one HTML page: pictures and curves inside it, nothing fetched, fit for print."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.imaging.arrays import ImageU8
from pipeline.quality.figure_names import CAUSES, FLOOR_NAMES, GROUPS
from pipeline.quality.measures import Series
from pipeline.quality.report_chart import Line, TimeAxis, chart

CSS = Path(__file__).resolve().parents[2] / "resources" / "measure" / "report.css"
JPEG_QUALITY = 90
KEYFRAME_COLUMNS = (
    ("expression_error", "expression error"),
    ("landmarks", "landmarks, %"),
    ("skin_excess", "skin, ΔE"),
    ("seam_worst", "seam, ΔE"),
    ("tpsnr_mc", "TPSNR, dB"),
    ("sharpness", "sharpness"),
    ("identity_to_source", "to source"),
)


@dataclass(frozen=True, slots=True, eq=False)
class WorstPictures:
    """A frame to look at: crops of plate, result and their difference (h, w, 3 RGB), and where it is."""

    frame: int
    timecode: str
    pictures: tuple[ImageU8, ImageU8, ImageU8]


@dataclass(frozen=True, slots=True, eq=False)
class ReportFace:
    """One face: its `values` as in the JSON, its series, and pictures of its worst frames."""

    values: Mapping[str, Any]
    series: Mapping[str, Series]
    worst: Sequence[WorstPictures]


def report_page(original: str, result: str, faces: Sequence[ReportFace]) -> str:
    """The page as text."""
    css = CSS.read_text(encoding="utf-8")
    head = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(result)}: measured</title><style>{css}</style></head><body>"
    )
    title = f'<h1>{escape(result)}</h1><p class="soft">measured against {escape(original)}</p>'
    return head + title + "".join(_face(face, len(faces) > 1) for face in faces) + "</body></html>\n"


def _face(face: ReportFace, several: bool) -> str:
    values = face.values
    frames = values["frames"]
    last = frames["first"] + frames["count"] - 1
    told = (
        f"Frames {frames['first']} to {last}: {frames['measured']} of {frames['count']} measured, "
        f"{frames['occluded']} left out as occluded, {frames['bridged']} as bridged, "
        f"{frames['unseen']} without the face."
    )
    name = f"<h2>Face {escape(str(values['face']))}</h2>" if several else ""
    return "".join(
        [
            name,
            f"<p>{told}</p>",
            "<h2>Against the floors</h2>",
            _floors(values),
            "<h2>Over time</h2>",
            _curves(face),
            "<h2>Worst frames</h2>",
            _worst(face),
            "<h2>All figures</h2>",
            _figures(values),
            _keyframes(values),
            _shots(values),
            _units(values),
            "<h2>How it was measured</h2><ul>",
            *(f"<li>{escape(note)}</li>" for note in values["notes"]),
            "</ul>",
        ]
    )


def _floors(values: Mapping[str, Any]) -> str:
    rows = []
    for name, floor in values["floors"].items():
        verdict = '<span class="reached">reached</span>' if floor["passed"] else '<span class="missed">missed</span>'
        figure = _number(values["figures"][name])
        bar = floor["bar"].replace(">=", "≥").replace("<=", "≤")
        rows.append((FLOOR_NAMES[name], figure, _interval(values, name), escape(bar), verdict))
    return _table(("figure", "value", "95 % interval", "floor", ""), rows)


def _curves(face: ReportFace) -> str:
    values, series = face.values, face.series
    frames = values["frames"]
    axis = TimeAxis(
        frames["first"],
        frames["count"],
        [(mark["frame"], mark["kind"].replace("_", " ")) for mark in values["keyframes"]],
        [shot["first"] for shot in values["shots"][1:]],
        sorted([*frames["occluded_spans"], *frames["bridged_spans"]]),
    )
    drawn: tuple[tuple[str, list[Line], float | None], ...] = (
        (
            "Strength of the plate's expression",
            [Line("activation", series["activation"], "plate")],
            None,
        ),
        ("Expression: error of the scores", [Line("error", series["expression_error"])], None),
        (
            "Motion of the skin, by flow: error, % of the face",
            [Line("brows", series["motion_brows_error"], "plate"), Line("mouth", series["motion_mouth_error"])],
            None,
        ),
        ("Landmarks (LDR), %", [Line("distance", series["landmarks"])], 4.2),
        (
            "Steadiness: TPSNR, motion compensated, dB",
            [Line("plate", series["tpsnr_mc_plate"], "plate", True), Line("result", series["tpsnr_mc"])],
            28.0,
        ),
        (
            "Colour, ΔE2000",
            [Line("seam, worst places", series["seam_worst"], "plate"), Line("skin", series["skin_excess"])],
            None,
        ),
        ("Sharpness, over the plate's", [Line("sharpness", series["sharpness"])], None),
        (
            "Kept samples, dB",
            [Line("mouth", series["kept_mouth_db"], "plate"), Line("eyes", series["kept_eyes_db"])],
            31.0,
        ),
        (
            "Identity: distance",
            [
                Line("to the performer", series["identity_to_performer"], "plate", True),
                Line("to the source", series["identity_to_source"]),
            ],
            None,
        ),
    )
    told = (
        '<p class="soft">Ochre: keyframes. Grey fields: left out as occluded or bridged. Black: cuts. '
        "Red dashes: floors.</p>"
    )
    charts = [
        (title, chart(lines, axis, limit, label_keyframes=number == 0))
        for number, (title, lines, limit) in enumerate(drawn)
    ]
    return told + "".join(f"<h3>{escape(title)}</h3>{svg}" for title, svg in charts if svg)


def _worst(face: ReportFace) -> str:
    causes = {each["frame"]: each for each in face.values["worst_frames"]}
    if not face.worst:
        return "<p>No frame stands out.</p>"
    parts = ['<div class="heads"><span>plate</span><span>result</span><span>difference × 8</span></div>']
    first = face.values["frames"]["first"]
    for shown in face.worst:
        cause = causes[shown.frame]["cause"]
        value = float(face.series[cause][shown.frame - first])
        images = "".join(
            f'<img alt="{what} of frame {shown.frame}" src="{_jpeg(picture)}">'
            for what, picture in zip(("plate", "result", "difference"), shown.pictures, strict=True)
        )
        parts.append(
            f'<figure><div class="row">{images}</div><figcaption>Frame {shown.frame}, {escape(shown.timecode)}: '
            f"{escape(CAUSES[cause])} {value:.2f}</figcaption></figure>"
        )
    return "".join(parts)


def _figures(values: Mapping[str, Any]) -> str:
    tables = []
    for title, names in GROUPS:
        rows = [
            (escape(told), _number(values["figures"][name]), _interval(values, name))
            for name, told in names
            if values["figures"].get(name) is not None
        ]
        if rows:
            tables.append(_table((title, "value", "95 % interval"), rows))
    return f'<div class="columns">{"".join(tables)}</div>'


def _keyframes(values: Mapping[str, Any]) -> str:
    if not values["keyframes"]:
        return ""
    rows = [
        (
            f"{mark['frame']}",
            escape(mark["timecode"]),
            escape(mark["kind"].replace("_", " ")),
            *(_number(mark["values"].get(name)) for name, _ in KEYFRAME_COLUMNS),
        )
        for mark in values["keyframes"]
    ]
    return "<h2>Keyframes</h2>" + _table(("frame", "timecode", "kind", *(told for _, told in KEYFRAME_COLUMNS)), rows)


def _shots(values: Mapping[str, Any]) -> str:
    if len(values["shots"]) < 2:
        return ""
    names = (("au_weighted", "agreement"), ("au_gain", "strength"), *KEYFRAME_COLUMNS)
    rows = [
        (f"{shot['first']} to {shot['last']}", *(_number(shot["figures"].get(name)) for name, _ in names))
        for shot in values["shots"]
    ]
    return "<h2>Shots</h2>" + _table(("frames", *(told for _, told in names)), rows)


def _units(values: Mapping[str, Any]) -> str:
    ordered = sorted(values["units"].items(), key=lambda each: each[1])
    if not ordered:
        return ""
    half = -(-len(ordered) // 2)
    tables = [
        _table(("score that moves in the plate", "r"), [(escape(name), _number(r)) for name, r in part])
        for part in (ordered[:half], ordered[half:])
    ]
    return f'<h2>Expression, score by score</h2><div class="columns">{"".join(tables)}</div>'


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}" if abs(value) < 2 else f"{value:.2f}"


def _interval(values: Mapping[str, Any], name: str) -> str:
    between = values["intervals"].get(name)
    return "" if between is None else f"{_number(between[0])} to {_number(between[1])}"


def _jpeg(picture: ImageU8) -> str:
    _, data = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return "data:image/jpeg;base64," + base64.b64encode(data.tobytes()).decode("ascii")
