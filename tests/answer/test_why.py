"""Why a tier opens or does not, on ladders that count windows of time or leave a choice."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import tierlogic as tl
from tests.answer.plans import use

THURSDAY = date(2026, 10, 1)


def why(ladder: str, tier: str, dollars_a_day: int = 0, **changes: Any) -> str:
    """Project 40 days from 1 Oct 2026, until 9 Nov."""
    given: dict[str, Any] = {"start": THURSDAY, "days": 40, "ladder": ladder, "limits": ladder}
    usage = (use(dollars_a_day, model="our-own"),) if dollars_a_day else ()
    return tl.project(tl.Scenario(**{**given, "usage": usage, **changes})).unlock(tier).why


def bought(on: date, amount: str) -> tuple[tl.Purchase, ...]:
    return (tl.Purchase(on=on, amount=Decimal(amount)),)


@pytest.mark.parametrize(
    ("dollars_a_day", "says"),
    [
        # $250 in 30 days at $8 a day: never, 30 days hold $240.
        (
            8,
            (
                "$10.00 more used in 30 days is missing on 9 Nov 2026: "
                "never, at the last day's pace it is $240.00 in 30 days."
            ),
        ),
        # At $9 a day the 28th day comes to $252.
        (9, "$250 used in 30 days is reached on 28 Oct 2026."),
    ],
)
def test_a_window_holds_only_its_own_days(dollars_a_day: int, says: str) -> None:
    assert why("vertex/2026-10", "Tier 2", dollars_a_day, billing="monthly_invoice") == says


def test_a_pace_that_fills_the_window_after_the_plan() -> None:
    # $15 a day from 30 Oct: $165 by 9 Nov, $250 after 17 days of it at the latest.
    line = use(15, model="our-own", starts=date(2026, 10, 30))
    said = why("vertex/2026-10", "Tier 2", billing="monthly_invoice", usage=(line,))
    assert said == (
        "$85.00 more used in 30 days is missing on 9 Nov 2026; "
        "at the last day's pace it comes by 26 Nov 2026."
    )


@pytest.mark.parametrize(
    ("yuan_a_day", "says"),
    [
        # The month that begins next is December, of 31 days; what it comes to counts in January.
        (
            3_000,
            (
                "¥7,000.00 more used in the month before is missing on 9 Nov 2026: "
                "never, at the last day's pace it is ¥93,000.00 in 31 days."
            ),
        ),
        (
            3_226,
            (
                "¥100,000.00 more used in the month before is missing on 9 Nov 2026; "
                "at the last day's pace it comes by 1 Jan 2027."
            ),
        ),
    ],
)
def test_a_month_begins_anew(yuan_a_day: int, says: str) -> None:
    starts = THURSDAY if yuan_a_day == 3_000 else date(2026, 11, 2)
    line = use(yuan_a_day, model="our-own", starts=starts)
    said = why("alibaba/2026-09", "Over 100,000", billing="monthly_invoice", usage=(line,))
    assert said == says


def test_use_or_credit_whichever_is_nearer() -> None:
    purchases = bought(THURSDAY, "60")
    assert why("fireworks/2026-09", "Tier 2", purchases=purchases) == (
        "$50 used or $50 purchased is reached on 1 Oct 2026."
    )
    assert why("fireworks/2026-09", "Tier 3", purchases=purchases) == (
        "$440.00 more purchased is missing on 9 Nov 2026, and no further purchase is planned."
    )
    # $2 a day of credit that was there before: $80 used, none bought.
    given = {"opening_balance": Decimal(500), "first_payment": THURSDAY}
    assert why("fireworks/2026-09", "Tier 3", 2, **given) == (
        "$420.00 more used is missing on 9 Nov 2026; at the last day's pace it comes on 7 Jun 2027."
    )


def test_invoices_are_no_purchases() -> None:
    assert why("moonshot/2026-05", "Tier 1", 5, billing="monthly_invoice") == (
        "$10.00 more purchased is missing on 9 Nov 2026, and no further purchase is planned."
    )


def test_a_tier_that_asks_for_no_payment_misses_none() -> None:
    assert why("vertex/2026-10", "Tier 1") == (
        "$10.00 more used in 30 days is missing on 9 Nov 2026, and nothing is used."
    )


def test_a_fact_is_enough_without_a_tier_that_was_given() -> None:
    enough = "Open on 1 Oct 2026, when the plan starts: what the account brings is enough."
    has = "Open on 1 Oct 2026, when the plan starts: the account has this tier already."
    assert why("mistral/2026-11", "Tier 1") == enough
    assert why("mistral/2026-11", "Tier 2", opening_tier="Tier 2") == has


def test_a_threshold_of_nothing_is_any_amount() -> None:
    assert why("minimax/2026-04", "Recharged user", purchases=bought(THURSDAY, "0.01")) == (
        "Any amount purchased is reached on 1 Oct 2026."
    )
    assert why("mistral/2026-11", "Tier 2", purchases=bought(THURSDAY, "20.01")) == (
        "More than $20 paid is reached on 1 Oct 2026."
    )


def test_days_of_an_account_s_life() -> None:
    said = why("wylon/2026-11", "T2", 400, account_created=THURSDAY, opening_balance=Decimal(999))
    assert said == (
        "7 days after the account's creation are over on 8 Oct 2026; "
        "¥300 used was reached on 1 Oct 2026 already."
    )
