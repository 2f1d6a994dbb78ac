"""What a scenario fills in, keeps and refuses to change."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

import tierlogic as tl
from tests.scenario.plans import with_changes


def scenario(**changes: Any) -> tl.Scenario:
    return tl.Scenario.model_validate(
        {"ladder": "openai/2023-11", "limits": "openai/2023-11", "start": "2024-01-01", **changes}
    )


def with_line(**line: Any) -> tl.UsageLine:
    start = line.pop("start", "2024-01-01")
    return scenario(start=start, usage=[{"tokens_per_day": 1, **line}]).usage[0]


def price(input: str, cached: str | None, output: str) -> tl.Price:  # noqa: A002 - as in Price
    return tl.Price(
        input=Decimal(input),
        cached_input=None if cached is None else Decimal(cached),
        output=Decimal(output),
    )


def test_the_smallest_scenario_needs_rules_and_a_start() -> None:
    plan = scenario()
    assert (plan.days, plan.reading, plan.billing) == (365, "used", "prepaid")
    assert (plan.evaluated, plan.lag_days, plan.active_hours) == ("daily", 0, 24)
    assert (plan.purchases, plan.usage, plan.auto_recharge) == ((), (), None)
    assert plan.last_day == date(2024, 12, 30)  # 2024 has 366 days.


def test_one_day_ends_where_it_starts() -> None:
    assert scenario(days=1).last_day == date(2024, 1, 1)


# Prices


def test_a_price_that_is_left_out_is_looked_up() -> None:
    line = with_line(model="gpt-4-1106-preview")
    assert line.price == price("10", None, "30")
    assert line.context_window == 128_000


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2025-06-09", price("10", "0.5", "40")),
        ("2025-06-10", price("2", "0.5", "8")),
    ],
)
def test_a_price_is_looked_up_for_the_day_of_the_start(start: str, expected: tl.Price) -> None:
    assert with_line(model="o3", start=start).price == expected


def test_a_price_is_looked_up_for_the_size_of_a_request() -> None:
    assert with_line(model="gpt-5.4", tokens_per_request=272_000).price == price(
        "2.5", "0.25", "15"
    )
    assert with_line(model="gpt-5.4", tokens_per_request=272_001).price == price("5", "0.5", "22.5")


def test_a_price_that_is_given_is_kept() -> None:
    given = {"input": "7.25", "output": "0"}
    assert with_line(model="gpt-4o", price=given).price == price("7.25", None, "0")


def test_a_price_stays_when_the_start_moves() -> None:
    plan = scenario(start="2025-06-09", usage=[{"model": "o3", "tokens_per_day": 1}])
    moved = plan.but(start=date(2025, 6, 10))
    assert moved.usage[0].price == price("10", "0.5", "40")


def test_a_context_window_that_is_given_is_kept() -> None:
    assert with_line(model="gpt-4o", context_window=1).context_window == 1
    assert with_line(model="gpt-4o", context_window=None).context_window is None


def test_a_model_with_a_price_needs_no_limits() -> None:
    line = with_line(model="our-own-model", price={"input": 1, "output": 2})
    assert line.price == price("1", None, "2")
    assert line.context_window is None
    assert scenario().limits_table.row_for("our-own-model") is None


@pytest.mark.parametrize(
    ("shares", "nanos"),
    [
        # $10 and $30 per million are 10,000 and 30,000 nano-dollars a token; cached input $2.50.
        ({"output_share": 0, "cached_share": 0}, 10_000),
        ({"output_share": 1, "cached_share": 0}, 30_000),
        ({"output_share": 0.25, "cached_share": 0}, 15_000),
        ({"output_share": 0, "cached_share": 1}, 2_500),
        # 0.75 * (0.5 * 10,000 + 0.5 * 2,500) + 0.25 * 30,000 = 4,687.5 + 7,500
        ({"output_share": 0.25, "cached_share": 0.5}, 12_187.5),
    ],
)
def test_what_a_token_costs(shares: dict[str, float], nanos: float) -> None:
    given = {"input": "10", "cached_input": "2.5", "output": "30"}
    assert with_line(model="gpt-4o", price=given, **shares).nanos_per_token == nanos


def test_cached_input_costs_as_much_as_other_input_where_no_price_is_given() -> None:
    line = with_line(
        model="gpt-4o", price={"input": 10, "output": 30}, output_share=0, cached_share=0.5
    )
    assert line.nanos_per_token == 10_000


# What stays


@pytest.mark.parametrize("field", ["days", "usage", "nothing_of_this_name"])
def test_a_scenario_cannot_be_changed(field: str) -> None:
    plan = tl.Scenario.model_validate(with_changes({}))
    with pytest.raises(ValidationError):
        setattr(plan, field, 5)
    with pytest.raises(ValidationError):
        setattr(plan.purchases[0], field, 5)
    assert plan == tl.Scenario.model_validate(with_changes({}))


def test_equal_plans_are_equal_and_count_as_one() -> None:
    one = tl.Scenario.model_validate(with_changes({"used_before": "40.5"}))
    other = tl.Scenario.model_validate(with_changes({"used_before": "40.50"}))
    assert one == other
    assert len({one, other}) == 1
    assert one != tl.Scenario.model_validate(with_changes({"used_before": "40.51"}))


def test_a_change_is_checked_with_the_rest() -> None:
    plan = scenario(purchases=[{"on": "2024-01-01", "amount": 5}])
    assert plan.but(days=7).days == 7
    assert plan.days == 365
    with pytest.raises(ValidationError) as caught:
        plan.but(start=date(2024, 1, 2))
    assert [problem.field for problem in tl.problems(caught.value)] == ["purchases.0.on"]


def test_blanks_around_a_title_are_dropped() -> None:
    assert scenario(title="  Two  words ").title == "Two  words"


# What repeats


def days_of(start: str, days: int, **purchase: Any) -> list[str]:
    plan = scenario(start=start, days=days, purchases=[{"on": start, "amount": 5, **purchase}])
    return [day.isoformat() for day, _ in plan.payments()]


def test_a_purchase_happens_once() -> None:
    assert days_of("2024-01-31", 366) == ["2024-01-31"]


def test_a_month_end_clips_from_the_day_it_began_on() -> None:
    # The 366 days from 31 Jan 2023 end on 31 Jan 2024.
    assert days_of("2023-01-31", 366, every="month") == [
        "2023-01-31",
        "2023-02-28",
        "2023-03-31",
        "2023-04-30",
        "2023-05-31",
        "2023-06-30",
        "2023-07-31",
        "2023-08-31",
        "2023-09-30",
        "2023-10-31",
        "2023-11-30",
        "2023-12-31",
        "2024-01-31",
    ]


def test_a_leap_year_clips_to_the_29th() -> None:
    assert days_of("2024-01-30", 61, every="month") == ["2024-01-30", "2024-02-29", "2024-03-30"]


def test_the_29th_of_february_comes_back_as_the_29th() -> None:
    # 366 days from 29 Feb 2024 end on 28 Feb 2025.
    days = days_of("2024-02-29", 366, every="month")
    assert (days[1], days[-1], len(days)) == ("2024-03-29", "2025-02-28", 13)


def test_a_week_has_7_days_and_the_last_day_counts() -> None:
    assert days_of("2024-02-26", 8, every="week") == ["2024-02-26", "2024-03-04"]
    assert days_of("2024-02-26", 7, every="week") == ["2024-02-26"]


@pytest.mark.parametrize(
    ("times", "days"),
    [
        (1, ["2024-01-01"]),
        (2, ["2024-01-01", "2024-01-08"]),
        (None, ["2024-01-01", "2024-01-08", "2024-01-15"]),
        (4, ["2024-01-01", "2024-01-08", "2024-01-15"]),
    ],
)
def test_the_first_counts_among_the_times(times: int | None, days: list[str]) -> None:
    assert days_of("2024-01-01", 21, every="week", times=times) == days


def test_purchases_come_by_plan_then_by_date() -> None:
    plan = scenario(
        days=8,
        purchases=[
            {"on": "2024-01-01", "amount": 5, "every": "week"},
            {"on": "2024-01-02", "amount": "7.50"},
            {"on": "2024-01-09", "amount": 9},
        ],
    )
    assert list(plan.payments()) == [
        (date(2024, 1, 1), Decimal(5)),
        (date(2024, 1, 8), Decimal(5)),
        (date(2024, 1, 2), Decimal("7.50")),
    ]
