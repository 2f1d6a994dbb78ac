"""Steps around a plan: worked examples of what each gains or loses."""

from datetime import date
from decimal import Decimal

import pytest

import tierlogic as tl
from tests.questions.plans import at_tier_1, buy, on, use
from tierlogic.questions.sensitivity import Effect, Sensitivity


def effect(found: Sensitivity, change: str) -> Effect:
    (only,) = [each for each in found.effects if each.change == change]
    return only


def texts(found: Sensitivity) -> list[str]:
    return [each.text for each in found.effects]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        # $2 a day: $50 on the 25th day. At $2.20 on the 23rd ($50.60), at $1.80 on the 28th.
        ("10% more tokens", "2 days sooner"),
        ("10% fewer tokens", "3 days later"),
        ("Prices 10% higher", "2 days sooner"),
        # 10% of output at $15 instead of input at $5 cost a fifth more: $2.40, the 21st day.
        ("Output share 10 points higher", "4 days sooner"),
        ("If buying credit counts", "24 days sooner"),
        ("Activation a day later", "1 day later"),
        # 1 Jan is a Monday: 25 weekdays are five weeks, to Friday 2 Feb, the 33rd day.
        ("No use at weekends", "8 days later"),
        ("$50 more now", "no change"),
        ("$50 less now", "no longer opens within the plan"),
        ("First payment a week earlier", "no change"),
        ("Evaluated only at a payment", "no longer opens within the plan"),
        ("With auto-recharge of $25 below $5", "no change"),
        ("Billed by monthly invoice", "no change"),
    ],
)
def test_what_a_step_gains_or_loses(change: str, text: str) -> None:
    found = effect(tl.sensitivity(at_tier_1()), change)
    assert found.text == f"{change}: {text}."


def test_days_gained_are_positive_and_days_lost_negative() -> None:
    found = tl.sensitivity(at_tier_1())
    assert (found.tier, found.on) == ("Tier 2", on(25))
    assert effect(found, "10% more tokens").days == 2
    assert effect(found, "10% more tokens").on == on(23)
    assert effect(found, "10% fewer tokens").days == -3
    assert effect(found, "$50 less now").days is None


def test_a_step_can_be_what_opens_the_tier() -> None:
    # $10 short of $50: $50 more are enough, on the same 25th day.
    found = tl.sensitivity(at_tier_1(prepay="40"))
    assert found.on is None
    more = effect(found, "$50 more now")
    assert (more.kind, more.text) == (
        "only with this",
        "$50 more now: opens only with this, on 25 Jan 2024.",
    )
    assert effect(found, "10% more tokens").text == (
        "10% more tokens: still does not open within the plan."
    )


def test_the_largest_come_first_and_what_changes_nothing_last() -> None:
    found = tl.sensitivity(at_tier_1())
    kinds = [each.kind for each in found.effects]
    assert kinds[0] == "no longer"
    sizes = [abs(each.days) for each in found.effects if each.days is not None]
    assert sizes == sorted(sizes, reverse=True)
    last = tl.sensitivity(at_tier_1(prepay="40")).effects[-1]
    assert last.kind == "never"


def test_each_step_holds_its_plan() -> None:
    plan = at_tier_1()
    for each in tl.sensitivity(plan).effects:
        assert each.scenario != plan
        assert tl.Scenario.from_query(each.scenario.to_query()) == each.scenario
        assert tl.project(each.scenario).unlock("Tier 2").on == each.on


def test_steps_that_do_not_apply_are_left_out() -> None:
    free = use(2, price=tl.Price(input=Decimal(0), output=Decimal(0)), output_share=1)
    found = tl.sensitivity(at_tier_1(usage=[free], purchases=[], lag_days=0))
    changes = {each.change for each in found.effects}
    assert not changes & {
        "Prices 10% higher",
        "Output share 10 points higher",
        "Activation a day sooner",
        "$0 less now",
        "Weekends like other days",
        "Used 4 hours more a day",
        "A peak a third lower",
    }
    assert {"$50 more now", "Output share 10 points lower", "Activation a day later"} <= changes


def test_what_only_prepaid_credit_has_is_left_out_of_an_invoice() -> None:
    found = tl.sensitivity(at_tier_1(billing="monthly_invoice", purchases=[]))
    changes = {each.change for each in found.effects}
    assert not {change for change in changes if "now" in change or "recharge" in change}
    assert "Billed from prepaid credit" in changes
    assert found.saturation is None


def test_the_less_than_50_that_is_bought_can_be_left_out() -> None:
    found = tl.sensitivity(at_tier_1(prepay="20"))
    assert effect(found, "$20 less now").scenario.purchases == ()


