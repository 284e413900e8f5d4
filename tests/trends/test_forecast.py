"""The forecast: its equations, when it is shown, when withheld."""

import numpy as np
import pytest

from fazhi.trends import forecast
from fazhi.trends.monthly_counts import grid
from made.trends_towns import disputes, rows

WAVE = np.round(20 + 12 * np.sin(2 * np.pi * np.arange(12) / 12))


def table_of(counts):
    """A grid of a town with these counts by year and month."""
    from dataclasses import replace

    plain = grid(disputes(rows()), "village")
    return replace(plain, total=np.asarray(counts, float).ravel())


def test_the_fit_solves_the_equations_of_weighted_poisson_regression():
    table = np.array([WAVE, WAVE[::-1] + 3, WAVE + 5.0])
    mean, *_ = forecast.predict(table)
    weights = forecast.FADING ** np.arange(3)[::-1]
    angle = 2 * np.pi * np.arange(12) / 12
    for column in (np.ones(12), np.sin(angle), np.cos(angle)):
        assert (weights[:, None] * (table - mean) * column).sum() == pytest.approx(0, abs=1e-6)


def test_a_steady_wave_with_noise_is_forecast():
    noise = np.random.default_rng(3).poisson(WAVE, (4, 12))
    made = forecast.forecast(table_of(noise))
    assert made.shown and made.year == 2026
    assert np.corrcoef(made.mean, WAVE)[0, 1] > 0.95
    assert all(low <= mean <= high for low, mean, high in zip(made.low, made.mean, made.high, strict=True))


def test_what_repeats_exactly_is_best_copied_and_the_forecast_withheld():
    saw = np.tile([5, 30, 5, 5, 30, 5, 5, 30, 5, 5, 30, 5], (4, 1))
    made = forecast.forecast(table_of(saw))
    assert made.errors["上年同月"] == (0, 0) and not made.shown


def test_too_few_years_or_a_year_not_over():
    assert forecast.forecast(grid(disputes(rows((2024, 2025)), (2024, 2025)), "village")) is None
    assert forecast.forecast(grid(disputes(rows(months=10)), "village")) is None


def test_the_intervals_cover_about_what_they_say():
    inside = 0
    for seed in range(20):
        counts = np.random.default_rng(seed).poisson(WAVE, (4, 12))
        _, low, high = forecast.predict(counts[:3].astype(float))
        inside += int(((counts[3] >= low) & (counts[3] <= high)).sum())
    assert 0.78 <= inside / 240 <= 0.95
