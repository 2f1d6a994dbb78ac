"""Goals: what can be asked, and what is said of what cannot."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

import tierlogic as tl
from tests.answer.plans import MONDAY, buy, on, plan, use


def complaint(scenario: tl.Scenario, **goal: Any) -> str:
    with pytest.raises(tl.GoalError) as error:
        tl.target(scenario, tl.Goal(**{"by": on(15), **goal}))
    return str(error.value)


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        ({}, "give exactly one of tier, tpm and full_request"),
        ({"tier": "Tier 4", "tpm": 1_000}, "give exactly one of tier, tpm and full_request"),
        ({"tpm": 1_000, "full_request": True}, "give exactly one of tier, tpm and full_request"),
        (
            {"tier": "Tier 4", "model": "gpt-4o"},
            "a tier is the account's, not a model's; leave model out",
        ),
        ({"tpm": 0}, "must be at least 1"),
    ],
)
def test_a_goal_asks_for_one_thing(goal: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as error:
        tl.Goal(by=on(15), **goal)
    assert [problem.message for problem in tl.problems(error.value)] == [words]


def test_a_goal_lies_within_what_a_plan_can_hold() -> None:
    # A plan is 3,660 days at most: from 1 Jan 2024 until 7 Jan 2034.
    last = MONDAY + timedelta(days=3659)
    assert last == date(2034, 1, 7)
    range_of_days = "give a day from its start, 1 Jan 2024, to 7 Jan 2034"
    too_soon = complaint(plan(), tier="Tier 1", by=MONDAY - timedelta(days=1))
    assert too_soon == f"31 Dec 2023 is outside what a plan can hold; {range_of_days}"
    too_late = complaint(plan(), tier="Tier 1", by=last + timedelta(days=1))
    assert too_late == f"8 Jan 2034 is outside what a plan can hold; {range_of_days}"
    assert tl.target(plan(), tl.Goal(by=MONDAY, tier="Free")).tier == "Free"
    assert tl.target(plan(), tl.Goal(by=last, tier="Free")).tier == "Free"


def test_purchases_that_would_be_too_many_by_then() -> None:
    # 400 weeks are 2,800 days; the purchase on the 2,801st, 1 Sep 2031, is one too many.
    weekly = plan(purchases=(buy(1, "5", every="week"),))
    assert complaint(weekly, tier="Tier 5", by=MONDAY + timedelta(days=2800)) == (
        "the plan cannot go on until 1 Sep 2031: brings the purchases to more than 400 once "
        "repeats are counted; repeat less often or shorten the horizon"
    )


def test_a_tier_that_the_ladder_lacks() -> None:
    assert complaint(plan(), tier="Tier 9") == (
        "openai/2023-11 has no tier 'Tier 9'; it has Free, Tier 1, Tier 2, Tier 3, Tier 4, Tier 5"
    )


def test_a_ladder_that_is_not_public() -> None:
    opaque = plan(ladder="anthropic/2026-06-26", limits="anthropic/2026-06-26")
    assert complaint(opaque, tier="Scale") == (
        "by anthropic/2026-06-26, Anthropic does not publish what opens a tier; "
        "choose another version of its rules"
    )


def test_a_limit_of_no_model() -> None:
    assert complaint(plan(), tpm=1_000) == (
        "the plan uses no model, so no limit is asked for; add a usage line"
    )


def test_a_model_that_the_plan_does_not_use() -> None:
    assert complaint(plan(usage=(use(1),)), tpm=1_000, model="gpt-4") == (
        "the plan does not use 'gpt-4'; it uses gpt-4o"
    )


def test_a_model_without_published_limits() -> None:
    scenario = plan(usage=(use(1, model="a-model-without-limits"),))
    assert complaint(scenario, full_request=True) == (
        "openai/2024-06 has no tokens per minute for a-model-without-limits; "
        "ask for a tier, or choose another table or model"
    )


def test_more_tokens_per_minute_than_any_tier_allows() -> None:
    scenario = plan(limits="openai/2024-10", usage=(use(1),))
    assert complaint(scenario, tpm=30_000_001) == (
        "no tier is known to allow gpt-4o 30,000,001 tokens per minute; "
        "the most is 30,000,000, at Tier 5"
    )
    assert tl.target(scenario, tl.Goal(by=on(15), tpm=30_000_000)).tier == "Tier 5"


def test_a_context_window_that_is_not_known() -> None:
    scenario = plan(usage=(use(1, context_window=None),))
    assert complaint(scenario, full_request=True) == (
        "the context window of gpt-4o is not known; give it in the plan, or ask for tpm"
    )


@pytest.mark.parametrize(
    ("tpm", "tier"),
    [(30_000, "Tier 1"), (30_001, "Tier 2"), (450_000, "Tier 2"), (450_001, "Tier 3")],
)
def test_the_lowest_tier_that_allows_it(tpm: int, tier: str) -> None:
    # gpt-4o in October 2024: 30,000 at Tier 1, 450,000 at Tier 2, 800,000 at Tier 3.
    scenario = plan(limits="openai/2024-10", usage=(use(1),))
    assert tl.target(scenario, tl.Goal(by=on(15), tpm=tpm)).tier == tier


def test_a_full_request_needs_the_context_window() -> None:
    at_tier_1 = plan(limits="openai/2024-10", usage=(use(1, context_window=30_000),))
    at_tier_2 = plan(limits="openai/2024-10", usage=(use(1, context_window=30_001),))
    goal = tl.Goal(by=on(15), full_request=True)
    assert tl.target(at_tier_1, goal).tier == "Tier 1"
    assert tl.target(at_tier_2, goal).tier == "Tier 2"


def test_the_limit_of_a_named_line() -> None:
    lines = (use(1, model="gpt-4o-mini"), use(1))
    scenario = plan(limits="openai/2026-09", usage=lines)
    of_the_first = tl.target(scenario, tl.Goal(by=on(15), tpm=2_000_000))
    of_the_other = tl.target(scenario, tl.Goal(by=on(15), tpm=2_000_000, model="gpt-4o"))
    assert (of_the_first.tier, of_the_other.tier) == ("Tier 2", "Tier 4")
