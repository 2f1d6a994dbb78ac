"""A scenario survives its link: any scenario, and each field alone."""

import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import tierlogic as tl
from tests.random_scenarios import scenarios
from tests.scenario.plans import WHOLE, with_changes
from tierlogic.links import open_link, parameters_of, to_parameters
from tierlogic.rules.catalog import load_ladder, load_limits, toml_of

explore = settings(deadline=None, derandomize="CI" in os.environ)

# Each field of a scenario with another value than in the whole plan: all of them must make another
# link, and come back from it.
OTHER_VALUES: dict[str, Any] = {
    "own_ladder": toml_of(load_ladder("openai/2023-11")) + "# Ours.\n",
    "own_limits": toml_of(load_limits("openai/2023-11")) + "# Unsere, für 2024.\n",
    "ladder": "openai/2024-10",
    "limits": "openai/2024-06",
    "start": "2023-12-31",
    "days": 3660,
    "first_payment": "2023-12-21",
    "reading": "paid",
    "used_before": "1.50",
    "paid_before": "10000000",
    "purchased_before": "10.01",
    "past.0.on": "2023-12-31",
    "past.0.used": "40.5",
    "past.0.purchased": "0.01",
    "account_created": "2020-01-01",
    "opening_balance": "0.10",
    "month_used_before": "40.49",
    "opening_tier": "Tier 5",
    "purchases.0.on": "2024-01-31",
    "purchases.0.amount": "9999999.99",
    "purchases.0.every": "month",
    "purchases.0.times": 3,
    "auto_recharge.below": "0.01",
    "auto_recharge.amount": "5",
    "auto_recharge.monthly_limit": "0",
    "billing": "monthly_invoice",
    "usage.0.model": "team/own-model:v1+lora @ 2",
    "usage.0.tokens_per_day": 0.1,
    "usage.0.output_share": 1e-9,
    "usage.0.cached_share": 0.3333333333333333,
    "usage.0.price.input": "0.000000001",
    "usage.0.price.cached_input": "0",
    "usage.0.price.output": "9999.999999999",
    "usage.0.growth_per_30_days": -0.9,
    "usage.0.starts": "2024-01-02",
    "usage.0.ends": "2024-02-29",
    "usage.0.tokens_per_request": 1.5,
    "usage.0.context_window": 1_000_000_000,
    "active_hours": 0.1,
    "peak_factor": 1.0000001,
    "weekend_factor": 0.0,
    "evaluated": "at_payment",
    "lag_days": 365,
    "noise.spread": 0.123456789,
    "noise.seed": 4_294_967_295,
    "title": "100 % & more? #1 = 'a' + \"b\"; ü 日本 🚀",
}
# Fields that may say nothing.
NOTHING: dict[str, Any] = {
    "first_payment": None,
    "purchased_before": None,
    "past": [],
    "account_created": None,
    "opening_tier": None,
    "purchases": [],
    "purchases.0.times": None,
    "auto_recharge": None,
    "auto_recharge.monthly_limit": None,
    "usage": [],
    "usage.0.price.cached_input": None,
    "usage.0.starts": None,
    "usage.0.ends": None,
    "usage.0.tokens_per_request": None,
    "usage.0.context_window": None,
    "noise": None,
    "title": "",
}
ALONE = [*OTHER_VALUES.items(), *NOTHING.items()]
NOTHING_PAID = {"paid_before": "0", "purchased_before": "0", "past": []}


def plan(**changes: Any) -> tl.Scenario:
    # Where no date of first payment is left, nothing was paid.
    without = NOTHING_PAID if changes.get("first_payment", "") is None else {}
    return tl.Scenario.model_validate(with_changes({**without, **changes}))


