"""Tiers that a ladder gives some days after they were earned: the days, and what is said of them.

The made-up ladder asks for $10 and $20 bought, the second 7 days after the first payment.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import tierlogic as tl
from tests.answer.plans import buy, on, plan
from tierlogic.answer import answer, reasons
from tierlogic.rules import catalog
from tierlogic.rules.ladder import Ladder

PlanWith = Callable[..., tl.Scenario]


@pytest.fixture
def plan_with(monkeypatch: pytest.MonkeyPatch) -> PlanWith:
    """Make plans on the ladder with a lag of its own; its limits are not known."""

    def made(least: int, most: int, **changes: Any) -> tl.Scenario:
        monkeypatch.setattr(catalog, "_all_ladders", lambda: (ladder(least, most),))
        return plan(**{"ladder": "openai/2020-01", "purchases": (buy(1, "10"),), **changes})

    return made


def ladder(least: int, most: int) -> Ladder:
    tier = {"wording": "made up", "source": "tests"}
    ten, twenty = ({"counts": "purchased", "at_least": amount} for amount in (10, 20))
    return Ladder.model_validate(
        {
            "format": 1,
            "provider": "openai",
            "version": "2020-01",
            "title": "Made up for tests",
            "in_force_from": date(2020, 1, 1),
            "sources": {"tests": {"url": "made up", "read": date(2026, 1, 1), "confidence": "low"}},
            "currency": "USD",
            "keeping": "for good",
            "scope": "account",
            "activation": {"lag_days": [least, most]},
            "tiers": [
                {**tier, "name": "Free"},
                {**tier, "name": "One", "opens_when": ten},
                {
                    **tier,
                    "name": "Two",
                    "opens_when": {"all": [twenty, {"days_since": "first payment", "at_least": 7}]},
                },
            ],
        }
    )


@pytest.mark.parametrize(
    ("lag", "expected", "opens", "held_by"),
    [
        # The least days that the ladder gives, or the user's if they are more.
        ((0, 2), 0, 1, "money"),
        ((1, 1), 0, 2, "evaluation"),
        ((2, 5), 0, 3, "evaluation"),
        ((2, 5), 2, 3, "evaluation"),
        ((2, 5), 3, 4, "evaluation"),
        ((2, 5), 9, 10, "evaluation"),
    ],
)
def test_a_tier_comes_by_the_least_days(
    plan_with: PlanWith, lag: tuple[int, int], expected: int, opens: int, held_by: str
) -> None:
    unlock = tl.project(plan_with(*lag, lag_days=expected)).unlock("One")
    assert (unlock.on, unlock.money_met_on, unlock.held_by) == (on(opens), on(1), held_by)


def test_a_late_tier_is_in_force_from_its_morning(plan_with: PlanWith) -> None:
    # Bought on the 1st, given on the 3rd.
    daily = tl.project(plan_with(2, 2)).daily
    assert daily["tier"].iloc[:4].to_list() == ["Free", "Free", "One", "One"]


@pytest.mark.parametrize(
    ("days", "opens"),
    [(3, on(3)), (2, None)],
)
def test_a_tier_that_comes_after_the_last_day(
    plan_with: PlanWith, days: int, opens: date | None
) -> None:
    unlock = tl.project(plan_with(2, 5, days=days)).unlock("One")
    assert (unlock.on, unlock.held_by) == (opens, "evaluation")
    assert opens or unlock.why == (
        "Its gates hold, but by 2 Jan 2024 no evaluation has opened it: "
        "the tier follows only 2 days later."
    )


def test_what_an_account_brings_is_not_shifted(plan_with: PlanWith) -> None:
    scenario = plan_with(2, 5, purchases=(), first_payment=date(2023, 12, 1), paid_before=10)
    unlock = tl.project(scenario).unlock("One")
    assert unlock.on == on(1)
    assert "earliest" not in unlock.why


@pytest.mark.parametrize(
    ("lag", "expected", "says"),
    [
        (
            (0, 2),
            0,
            (
                "$10 purchased is reached on 1 Jan 2024. "
                "This is the earliest day: the tier may come up to 2 days later."
            ),
        ),
        (
            (2, 5),
            4,
            (
                "Its gates hold from 1 Jan 2024; it opens on 5 Jan 2024: the tier follows 4 days "
                "after the evaluation. "
                "This is the earliest day: the tier may come up to 1 day later."
            ),
        ),
        (
            (2, 5),
            5,
            (
                "Its gates hold from 1 Jan 2024; it opens on 6 Jan 2024: the tier follows 5 days "
                "after the evaluation."
            ),
        ),
        (
            (1, 1),
            0,
            (
                "Its gates hold from 1 Jan 2024; it opens on 2 Jan 2024: the tier follows 1 day "
                "after the evaluation."
            ),
        ),
    ],
)
def test_a_date_that_may_slip_is_called_the_earliest(
    plan_with: PlanWith, lag: tuple[int, int], expected: int, says: str
) -> None:
    assert tl.project(plan_with(*lag, lag_days=expected)).unlock("One").why == says


def test_the_answer_says_it_too(plan_with: PlanWith) -> None:
    # $20 on the 1st; the wait of 7 days is over on the 8th.
    scenario = plan_with(0, 2, purchases=(buy(1, "20"),), opening_tier="One", first_payment=on(1))
    [(_, sentence)] = reasons(answer(scenario))
    assert sentence == (
        "7 days after the first payment are over on 8 Jan 2024; $20 purchased was reached on "
        "1 Jan 2024 already. This is the earliest day: the tier may come up to 2 days later. "
        "Credit left on 8 Jan 2024: $20.00."
    )
