"""Transfer curves: code values to relative linear light and back, exactly, in float64.

Linear light is 1.0 at diffuse white. What a curve does not define under 0 follows by odd symmetry.

Sources
-------
srgb : IEC 61966-2-1. pq : SMPTE ST 2084, diffuse white at 203 cd/m² (ITU-R BT.2408). hlg : ITU-R BT.2100
inverse OETF, diffuse white at 75 % signal (BT.2408); no OOTF, so it stays a curve of each channel alone.
log10 : ITU-T H.273, transfer 9. slog3 : Sony "Technical Summary for S-Gamut3.Cine/S-Log3 and
S-Gamut3/S-Log3" (2014). logc3 : ARRI "ALEXA Log C Curve, Usage in VFX" (2017), EI 800. vlog : Panasonic
"V-Log/V-Gamut Reference Manual" (2014). clog3 : Canon "Canon Log Gamma Curves" (2016), reflectance scale
0.9. cineon : Kodak "Conversion of 10-bit Log Film Data" (1993), black 95, white 685, 0.002 density a code.

Camera curves take the signal of 0..1 over the picture's own range.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.planes import Transfer

Doubles = NDArray[np.float64]
Curve = Callable[[Doubles], Doubles]


@dataclass(frozen=True, slots=True)
class TransferCurve:
    """A curve and its inverse, over all real numbers."""

    to_linear: Curve
    from_linear: Curve


def srgb_to_linear(code: Doubles) -> Doubles:
    size = np.abs(code)
    return np.copysign(np.where(size <= 0.04045, size / 12.92, ((size + 0.055) / 1.055) ** 2.4), code)


def linear_to_srgb(light: Doubles) -> Doubles:
    size = np.abs(light)
    return np.copysign(np.where(size <= 0.0031308, size * 12.92, 1.055 * size ** (1 / 2.4) - 0.055), light)


_PQ_M1, _PQ_M2 = 2610 / 16384, 2523 / 4096 * 128
_PQ_C1, _PQ_C2, _PQ_C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
_PQ_PEAK = 10000.0 / 203.0
_PQ_LARGEST = 1.5
"""The formula has a pole not far beyond; larger signals are held here."""


def _pq_to_linear(code: Doubles) -> Doubles:
    root = np.minimum(np.abs(code), _PQ_LARGEST) ** (1 / _PQ_M2)
    light = (np.maximum(root - _PQ_C1, 0.0) / (_PQ_C2 - _PQ_C3 * root)) ** (1 / _PQ_M1)
    return np.copysign(light * _PQ_PEAK, code)


def _linear_to_pq(light: Doubles) -> Doubles:
    power = (np.abs(light) / _PQ_PEAK) ** _PQ_M1
    return np.copysign(((_PQ_C1 + _PQ_C2 * power) / (1.0 + _PQ_C3 * power)) ** _PQ_M2, light)


_HLG_A, _HLG_B, _HLG_C = 0.17883277, 0.28466892, 0.55991073
_HLG_WHITE = float((np.exp((0.75 - _HLG_C) / _HLG_A) + _HLG_B) / 12.0)


def _hlg_to_linear(code: Doubles) -> Doubles:
    size = np.abs(code)
    light = np.where(size <= 0.5, size**2 / 3.0, (np.exp((size - _HLG_C) / _HLG_A) + _HLG_B) / 12.0)
    return np.copysign(light / _HLG_WHITE, code)


def _linear_to_hlg(light: Doubles) -> Doubles:
    size = np.abs(light) * _HLG_WHITE
    upper = _HLG_A * np.log(np.maximum(12.0 * size - _HLG_B, 1e-9)) + _HLG_C
    return np.copysign(np.where(size <= 1 / 12, np.sqrt(3.0 * size), upper), light)


def _log10_to_linear(code: Doubles) -> Doubles:
    return 10.0 ** (2.0 * (code - 1.0))


def _linear_to_log10(light: Doubles) -> Doubles:
    return 1.0 + np.log10(np.maximum(light, 1e-9)) / 2.0


_SLOG3_BREAK = 171.2102946929


def _slog3_to_linear(code: Doubles) -> Doubles:
    upper = 10.0 ** ((code * 1023.0 - 420.0) / 261.5) * (0.18 + 0.01) - 0.01
    lower = (code * 1023.0 - 95.0) * 0.01125 / (_SLOG3_BREAK - 95.0)
    return np.where(code >= _SLOG3_BREAK / 1023.0, upper, lower)


def _linear_to_slog3(light: Doubles) -> Doubles:
    upper = (420.0 + np.log10((np.maximum(light, 0.01125) + 0.01) / (0.18 + 0.01)) * 261.5) / 1023.0
    lower = (light * (_SLOG3_BREAK - 95.0) / 0.01125 + 95.0) / 1023.0
    return np.where(light >= 0.01125, upper, lower)


_LC_CUT, _LC_A, _LC_B, _LC_C = 0.010591, 5.555556, 0.052272, 0.247190
_LC_D, _LC_E, _LC_F = 0.385537, 5.367655, 0.092809


def _logc3_to_linear(code: Doubles) -> Doubles:
    upper = (10.0 ** ((code - _LC_D) / _LC_C) - _LC_B) / _LC_A
    return np.where(code > _LC_E * _LC_CUT + _LC_F, upper, (code - _LC_F) / _LC_E)


def _linear_to_logc3(light: Doubles) -> Doubles:
    upper = _LC_C * np.log10(_LC_A * np.maximum(light, _LC_CUT) + _LC_B) + _LC_D
    return np.where(light > _LC_CUT, upper, _LC_E * light + _LC_F)


_VL_B, _VL_C, _VL_D = 0.00873, 0.241514, 0.598206


def _vlog_to_linear(code: Doubles) -> Doubles:
    return np.where(code < 0.181, (code - 0.125) / 5.6, 10.0 ** ((code - _VL_D) / _VL_C) - _VL_B)


def _linear_to_vlog(light: Doubles) -> Doubles:
    upper = _VL_C * np.log10(np.maximum(light, 0.01) + _VL_B) + _VL_D
    return np.where(light < 0.01, 5.6 * light + 0.125, upper)


_CL_SPAN, _CL_GAIN, _CL_REFLECTANCE = 0.36726845, 14.98325, 0.9
_CL_LOW, _CL_HIGH = 0.097465473, 0.15277891


def _clog3_to_linear(code: Doubles) -> Doubles:
    lower = -(10.0 ** ((0.12783901 - code) / _CL_SPAN) - 1.0) / _CL_GAIN
    middle = (code - 0.12512219) / 1.9754798
    upper = (10.0 ** ((code - 0.12240537) / _CL_SPAN) - 1.0) / _CL_GAIN
    return np.where(code < _CL_LOW, lower, np.where(code <= _CL_HIGH, middle, upper)) * _CL_REFLECTANCE


def _linear_to_clog3(light: Doubles) -> Doubles:
    light = light / _CL_REFLECTANCE
    lower = 0.12783901 - _CL_SPAN * np.log10(1.0 + _CL_GAIN * np.maximum(-light, 0.0))
    middle = 1.9754798 * light + 0.12512219
    upper = 0.12240537 + _CL_SPAN * np.log10(1.0 + _CL_GAIN * np.maximum(light, 0.0))
    low, high = (_CL_LOW - 0.12512219) / 1.9754798, (_CL_HIGH - 0.12512219) / 1.9754798
    return np.where(light < low, lower, np.where(light <= high, middle, upper))


_CIN_BLACK = 10.0 ** ((95.0 - 685.0) * 0.002 / 0.6)


def _cineon_to_linear(code: Doubles) -> Doubles:
    return (10.0 ** ((code * 1023.0 - 685.0) * 0.002 / 0.6) - _CIN_BLACK) / (1.0 - _CIN_BLACK)


def _linear_to_cineon(light: Doubles) -> Doubles:
    density = np.log10(np.maximum(light * (1.0 - _CIN_BLACK) + _CIN_BLACK, 1e-9))
    return (density * 0.6 / 0.002 + 685.0) / 1023.0


_LINEAR = TransferCurve(lambda code: code, lambda light: light)
_DISPLAY = TransferCurve(srgb_to_linear, linear_to_srgb)

CURVES: dict[Transfer, TransferCurve] = {
    "bt709": _DISPLAY,
    "bt601": _DISPLAY,
    "srgb": _DISPLAY,
    "gamma22": _DISPLAY,
    "gamma28": _DISPLAY,
    "linear": _LINEAR,
    "pq": TransferCurve(_pq_to_linear, _linear_to_pq),
    "hlg": TransferCurve(_hlg_to_linear, _linear_to_hlg),
    "log10": TransferCurve(_log10_to_linear, _linear_to_log10),
    "slog3": TransferCurve(_slog3_to_linear, _linear_to_slog3),
    "logc3": TransferCurve(_logc3_to_linear, _linear_to_logc3),
    "vlog": TransferCurve(_vlog_to_linear, _linear_to_vlog),
    "clog3": TransferCurve(_clog3_to_linear, _linear_to_clog3),
    "cineon": TransferCurve(_cineon_to_linear, _linear_to_cineon),
}
"""Every transfer. Display-referred ones share the view's own curve: their code values are shown as they are."""

DISPLAY_REFERRED: frozenset[Transfer] = frozenset({"bt709", "bt601", "srgb", "gamma22", "gamma28"})