def paths(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Dotted paths of every field that holds a value."""
    parts: dict[str, tuple[type[BaseModel], str]] = {
        "purchases": (tl.Purchase, "purchases.0."),
        "past": (tl.PastDay, "past.0."),
        "auto_recharge": (tl.AutoRecharge, "auto_recharge."),
        "noise": (tl.Noise, "noise."),
        "usage": (tl.UsageLine, "usage.0."),
        "price": (tl.Price, "usage.0.price."),
    }
    for name in model.model_fields:
        if name in parts:
            yield from paths(*parts[name])
        else:
            yield prefix + name


@explore
@given(scenarios())
def test_any_scenario_survives_its_link(scenario: tl.Scenario) -> None:
    query = scenario.to_query()
    again = tl.Scenario.from_query(query)
    assert again == scenario
    assert again.to_query() == query


@explore
@given(scenarios(most_days=5))
def test_a_link_opens_without_what_it_leaves_to_others(scenario: tl.Scenario) -> None:
    opened = open_link(
        parameters_of(scenario.to_query()),
        otherwise={"ladder": "openai/2026-05", "limits": "openai/2026-09", "start": "2026-12-31"},
    )
    assert (opened.scenario, opened.problems) == (scenario, ())


@explore
@given(st.text(max_size=80))
def test_any_title_survives_its_link(title: str) -> None:
    try:
        scenario = plan(title=title)
    except ValidationError:
        return  # Text that no title may have.
    assert tl.Scenario.from_query(scenario.to_query()) == scenario


@explore
@given(st.text(alphabet="abcXYZ019 .:/@+-_éß日", min_size=1, max_size=80))
def test_any_model_name_survives_its_link(name: str) -> None:
    scenario = plan(**{"usage.0.model": name})
    assert tl.Scenario.from_query(scenario.to_query()) == scenario


@explore
@given(st.decimals(0, 10_000, places=9))
def test_any_price_survives_its_link(price: Decimal) -> None:
    scenario = plan(**{"usage.0.price.input": price})
    assert tl.Scenario.from_query(scenario.to_query()) == scenario


@pytest.mark.parametrize(
    "price",
    [
        "0.3333333333333333333333333333",  # as Decimal(1) / 3
        "0.00000000000000000000000000000000000001",
        "1e-30",
        "1e-31",
        "1.2345678901234567890123456789012345",
    ],
)
def test_a_price_with_many_digits_survives_its_link(price: str) -> None:
    """Or it is no price: a scenario that there is can be sent."""
    try:
        scenario = plan(**{"usage.0.price.input": price})
    except ValidationError:
        return
    assert tl.Scenario.from_query(scenario.to_query()) == scenario


@pytest.mark.parametrize("field", ["used_before", "opening_balance", "auto_recharge.below"])
def test_minus_nothing_is_nothing(field: str) -> None:
    scenario = plan(past=[], **{field: Decimal("-0")})
    assert tl.Scenario.from_query(scenario.to_query()) == plan(past=[], **{field: "0"})


def test_once_said_as_one_time_survives_its_link() -> None:
    once = plan(purchases=[{"on": "2024-01-02", "amount": "25", "times": 1}])
    again = tl.Scenario.from_query(once.to_query())
    assert list(again.payments()) == list(once.payments())
    assert again == once


@pytest.mark.parametrize(("field", "value"), ALONE, ids=lambda part: str(part)[:30])
def test_each_field_alone_changes_the_link_and_survives(field: str, value: Any) -> None:
    before, changed = plan(), plan(**{field: value})
    assert changed != before
    assert changed.to_query() != before.to_query()
    assert tl.Scenario.from_query(changed.to_query()) == changed


def test_every_field_is_written() -> None:
    # OpenAI's ladders ask for no facts: the test below is of another one.
    written = {*OTHER_VALUES, "lacks"}
    assert written == set(paths(tl.Scenario)), "a field without support in links?"


def test_a_fact_that_an_account_lacks_survives() -> None:
    scenario = tl.Scenario(
        ladder="voyage/2026-11",
        limits="voyage/2026-11",
        start=date(2026, 11, 22),
        lacks=("payment method",),
    )
    assert "lacks=payment+method" in scenario.to_query()
    assert tl.Scenario.from_query(scenario.to_query()) == scenario


def test_eight_lines_and_400_purchases_survive() -> None:
    lines = [
        {**WHOLE["usage"][0], "model": f"model-{number}", "tokens_per_day": number}
        for number in range(8)
    ]
    purchases = [{"on": "2024-01-02", "amount": 1 + n} for n in range(400)]
    scenario = plan(usage=lines, purchases=purchases)
    again = tl.Scenario.from_query(scenario.to_query())
    assert again == scenario
    assert [line.model for line in again.usage] == [f"model-{number}" for number in range(8)]
    assert again.purchases[399].amount == 400


def test_a_link_reads_well() -> None:
    assert plan(title="Two words").to_query() == (
        "v=1&ladder=openai/2023-11&limits=openai/2023-11&start=2024-01-01&days=30"
        "&first_payment=2023-12-20&reading=used&used_before=40.5&paid_before=60"
        "&purchased_before=50&account_created=2023-12-01&balance=19.5"
        "&month_used_before=0&opening_tier=Tier+1&recharge=5_10_100&billing=prepaid"
        "&active_hours=8&peak_factor=2&weekend_factor=0.5&evaluated=daily&lag_days=0&noise=0.3_7"
        "&title=Two+words&model=gpt-4&tokens=20000&output_share=0.25&cached_share=0.1"
        "&input_price=30&cached_price=15&output_price=60&growth=0.1&starts=2024-01-01"
        "&ends=2024-01-20&per_request=800&context=8192&buy=2024-01-02_25_week_2"
        "&past=2023-12-30_1.5_10"
    )


def test_a_link_pins_what_was_looked_up() -> None:
    scenario = tl.Scenario.model_validate(
        {
            "ladder": "openai/2023-11",
            "limits": "openai/2023-11",
            "start": "2024-01-01",
            "usage": [{"model": "gpt-4-1106-preview", "tokens_per_day": 1}],
        }
    )
    parameters = to_parameters(scenario)
    assert parameters["input_price"] == ["10"]
    assert parameters["output_price"] == ["30"]
    assert parameters["cached_price"] == ["none"]
    assert parameters["context"] == ["128000"]
