"""Months that clip, what repeats, and dates in words."""

from datetime import date

import pytest

from tierlogic.calendar import Every, add_months, repeats
from tierlogic.language import day_in_words


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 1, 31), 0, date(2023, 1, 31)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 1, 31), 2, date(2024, 3, 31)),
        (date(2024, 1, 31), 3, date(2024, 4, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 11, 30), 1, date(2024, 12, 30)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
        (date(2096, 2, 29), 48, date(2100, 2, 28)),  # 2100 is no leap year.
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


JAN_31 = date(2024, 1, 31)


@pytest.mark.parametrize(
    ("every", "times", "last", "expected"),
    [
        (None, None, date(2024, 12, 31), [JAN_31]),
        (None, 1, JAN_31, [JAN_31]),
        (None, None, date(2024, 1, 30), []),
        ("week", None, date(2024, 2, 6), [JAN_31]),
        ("week", None, date(2024, 2, 7), [JAN_31, date(2024, 2, 7)]),
        ("week", 1, date(2024, 12, 31), [JAN_31]),
        ("month", None, date(2024, 2, 28), [JAN_31]),
        ("month", None, date(2024, 2, 29), [JAN_31, date(2024, 2, 29)]),
        ("month", 3, date(2024, 12, 31), [JAN_31, date(2024, 2, 29), date(2024, 3, 31)]),
        ("month", 0, date(2024, 12, 31), []),
    ],
)
def test_what_repeats(
    every: Every | None, times: int | None, last: date, expected: list[date]
) -> None:
    assert list(repeats(JAN_31, every, times, last)) == expected


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 6, 3), "3 Jun 2026"),
        (date(2024, 2, 29), "29 Feb 2024"),
        (date(2020, 1, 1), "1 Jan 2020"),
    ],
)
def test_a_date_in_words(day: date, words: str) -> None:
    assert day_in_words(day) == words
