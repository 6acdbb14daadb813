"""The line that is drawn goes through every key, upright where a value was held, and inside the bounds."""

from editor.timeline.curve_shape import handles_about, line_of
from pipeline.project.curve import Curve, Key
from pipeline.project.parameter_table import parameter_named

PARAMETER = parameter_named("AU12L")


def test_a_held_value_steps_upright_at_the_next_key() -> None:
    keys = (Key(frame=0, value=0.2, interpolation="hold"), Key(frame=50, value=1.0, interpolation="linear"))
    frames, values = line_of(Curve(keys=keys), PARAMETER, 0, 100, 5)
    step = frames.tolist().index(50.0)
    assert frames[step] - frames[step - 1] < 0.001
    assert (values[step - 1], values[step]) == (0.2, 1.0)


def test_a_handle_that_leads_beyond_the_bounds_is_drawn_at_the_bound() -> None:
    keys = (Key(frame=0, value=1.4, interpolation="bezier", after=(30, 2.0)), Key(frame=90, value=1.0))
    curve = Curve(keys=keys)
    _, values = line_of(curve, PARAMETER, 0, 90, 90)
    assert values.max() == PARAMETER.highest
    out, back = handles_about(curve, 0)
    assert (out.side, out.frame, out.value) == ("after", 30, 3.4)
    assert (back.key_frame, back.frame, back.value) == (90, 60, 1.0)