def test_the_first_purchase_can_come_a_week_later() -> None:
    # Free until the first purchase, the 1st; Tier 2 asks for $50 used and 7 days after it.
    new = at_tier_1(
        10, first_payment=None, paid_before=Decimal(0), opening_tier=None, reading="paid"
    )
    found = tl.sensitivity(new, "Tier 2")
    assert found.on == on(8)
    assert effect(found, "First payment a week later").on == on(15)
    assert effect(found, "First payment a week earlier").on == on(1)


def test_auto_recharge_can_be_left_out() -> None:
    recharge = tl.AutoRecharge(below=Decimal(5), amount=Decimal(25))
    found = tl.sensitivity(at_tier_1(prepay="20", auto_recharge=recharge))
    assert found.on == on(25)
    assert effect(found, "Without auto-recharge").kind == "no longer"


def test_more_money_is_of_use_up_to_the_cent() -> None:
    # $5 of $50 are paid: $45 more, where the plan buys $20, if buying counts.
    plan = at_tier_1(prepay="20", reading="paid")
    found = tl.sensitivity(plan).saturation
    assert found is not None
    assert (found.more, found.on) == (Decimal("25.00"), on(1))
    assert found.scenario.purchases[0].amount == 45
    assert found.text.startswith("Beyond $25 more now nothing is gained")
    short = plan.but(purchases=[buy(1, "44.99")])
    assert tl.project(short).unlock("Tier 2").on is None
    assert tl.project(found.scenario).unlock("Tier 2").on == on(1)


def test_beyond_that_the_wait_holds_it() -> None:
    # Paid since the 1st: Tier 4 waits for the 15th, and asks for $250.
    new = at_tier_1(
        first_payment=None,
        paid_before=Decimal(0),
        opening_tier=None,
        reading="paid",
        prepay="70",
    )
    found = tl.sensitivity(new, "Tier 4").saturation
    assert found is not None
    assert found.more == 180
    assert found.text == (
        "Beyond $180 more now nothing is gained: waiting holds it until 15 Jan 2024."
    )


def test_or_the_pace_of_use_holds_it() -> None:
    found = tl.sensitivity(at_tier_1(prepay="60")).saturation
    assert found is not None
    assert found.more == 0
    assert found.text == (
        "Buying more now gains nothing: the pace of use holds it until 25 Jan 2024."
    )
    less = tl.sensitivity(at_tier_1(prepay="49.50")).saturation
    assert less is not None
    assert less.more == Decimal("0.50")


def test_or_no_amount_opens_it() -> None:
    # 20 days of $2 are $40, whatever is bought.
    found = tl.sensitivity(at_tier_1(days=20)).saturation
    assert found is not None
    assert found.more == 0
    assert found.on is None
    assert found.text == "No amount bought now opens Tier 2 within the plan."


@pytest.mark.parametrize(
    ("purchases", "step", "effect"),
    [
        ([buy(1, "60")], "$50 less now", "Tier 2 then no longer opens within the plan"),
        ([buy(1, "40")], "$50 more now", "Tier 2 opens only with this, on 25 Jan 2024"),
        # The next payment after the 25th day is on the 40th or the 60th; buying counts at once.
        (
            [buy(1, "110"), buy(40, "5")],
            "If buying credit counts",
            "Tier 2 then opens 24 days sooner",
        ),
        (
            [buy(1, "110"), buy(60, "5")],
            "Evaluated only at a payment",
            "Tier 2 then opens 35 days later",
        ),
    ],
)
def test_the_summary_names_what_matters_most(
    purchases: list[tl.Purchase], step: str, effect: str
) -> None:
    found = tl.sensitivity(at_tier_1(purchases=purchases), "Tier 2")
    opens = "opens on 25 Jan 2024" if found.on else "does not open by 30 Mar 2024"
    assert found.summary == f"Tier 2 {opens}. What matters most is “{step}”: {effect}."


def test_the_summary_says_that_no_step_matters() -> None:
    assert tl.sensitivity(at_tier_1(days=20), "Tier 5").summary == (
        "Tier 5 does not open by 20 Jan 2024. No step changes that."
    )


def test_where_nothing_is_left_to_gain() -> None:
    found = tl.sensitivity(at_tier_1(opening_tier="Tier 5"))
    assert (found.tier, found.effects, found.saturation) == (None, (), None)
    assert found.summary == "Tier 5, the highest tier, is open from 1 Jan 2024."


def test_an_opaque_ladder_has_nothing_to_aim_at() -> None:
    plan = tl.Scenario(
        ladder="anthropic/2026-06-26", limits="anthropic/2026-06-26", start=date(2026, 11, 22)
    )
    found = tl.sensitivity(plan)
    assert found.effects == ()
    assert found.summary.endswith("does not publish what opens a tier.")


def test_a_tier_that_is_not_on_the_ladder() -> None:
    with pytest.raises(KeyError, match="has no tier 'Tier 9'"):
        tl.sensitivity(at_tier_1(), "Tier 9")
