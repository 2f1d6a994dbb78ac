"""The account day by day: the frame, its file, and batches that come out as one by one."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

import tierlogic as tl
from tests.answer.plans import MONDAY, buy, on, plan, use
from tierlogic.exports import daily_csv
from tierlogic.page.presets import seed

MONEY = ["used", "paid", "balance", "cost", "purchased", "recharged", "invoice_paid", "lapsed"]
TOKENS = [
    "tokens_wanted",
    "tokens_served",
    "tokens_rate_limited",
    "tokens_over_cap",
    "tokens_unfunded",
    "tokens_above_guaranteed",
]
TWO_DAYS = plan(days=2, purchases=(buy(1, "7.50"),), usage=(use(5),))
"""$5 on Monday; $2.50 of $5 on Tuesday, half of the million tokens."""


def test_the_frame_has_a_row_a_day() -> None:
    daily = tl.project(TWO_DAYS).daily
    assert daily.index.name == "date"
    assert str(daily.index.dtype).startswith("datetime64")
    assert [day.date() for day in daily.index] == [on(1), on(2)]
    assert list(daily.columns) == ["tier", *MONEY, *TOKENS]
    assert all(daily[column].dtype == "float64" for column in [*MONEY, *TOKENS])


def test_the_frame_s_figures() -> None:
    daily = tl.project(TWO_DAYS).daily
    assert daily["tier"].to_list() == ["Tier 1", "Tier 1"]
    assert daily["used"].to_list() == [5, 7.5]
    assert daily["paid"].to_list() == [7.5, 7.5]
    assert daily["balance"].to_list() == [2.5, 0]
    assert daily["cost"].to_list() == [5, 2.5]
    assert daily["purchased"].to_list() == [7.5, 0]
    assert daily["tokens_wanted"].to_list() == [1_000_000, 1_000_000]
    assert daily["tokens_served"].to_list() == [1_000_000, 500_000]
    assert daily["tokens_unfunded"].to_list() == [0, 500_000]
    assert daily["tokens_rate_limited"].to_list() == [0, 0]


def test_the_file_of_the_days() -> None:
    assert daily_csv(tl.project(TWO_DAYS)).splitlines() == [
        ",".join(["date", "tier", *MONEY, *TOKENS]),
        "2024-01-01,Tier 1,5.0,7.5,2.5,5.0,7.5,0.0,0.0,0.0,1000000.0,1000000.0,0.0,0.0,0.0,0.0",
        "2024-01-02,Tier 1,7.5,7.5,0.0,2.5,0.0,0.0,0.0,0.0,1000000.0,500000.0,0.0,0.0,500000.0,0.0",
    ]


def test_the_file_has_a_line_a_day_and_ends_its_last() -> None:
    text = daily_csv(tl.project(seed()))
    assert text.endswith("\n")
    assert "\r" not in text
    assert len(text.splitlines()) == 181
    assert text.splitlines()[50].startswith("2024-01-08,Tier 3,250.0,250.0,0.0,3.0,")
    assert text.splitlines()[51].startswith("2024-01-09,Tier 4,250.0,250.0,0.0,0.0,")


def test_the_tier_in_force_changes_the_day_after_the_evening() -> None:
    assert tl.project(seed()).tier_changes == (
        (date(2023, 11, 20), "Tier 3"),
        (date(2024, 1, 9), "Tier 4"),
    )
    assert tl.project(seed().but(reading="paid")).tier_changes == ((date(2023, 11, 20), "Tier 4"),)


def test_the_credit_left_on_a_day_is_exact() -> None:
    projection = tl.project(TWO_DAYS)
    assert projection.balance_on(on(1)) == Decimal("2.5")
    assert projection.balance_on(on(2)) == 0


@pytest.mark.parametrize("day", [on(0), on(3), on(-1)])
def test_there_is_no_credit_outside_of_the_plan(day: date) -> None:
    """Least of all that of a day counted from the other end."""
    projection = tl.project(TWO_DAYS)
    with pytest.raises((KeyError, ValueError, IndexError)):
        projection.balance_on(day)


def many() -> list[tl.Scenario]:
    """40 plans of 30 days and of 45, with something to tell in each."""
    return [
        plan(
            days=30 if number % 2 else 45,
            reading="used" if number % 3 else "paid",
            purchases=(buy(1, str(20 + number)), buy(9, "4"), buy(12, "60")),
            usage=(use(1 + number % 7),),
            lag_days=number % 4,
        )
        for number in range(40)
    ]


def test_a_large_batch_comes_out_as_one_by_one() -> None:
    scenarios = many()
    together = tl.project_many(scenarios)
    assert [projection.scenario for projection in together] == scenarios
    for scenario, projection in zip(scenarios, together, strict=True):
        alone = tl.project(scenario)
        assert projection.unlocks == alone.unlocks
        assert [unlock.why for unlock in projection.unlocks] == [
            unlock.why for unlock in alone.unlocks
        ]
        assert projection.events == alone.events
        assert projection.events != ()  # The $4 are refused.
        assert projection.tier_changes == alone.tier_changes
        assert projection.balance_on(on(12)) == alone.balance_on(on(12))
        pd.testing.assert_frame_equal(projection.daily, alone.daily, check_exact=True)


def test_a_small_batch_comes_out_as_one_by_one() -> None:
    scenarios = many()[:3]
    for scenario, projection in zip(scenarios, tl.project_many(scenarios), strict=True):
        alone = tl.project(scenario)
        assert projection.unlocks == alone.unlocks
        assert projection.events == alone.events
        pd.testing.assert_frame_equal(projection.daily, alone.daily, check_exact=True)


def test_no_scenarios_are_no_projections() -> None:
    assert tl.project_many([]) == []


def test_a_plan_too_large_is_refused_with_its_day() -> None:
    # 10**13 tokens at $100 a million are 10**9 dollars, which is allowed; on the 2nd day they grow.
    dear = {"price": tl.Price(input=Decimal(100), output=Decimal(100)), "model": "our-own"}
    steady = plan(days=2, usage=(use(1, tokens_per_day=1e13, **dear),))
    assert tl.project(steady).daily["cost"].sum() == 0  # No credit, nothing is served.
    growing = plan(days=2, usage=(use(1, tokens_per_day=1e13, growth_per_30_days=0.01, **dear),))
    with pytest.raises(tl.PlanTooLargeError, match="2024-01-02"):
        tl.project(growing)


def test_the_first_payment_is_the_earlier_one() -> None:
    assert tl.project(TWO_DAYS).first_payment == MONDAY
    assert tl.project(TWO_DAYS.but(first_payment=on(-9))).first_payment == on(-9)
    assert tl.project(plan()).first_payment is None
