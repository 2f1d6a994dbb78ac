"""Plans on round numbers: a million tokens of gpt-4o cost $5 here, $1 for 200,000."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import tierlogic as tl

MONDAY = date(2024, 1, 1)


def on(day: int) -> date:
    """A day of January 2024, and on: 32 is 1 February."""
    return MONDAY + timedelta(days=day - 1)


def buy(day: int, amount: str, **repeat: Any) -> tl.Purchase:
    return tl.Purchase(on=on(day), amount=Decimal(amount), **repeat)


def use(dollars_a_day: int, **line: Any) -> tl.UsageLine:
    given: dict[str, Any] = {
        "model": "gpt-4o",
        "tokens_per_day": dollars_a_day * 200_000,
        "output_share": 0,
        "price": tl.Price(input=Decimal(5), output=Decimal(15)),
        "context_window": 128_000,
    }
    return tl.UsageLine(**{**given, **line})


def plan(**changes: Any) -> tl.Scenario:
    """30 days from Monday, 1 Jan 2024, on the rules and limits of those months."""
    given: dict[str, Any] = {
        "ladder": "openai/2023-11",
        "limits": "openai/2024-06",
        "start": MONDAY,
        "days": 30,
    }
    return tl.Scenario(**{**given, **changes})
