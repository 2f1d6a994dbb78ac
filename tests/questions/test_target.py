"""What a goal takes, with the arithmetic beside it; a cent, a day or 0.1 % less is not enough."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

import tierlogic as tl
from tests.answer.plans import MONDAY, buy, on, plan, use
from tierlogic.questions.target import Ways
from tierlogic.rules.catalog import toml_of

CENT = Decimal("0.01")
DAY = timedelta(days=1)


def waiting(**changes: Any) -> tl.Scenario:
    """$50, $100, $250 and $1,000 after 7, 7, 14 and 30 days; $100 a month at Tier 1."""
    return plan(**{"ladder": "openai/2024-10", "limits": "openai/2024-10", **changes})


def without_waiting(**changes: Any) -> tl.Scenario:
    return plan(**{"ladder": "openai/2026-05", "limits": "openai/2026-09", **changes})


def ways(scenario: tl.Scenario, reading: Any, **goal: Any) -> Ways:
    return tl.target(scenario, tl.Goal(**goal)).by_reading[reading]


def opens(scenario: tl.Scenario | None, tier: str) -> date | None:
    assert scenario is not None
    return tl.project(scenario).unlock(tier).on


def bought(*purchases: tuple[int, str]) -> tuple[tl.Purchase, ...]:
    return tuple(buy(day, amount) for day, amount in purchases)


def with_tokens(scenario: tl.Scenario, tokens: float) -> tl.Scenario:
    (line,) = scenario.usage
    return scenario.but(usage=(line.model_copy(update={"tokens_per_day": tokens}),))


# $50 bought and $10 a day, on a ladder with waiting days. Tier 4 is $250 and 14 days.


def test_the_least_prepay_if_only_used_money_counts() -> None:
    # $250 at $10 a day are 25 days, until 25 Jan. $50 are planned, so $200 are missing.
    scenario = waiting(purchases=(buy(1, "50"),), usage=(use(10),))
    prepay = ways(scenario, "used", by=on(30), tier="Tier 4").prepay
    assert prepay.value == 200
    assert prepay.plan == scenario.but(purchases=(buy(1, "50"), buy(1, "200")))
    assert opens(prepay.plan, "Tier 4") == on(25)
    assert opens(scenario.but(purchases=(buy(1, "50"), buy(1, "199.99"))), "Tier 4") is None
    assert prepay.why == (
        "That is on top of the $50 planned by 30 Jan 2024. "
        "Tier 4: $250 used is reached on 25 Jan 2024; the 14-day wait was over on 15 Jan 2024."
    )


def test_the_least_prepay_if_buying_credit_counts() -> None:
    scenario = waiting(purchases=(buy(1, "50"),), usage=(use(10),))
    prepay = ways(scenario, "paid", by=on(15), tier="Tier 4").prepay
    assert prepay.value == 200
    assert opens(prepay.plan, "Tier 4") == on(15)
    assert ways(scenario, "paid", by=on(14), tier="Tier 4").prepay.value is None


def test_the_last_day_on_which_the_goal_can_be_met() -> None:
    scenario = waiting(purchases=(buy(1, "50"),), usage=(use(10),))
    assert ways(scenario, "used", by=on(25), tier="Tier 4").prepay.value == 200
    too_late = ways(scenario, "used", by=on(24), tier="Tier 4").prepay
    assert (too_late.value, too_late.plan) == (None, None)
    # $10 a day are $240 on 24 Jan.
    assert too_late.why == (
        "No single purchase on the first day is enough by 24 Jan 2024. Tier 4: $10.00 more used "
        "is missing on 24 Jan 2024; at the last day's pace it comes on 25 Jan 2024."
    )


def test_the_cheapest_purchases_come_as_late_as_they_can() -> None:
    # 25 days of use that end on 31 Jan begin on 7 Jan; on 21 Jan the 14 days are over.
    scenario = waiting(purchases=(buy(1, "50"),), usage=(use(10),))
    schedule = ways(scenario, "used", by=on(31), tier="Tier 4").schedule
    assert schedule.value == bought((7, "250"))
    assert opens(schedule.plan, "Tier 4") == on(31)
    longer = scenario.but(days=60)
    assert opens(longer.but(purchases=bought((8, "250"))), "Tier 4") == on(32)
    assert opens(longer.but(purchases=bought((7, "249.99"))), "Tier 4") is None
    assert schedule.why == (
        "$250 in one purchase. That is $200 more than the $50 planned by 31 Jan 2024. "
        "Tier 4: $250 used is reached on 31 Jan 2024; "
        "the 14-day wait was over on 21 Jan 2024."
    )


@pytest.mark.parametrize(
    ("planned", "beside"),
    [
        ("249.99", "That is $0.01 more than the $249.99 planned by 31 Jan 2024."),
        ("250", "That is as much as is planned by 31 Jan 2024."),
        ("250.01", "That is $0.01 less than the $250.01 planned by 31 Jan 2024."),
    ],
)
def test_the_cheapest_purchases_stand_beside_those_planned(planned: str, beside: str) -> None:
    # What is planned for 1 Feb is beside the question.
    scenario = waiting(days=60, purchases=(buy(1, planned), buy(32, "500")))
    schedule = ways(scenario, "paid", by=on(31), tier="Tier 4").schedule
    assert schedule.value == bought((17, "250"))
    assert schedule.why.startswith(f"$250 in one purchase. {beside} Tier 4: ")


def test_purchases_stand_beside_nothing_where_none_is_planned() -> None:
    found = ways(waiting(), "paid", by=on(31), tier="Tier 4")
    assert found.schedule.why.startswith("$250 in one purchase. Tier 4: ")
    assert found.prepay.why.startswith("Tier 4: ")


def test_purchases_wait_where_nothing_is_used() -> None:
    # 14 days before 31 Jan is 17 Jan.
    schedule = ways(waiting(), "paid", by=on(31), tier="Tier 4").schedule
    assert schedule.value == bought((17, "250"))
    a_day_later = waiting(days=60, reading="paid", purchases=bought((18, "250")))
    assert opens(a_day_later, "Tier 4") == on(32)


def test_of_equal_totals_the_one_that_leaves_less_unused() -> None:
    # Bought on 17 Jan, 15 days of use would leave $100 of it; from 7 Jan on all of it is used.
    schedule = ways(waiting(usage=(use(10),)), "paid", by=on(31), tier="Tier 4").schedule
    assert schedule.value == bought((7, "250"))


def test_the_fewest_tokens() -> None:
    # $250 in the 31 days of January at $5 a million are 1,612,903 tokens a day: 1,613,000.
    scenario = waiting(purchases=(buy(1, "300"),), usage=(use(1),))
    tokens = ways(scenario, "used", by=on(31), tier="Tier 4").tokens_per_day
    assert tokens.value == 1_613_000
    assert tokens.plan is not None
    assert tokens.plan.usage[0].tokens_per_day == 1_613_000
    assert opens(tokens.plan, "Tier 4") == on(31)
    fewer = with_tokens(tokens.plan, 1_613_000 * 0.999)
    assert opens(fewer.but(days=31), "Tier 4") is None


def test_tokens_of_all_lines_are_scaled_alike() -> None:
    # The same $250, half of it by each of two lines: 806,500 tokens each.
    scenario = waiting(purchases=(buy(1, "300"),), usage=(use(3), use(3, model="gpt-4o-mini")))
    tokens = ways(scenario, "used", by=on(31), tier="Tier 4").tokens_per_day
    assert tokens.value == 1_613_000
    assert tokens.plan is not None
    assert [line.tokens_per_day for line in tokens.plan.usage] == [806_500, 806_500]


def test_no_tokens_are_needed_where_buying_counts() -> None:
    scenario = waiting(purchases=(buy(1, "300"),), usage=(use(1),))
    tokens = ways(scenario, "paid", by=on(31), tier="Tier 4").tokens_per_day
    assert tokens.value == 0
    assert tokens.why.startswith("No use is needed. Tier 4: 14 days after the first payment")


def test_no_tokens_are_enough_without_the_credit() -> None:
    scenario = waiting(purchases=(buy(1, "50"),), usage=(use(10),))
    tokens = ways(scenario, "used", by=on(31), tier="Tier 4").tokens_per_day
    assert tokens.value is None
    assert tokens.why == (
        "No number of tokens a day is enough by 31 Jan 2024. Tier 4: Never: the credit runs out "
        "on 5 Jan 2024 with $50.00 used. Nor would it be by 3 Feb 2025."
    )


def test_a_plan_without_use() -> None:
    used = ways(waiting(), "used", by=on(31), tier="Tier 4")
    assert used.tokens_per_day.value is None
    assert used.tokens_per_day.why.startswith("The plan's use is not enough by 31 Jan 2024.")
    assert used.earliest.value is None
    assert used.earliest.why == (
        "No plan reaches it by 3 Feb 2025. Tier 4: $250.00 more used is missing on 3 Feb 2025, "
        "and nothing is used; there is no payment, and no tier opens before the first."
    )


def test_a_goal_that_is_reached_on_the_first_day() -> None:
    scenario = waiting(
        opening_tier="Tier 4",
        first_payment=MONDAY - DAY,
        paid_before=Decimal(50),
        used_before=Decimal(50),
    )
    found = ways(scenario, "used", by=MONDAY, tier="Tier 4")
    assert found.tokens_per_day.value == 0
    assert found.prepay.value == 0
    assert found.schedule.value == ()
    assert (found.earliest.value, found.earliest.plan) == (MONDAY, scenario)
    assert found.prepay.why == (
        "No further purchase is needed. Tier 4: Open on 1 Jan 2024, when the plan starts: "
        "the account has this tier already."
    )


# The earliest day


@pytest.mark.parametrize(("tier", "day"), [("Tier 4", 15), ("Tier 5", 31)])
def test_no_plan_is_earlier_than_the_waiting_days(tier: str, day: int) -> None:
    earliest = ways(waiting(), "paid", by=on(40), tier=tier).earliest
    assert earliest.value == on(day)
    assert opens(earliest.plan, tier) == on(day)
    much = waiting(reading="paid", days=40, purchases=(buy(1, "9000"),))
    assert opens(much, tier) == on(day)


def test_too_soon_for_any_plan() -> None:
    scenario = waiting(usage=(use(10),))
    found = ways(scenario, "paid", by=on(14), tier="Tier 4")
    assert found.earliest.value == on(15)
    assert found.earliest.why.startswith(
        "With 2M tokens a day and $250 bought on 1 Jan 2024. Not by 14 Jan 2024. Tier 4: "
    )
    assert found.schedule.value is None
    assert found.schedule.why == (
        "No purchases that were tried are enough by 14 Jan 2024. Tier 4: The waiting time is over "
        "on 15 Jan 2024."
    )


@pytest.mark.parametrize(
    ("prepay", "taken"),
    [
        ("250", "With the plan as it is."),
        ("249.99", "With 2M tokens a day and $250 bought on 1 Jan 2024."),
    ],
)
def test_the_plan_of_the_earliest_day_is_said(prepay: str, taken: str) -> None:
    scenario = waiting(purchases=(buy(1, prepay),), usage=(use(10),))
    earliest = ways(scenario, "paid", by=on(40), tier="Tier 4").earliest
    assert earliest.why == (
        f"{taken} Tier 4: 14 days after the first payment are over on 15 Jan 2024; "
        "$250 paid was reached on 1 Jan 2024 already."
    )


def test_the_plan_of_the_earliest_day_may_use_nothing() -> None:
    earliest = ways(waiting(), "paid", by=on(40), tier="Tier 4").earliest
    assert earliest.why.startswith("With $250 bought on 1 Jan 2024. Tier 4: 14 days")


def test_the_plan_of_the_earliest_day_may_buy_nothing() -> None:
    # $250 by 15 Jan at $5 a million.
    scenario = waiting(billing="monthly_invoice", first_payment=MONDAY, usage=(use(10),))
    earliest = ways(scenario, "used", by=on(40), tier="Tier 4").earliest
    assert earliest.why.startswith("With 7.08M tokens a day and nothing bought. Tier 4: 14 days")


def test_the_monthly_limit_holds_even_the_largest_use_back() -> None:
    # No waiting days. Tier 1 may use $100 in January: $100 used is Tier 3 on the first evening,
    # which may use $1,000: the other $150 on the second day. The first is too soon.
    model = "a-model-without-limits"
    scenario = without_waiting(usage=(use(1, model=model),))
    earliest = ways(scenario, "used", by=on(31), tier="Tier 4").earliest
    assert earliest.value == on(2)
    assert opens(earliest.plan, "Tier 4") == on(2)
    assert earliest.why == (
        "With 55.9M tokens a day and $250 bought on 1 Jan 2024. "
        "Tier 4: $250 used is reached on 2 Jan 2024. The monthly usage limit of Tier 1, $100, "
        "holds usage back from 1 Jan 2024."
    )
    ample = scenario.but(purchases=(buy(1, "5000"),), usage=(use(100_000, model=model),))
    assert opens(ample, "Tier 4") == on(2)
    assert ways(scenario, "paid", by=on(31), tier="Tier 4").earliest.value == on(1)


def test_a_month_whose_limit_is_used_up() -> None:
    # A contract's Tier 1 may use $50 a month, and they are gone. $50 more come on 1 Feb.
    published = toml_of(tl.load_ladder("gemini/2026-04"))
    scenario = plan(
        own_ladder=published.replace("monthly_usage_limit = 250", "monthly_usage_limit = 50"),
        ladder="gemini/2026-04",
        limits="gemini/2026-04",
        start=on(20),
        first_payment=on(1),
        used_before=Decimal(50),
        month_used_before=Decimal(50),
        usage=(use(5, model="a-model-without-limits"),),
    )
    used = ways(scenario, "used", by=on(31), tier="Tier 2")
    assert used.earliest.value == on(32)
    assert used.earliest.why == (
        "With 18.3M tokens a day and $50 bought on 1 Feb 2024. "
        "Not by 31 Jan 2024. Tier 2: $100 used is reached on 1 Feb 2024; the 3-day wait was over "
        "on 4 Jan 2024. The monthly usage limit of Tier 1, $50, holds usage back from 20 Jan 2024."
    )
    paid = ways(scenario, "paid", by=on(31), tier="Tier 2")
    assert paid.earliest.value == on(20)
    # $100 paid are Tier 2 at once, which may use $2,000: the sooner, the less is left unused.
    assert paid.schedule.value == bought((20, "100"))


def test_what_the_account_lacks_forbids_it() -> None:
    scenario = plan(ladder="mistral/2026-11", limits="mistral/2026-11", lacks=("plan chosen",))
    found = ways(scenario, "used", by=on(31), tier="Tier 2")
    assert found.earliest.plan is None
    assert found.earliest.why == (
        "No plan reaches it by 3 Feb 2025. Tier 2: The account lacks what it asks for: plan chosen."
    )


# Limits


def test_a_limit_is_in_force_the_day_after_an_evening_unlock() -> None:
    # Tier 4 allows gpt-4o 2,000,000 tokens a minute. $250 are used on the evening of 25 Jan.
    scenario = without_waiting(usage=(use(10),))
    by_the_limit = ways(scenario, "used", by=on(26), tpm=2_000_000)
    assert by_the_limit.prepay.value == 250
    assert by_the_limit.prepay.why == (
        "Tier 4 allows 2,000,000 tokens per minute from 26 Jan 2024: "
        "$250 used is reached on 25 Jan 2024."
    )
    assert ways(scenario, "used", by=on(25), tier="Tier 4").prepay.value == 250
    too_soon = ways(scenario, "used", by=on(25), tpm=2_000_000).prepay
    assert too_soon.value is None
    assert too_soon.why == (
        "No single purchase on the first day is enough by 25 Jan 2024. Tier 4 opens on "
        "25 Jan 2024, too late for its limits to be in force. It could be on 26 Jan 2024."
    )


def test_a_limit_that_is_bought_is_in_force_at_once() -> None:
    # A full 128,000-token request needs Tier 2's 450,000: $50.
    scenario = without_waiting(usage=(use(0),))
    found = ways(scenario, "paid", by=on(31), full_request=True)
    assert found.schedule.value == bought((31, "50"))
    assert found.prepay.value == 50


def test_a_tier_whose_limit_is_not_known_does_not_count() -> None:
    # gpt-4o in October 2024: 800,000 at Tier 3, nothing known of Tier 4. $250 paid
    # are Tier 4 at once, as the first payment is old: $100 for Tier 3, or $1,000 for Tier 5.
    scenario = waiting(first_payment=MONDAY - 30 * DAY, purchases=(buy(1, "250"),), usage=(use(1),))
    found = ways(scenario, "paid", by=on(5), tpm=800_000)
    assert found.prepay.value == 750
    assert found.schedule.value == bought((1, "100"))
    assert found.tokens_per_day.why == (
        "No number of tokens a day is enough by 5 Jan 2024. Tier 3 opens on 1 Jan 2024, but "
        "Tier 4 is in force, and its limit is not known to be enough. "
        "Nor would it be by 3 Feb 2025."
    )


def test_nothing_is_bought_before_the_first_payment() -> None:
    # The account's first payment is to come on day 10: $50 then are Tier 2.
    scenario = without_waiting(first_payment=on(10))
    assert ways(scenario, "paid", by=on(9), tier="Tier 2").schedule.value is None
    assert ways(scenario, "paid", by=on(10), tier="Tier 2").schedule.value == bought((10, "50"))
    far = without_waiting(first_payment=date(2090, 1, 1))
    found = ways(far, "paid", by=on(9), tier="Tier 2")
    assert (found.earliest.plan, found.prepay.plan, found.schedule.plan) == (None, None, None)


# Bounds of purchases


def test_a_largest_purchase_is_kept_within_a_day() -> None:
    # Without a tier $100 is the most: four purchases of it are $400, Tier 4, on one day.
    scenario = plan(ladder="anthropic/2026-04", limits="anthropic/2026-04")
    schedule = ways(scenario, "used", by=on(1), tier="Tier 4").schedule
    assert schedule.value == bought(*[(1, "100")] * 4)
    assert opens(schedule.plan, "Tier 4") == on(1)
    assert schedule.why == "$400 in 4 purchases. Tier 4: $400 purchased is reached on 1 Jan 2024."


def test_a_day_more_makes_two_purchases_of_four() -> None:
    # $100 open Tier 2, which allows $500 the day after.
    scenario = plan(ladder="anthropic/2026-04", limits="anthropic/2026-04")
    schedule = ways(scenario, "used", by=on(2), tier="Tier 4").schedule
    assert schedule.value == bought((1, "100"), (2, "300"))
    a_cent_less = scenario.but(purchases=bought((1, "100"), (2, "299.99")))
    assert opens(a_cent_less, "Tier 4") is None


def test_no_single_purchase_is_enough_where_it_is_bounded() -> None:
    scenario = plan(ladder="anthropic/2026-04", limits="anthropic/2026-04")
    prepay = ways(scenario, "used", by=on(2), tier="Tier 4").prepay
    assert prepay.value is None
    assert prepay.why == (
        "No single purchase on the first day is enough by 2 Jan 2024. Tier 4: $300.00 more "
        "purchased is missing on 2 Jan 2024, and no further purchase is planned. "
        "Nor would it be by 3 Feb 2025."
    )


def test_an_account_at_tier_1_of_november_2024() -> None:
    # $5 were bought a month ago; Tier 1 allows $100 a purchase, Tier 2 allows $500 the day after.
    scenario = plan(
        ladder="anthropic/2024-11",
        limits="anthropic/2024-11",
        first_payment=MONDAY - 30 * DAY,
        paid_before=Decimal(5),
        used_before=Decimal(5),
    )
    at_once = ways(scenario, "used", by=on(1), tier="Tier 4").schedule
    assert at_once.value == bought((1, "100"), (1, "100"), (1, "100"), (1, "95"))
    a_day_later = ways(scenario, "used", by=on(2), tier="Tier 4").schedule
    assert a_day_later.value == bought((1, "100"), (2, "295"))


def balance_of_4500(**changes: Any) -> tl.Scenario:
    """Gemini holds $5,000 at most; $25 a day are used. Tier 3 is $1,000 paid and 30 days."""
    return plan(
        ladder="gemini/2026-04",
        limits="gemini/2026-04",
        days=90,
        opening_balance=Decimal(4500),
        opening_tier="Tier 2",
        usage=(use(25, model="a-model-without-limits"),),
        **changes,
    )


def test_a_purchase_waits_until_the_balance_has_room() -> None:
    # $500 are used in 20 days: $1,000 have room on the 21st, and 30 days later is day 51.
    scenario = balance_of_4500()
    schedule = ways(scenario, "paid", by=on(51), tier="Tier 3").schedule
    assert schedule.value == bought((21, "1000"))
    too_soon = scenario.but(reading="paid", purchases=bought((20, "1000")))
    assert opens(too_soon, "Tier 3") is None


def test_the_plan_of_the_earliest_day_may_buy_on_several() -> None:
    earliest = ways(balance_of_4500(), "paid", by=on(50), tier="Tier 3").earliest
    assert earliest.why.startswith(
        "With 5M tokens a day and $1,000 bought from 1 Jan 2024 to 31 Jan 2024. Tier 3: "
    )


def test_two_purchases_where_one_would_wait_too_long() -> None:
    # 30 days before day 50 is the 20th: one part by then, and $500 have room on the first day.
    scenario = balance_of_4500()
    schedule = ways(scenario, "paid", by=on(50), tier="Tier 3").schedule
    assert schedule.value == bought((20, "500"), (50, "500"))
    assert opens(schedule.plan, "Tier 3") == on(50)


def test_the_smallest_purchase_is_kept() -> None:
    # $5 open Tier 1 of OpenAI, and $5 is the smallest purchase. $48 more are $50 with $2 paid.
    scenario = without_waiting(
        first_payment=MONDAY - DAY, paid_before=Decimal(48), used_before=Decimal(48)
    )
    found = ways(scenario, "paid", by=on(5), tier="Tier 2")
    assert found.prepay.value == 5
    assert found.schedule.value == bought((5, "5"))


# Other ways to pay and to be evaluated


def test_an_invoice_needs_no_purchase() -> None:
    scenario = waiting(billing="monthly_invoice", first_payment=MONDAY, usage=(use(10),))
    found = ways(scenario, "used", by=on(25), tier="Tier 4")
    assert found.prepay.value == 0
    assert found.schedule.value == ()
    assert found.schedule.why.startswith("No purchase is needed. Tier 4: $250 used")


def test_auto_recharge_is_replaced() -> None:
    scenario = waiting(
        usage=(use(10),), auto_recharge=tl.AutoRecharge(below=Decimal(5), amount=Decimal(20))
    )
    schedule = ways(scenario, "used", by=on(31), tier="Tier 4").schedule
    assert schedule.value == bought((7, "250"))
    assert schedule.plan is not None
    assert schedule.plan.auto_recharge is None


def test_an_account_that_is_evaluated_only_at_a_payment() -> None:
    # A first purchase starts the 14 days, and one of the smallest, $5, comes when they are over.
    scenario = waiting(evaluated="at_payment")
    found = ways(scenario, "paid", by=on(15), tier="Tier 4")
    assert found.prepay.value is None
    assert found.schedule.value == bought((1, "245"), (15, "5"))
    assert opens(found.schedule.plan, "Tier 4") == on(15)
    assert ways(scenario, "paid", by=on(14), tier="Tier 4").schedule.value is None


def test_a_tier_that_follows_late() -> None:
    # $50 paid today open Tier 2 of a ladder without waiting 3 days later.
    scenario = without_waiting(lag_days=3)
    found = ways(scenario, "paid", by=on(10), tier="Tier 2")
    assert found.earliest.value == on(4)
    assert found.schedule.value == bought((7, "50"))


def test_credit_that_lapses_is_bought_in_parts() -> None:
    # $1 a day: of $1,000 bought on one day, all but $365 would lapse.
    scenario = without_waiting(usage=(use(1),))
    schedule = ways(scenario, "used", by=MONDAY + timedelta(days=1200), tier="Tier 5").schedule
    assert schedule.value is not None
    assert sum(purchase.amount for purchase in schedule.value) == 1000
    assert len({purchase.on for purchase in schedule.value}) > 2


# Both readings


def test_readings_differ_only_where_a_gate_is_contested() -> None:
    goal = tl.Goal(by=on(31), tier="Tier 4")
    contested = tl.target(waiting(usage=(use(8),)), goal).by_reading
    assert contested["used"].schedule.value is None
    assert contested["paid"].schedule.value is not None
    settled = tl.target(plan(ladder="anthropic/2026-04", limits="anthropic/2026-04"), goal)
    of_used, of_paid = settled.by_reading["used"], settled.by_reading["paid"]
    assert of_used.schedule.value == of_paid.schedule.value
    for reading, found in (("used", of_used), ("paid", of_paid)):
        assert found.schedule.plan is not None
        assert found.schedule.plan.reading == reading


def test_a_plan_that_ends_before_the_goal_is_carried_on() -> None:
    scenario = waiting(days=10, usage=(use(10),))
    schedule = ways(scenario, "used", by=on(31), tier="Tier 4").schedule
    assert schedule.plan is not None
    assert schedule.plan.last_day == on(31)
    assert opens(schedule.plan, "Tier 4") == on(31)


def test_the_progress_of_a_search_is_told_and_may_end_it() -> None:
    goal = tl.Goal(by=on(31), tier="Tier 4")
    told: list[int] = []
    found = tl.target(waiting(usage=(use(10),)), goal, progress=told.append)
    assert told == sorted(set(told))
    assert told[0] == 0
    assert found == tl.target(waiting(usage=(use(10),)), goal)

    def stop(_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        tl.target(waiting(usage=(use(10),)), goal, progress=stop)
