"""Calendar arithmetic: months that clip, and the dates of something that repeats."""

import calendar
import functools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

Every = Literal["week", "month"]


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, clipped to that month's end: 31 Jan, 28 Feb."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@functools.lru_cache(maxsize=1024)
def repeats(first: date, every: Every | None, times: int | None, last: date) -> tuple[date, ...]:
    """Return the dates of something that repeats, up to and with the last day.

    Args:
        first: its first date.
        every: the step; None: it happens once.
        times: how often, the first counted; None: until the last day.
        last: nothing after this day.
    """
    return tuple(_repeats(first, every, times, last))


def _repeats(first: date, every: Every | None, times: int | None, last: date) -> Iterator[date]:
    count = 0
    day = first
    while day <= last and (times is None or count < times):
        yield day
        if every is None:
            return
        count += 1
        day = first + timedelta(weeks=count) if every == "week" else add_months(first, count)
