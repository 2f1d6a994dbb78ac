"""Plans side by side. $10 a day are 2,000,000 tokens; 30 days from 1 Jan 2024.

Tier 2 asks for $50 and 7 days, Tier 3 for $100 and 7, Tier 4 for $250 and 14; Tier 1 for $5 paid.
"""

from dataclasses import FrozenInstanceError
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tierlogic as tl
from tests.answer.plans import buy, on, plan, use
from tests.random_scenarios import scenarios as any_scenarios


def ten_a_day(amount: str, **changes: Any) -> tl.Scenario:
    return plan(**{"purchases": (buy(1, amount),), "usage": (use(10),), **changes})


# $250 are 25 days: $100 on 10 Jan, $250 on 25 Jan; 5 days unfunded, 10M tokens.
# If buying counts, the waits are over on 1 + 7 = 8 Jan and 1 + 14 = 15 Jan.
BASE = ten_a_day("250", title="Base")
# $100 are 10 days: $100 on 10 Jan too; 20 days unfunded, 40M tokens.
LESS = ten_a_day("100", title="Less")
# $350 less 30 days of $10 leave $50.
MORE = ten_a_day("350", title="More")
PAID = ten_a_day("250", title="Bought counts", reading="paid")
ANTHROPIC = tl.Scenario.model_validate(
    {
        "ladder": "anthropic/2024-04",
        "limits": "anthropic/2024-04",
        "start": "2024-01-01",
        "days": 30,
        "title": "Elsewhere",
    }
)
IN_YUAN = tl.Scenario.model_validate(
    {
        "ladder": "moonshot-cn/2026-05",
        "limits": "moonshot-cn/2026-05",
        "start": "2024-01-01",
        "days": 30,
        "purchases": [{"on": "2024-01-01", "amount": "100"}],
        "title": "In yuan",
    }
)


def test_days_earlier_and_later() -> None:
    later = tl.compare([BASE, LESS, MORE, PAID]).differences.filter(like="days later")
    assert later.index.tolist() == ["Base", "Less", "More", "Bought counts"]
    assert later["Tier 1, days later"].tolist() == [0, 0, 0, 0]
    assert later["Tier 3, days later"].tolist() == [0, 0, 0, -2]
    assert later["Tier 4, days later"].tolist()[2:] == [0, -10]
    assert np.isnan(later["Tier 4, days later"]["Less"])
    assert later["Tier 5, days later"].isna().all()


def test_the_same_beside_another_base() -> None:
    later = tl.compare([BASE, LESS, MORE, PAID], base=3).differences
    assert later["Tier 3, days later"].tolist() == [2, 2, 2, 0]
    assert later["Tier 4, days later"].tolist()[2:] == [10, 0]


def test_money_and_tokens() -> None:
    sums = tl.compare([BASE, LESS, MORE]).differences
    assert sums["paid"].tolist() == [250, 100, 350]
    assert sums["paid_more"].tolist() == [0, -150, 100]
    assert sums["unused"].tolist() == [0, 0, 50]
    assert sums["unused_more"].tolist() == [0, 0, 50]
    assert sums["tokens_not_served"].tolist() == [10_000_000, 40_000_000, 0]
    assert sums["tokens_not_served_more"].tolist() == [0, 30_000_000, -10_000_000]


def test_what_was_paid_before_is_not_paid_in_the_plan() -> None:
    known = ten_a_day("250", first_payment=on(1), paid_before="5")
    assert tl.compare([BASE, known]).differences["paid"].tolist() == [250, 250]


def test_in_words() -> None:
    words = tl.compare([BASE, LESS, MORE, PAID]).in_words
    assert words["Tier 1 opens"].tolist() == ["1 Jan 2024"] + ["1 Jan 2024, the same day"] * 3
    assert words["Tier 4 opens"].tolist() == [
        "25 Jan 2024 (if buying credit counts: 15 Jan 2024)",
        "does not open by 30 Jan 2024",
        "25 Jan 2024, the same day (if buying credit counts: 15 Jan 2024)",
        "15 Jan 2024, 10 days earlier (if only used money counts: 25 Jan 2024)",
    ]
    assert words["Paid"].tolist() == [
        "$250.00",
        "$100.00, $150.00 less",
        "$350.00, $100.00 more",
        "$250.00, the same",
    ]
    assert words["Unused credit"]["More"] == "$50.00, $50.00 more"
    assert words["Tokens not served"].tolist() == [
        "10,000,000",
        "40,000,000, 30,000,000 more",
        "0, 10,000,000 fewer",
        "10,000,000, the same",
    ]


