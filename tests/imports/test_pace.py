"""Level, weekends and growth of past days."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from tests.imports.plans import FIRST, daily_tokens
from tierlogic.imports import Pace


def pace_of(counts: Sequence[float]) -> Pace:
    pace = daily_tokens(counts).pace
    assert pace is not None
    return pace


def test_a_steady_week_with_quiet_weekends() -> None:
    pace = pace_of([1_000_000] * 5 + [500_000] * 2)
    assert pace.tokens_per_day.value == pytest.approx(1_000_000)
    assert pace.weekend_factor is not None
    assert pace.weekend_factor.value == pytest.approx(0.5)
    assert pace.weekend_factor.days == 7
    assert pace.growth_per_30_days is None  # 14 days are needed


def test_growth_is_found_exactly_where_days_follow_it_exactly() -> None:
    # Doubling every 30 days, half on weekends; 56 days end on Sunday 1 November, a Monday follows.
    days = [FIRST + timedelta(days=n) for n in range(56)]
    counts = [
        8_000_000 * 2 ** (n / 30) * (0.5 if day.weekday() >= 5 else 1) for n, day in enumerate(days)
    ]
    pace = pace_of(counts)
    assert pace.growth_per_30_days is not None
    assert pace.weekend_factor is not None
    assert pace.growth_per_30_days.value == pytest.approx(1.0, abs=1e-5)
    assert pace.weekend_factor.value == pytest.approx(0.5, abs=1e-5)
    assert pace.tokens_per_day.value == pytest.approx(8_000_000 * 2 ** (56 / 30), rel=1e-5)
    assert pace.growth_per_30_days.low == pytest.approx(1.0, abs=1e-4)


def test_thirteen_days_show_no_growth_and_fourteen_may() -> None:
    rising = [1_000_000 * 1.05**n for n in range(14)]
    assert pace_of(rising[:13]).growth_per_30_days is None
    growth = pace_of(rising).growth_per_30_days
    assert growth is not None
    assert growth.value == pytest.approx(1.05**30 - 1, rel=1e-4)


def test_noise_is_not_taken_for_growth() -> None:
    noise = np.random.default_rng(1).uniform(0.5, 1.5, 28)
    pace = pace_of(list(1_000_000 * noise))
    growth = pace.growth_per_30_days
    assert growth is not None
    assert growth.value == 0
    assert growth.low < 0 < growth.high
    level = pace.tokens_per_day
    assert level.low < 1_000_000 < level.high


def test_the_range_holds_the_truth_nine_times_of_ten() -> None:
    random = np.random.default_rng(2)
    held = 0
    for _ in range(100):
        noise = random.gamma(4, 1 / 4, 42)
        growth = pace_of([1_000_000 * 1.5 ** (n / 30) * noise[n] for n in range(42)])
        estimate = growth.growth_per_30_days
        assert estimate is not None
        held += estimate.low <= 0.5 <= estimate.high
    assert 83 <= held <= 97


def test_weekends_without_any_tokens() -> None:
    factor = pace_of([1_000_000] * 5 + [0, 0] + [1_000_000] * 5 + [0, 0]).weekend_factor
    assert factor is not None
    assert (factor.value, factor.low, factor.high) == (0, 0, 0)


def test_one_day_is_a_level_alone() -> None:
    pace = pace_of([1_000_000])
    assert pace.tokens_per_day.value == pytest.approx(1_000_000)
    assert (pace.weekend_factor, pace.growth_per_30_days) == (None, None)


def test_only_the_latest_90_days_count() -> None:
    pace = pace_of([9_000_000] * 30 + [1_000_000] * 90)
    assert pace.tokens_per_day.value == pytest.approx(1_000_000)
    assert pace.tokens_per_day.days == 90


def test_days_before_the_first_tokens_do_not_count() -> None:
    assert pace_of([0, 0, 0, 0, 1_000_000, 1_000_000]).tokens_per_day.days == 2


def test_no_tokens_no_pace() -> None:
    assert daily_tokens([0, 0, 0]).pace is None
    assert daily_tokens([0], date(2026, 9, 1)).pace is None
