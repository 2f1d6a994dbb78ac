"""Dates as tables write them."""

from datetime import date

import pytest

from tierlogic.imports import read


def payments(*days: str) -> list[tuple[date, int]]:
    rows = [f'"{day}",{amount}' for amount, day in enumerate(days, start=1)]
    table = "\n".join(["Date,Amount", *rows])
    return [(each.on, int(each.amount)) for each in read([table.encode()]).payments]


@pytest.mark.parametrize(
    "written",
    [
        "2026-09-03",
        "2026/09/03",
        "20260903",
        "03.09.2026",
        "3 Sep 2026",
        "Sep 3, 2026",
        "Sep 3, 2026, 3:04 PM",
        "2026-09-03 15:04",
        "1788393600",
        "1788393600000",
        "2026-09-04T06:00:00+09:00",
    ],
)
def test_one_day_in_many_ways(written: str) -> None:
    assert payments(written) == [(date(2026, 9, 3), 1)]


@pytest.mark.parametrize(
    ("told_by", "day"),
    [
        ("9/13/2026", date(2026, 9, 3)),
        ("9/13/2026 10:00", date(2026, 9, 3)),
        ("09-13-2026", date(2026, 9, 3)),
        ("13/9/2026", date(2026, 3, 9)),
    ],
)
def test_another_date_of_the_file_tells_month_from_day(told_by: str, day: date) -> None:
    assert payments("9/3/2026", told_by) == sorted([(day, 1), (date(2026, 9, 13), 2)])


@pytest.mark.parametrize("others", [[], ["9/12/2026"], ["9/13/2026", "13/9/2026"]])
def test_where_nothing_tells_them_apart_the_date_is_not_read(others: list[str]) -> None:
    rows = "".join(f"{day},1\n" for day in ["9/3/2026", *others, "2026-09-01"])
    imported = read([f"date,amount\n{rows}".encode()])
    assert "'9/3/2026' may be two dates" in imported.unread[0].reason
    assert imported.paid == 1