def test_a_tier_that_the_base_does_not_open() -> None:
    words = tl.compare([LESS, BASE]).in_words["Tier 4 opens"]
    assert words["Base"].startswith("25 Jan 2024, but not in Less (")


def test_one_day_apart() -> None:
    # $10 of the first day are used a day later: $100 on 11 Jan.
    late = ten_a_day("250", usage=(use(10, starts=on(2)),), title="Late")
    comparison = tl.compare([BASE, late])
    assert comparison.differences["Tier 3, days later"]["Late"] == 1
    assert comparison.in_words["Tier 3 opens"]["Late"].startswith("11 Jan 2024, 1 day later (")
    assert (
        tl.compare([late, BASE])
        .in_words["Tier 3 opens"]["Base"]
        .startswith("10 Jan 2024, 1 day earlier (")
    )


def test_a_cent_apart() -> None:
    # $249.99 of $250: Tier 4 never opens.
    short = ten_a_day("249.99", title="Short")
    comparison = tl.compare([BASE, short])
    assert np.isnan(comparison.differences["Tier 4, days later"]["Short"])
    assert comparison.in_words["Paid"]["Short"] == "$249.99, $0.01 less"


def test_both_readings_of_every_plan_are_there() -> None:
    comparison = tl.compare([BASE, PAID])
    own, other = comparison.projections, comparison.other_readings
    assert [projection.scenario.reading for projection in own] == ["used", "paid"]
    assert [projection.scenario.reading for projection in other] == ["paid", "used"]
    assert own[0].unlock("Tier 4").on == other[1].unlock("Tier 4").on == on(25)
    assert own[1].unlock("Tier 4").on == other[0].unlock("Tier 4").on == on(15)


def test_unlocks_are_one_row_a_plan_and_tier() -> None:
    unlocks = tl.compare([BASE, LESS]).unlocks
    assert unlocks.columns.tolist() == [
        "plan",
        "name",
        "tier",
        "on",
        "on_other_reading",
        "days_later",
    ]
    assert unlocks["tier"].tolist() == [f"Tier {number}" for number in range(1, 6)] * 2
    fourth = unlocks[unlocks["tier"] == "Tier 4"]
    assert fourth["on"].tolist()[0] == on(25)
    assert pd.isna(fourth["on"].tolist()[1])
    assert fourth["on_other_reading"].tolist()[0] == on(15)


def test_plans_are_projected_as_they_are_alone() -> None:
    comparison = tl.compare([BASE, LESS, ANTHROPIC])
    for scenario, projection in zip(comparison.scenarios, comparison.projections, strict=True):
        alone = tl.project(scenario)
        assert projection.unlocks == alone.unlocks
        pd.testing.assert_frame_equal(projection.daily, alone.daily)


# Names


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["", ""], ["Plan A", "Plan B"]),
        (["Now", ""], ["Now", "Plan B"]),
        (["Now", "Now", "Later"], ["Plan A", "Plan B", "Later"]),
        (["Plan B", ""], ["Plan A", "Plan B"]),
        (["Plan A", "now"], ["Plan A", "now"]),
    ],
)
def test_names(titles: list[str], names: list[str]) -> None:
    assert list(tl.compare([BASE.but(title=title) for title in titles]).names) == names


# What cannot be set beside the base


def test_other_providers_tiers_are_shown_and_not_compared() -> None:
    comparison = tl.compare([BASE, ANTHROPIC])
    assert comparison.differences.loc["Elsewhere"].filter(like="days later").isna().all()
    assert comparison.in_words["Tier 4 opens"]["Elsewhere"] == "not on this ladder"
    assert comparison.in_words["Build Tier 1 opens"]["Base"] == "not on this ladder"
    assert comparison.notes == (
        (
            "Elsewhere is on the ladder of Anthropic, Base on that of OpenAI: "
            "their tiers are not set beside each other."
        ),
    )


