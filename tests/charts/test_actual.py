from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import tierlogic as tl
from tests.charts.plans import START, new_account, seed, spec_text
from tierlogic.charts import LIGHT, Actual, actual_takeaway, money_chart, rates_chart


def money(first: date, *used: float, paid: float = np.nan) -> pd.DataFrame:
    index = pd.date_range(first, periods=len(used), name="date")
    return pd.DataFrame({"used": used, "paid": paid}, index=index, dtype=float)


def frames(scenario: tl.Scenario, actual: Actual) -> dict[str, pd.DataFrame]:
    chart = money_chart(tl.project(scenario), LIGHT, actual=actual)
    data: dict[str, pd.DataFrame] = chart["datasets"]
    return data


def test_a_line_before_the_plan_begins_the_axis_and_ends_where_the_plan_goes_on() -> None:
    before = START - timedelta(days=3)
    data = frames(seed(), Actual(money(before, 10, 60, 100)))
    assert data["frame"]["date"].tolist() == [
        pd.Timestamp(before),
        pd.Timestamp(START + timedelta(days=365)),
    ]
    assert data["actual"]["amount"].tolist() == [10, 60, 100]
    assert data["actual"]["planned"].isna().all()
    assert data["actual_end"]["label"].tolist() == ["Actual $100"]
    assert data["now"].empty
    assert data["days"]["date"].iloc[0] == pd.Timestamp(START)


def test_a_line_within_the_plan_says_what_was_planned_and_where_it_goes() -> None:
    scenario = new_account(days=10)
    now = tl.project(scenario.but(start=START + timedelta(days=2), days=8, used_before=7))
    actual = Actual(money(START, 3, 7), now)
    data = frames(scenario, actual)
    assert data["frame"]["date"][0] == pd.Timestamp(START)
    planned = tl.project(scenario).daily["used"].iloc[:2]
    assert data["actual"]["planned"].tolist() == planned.tolist()
    assert data["now"]["date"].tolist() == [
        pd.Timestamp(START + timedelta(days=day)) for day in range(1, 10)
    ]
    assert data["now"]["amount"].tolist() == [7, *now.daily["used"]]
    assert actual_takeaway(actual, tl.project(scenario)).startswith(
        "Actual, to the end of 21 Nov 2023: $7.00 used, "
    )


def test_the_line_fits_under_the_labels() -> None:
    data = frames(seed(), Actual(money(START - timedelta(days=1), 5_000)))
    assert data["frame"]["value"].max() > 5_000
    data = frames(seed(), Actual(money(START - timedelta(days=1), 1, paid=7_000)))
    assert data["frame"]["value"].max() > 7_000
    assert data["actual"]["paid"].tolist() == [7_000]


def test_a_long_line_is_thinned() -> None:
    data = frames(seed(), Actual(money(START - timedelta(days=900), *range(900))))
    assert len(data["actual"]) <= 401


@pytest.mark.parametrize("days_before", [0, 40])
def test_both_charts_have_the_same_days(days_before: int) -> None:
    amounts = range(max(days_before, 1))
    actual = Actual(money(START - timedelta(days=days_before), *amounts))
    assert actual.days_before(seed()) == days_before
    projection = tl.project(seed())
    above = money_chart(projection, LIGHT, actual=actual)["datasets"]["frame"]
    below = rates_chart(projection, LIGHT, 0, days_before)["datasets"]["frame"]
    assert above["date"].tolist() == below["date"].tolist()


def test_only_a_chart_with_an_actual_line_has_its_layers() -> None:
    projection, actual = tl.project(seed()), Actual(money(START, 1))
    with_line = money_chart(projection, LIGHT, actual=actual)
    assert spec_text(with_line) != spec_text(money_chart(projection, LIGHT))
    other = Actual(money(START - timedelta(days=9), 1, 2))
    assert spec_text(with_line) == spec_text(money_chart(projection, LIGHT, actual=other))
