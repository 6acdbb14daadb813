"""Interpolation of neighbouring channels in one register of four: what the compiler does not find by itself.

The functions are for kernels (`imaging.jit`). They read four floats where a sample begins, so a picture of three
channels must hold one more float behind the last sample they touch; nothing checks it.
"""

from typing import Any

from llvmlite import ir

from pipeline.imaging.jit import intrinsic, machine_types

FOUR = ir.VectorType(ir.FloatType(), 4)


def _cubic_rgb(_context: Any, plate: Any, at: Any, pitch: Any, along: Any, down: Any) -> Any:
    """(r, g, b) around float `at` of the flat `plate` (3 floats a pixel, `pitch` floats a row): the sum over four rows
    and four pixels from there on, weighted by `along` (4) and `down` (4).
    """

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, values[0]).data
        weights = [_splat(builder, builder.extract_value(values[3], n)) for n in range(4)]
        total, place = None, values[1]
        for n in range(4):
            row = None
            for k in range(4):
                row = _added(builder, row, weights[k], _load(builder, data, place, 3 * k))
            total = _added(builder, total, _splat(builder, builder.extract_value(values[4], n)), row)
            place = builder.add(place, values[2])
        return _tuple(context, builder, signature.return_type, total)

    float32 = machine_types.float32
    return machine_types.UniTuple(float32, 3)(plate, at, pitch, along, down), generate


def _bilinear_four(_context: Any, grid: Any, at: Any, across: Any, down: Any, fx: Any, fy: Any) -> Any:
    """Four floats from `at` of the flat `grid` on, `fx` of the way to those `across` floats further and `fy` of the
    way to those `down` floats further.
    """

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, values[0]).data
        _, at_, across_, down_, fx_, fy_ = values
        share, lower_share = _splat(builder, fx_), _splat(builder, fy_)
        rows = []
        for place in (at_, builder.add(at_, down_)):
            first = _load(builder, data, place, 0)
            second = _load(builder, data, builder.add(place, across_), 0)
            rows.append(_added(builder, first, share, builder.fsub(second, first, FAST)))
        value = _added(builder, rows[0], lower_share, builder.fsub(rows[1], rows[0], FAST))
        return _tuple(context, builder, signature.return_type, value)

    return machine_types.UniTuple(machine_types.float32, 4)(grid, at, across, down, fx, fy), generate


FAST = ("fast",)


def _load(builder: Any, data: Any, place: Any, further: int) -> Any:
    """Four floats from a place of an array on, however they are aligned."""
    pointer = builder.gep(data, [builder.add(place, place.type(further))])
    return builder.load(builder.bitcast(pointer, FOUR.as_pointer()), align=4, typ=FOUR)


def _splat(builder: Any, value: Any) -> Any:
    one = builder.insert_element(FOUR(ir.Undefined), value, ir.IntType(32)(0))
    return builder.shuffle_vector(one, FOUR(ir.Undefined), ir.VectorType(ir.IntType(32), 4)([0, 0, 0, 0]))


def _added(builder: Any, total: Any, weight: Any, values: Any) -> Any:
    product = builder.fmul(weight, values, FAST)
    return product if total is None else builder.fadd(total, product, FAST)


def _tuple(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    parts = [builder.extract_element(value, ir.IntType(32)(n)) for n in range(len(kind))]
    return context.make_tuple(builder, kind, parts)


cubic_rgb: Any = intrinsic(_cubic_rgb)
bilinear_four: Any = intrinsic(_bilinear_four)