def test_money_of_another_currency_is_never_subtracted() -> None:
    comparison = tl.compare([BASE, IN_YUAN])
    sums = comparison.differences
    assert sums["paid"].tolist() == [250, 100]
    assert sums["paid_more"]["Base"] == 0
    assert np.isnan(sums["paid_more"]["In yuan"])
    assert np.isnan(sums["unused_more"]["In yuan"])
    assert comparison.in_words["Paid"].tolist() == ["$250.00", "¥100.00"]
    assert (
        "In yuan pays in CNY, Base in USD: their money is not set beside each other."
        in comparison.notes
    )


def test_another_version_of_the_ladder_is_said_and_compared() -> None:
    later = BASE.but(ladder="openai/2024-10", title="Newer rules")
    comparison = tl.compare([BASE, later])
    assert comparison.notes == (
        (
            "Newer rules is on the ladder openai/2024-10, Base on openai/2023-11: "
            "tiers of one name may ask for different things."
        ),
    )
    assert not comparison.differences["Tier 1, days later"].isna().any()


def test_other_days_are_compared_as_dates_and_said() -> None:
    # All of it a week later: Tier 4 on 25 + 7 = 32, 1 Feb.
    moved = plan(
        start=on(8), days=30, purchases=(buy(8, "250"),), usage=(use(10),), title="A week later"
    )
    comparison = tl.compare([BASE, moved])
    assert comparison.differences["Tier 4, days later"]["A week later"] == 7
    assert comparison.in_words["Tier 4 opens"]["A week later"].startswith(
        "1 Feb 2024, 7 days later"
    )
    assert comparison.notes == (
        (
            "A week later runs from 8 Jan 2024 to 6 Feb 2024, Base from 1 Jan 2024 to 30 Jan 2024: "
            "sums are of different days."
        ),
    )


def test_a_rule_that_is_not_published_is_no_tier_that_does_not_open() -> None:
    opaque = next(each for each in tl.ladders() if tl.load_ladder(each).is_opaque)
    provider = opaque.partition("/")[0]
    table = next(each for each in tl.limits() if each.startswith(f"{provider}/"))
    plans = [
        tl.Scenario(ladder=opaque, limits=table, start=date(2026, 11, 1), days=days)
        for days in (30, 60)
    ]
    words = tl.compare(plans).in_words.filter(like=" opens")
    assert words.shape[1] > 0
    assert (words == "rule not published").all(axis=None)


# What is possible


def test_two_to_six() -> None:
    assert len(tl.compare([BASE] * 2).names) == 2
    assert len(tl.compare([BASE] * 6).names) == 6
    for plans, said in ((0, "0 are given"), (1, "1 is given"), (7, "7 are given")):
        with pytest.raises(tl.CompareError, match=f"{said}; compare 2 to 6 scenarios"):
            tl.compare([BASE] * plans)


@pytest.mark.parametrize("base", [-1, 2])
def test_a_base_that_is_not_there(base: int) -> None:
    with pytest.raises(tl.CompareError, match=f"base is {base}; give the index .* 0 to 1"):
        tl.compare([BASE, LESS], base=base)


def test_the_plan_that_is_too_large_is_named() -> None:
    huge = ten_a_day(
        "250",
        usage=(
            use(10, model="no-limits", tokens_per_day=1e13, price=tl.Price(input=200, output=1)),
        ),
    )
    with pytest.raises(tl.PlanTooLargeError, match=r"^Plan B: "):
        tl.compare([BASE, huge])


def test_a_comparison_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        tl.compare([BASE, LESS]).base = 1  # type: ignore[misc]


@settings(deadline=None, max_examples=15)
@given(st.lists(any_scenarios(most_days=45), min_size=2, max_size=6), st.data())
def test_any_plans_can_be_compared(plans: list[tl.Scenario], data: st.DataObject) -> None:
    base = data.draw(st.integers(0, len(plans) - 1))
    comparison = tl.compare(plans, base)
    own = comparison.differences.iloc[base]
    assert own.filter(like="_more").tolist() == [0, 0, 0]
    assert set(own.filter(like="days later").dropna()) <= {0}
    assert comparison.inputs[base] == ()
    assert len(comparison.in_words) == len(comparison.inputs) == len(plans)
