"""How fast an account uses tokens: level, weekends and growth, each with its range."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tierlogic.engine.block import Floats
from tierlogic.scenario import MAX_TOKENS_PER_DAY

DAYS = 90
"""The latest days that a pace rests on, at most."""
_DAYS_FOR_GROWTH, _WEEKDAYS, _WEEKEND_DAYS = 14, 5, 2
"""What growth, and a weekend factor, need at least."""
_SIGMAS = 1.645
"""Nine of ten."""
_STEPS = 60


@dataclass(frozen=True)
class Estimate:
    """A value and the range that it lies in, nine times of ten."""

    value: float
    low: float
    high: float
    days: int
    """That it rests on."""


@dataclass(frozen=True)
class Pace:
    """What some past days say of the days to come."""

    tokens_per_day: Estimate
    """On a weekday, at the start."""
    weekend_factor: Estimate | None
    """None: too few days of the one kind or the other."""
    growth_per_30_days: Estimate | None
    """None: too few days. The value is 0 where the range holds 0: nothing shows growth then."""


def pace(days: Sequence[date], tokens: Sequence[int], start: date) -> Pace | None:
    """Fit level, weekends and growth to past days.

    Tokens of a day are taken to be level x growth ^ (days / 30) x factor on weekends, with a
    spread in proportion to the level (quasi-Poisson), so days without any tokens count too.

    Args:
        days: past days, in order.
        tokens: of each day.
        start: the day that the level is given for.

    Returns:
        None where no day has tokens.
    """
    days, tokens = days[-DAYS:], tokens[-DAYS:]
    used = next((place for place, count in enumerate(tokens) if count), None)
    if used is None:
        return None
    days, counts = days[used:], np.array(tokens[used:], dtype=float)
    scale = counts.mean()
    weekend = np.array([day.weekday() >= 5 for day in days])
    before = np.array([(day - start).days for day in days]) / 30
    enough = min(weekend.sum() / _WEEKEND_DAYS, (~weekend).sum() / _WEEKDAYS) >= 1
    told_apart = bool(enough and counts[~weekend].any())
    quiet_weekends = told_apart and not counts[weekend].any()
    kept = ~weekend if quiet_weekends else np.ones(len(days), dtype=bool)

    def fitted(*, growing: bool) -> tuple[Floats, Floats]:
        columns = [np.ones(len(days))]
        if growing:
            columns.append(before)
        if told_apart and not quiet_weekends:
            columns.append(weekend.astype(float))
        return _fit(np.stack(columns, axis=1)[kept], counts[kept] / scale)

    growth = None
    if len(days) >= _DAYS_FOR_GROWTH and np.count_nonzero(counts[kept]) > 2:
        logs, spread = fitted(growing=True)
        growth = _estimate(logs[1], spread[1], -1.0, (-0.9, 10.0), len(days))
    shows_growth = growth is not None and (growth.low > 0 or growth.high < 0)
    if growth and not shows_growth:
        growth = Estimate(0.0, growth.low, growth.high, growth.days)
    logs, spread = fitted(growing=shows_growth)
    log_scale = float(np.log(scale))
    level = _estimate(logs[0] + log_scale, spread[0], 0.0, (0.0, MAX_TOKENS_PER_DAY), len(days))
    factor = None
    if quiet_weekends:
        factor = Estimate(0.0, 0.0, 0.0, len(days))
    elif told_apart:
        factor = _estimate(logs[-1], spread[-1], 0.0, (0.0, 10.0), len(days))
    return Pace(level, factor, growth)


def _fit(terms: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Fit logs of a mean by Newton's method; return them and their standard errors."""
    logs = np.zeros(terms.shape[1])
    curvature = np.eye(len(logs))
    mean = np.ones(len(counts))
    for _ in range(_STEPS):
        mean = np.exp(np.clip(terms @ logs, -50, 50))
        curvature = terms.T @ (terms * mean[:, None]) + np.eye(len(logs)) * 1e-12
        step = np.clip(np.linalg.solve(curvature, terms.T @ (counts - mean)), -2, 2)
        logs = logs + step
        if np.abs(step).max() < 1e-12:
            break
    freedom = len(counts) - len(logs)
    spread = float((((counts - mean) ** 2) / mean).sum() / freedom) if freedom > 0 else 1.0
    # Student's t in place of a normal spread, near enough for any number of days.
    wider = 1 + (_SIGMAS**2 + 1) / (4 * max(freedom, 1))
    return logs, np.sqrt(np.diag(np.linalg.inv(curvature)) * spread) * wider


def _estimate(
    log: float, error: float, shift: float, bounds: tuple[float, float], days: int
) -> Estimate:
    around = np.array([log, log - _SIGMAS * error, log + _SIGMAS * error])
    value, low, high = np.clip(np.exp(np.clip(around, -700, 700)) + shift, *bounds)
    return Estimate(float(value), float(low), float(high), days)
