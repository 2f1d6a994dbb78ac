"""Scenarios to begin with: a newcomer's, and the question that started Tierlogic."""

from datetime import date
from decimal import Decimal

from tierlogic.rules.catalog import newest_ladder, newest_limits
from tierlogic.scenario import Purchase, Scenario, UsageLine


def newcomer(today: date) -> Scenario:
    """A new account that buys $50 today, on the newest rules."""
    return Scenario(
        ladder=newest_ladder("openai", today).id,
        limits=newest_limits("openai", today).id,
        start=today,
        first_payment=today,
        purchases=(Purchase(on=today, amount=Decimal(50)),),
        usage=(UsageLine(model="gpt-5.4", tokens_per_day=1_000_000),),
    )


def seed() -> Scenario:
    """Tier 3, 14 days after the first payment: can I just buy up to $250, or must I use it?"""
    first_payment = date(2023, 11, 6)
    start = date(2023, 11, 20)
    return Scenario(
        ladder="openai/2023-11",
        limits="openai/2023-11",
        start=start,
        days=180,
        first_payment=first_payment,
        used_before=Decimal(100),
        paid_before=Decimal(100),
        opening_tier="Tier 3",
        purchases=(Purchase(on=start, amount=Decimal(150)),),
        usage=(UsageLine(model="gpt-4-1106-preview", tokens_per_day=200_000),),
        title="Buy up to $250, or use it?",
    )
