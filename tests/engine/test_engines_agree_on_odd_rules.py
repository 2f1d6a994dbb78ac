"""Both engines again, on rules of shapes that no published file has yet.

Largest purchases and balances, credit that lapses within days, waiting without money, money that
is settled as used, tiers without a monthly limit, and limits on input, output and requests.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

import tierlogic as tl
from tests import plain_engine
from tests.engine.test_engines_agree import assert_same, explore
from tests.random_scenarios import scenarios
from tierlogic.money import to_nanos
from tierlogic.rules import catalog
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable

SOURCE = {"url": "made up for tests", "read": date(2026, 1, 1), "confidence": "low"}


def header(version: str) -> dict[str, Any]:
    return {
        "format": 1,
        "provider": "made-up",
        "version": version,
        "title": "Made up for tests",
        "in_force_from": date(2020, 1, 1),
        "sources": {"tests": SOURCE},
    }


def ladder(version: str, expiry: int | None, *tiers: dict[str, Any]) -> Ladder:
    return Ladder(
        **header(version),
        currency="USD",
        keeping="for good",
        scope="account",
        credit_expiry_days=expiry,
        tiers=tuple({"wording": "made up", "source": "tests", **tier} for tier in tiers),
    )


def table(version: str, **limits_by_model: dict[str, dict[str, Any]]) -> LimitsTable:
    return LimitsTable(
        **header(version),
        counts="input and output",
        complete=False,
        rows=tuple(
            {
                "model": model,
                "source": "tests",
                "tiers": [{"tier": tier, **limits} for tier, limits in by_tier.items()],
            }
            for model, by_tier in limits_by_model.items()
        ),
    )


def opens(waiting: int | None = None, **money: int) -> dict[str, Any]:
    gates: list[dict[str, Any]] = [
        {"counts": counts, "at_least": amount} for counts, amount in money.items()
    ]
    if waiting:
        gates.append({"days_since": "first payment", "at_least": waiting})
    return {"all": gates}


LADDERS = (
    ladder(
        "2020-01",
        3,
        {"name": "a", "largest_purchase": 100, "largest_balance": 150},
        {"name": "b", "opens_when": opens(waiting=2), "largest_purchase": 250},
        {"name": "c", "opens_when": opens(used=5), "monthly_usage_limit": 10},
        {"name": "d", "opens_when": opens(used=50, waiting=1), "largest_balance": 1000},
    ),
    ladder(
        "2020-02",
        None,
        {"name": "a", "smallest_purchase": 10, "largest_purchase": 50},
        # The higher tier is the easier one: the lower is passed over.
        {"name": "b", "opens_when": opens(contested=1000, waiting=9), "largest_balance": 60},
        {"name": "c", "opens_when": opens(paid=10, waiting=3)},
        {"name": "d", "opens_when": opens(contested=100)},
    ),
    ladder("2020-03", 1, {"name": "a", "monthly_usage_limit": 5}),
)
TABLES = (
    table(
        "2020-01",
        large={"a": {"input_tpm": 300, "output_tpm": 50}, "b": {"input_tpm": "unlimited"}},
        small={"a": {"tpd": 90_000, "rpm": 1}, "c": {"tpm": "not available"}, "d": {"rpd": 7}},
        other={"a": {"tpm": 1_000, "input_tpm": 900, "rpd": 0}, "d": {"output_tpm": 0}},
    ),
    table("2020-02", large={"b": {"tpm": 70}}),
)


@pytest.fixture(scope="module", autouse=True)
def _odd_rules() -> Iterator[None]:
    """Put the rules in the place of the published ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalog, "_all_ladders", lambda: LADDERS)
        patch.setattr(catalog, "_all_limits", lambda: TABLES)
        yield


def test_the_rules_are_in_place() -> None:
    assert (tl.ladders(), tl.limits()) == (
        tuple(rules.id for rules in LADDERS),
        tuple(rules.id for rules in TABLES),
    )


@explore
@given(scenarios(most_days=120))
def test_both_engines_project_the_same(scenario: tl.Scenario) -> None:
    try:
        plain = plain_engine.project(scenario)
    except plain_engine.TooCostlyError:
        return
    assert_same(tl.project(scenario), plain)


@pytest.mark.parametrize(
    ("lag_days", "purchases", "paid", "refused"),
    [
        # The largest purchase at tier a is 100, the largest balance 150.
        (0, [(1, 100)], 100, []),
        (0, [(1, "100.01")], 0, ["100.01"]),
        (0, [(1, 100), (1, 50)], 150, []),
        (0, [(1, 100), (1, "50.01"), (1, 50)], 150, ["50.01"]),
        # Tier b, for 250 at most, opens on the morning of the 3rd, after that day's purchases.
        (0, [(1, 5), (3, 101)], 5, [101]),
        (0, [(1, 5), (4, 101)], 106, []),
        (0, [(1, 5), (4, 250), (4, "250.01")], 255, ["250.01"]),
        # A day late it is in force from the 4th, but purchases of the 4th are still tier a's.
        (1, [(1, 5), (4, 101)], 5, [101]),
        (1, [(1, 5), (5, 101)], 106, []),
    ],
)
def test_a_purchase_is_judged_by_the_tier_since_yesterday(
    lag_days: int, purchases: list[tuple[int, Any]], paid: int, refused: list[Any]
) -> None:
    scenario = tl.Scenario.model_validate(
        {
            "ladder": "made-up/2020-01",
            "limits": "made-up/2020-01",
            "start": "2024-01-01",
            "days": 5,
            "lag_days": lag_days,
            "purchases": [{"on": date(2024, 1, day), "amount": a} for day, a in purchases],
        }
    )
    fast, plain = tl.project(scenario), plain_engine.project(scenario)
    assert_same(fast, plain)
    assert plain.days[-1].paid == to_nanos(Decimal(paid))
    assert [amount for day in plain.days for amount in day.refused] == [
        to_nanos(Decimal(amount)) for amount in refused
    ]
    assert fast.daily["paid"].iloc[-1] == paid
