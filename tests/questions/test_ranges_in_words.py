"""Ranges in words: never a bare date."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

import tierlogic as tl
from tests.questions.plans import at_tier_1
from tierlogic.questions.ranges_in_words import opens, percent
from tierlogic.questions.tier_range import TierRange

DEC_12, DEC_15, DEC_19 = date(2026, 12, 12), date(2026, 12, 15), date(2026, 12, 19)
WEEK = TierRange(
    tier="Tier 4",
    planned=DEC_15,
    earliest=DEC_12,
    likely=DEC_15,
    latest=DEC_19,
    most_likely=DEC_15,
    share_on_most_likely=0.2,
    share=1,
)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "opens 12 to 19 Dec 2026, most likely on the 15th"),
        (
            {
                "earliest": date(2026, 11, 28),
                "latest": date(2026, 12, 3),
                "most_likely": date(2026, 12, 1),
            },
            "opens 28 Nov to 3 Dec 2026, most likely on 1 Dec",
        ),
        (
            {"latest": date(2027, 1, 3)},
            "opens 12 Dec 2026 to 3 Jan 2027, most likely on 15 Dec 2026",
        ),
        ({"share": 0.95}, "opens 12 to 19 Dec 2026, most likely on the 15th, in 95% of draws"),
        (
            {"share": 0.62, "latest": None},
            (
                "opens from 12 Dec 2026 on, most likely on the 15th, "
                "but by 31 Dec 2026 in only 62% of draws"
            ),
        ),
        (
            {"share": 0.04, "latest": None, "likely": None, "earliest": None},
            "opens by 31 Dec 2026 in only 4% of draws",
        ),
        (
            {"share": 0, "latest": None, "likely": None, "earliest": None, "most_likely": None},
            "does not open by 31 Dec 2026 in any draw",
        ),
        (
            {"earliest": DEC_15, "latest": DEC_15, "share_on_most_likely": 0.93},
            "opens on 15 Dec 2026 in 93% of draws",
        ),
        (
            {"earliest": DEC_15, "latest": DEC_15, "share_on_most_likely": 1},
            "opens on 15 Dec 2026 in every draw",
        ),
    ],
)
def test_when_a_tier_opens(changes: dict[str, object], said: str) -> None:
    assert opens(replace(WEEK, **changes), date(2026, 12, 31)) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (20, "20th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (31, "31st"),
    ],
)
def test_days_of_a_month(day: int, said: str) -> None:
    month = replace(
        WEEK,
        earliest=date(2026, 12, 1),
        latest=date(2026, 12, 31),
        most_likely=date(2026, 12, day),
    )
    assert opens(month, date(2026, 12, 31)).endswith(f"most likely on the {said}")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0%"),
        (0.001, "under 1%"),
        (0.01, "1%"),
        (0.625, "62%"),
        (0.99, "99%"),
        (0.999, "over 99%"),
        (1, "100%"),
    ],
)
def test_a_share_never_says_all_or_none_where_it_is_not(share: float, said: str) -> None:
    assert percent(share) == said


def headline(scenario: tl.Scenario, tier: str | None = None) -> str:
    return tl.ranges(scenario, tl.Ranges(lag_days=(0, 2)), tier).headline


def test_the_headline_says_both_readings() -> None:
    # $50 at $2 a day: the 25th day. Bought at once, it is enough on the first. 0 to 2 days later.
    assert headline(at_tier_1()) == (
        "Tier 2 opens 25 to 27 Jan 2024, most likely on the 25th, if only used money counts; "
        "it opens 1 to 3 Jan 2024, most likely on the 1st, if buying credit counts."
    )


def test_the_headline_says_once_what_is_the_same_under_both() -> None:
    # $60 are bought and used on the first day: both are enough.
    assert headline(at_tier_1(100, prepay="60"), "Tier 2") == (
        "Tier 2 opens 1 to 3 Jan 2024, most likely on the 1st, "
        "whether used or bought credit counts."
    )
    assert headline(at_tier_1(prepay="40")) == (
        "Tier 2 does not open by 30 Mar 2024 in any draw, whether used or bought credit counts."
    )


def test_the_headline_of_a_settled_ladder_has_no_reading() -> None:
    # $5 bought are enough for Anthropic's Build Tier 1.
    plan = tl.Scenario(
        ladder="anthropic/2024-04",
        limits="anthropic/2024-04",
        start=date(2024, 5, 1),
        purchases=(tl.Purchase(on=date(2024, 5, 1), amount=Decimal(5)),),
    )
    assert headline(plan, "Build Tier 1") == (
        "Build Tier 1 opens 1 to 3 May 2024, most likely on the 1st."
    )


def test_the_headline_where_nothing_is_left_to_open() -> None:
    assert headline(at_tier_1(opening_tier="Tier 5")) == (
        "Tier 5, the highest tier, is open from 1 Jan 2024."
    )


def test_the_headline_of_an_opaque_ladder() -> None:
    plan = tl.Scenario(
        ladder="anthropic/2026-06-26", limits="anthropic/2026-06-26", start=date(2026, 11, 22)
    )
    assert headline(plan).endswith("does not publish what opens a tier.")


def test_the_basis_says_what_was_drawn() -> None:
    within = tl.Ranges(
        tokens=(-0.2, 0.5),
        price=(0, 0.1),
        growth=(-0.05, 0.1),
        output_share=(-0.1, 0),
        noise=0.3,
        lag_days=(0, 2),
        draws=500,
        seed=3,
    )
    assert tl.ranges(at_tier_1(), within).basis == (
        "500 draws (seed 3) around the plan: tokens per day -20 to +50%; prices 0 to +10%; "
        "growth per 30 days -5 to +10 points; output share -10 to 0 points; "
        "day-to-day noise of 30%; activation after 0 to 2 days, each as likely. "
        "A value near the plan's own is drawn most often. "
        "Under a tenth of the draws opens a tier before the first day named, and at most a tenth "
        "after the last."
    )
    assert "around the plan: nothing varies." in tl.ranges(at_tier_1(), tl.Ranges()).basis
    one = tl.ranges(at_tier_1(), tl.Ranges(lag_days=(1, 1))).basis
    assert "activation after 1 day." in one
