"""Accounts at Tier 1 on round numbers, where only money is missing for Tier 2: $50 used."""

from decimal import Decimal
from typing import Any

import tierlogic as tl
from tests.answer.plans import MONDAY, buy, on, use

__all__ = ["MONDAY", "at_tier_1", "buy", "on", "use"]


def at_tier_1(dollars_a_day: int = 2, prepay: str = "60", **changes: Any) -> tl.Scenario:
    """A plan of 90 days from 1 Jan 2024; the first payment was long ago."""
    fields: dict[str, Any] = {
        "ladder": "openai/2023-11",
        "limits": "openai/2024-06",
        "start": MONDAY,
        "days": 90,
        "first_payment": on(-60),
        "paid_before": Decimal(5),
        "opening_tier": "Tier 1",
        "purchases": [buy(1, prepay)],
        "usage": [use(dollars_a_day)],
    }
    return tl.Scenario(**{**fields, **changes})
