"""Plans that several tests of the files start from."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import tierlogic as tl
from tierlogic.answer import Answer, answer

SCENARIOS = Path(__file__).parent.parent / "scenarios"
MADE_ON = date(2026, 2, 1)
ADDRESS = "https://tiers.example/"
START = date(2026, 1, 31)

SOME = [
    "ten_payments_of_25",
    "credit_ends_one_cent_short_of_tier_4",
    "bought_on_the_31st_of_each_month",
    "monthly_invoice_pays_on_the_1st",
    "alibaba_exactly_100_000_is_not_enough",
    "anthropic_a_tier_that_nobody_can_predict",
    "existing_account_starts_at_its_tier",
    "vertex_falls_when_a_big_day_leaves_the_30_days",
    "two_lines_of_one_model_share_its_limit",
    "tiers_arrive_two_days_late",
]
"""Contested and settled ladders, one that falls, one that is not public, three currencies."""

HOSTILE = [
    "</title></style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1)) ![p](https://a.example/p.png)",
    "<https://a.example/> www.a.example me@a.example @all #12",
    "| a | b | \\| c \\",
    "`x` ``y`` **b** _i_ ~~s~~ $x$ &lt; &#60; <!-- --> {{7*7}}",
    "# h \\# *",
    "datum.value; signal('x') ${alert(1)}",
]


def contested(**changes: Any) -> tl.Scenario:
    """$250 bought on the first day; 1.5M x $2.50 + 0.5M x $10 a million = $8.75 used a day."""
    fields: dict[str, Any] = {
        "ladder": "openai/2024-10",
        "limits": "openai/2024-10",
        "start": START,
        "days": 90,
        "purchases": [{"on": START, "amount": "250"}],
        "usage": [line()],
    }
    return tl.Scenario.model_validate({**fields, **changes})


def line(**changes: Any) -> dict[str, Any]:
    given = {
        "model": "gpt-4o",
        "tokens_per_day": 2_000_000,
        "price": {"input": "2.5", "output": "10"},
        "context_window": 128_000,
    }
    return {**given, **changes}


def in_file(name: str) -> tl.Scenario:
    """The scenario of one of tests/scenarios."""
    with (SCENARIOS / f"{name}.toml").open("rb") as file:
        story = tomllib.load(file, parse_float=Decimal)
    return tl.Scenario.model_validate(story["scenario"])


def answer_of(name: str) -> Answer:
    return answer(in_file(name))
