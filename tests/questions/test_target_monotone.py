"""More money and more tokens never open a tier later, and where that does not hold."""

import os
from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

import tierlogic as tl
from tests.answer.plans import buy, on, plan, use
from tests.random_scenarios import scenarios
from tierlogic.projection import Projection

explore = settings(max_examples=60, deadline=None, derandomize="CI" in os.environ)


def counts_for_good(scenario: tl.Scenario) -> bool:
    """Whether money counts for good: no windows, and no evaluation that waits for a payment."""
    gates = [gate for tier in scenario.rules.tiers for gate in tier.money_gates]
    return scenario.evaluated == "daily" and all(gate.over == "lifetime" for gate in gates)


def bounds_purchases(scenario: tl.Scenario) -> bool:
    return any(
        tier.smallest_purchase or tier.largest_purchase or tier.largest_balance
        for tier in scenario.rules.tiers
    )


def opens_no_later(more: Projection, less: Projection) -> bool:
    return all(
        there.on is None or (here.on is not None and here.on <= there.on)
        for here, there in zip(more.unlocks, less.unlocks, strict=True)
    )


@explore
@given(
    scenarios(most_days=60).filter(
        lambda each: counts_for_good(each) and not bounds_purchases(each) and not each.auto_recharge
    ),
    st.decimals(1, 2000, places=2),
    st.decimals(1, 2000, places=2),
)
def test_more_prepay_opens_nothing_later(
    scenario: tl.Scenario, amount: Decimal, extra: Decimal
) -> None:
    first = max(scenario.start, scenario.first_payment or scenario.start)

    def with_prepay(prepay: Decimal) -> tl.Scenario:
        bought = (*scenario.purchases, tl.Purchase(on=first, amount=prepay))
        return scenario.model_copy(update={"reading": "paid", "purchases": bought})

    try:
        less, more = tl.project_many([with_prepay(amount), with_prepay(amount + extra)])
    except tl.PlanTooLargeError:
        return
    assert opens_no_later(more, less)


@explore
@given(
    scenarios(most_days=60).filter(counts_for_good), st.sampled_from([1.001, 1.5, 2.0, 10.0, 1e3])
)
def test_more_tokens_open_nothing_later(scenario: tl.Scenario, factor: float) -> None:
    lines = tuple(
        line.model_copy(update={"tokens_per_day": line.tokens_per_day * factor})
        for line in scenario.usage
    )
    less = scenario.model_copy(update={"reading": "used"})
    try:
        few, many = tl.project_many([less, less.model_copy(update={"usage": lines})])
    except tl.PlanTooLargeError:
        return
    assert opens_no_later(many, few)


def test_a_larger_prepay_is_refused_where_the_balance_is_bounded() -> None:
    # Gemini holds $5,000 at most: $5,000 open Tier 2 after 3 days, a cent more is not paid.
    scenario = plan(ladder="gemini/2026-04", limits="gemini/2026-04", reading="paid")
    fits = tl.project(scenario.but(purchases=(buy(1, "5000"),)))
    too_much = tl.project(scenario.but(purchases=(buy(1, "5000.01"),)))
    assert fits.unlock("Tier 2").on == on(4)
    assert too_much.unlock("Tier 2").on is None
    goal = tl.Goal(by=on(4), tier="Tier 2")
    assert tl.target(scenario, goal).by_reading["paid"].prepay.value == 100


def test_a_larger_prepay_keeps_a_recharge_from_coming() -> None:
    # $5 a day. With $9, $100 are recharged on 2 Jan: $109 paid. With $99, on 20 Jan.
    scenario = plan(
        ladder="openai/2026-05",
        limits="openai/2026-09",
        reading="paid",
        usage=(use(5),),
        auto_recharge=tl.AutoRecharge(below=Decimal(0), amount=Decimal(100)),
    )
    small = tl.project(scenario.but(purchases=(buy(1, "9"),)))
    large = tl.project(scenario.but(purchases=(buy(1, "99"),)))
    assert small.unlock("Tier 3").on == on(2)
    assert large.unlock("Tier 3").on == on(20)


def test_more_tokens_are_no_help_once_the_credit_is_out_or_the_month_is_full() -> None:
    # $60 of credit at $2 a day are not $100 used by any use; nor is Tier 1's $100 a month enough
    # for $250 before 7 days make it Tier 2.
    goal = tl.Goal(by=on(31), tier="Tier 3")
    scenario = plan(
        ladder="openai/2024-10",
        limits="openai/2024-10",
        purchases=(buy(1, "60"),),
        usage=(use(2),),
    )
    tokens = tl.target(scenario, goal).by_reading["used"].tokens_per_day
    assert tokens.value is None
    assert "the credit runs out on 30 Jan 2024 with $60.00 used" in tokens.why
    by_the_7th = tl.Goal(by=on(1) + timedelta(days=6), tier="Tier 4")
    capped = tl.target(scenario.but(purchases=(buy(1, "900"),)), by_the_7th).by_reading["used"]
    assert capped.tokens_per_day.value is None
    assert capped.earliest.value == on(15)
