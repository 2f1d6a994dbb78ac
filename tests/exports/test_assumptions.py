from typing import Any

import pytest

import tierlogic as tl
from tests.exports.plans import contested, line
from tierlogic.exports.assumptions import assumptions, unusual_assumptions
from tierlogic.rules.catalog import toml_of

CHANGED: dict[str, Any] = {
    "ladder": "openai/2023-11",
    "limits": "openai/2024-06",
    "start": "2026-01-30",
    "days": 91,
    "first_payment": "2026-01-01",
    "reading": "paid",
    "used_before": "0.01",
    "paid_before": "0.01",
    "purchased_before": "0",
    "past": [{"on": "2026-01-01", "used": "0.01"}],
    "account_created": "2025-01-01",
    "opening_balance": "0.01",
    "month_used_before": "0.01",
    "opening_tier": "Tier 1",
    "purchases": [],
    "auto_recharge": {"below": "5", "amount": "25"},
    "billing": "monthly_invoice",
    "usage": [],
    "active_hours": 23.9,
    "peak_factor": 1.01,
    "weekend_factor": 0.99,
    "noise": {"spread": 0.2, "seed": 7},
    "evaluated": "at_payment",
    "lag_days": 1,
}
NEEDED: dict[str, dict[str, str]] = {
    "paid_before": {"first_payment": "2026-01-01"},
    "past": {"used_before": "1"},
    "month_used_before": {"used_before": "1"},
}
"""What some input cannot go without."""
CHANGED_LINE: dict[str, Any] = {
    "model": "gpt-4o-mini",
    "tokens_per_day": 2_000_001,
    "output_share": 0.251,
    "cached_share": 0.001,
    "price": {"input": "2.500001", "output": "10"},
    "growth_per_30_days": 0.001,
    "starts": "2026-02-01",
    "ends": "2026-04-01",
    "tokens_per_request": 1000,
    "context_window": 128_001,
}


@pytest.mark.parametrize("field", CHANGED)
def test_every_input_of_a_plan_is_said(field: str) -> None:
    needed = NEEDED.get(field, {})
    before = assumptions(contested(**needed))
    assert assumptions(contested(**needed, **{field: CHANGED[field]})) != before


@pytest.mark.parametrize("field", CHANGED_LINE)
def test_every_input_of_a_usage_line_is_said(field: str) -> None:
    changed = contested(usage=[line(**{field: CHANGED_LINE[field]})])
    assert assumptions(changed) != assumptions(contested())


def test_no_input_is_forgotten_here() -> None:
    assert set(CHANGED) == set(tl.Scenario.model_fields) - {
        *("title", "lacks", "own_ladder", "own_limits"),
    }
    assert set(CHANGED_LINE) == set(tl.UsageLine.model_fields)


def test_rules_of_ones_own_are_said() -> None:
    published = contested()
    own = published.but(own_ladder=toml_of(published.rules))
    assert dict(assumptions(own))["Tiers"] == (
        f"{own.ladder} (a file of one's own): {own.rules.title}"
    )
    assert unusual_assumptions(own) == unusual_assumptions(published)


def test_what_the_account_lacks_is_said() -> None:
    fields = {"ladder": "voyage/2026-11", "limits": "voyage/2026-11", "start": "2026-01-31"}
    fact = tl.load_ladder(fields["ladder"]).facts[0]
    said = dict(assumptions(tl.Scenario.model_validate({**fields, "lacks": [fact]})))
    assert said[fact.capitalize()] == "no"
    assert dict(assumptions(tl.Scenario.model_validate(fields)))[fact.capitalize()] == "yes"


def test_words_and_units() -> None:
    plan = contested(
        purchases=[{"on": "2026-01-31", "amount": "25", "every": "month", "times": 3}],
        auto_recharge={"below": "5", "amount": "25", "monthly_limit": "100"},
        usage=[line(price={"input": "0.075", "output": "0.3"}, growth_per_30_days=0.1)],
    )
    said = dict(assumptions(plan))
    assert said["Purchases"] == "$25 every month from 31 Jan 2026, 3 times"
    assert said["Auto-recharge"] == "$25 when the credit falls under $5, $100 a month at most"
    assert said["Usage"] == (
        "gpt-4o: 2,000,000 tokens a day; 25% output, 0% of the input cached; $0.075 input, $0.075 "
        "cached input and $0.30 output per million tokens; changes by +10% in 30 days; "
        "largest request 128,000 tokens"
    )
    assert said["What counts"] == "only used money counts"


def test_only_what_differs_from_the_plainest_plan_is_unusual() -> None:
    plain = contested(purchases=(), usage=())
    assert unusual_assumptions(plain) == []
    assert unusual_assumptions(plain.but(lag_days=2)) == [("Delay of an upgrade", "2 days")]
