"""The step that brings the next tier forward most: worked examples."""

from datetime import date
from decimal import Decimal

import pytest

import tierlogic as tl
from tests.questions.plans import at_tier_1, on, use
from tierlogic.answer import answer
from tierlogic.questions.sooner import Sooner, sooner


def found(scenario: tl.Scenario) -> Sooner:
    said = sooner(answer(scenario))
    assert said
    return said


def test_more_tokens_bring_forward_what_use_holds() -> None:
    # $2 a day: $50 on the 25th day; at $2.20 on the 23rd.
    said = found(at_tier_1())
    assert (said.tier, said.reading, said.on) == ("Tier 2", "used", on(23))
    assert said.text == "10% more tokens. It then opens on 23 Jan 2024, 2 days sooner."
    assert said.scenario
    assert tl.project(said.scenario).opened_on("Tier 2") == on(23)


def test_what_is_missing_is_bought_in_whole_fives() -> None:
    # $49 are there to use, $50 are asked for: $2 a day, the 25th day.
    plan = at_tier_1(prepay="49")
    assert tl.project(plan).opened_on("Tier 2") is None
    assert found(plan).text == "$5 more now. It then opens on 25 Jan 2024."


def test_what_is_missing_may_be_more_than_the_usual_step() -> None:
    # Tier 3 asks for $100 used: $30 are there, and $50 more would be $80.
    plan = at_tier_1(prepay="30", opening_tier="Tier 2")
    assert found(plan).text == "$70 more now. It then opens on 19 Feb 2024."


@pytest.mark.parametrize(("prepay", "more"), [("250.01", "$250"), ("250", "$255")])
def test_a_gate_that_asks_for_more_than_an_amount_is_passed(prepay: str, more: str) -> None:
    # Mistral's Tier 4 asks for more than $500 paid: $500.01 will do, $500 will not.
    plan = at_tier_1(
        ladder="mistral/2026-11", limits="mistral/2026-11", paid_before=Decimal(0), prepay=prepay
    )
    assert found(plan).text == f"{more} more now. It then opens on 1 Jan 2024."


def test_a_bolder_step_is_tried_where_no_modest_one_gains_a_day() -> None:
    # $20 a day: $50 on the 3rd day, at $22 too, and at $30 on the 2nd.
    said = found(at_tier_1(dollars_a_day=20))
    assert said.text == "50% more tokens. It then opens on 2 Jan 2024, 1 day sooner."


def test_the_slowest_pace_that_opens_it_is_offered_where_nothing_is_used() -> None:
    # $50 in 90 days are 56 cents a day: 120,000 tokens at $5 a million; 100,000 are $45.
    said = found(at_tier_1(dollars_a_day=0))
    assert said.text == "120k tokens a day. It then opens on 24 Mar 2024."
    assert said.scenario
    assert tl.project(said.scenario).opened_on("Tier 2") == on(84)


def test_no_pace_is_offered_without_the_credit_for_it() -> None:
    said = found(at_tier_1(dollars_a_day=0, prepay="49.99"))
    assert said.scenario is None
    assert said.text == "No step within reach brings it forward by a day."


def test_where_only_waiting_is_left_no_step_is_offered() -> None:
    # Tier 2 waits for 7 days after the first payment: to 8 Jan.
    said = found(
        at_tier_1(
            dollars_a_day=50,
            first_payment=on(1),
            paid_before=Decimal(0),
            opening_tier=None,
            ladder="openai/2023-11",
        )
    )
    assert said.scenario is None
    assert said.text == "Only waiting is left: no purchase and no use brings it forward."


def test_the_other_reading_is_said_where_this_one_opens_the_tier_at_once() -> None:
    plan = at_tier_1(reading="paid")
    assert tl.project(plan).opened_on("Tier 2") == plan.start
    said = found(plan)
    assert (said.reading, said.condition) == ("used", "if only used money counts")
    assert said.scenario
    assert said.scenario.reading == "paid"


def test_nothing_is_said_at_the_top_or_where_no_rule_is_public() -> None:
    top = at_tier_1(opening_tier="Tier 5")
    assert sooner(answer(top)) is None
    opaque = tl.Scenario(
        ladder="anthropic/2026-06-26",
        limits="anthropic/2026-06-26",
        start=date(2026, 7, 1),
        usage=[use(1)],
        opening_tier="Build",
    )
    assert opaque.rules.is_opaque
    assert sooner(answer(opaque)) is None


def test_a_step_that_costs_more_than_can_be_counted_is_left_out() -> None:
    # 10^11 tokens x $10,000 a million are $10^9 a day; a tenth more is too much.
    price = tl.Price(input=Decimal(10_000), output=Decimal(10_000))
    dear = use(1, model="gpt-of-our-own", tokens_per_day=1e11, price=price)
    said = found(at_tier_1(usage=[dear], prepay="40"))
    assert said.text == "$10 more now. It then opens on 1 Jan 2024."
