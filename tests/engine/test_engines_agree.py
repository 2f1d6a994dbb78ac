"""The fast engine against the plain one, over random scenarios."""

import os
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tierlogic as tl
from tests import plain_engine
from tests.plain_engine import PlainProjection
from tests.random_scenarios import scenarios
from tierlogic.money import NANOS, to_nanos

MONEY_BY_DAY = (
    "used",
    "paid",
    "balance",
    "cost",
    "purchased",
    "recharged",
    "invoice_paid",
    "lapsed",
)
TOKENS_BY_DAY = (
    "tokens_wanted",
    "tokens_served",
    "tokens_rate_limited",
    "tokens_over_cap",
    "tokens_unfunded",
    "tokens_above_guaranteed",
)
ALWAYS_THE_SAME = "CI" in os.environ
"""Whether the random scenarios are the same in every run."""

explore = settings(max_examples=300, deadline=None, derandomize=ALWAYS_THE_SAME)


@explore
@given(scenarios())
def test_both_engines_project_the_same(scenario: tl.Scenario) -> None:
    try:
        plain = plain_engine.project(scenario)
    except plain_engine.TooCostlyError as error:
        with pytest.raises(ValueError, match=error.on.isoformat()):
            tl.project(scenario)
        return
    assert_same(tl.project(scenario), plain)


@explore
@given(st.lists(scenarios(most_days=60), min_size=1, max_size=6))
def test_many_at_once_are_as_each_alone(batch: list[tl.Scenario]) -> None:
    affordable = [scenario for scenario in batch if not costs_too_much(scenario)]
    together = tl.project_many(affordable)
    assert len(together) == len(affordable)
    for scenario, projection in zip(affordable, together, strict=True):
        alone = tl.project(scenario)
        assert projection.scenario == scenario
        assert projection.unlocks == alone.unlocks
        assert projection.events == alone.events
        assert projection.daily.equals(alone.daily)


def costs_too_much(scenario: tl.Scenario) -> bool:
    try:
        plain_engine.project(scenario)
    except plain_engine.TooCostlyError:
        return True
    return False


def reopenings(fast: tl.Projection) -> list[tuple[date, str]]:
    """Day and name of each tier that opens again, by date."""
    texts = [(e.on, e.text) for e in fast.events if e.kind == "tier_reopened"]
    return sorted((on, text.split(" opens again on ")[0]) for on, text in texts)


def assert_same(fast: tl.Projection, plain: PlainProjection) -> None:
    """Compare all that both engines say.

    Costs may part by a nano-dollar a day where growth is a power of a fraction or days differ by
    an exponential: their last digits differ between libraries.
    """
    scenario = fast.scenario
    grows = any(line.growth_per_30_days for line in scenario.usage)
    lax = 2 * len(plain.days) if grows or scenario.noise else 0

    assert [day.date() for day in fast.daily.index] == [day.date for day in plain.days]
    assert list(fast.daily["tier"]) == [day.tier for day in plain.days]
    for column in MONEY_BY_DAY:
        # Dollars in floats hold 15 digits: beyond a million dollars not every nano-dollar.
        assert fast.daily[column].tolist() == pytest.approx(
            [getattr(day, column) / NANOS for day in plain.days],
            rel=1e-15,
            abs=(lax + 0.1) / NANOS,
        ), column
    for column in TOKENS_BY_DAY:
        # What is not served is a difference of two numbers about as large as what is wanted.
        for day, tokens in zip(plain.days, fast.daily[column], strict=True):
            assert tokens == pytest.approx(
                getattr(day, column), rel=1e-9, abs=1e-9 * max(day.tokens_wanted, 1)
            ), (column, day.date)

    assert [
        (unlock.tier, unlock.on, unlock.money_met_on, unlock.wait_over_on, unlock.held_by)
        for unlock in fast.unlocks
    ] == [
        (unlock.name, unlock.on, unlock.money_met_on, unlock.wait_over_on, unlock.held_by)
        for unlock in plain.unlocks
    ]
    for ours, theirs in zip(fast.unlocks, plain.unlocks, strict=True):
        assert abs(to_nanos(ours.missing) - theirs.missing) <= lax
    # One event may speak of several tiers that are lost at once.
    assert {event.on for event in fast.events if event.kind == "tier_lost"} == {
        on for on, _ in plain.falls
    }
    assert reopenings(fast) == sorted(plain.reopenings)
    refused = [event.amount for event in fast.events if event.kind == "purchase_refused"]
    assert [to_nanos(amount) for amount in refused if amount] == [
        amount for day in plain.days for amount in day.refused
    ]
