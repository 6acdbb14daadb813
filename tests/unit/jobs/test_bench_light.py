from pipeline.jobs.bench_light import light_row


def test_the_untouched_plate_matches_its_own_light_and_misses_all_the_same() -> None:
    plate = {"skin_median": 0.0, "skin_worst": 0.0, "identity_to_source": 0.81}
    assert light_row("plate", plate, plate).failed() == ["identity_gain"]


def test_a_paste_of_the_wrong_tone_misses_and_a_matched_face_passes() -> None:
    plate = {"skin_median": 0.0, "skin_worst": 0.0, "identity_to_source": 0.81}
    paste = {"skin_median": 16.0, "skin_worst": 18.0, "identity_to_source": 0.22}
    matched = {"skin_median": 0.4, "skin_worst": 1.0, "identity_to_source": 0.64}
    assert light_row("paste", paste, plate).failed() == ["skin_median", "skin_worst"]
    assert light_row("engine", matched, plate).passed


def test_one_frame_of_a_wrong_tone_is_enough_to_miss() -> None:
    plate = {"skin_median": 0.0, "skin_worst": 0.0, "identity_to_source": 0.81}
    jump = {"skin_median": 0.4, "skin_worst": 8.5, "identity_to_source": 0.6}
    assert light_row("engine", jump, plate).failed() == ["skin_worst"]
