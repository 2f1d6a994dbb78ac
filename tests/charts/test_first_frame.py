"""The first frame of each chart is the chart as a table: a reader looks there for its figures."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import tierlogic as tl
from tests.charts.plans import seed
from tierlogic.charts import (
    LIGHT,
    account_chart,
    compared_money_chart,
    compared_rates_chart,
    lanes_chart,
    money_chart,
    rates_chart,
)
from tierlogic.charts.date_map import date_map_chart
from tierlogic.charts.fan import fan_chart
from tierlogic.charts.sensitivity import sensitivity_chart
from tierlogic.charts.tiers_over_time import tiers_chart
from tierlogic.fleet.summary import accounts_by_day
from tierlogic.questions.date_map import date_map
from tierlogic.questions.ranges import RangesAnswer

PLAN = seed()
LETTERS = ["date", "a", "b"]


def plans() -> tl.Comparison:
    return tl.compare([PLAN, PLAN.but(reading="paid")])


def ranges() -> RangesAnswer:
    return tl.ranges(PLAN, tl.Ranges(tokens=(-0.2, 0.5), draws=100))


def accounts() -> pd.DataFrame:
    return accounts_by_day(tl.project_frame(pd.DataFrame({"account": ["a"]}), PLAN))


@pytest.mark.parametrize(
    ("chart", "columns"),
    [
        (
            lambda: account_chart(tl.project(PLAN), LIGHT),
            ["date", "tier", "used", "paid", "balance", "limit_text", "average"],
        ),
        (lambda: money_chart(tl.project(PLAN), LIGHT), ["date", "tier", "used", "paid", "balance"]),
        (lambda: rates_chart(tl.project(PLAN), LIGHT), ["date", "tier", "limit_text", "average"]),
        (lambda: compared_money_chart(plans(), LIGHT), LETTERS),
        (lambda: compared_rates_chart(plans(), LIGHT), LETTERS),
        (lambda: lanes_chart(plans(), LIGHT), ["date", "until", "text"]),
        (lambda: fan_chart(ranges(), LIGHT), ["date", "low", "median", "high"]),
        (
            lambda: sensitivity_chart(tl.sensitivity(PLAN, "Tier 4"), LIGHT),
            ["change", "result", "text"],
        ),
        (lambda: tiers_chart(accounts(), LIGHT), ["date", "tier", "accounts"]),
        (lambda: date_map_chart(date_map(PLAN, "Tier 4"), LIGHT), ["tokens", "prepay", "text"]),
    ],
    ids=[
        "account",
        "money",
        "rates",
        "compared money",
        "compared rates",
        "lanes",
        "fan",
        "steps",
        "tiers",
        "map",
    ],
)
def test_the_first_frame_has_the_figures(
    chart: Callable[[], dict[str, Any]], columns: list[str]
) -> None:
    first = pd.DataFrame(next(iter(chart()["datasets"].values())))
    assert list(first.columns[: len(columns)]) == columns
    assert len(first) > 1
