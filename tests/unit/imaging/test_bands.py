import numpy as np

from pipeline.imaging.bands import gaussian, log_light, luma_of, normalised_blur, smoothstep


def test_a_change_of_exposure_is_a_shift_of_bright_log_light() -> None:
    values = np.array([0.4, 0.6, 0.9], np.float32)
    shift = log_light(values * 2) - log_light(values)
    assert np.allclose(shift, np.log(2), atol=0.05)


def test_log_light_of_negative_values_is_that_of_black() -> None:
    assert np.array_equal(log_light(np.array([-0.2], np.float32)), log_light(np.zeros(1, np.float32)))


def test_smoothstep_runs_both_ways() -> None:
    x = np.array([0.0, 0.5, 1.0])
    assert np.allclose(smoothstep(x, 0.25, 0.75), [0, 0.5, 1])
    assert np.allclose(smoothstep(x, 0.75, 0.25), [1, 0.5, 0])


def test_what_carries_no_weight_does_not_tint_the_mean() -> None:
    values = np.full((120, 160, 3), 0.5, np.float32)
    values[:, 80:] = 9.0
    weights = np.zeros((120, 160), np.float32)
    weights[:, :80] = 1
    mean = normalised_blur(values, weights, 12.0)
    assert np.allclose(mean, 0.5, atol=5e-3)


def test_the_blur_of_one_channel_keeps_its_shape() -> None:
    mean = normalised_blur(np.ones((60, 70, 1), np.float32), np.ones((60, 70), np.float32), 9.0)
    assert mean.shape == (60, 70, 1)
    assert np.allclose(mean, 1, atol=1e-3)


def test_gaussian_keeps_the_mean_and_tiny_sigmas_do_nothing() -> None:
    image = np.random.default_rng(0).random((40, 40)).astype(np.float32)
    assert np.array_equal(gaussian(image, 0.1), image)
    assert gaussian(image, 3.0).std() < 0.3 * image.std()


def test_luma_is_the_mean_of_the_channels_to_the_bit() -> None:
    detail = np.random.default_rng(1).normal(0, 0.3, (64, 48, 3)).astype(np.float32)
    for each in (detail, detail[:, ::-1], detail[detail[..., 0] > 0], detail.astype(np.float64)):
        luma = luma_of(each)
        assert luma.dtype == each.dtype
        assert np.array_equal(luma, each.mean(-1))
