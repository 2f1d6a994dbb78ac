"""The answer in words, word for word. The arithmetic of each date stands beside it."""

from datetime import date
from decimal import Decimal

import pytest

import tierlogic as tl
from tests.answer.plans import buy, on, plan, use
from tierlogic.answer import answer, headline, reasons
from tierlogic.full_request_in_words import full_request_in_words
from tierlogic.page.presets import newcomer, seed


def headline_of(scenario: tl.Scenario) -> str:
    return headline(answer(scenario))


def reasons_of(scenario: tl.Scenario) -> dict[str, str]:
    return dict(reasons(answer(scenario)))


def full_request_of(scenario: tl.Scenario, line: int = 0) -> str | None:
    return full_request_in_words(answer(scenario), line)


# The question that started it: $3 a day are 50 days, 20 Nov 2023 + 49 = 8 Jan 2024.
# $250 paid and 14 days both come on 6 Nov + 14 = 20 Nov; $150 - $3 are left that evening.


def test_seed() -> None:
    assert headline_of(seed()) == (
        "Tier 4 opens on 8 Jan 2024 if only used money counts, "
        "and on 20 Nov 2023 if buying credit counts."
    )
    assert reasons_of(seed()) == {
        "used": (
            "$250 used is reached on 8 Jan 2024; the 14-day wait was over on 20 Nov 2023. "
            "Credit left on 8 Jan 2024: $0.00."
        ),
        "paid": (
            "$250 paid and 14 days after the first payment both fall on 20 Nov 2023. "
            "Credit left on 20 Nov 2023: $147.00."
        ),
    }


def test_who_is_invoiced_and_has_no_credit_is_told_of_none() -> None:
    invoiced = seed().but(billing="monthly_invoice", purchases=())
    assert reasons_of(invoiced)["used"] == (
        "$250 used is reached on 8 Jan 2024; the 14-day wait was over on 20 Nov 2023."
    )
    with_credit = reasons_of(invoiced.but(opening_balance=200))["used"]
    assert with_credit.endswith(" Credit left on 8 Jan 2024: $50.00.")


def test_the_answer_does_not_depend_on_the_reading_it_was_asked_with() -> None:
    other = seed().but(reading="paid")
    assert headline_of(other) == headline_of(seed())
    assert reasons_of(other) == reasons_of(seed())


def test_seed_with_a_limit_that_only_another_table_has() -> None:
    # Tier 4's limits are in force the day after it opens in the evening (8 Jan + 1), or on the
    # morning it opens (20 Nov).
    assert full_request_of(seed()) == (
        "A full 128,000-token request to gpt-4-1106-preview does not fit in the "
        "80,000 tokens per minute of Tier 3. What Tier 4 allows (from 9 Jan 2024 if only used "
        "money counts, from 20 Nov 2023 if buying credit counts) is not in openai/2023-11; "
        "openai/2024-06 has 800,000 tokens per minute."
    )


def test_seed_under_its_neighbours_is_the_same() -> None:
    assert answer(seed()).other_rules == ()


# A newcomer: $250 at $11.25 a day, 4 days are $45, the 5th, 2 Nov + 4, passes $50: $56.25.
# Then $250 - $56.25 = $193.75 are left, and on the evening of 2 Nov $250 - $11.25 = $238.75.


def test_newcomer() -> None:
    scenario = newcomer(date(2026, 11, 2))
    assert headline_of(scenario) == (
        "Tier 2 opens on 6 Nov 2026 if only used money counts, "
        "and on 2 Nov 2026 if buying credit counts."
    )
    assert reasons_of(scenario) == {
        "used": "$50 used is reached on 6 Nov 2026. Credit left on 6 Nov 2026: $193.75.",
        "paid": "$50 paid is reached on 2 Nov 2026. Tier 4 opens on 2 Nov 2026 as well. "
        "Credit left on 2 Nov 2026: $238.75.",
    }


def test_newcomer_under_the_rules_before() -> None:
    # 2 Nov + 7 days of waiting = 9 Nov.
    (other,) = answer(newcomer(date(2026, 11, 2))).other_rules
    assert other.ladder.id == "openai/2024-10"
    assert not other.is_newer
    assert other.sentence == (
        "Under the rules of October 2024 Tier 2 would open on 9 Nov 2026 "
        "instead of on 6 Nov 2026, if only used money counts."
    )


def test_a_tier_that_opens_only_under_other_rules() -> None:
    # $50 on 1 Jun, evaluated only then: the 7 days of 2024-10 never come to be seen.
    scenario = plan(
        ladder="openai/2024-10",
        limits="openai/2026-09",
        start=date(2026, 6, 1),
        evaluated="at_payment",
        purchases=(tl.Purchase(on=date(2026, 6, 1), amount=Decimal(50)),),
    )
    (other,) = answer(scenario).other_rules
    assert other.ladder.id == "openai/2026-05"
    assert other.is_newer
    assert other.sentence == (
        "Rules changed since: under the rules of May 2026 "
        "Tier 2 would open on 1 Jun 2026, if buying credit counts."
    )


def test_a_tier_that_does_not_open_under_other_rules() -> None:
    # Without waiting days Tier 2 opens on the 1st; with 7 of them it would on the 8th, after
    # the last of 5 days.
    scenario = plan(
        ladder="openai/2026-05",
        limits="openai/2026-09",
        start=date(2026, 6, 1),
        days=5,
        purchases=(tl.Purchase(on=date(2026, 6, 1), amount=Decimal(50)),),
    )
    (other,) = answer(scenario).other_rules
    assert "Tier 2 would not open in this plan" in other.sentence


# Held by money, by waiting, by both


def test_credit_that_runs_out_below_the_tier() -> None:
    # $40 at $5 a day are used up on the 8th. Paid: $10 are missing, and nothing more is bought.
    scenario = plan(purchases=(buy(1, "40"),), usage=(use(5),))
    assert headline_of(scenario) == (
        "Tier 2 does not open by 30 Jan 2024, whether used or bought credit counts."
    )
    assert reasons_of(scenario) == {
        "used": (
            "Never: the credit runs out on 8 Jan 2024 with $40.00 used. "
            "Credit left on 30 Jan 2024: $0.00."
        ),
        "paid": (
            "$10.00 more paid is missing on 30 Jan 2024, and no further payment is planned. "
            "Credit left on 30 Jan 2024: $0.00."
        ),
    }


def test_nothing_is_ever_paid() -> None:
    words = (
        "$5.00 more paid is missing on 30 Jan 2024, and no further payment is planned; "
        "there is no payment, and no tier opens before the first. "
        "Credit left on 30 Jan 2024: $0.00."
    )
    assert headline_of(plan()) == (
        "Tier 1 does not open by 30 Jan 2024, whether used or bought credit counts."
    )
    assert reasons_of(plan()) == {"used": words, "paid": words}


def test_a_grant_is_used_and_nothing_is_paid() -> None:
    # $30 of the $60 are used in 30 days of $1; the other $20 of Tier 2's $50 take 20 days more.
    scenario = plan(opening_balance=Decimal(60), usage=(use(1, model="our-own"),))
    assert tl.project(scenario).unlock("Tier 2").why == (
        "$20.00 more used is missing on 30 Jan 2024; at the last day's pace it comes on "
        "19 Feb 2024; there is no payment, and no tier opens before the first."
    )


def test_a_plan_that_ends_too_early() -> None:
    # 30 days of $1: $20 are missing, 20 days after 30 Jan is 19 Feb.
    scenario = plan(purchases=(buy(1, "300"),), usage=(use(1),))
    assert headline_of(scenario) == (
        "Tier 2 does not open in this plan if only used money counts; "
        "it opens on 8 Jan 2024 if buying credit counts."
    )
    assert reasons_of(scenario) == {
        "used": (
            "$20.00 more used is missing on 30 Jan 2024; at the last day's pace it comes on "
            "19 Feb 2024. Credit left on 30 Jan 2024: $270.00."
        ),
        "paid": (  # 8 days of $1 by the evening of the 8th
            "7 days after the first payment are over on 8 Jan 2024; $50 paid was reached on "
            "1 Jan 2024 already. Tier 3 opens on 8 Jan 2024 as well. "
            "Credit left on 8 Jan 2024: $292.00."
        ),
    }


def test_a_wait_beyond_the_last_day() -> None:
    scenario = plan(days=5, purchases=(buy(1, "60"),))
    assert reasons_of(scenario)["paid"] == (
        "The waiting time is over on 8 Jan 2024. Credit left on 5 Jan 2024: $60.00."
    )


def test_a_first_payment_beyond_the_last_day() -> None:
    scenario = plan(days=5, ladder="openai/2026-05", first_payment=on(10), used_before=Decimal(60))
    assert tl.project(scenario).unlock("Tier 2").why == (
        "The wait for the first payment is over on 10 Jan 2024."
    )


def test_money_that_waits_for_the_first_payment() -> None:
    scenario = plan(ladder="openai/2026-05", first_payment=on(10), used_before=Decimal(60))
    projection = tl.project(scenario)
    assert projection.unlock("Tier 2").why == (
        "The first payment comes on 10 Jan 2024; $50 used was reached on 1 Jan 2024 already."
    )
    assert projection.unlock("Tier 1").why == "It opens on 10 Jan 2024 together with a higher tier."


def test_both_readings_agree() -> None:
    # $10 a day, but 30,000 tokens a minute of Tier 1 serve 43.2 million: $50 on the 5th, and the
    # wait is over on the 8th, by when nothing is left.
    scenario = plan(purchases=(buy(1, "50"),), usage=(use(10),))
    assert headline_of(scenario) == (
        "Tier 2 opens on 8 Jan 2024, whether used or bought credit counts."
    )
    assert reasons_of(scenario) == {
        "used": (
            "7 days after the first payment are over on 8 Jan 2024; $50 used was reached on "
            "5 Jan 2024 already. Credit left on 8 Jan 2024: $0.00."
        ),
        "paid": (
            "7 days after the first payment are over on 8 Jan 2024; $50 paid was reached on "
            "1 Jan 2024 already. Credit left on 8 Jan 2024: $0.00."
        ),
    }


def test_money_and_wait_on_one_day() -> None:
    scenario = plan(purchases=(buy(1, "40"), buy(8, "10")))
    assert reasons_of(scenario)["paid"] == (
        "$50 paid and 7 days after the first payment both fall on 8 Jan 2024. "
        "Credit left on 8 Jan 2024: $50.00."
    )


def test_one_day_is_not_called_days() -> None:
    scenario = plan(lag_days=1, purchases=(buy(1, "5"),))
    assert tl.project(scenario).unlock("Tier 1").why == (
        "Its gates hold from 1 Jan 2024; it opens on 2 Jan 2024: "
        "the tier follows 1 day after the evaluation."
    )


# Accounts that exist


def test_an_account_that_exists() -> None:
    # $90 used: Tier 2. $5 a day: $95 on the 1st, $100 on the 2nd. $120 paid: Tier 3 at once.
    # 1 Dec + 7 = 8 Dec. Of $30, $25 and $20 are left.
    scenario = plan(
        first_payment=date(2023, 12, 1),
        used_before=Decimal(90),
        paid_before=Decimal(120),
        opening_balance=Decimal(30),
        usage=(use(5),),
    )
    assert headline_of(scenario) == (
        "Tier 3 opens on 2 Jan 2024 if only used money counts, "
        "and on 1 Jan 2024 if buying credit counts."
    )
    assert reasons_of(scenario) == {
        "used": (
            "$100 used is reached on 2 Jan 2024; the 7-day wait was over on 8 Dec 2023. "
            "Credit left on 2 Jan 2024: $20.00."
        ),
        "paid": (
            "Open on 1 Jan 2024, when the plan starts: what the account brings is enough. "
            "Credit left on 1 Jan 2024: $25.00."
        ),
    }


def test_a_tier_that_its_owner_knows_is_not_said_to_be_earned() -> None:
    # Nothing is paid or used: what the account brings is not enough, its owner says it has Tier 3.
    why = tl.project(plan(opening_tier="Tier 3")).unlock("Tier 3").why
    assert "1 Jan 2024" in why
    assert "is enough" not in why


def test_all_tiers_are_open() -> None:
    scenario = plan(opening_tier="Tier 5")
    assert headline_of(scenario) == "Tier 5, the highest tier, is open from 1 Jan 2024."
    assert reasons_of(scenario) == {}
    assert answer(scenario).next_tier is None


def test_the_free_tier_has_no_gates() -> None:
    assert tl.project(plan()).unlock("Free").why == "It has no gates."


# Evaluated late


def test_evaluated_at_the_next_payment() -> None:
    scenario = plan(evaluated="at_payment", purchases=(buy(1, "50"), buy(20, "5")))
    assert reasons_of(scenario)["paid"] == (  # 1 Jan + 7 = 8 Jan
        "Its gates hold from 8 Jan 2024; it opens on 20 Jan 2024: the account is evaluated only "
        "at a payment, and the next one comes then. Credit left on 20 Jan 2024: $55.00."
    )


def test_no_payment_to_be_evaluated_at() -> None:
    scenario = plan(evaluated="at_payment", purchases=(buy(1, "50"),))
    assert reasons_of(scenario)["paid"] == (
        "Its gates hold, but by 30 Jan 2024 no evaluation has opened it: the account is evaluated "
        "only at a payment, and none comes. Credit left on 30 Jan 2024: $50.00."
    )


def test_tiers_that_come_two_days_late() -> None:
    scenario = plan(lag_days=2, purchases=(buy(1, "50"), buy(29, "50")))
    projection = tl.project(scenario.but(reading="paid"))
    assert projection.unlock("Tier 2").why == (
        "Its gates hold from 8 Jan 2024; it opens on 10 Jan 2024: "
        "the tier follows 2 days after the evaluation."
    )
    assert projection.unlock("Tier 3").why == (  # 29 + 2 = 31 Jan, a day after the last
        "Its gates hold, but by 30 Jan 2024 no evaluation has opened it: "
        "the tier follows only 2 days later."
    )


# What "never" may be said of


def test_a_free_weekend_at_the_end_is_not_the_pace() -> None:
    # 28 days end on Sunday, 28 Jan: nothing is used that day, and $1 on the Monday after.
    scenario = plan(days=28, weekend_factor=0, purchases=(buy(1, "300"),), usage=(use(1),))
    why = tl.project(scenario).unlock("Tier 2").why
    assert why.startswith("$30.00 more used is missing on 28 Jan 2024")  # 20 working days
    assert "never" not in why.lower()


def test_a_reached_monthly_limit_is_not_for_ever() -> None:
    # $20 a day: the $100 of Tier 1 are used on 5 Jan. Without a payment after 1 Jan no other tier
    # is evaluated, so January has no more; February has.
    scenario = plan(
        days=28,
        evaluated="at_payment",
        purchases=(buy(1, "300"),),
        usage=(use(20, model="our-own"),),
    )
    why = tl.project(scenario).unlock("Tier 4").why
    assert why.startswith("$150.00 more used is missing on 28 Jan 2024")
    assert "never" not in why.lower()
    assert "nothing is used" not in why


def test_credit_that_is_bought_again_every_month_does_not_run_out_for_ever() -> None:
    # $25 a month at $5 a day: 5 days of use a month, and more in each month to come.
    scenario = plan(days=60, purchases=(buy(1, "25", every="month"),), usage=(use(5),))
    why = tl.project(scenario).unlock("Tier 3").why
    assert "never" not in why.lower()


def test_a_purchase_a_month_is_a_pace_in_a_month_of_31_days() -> None:
    # 1 to 31 Jan: the last 30 days miss the $25 of the 1st, and $25 more come on 1 Feb.
    scenario = plan(days=31, reading="paid", purchases=(buy(1, "25", every="month"),))
    why = tl.project(scenario).unlock("Tier 2").why
    assert why.startswith("$25.00 more paid is missing on 31 Jan 2024")
    assert "never" not in why.lower()


# A full request


def test_a_full_request_that_fits_from_the_start() -> None:
    scenario = plan(limits="openai/2023-11", usage=(use(1, model="gpt-4", context_window=8192),))
    assert full_request_of(scenario) == (
        "A full 8,192-token request to gpt-4 fits in one minute's limit from 1 Jan 2024 "
        "(Free, 10,000 tokens per minute)."
    )


def test_a_full_request_that_fits_once_the_tier_opens() -> None:
    scenario = plan(purchases=(buy(1, "50"),), usage=(use(10),))
    assert full_request_of(scenario) == (
        "A full 128,000-token request to gpt-4o fits in one minute's limit from 8 Jan 2024 "
        "(Tier 2, 450,000 tokens per minute)."
    )


def test_a_full_request_of_one_token_too_many() -> None:
    purchases = (buy(1, "50"),)
    fits = plan(purchases=purchases, usage=(use(10, context_window=450_000),))
    assert "fits in one minute's limit from 8 Jan 2024" in (full_request_of(fits) or "")
    too_large = plan(purchases=purchases, usage=(use(10, context_window=450_001),))
    assert full_request_of(too_large) == (
        "A full 450,001-token request to gpt-4o does not fit in the "
        "450,000 tokens per minute of Tier 2."
    )


def test_a_full_request_fits_at_another_tier_under_each_reading() -> None:
    # Paid: $1,000 open Tier 5 on the first day. Used: $10 a day, $50 on the 5th, so Tier 2 on the
    # 6th. Tier 5's limit must not be called that of Tier 2.
    scenario = plan(
        ladder="openai/2026-05",
        limits="openai/2026-09",
        purchases=(buy(1, "1000"),),
        usage=(use(10),),
    )
    assert full_request_of(scenario) == (
        "A full 128,000-token request to gpt-4o fits in one minute's limit "
        "from 6 Jan 2024 if only used money counts (Tier 2, 450,000 tokens per minute), "
        "from 1 Jan 2024 if buying credit counts (Tier 5, 30,000,000 tokens per minute)."
    )


def test_a_full_request_that_fits_under_one_reading_only() -> None:
    scenario = plan(purchases=(buy(1, "60"),), usage=(use(1),))
    assert full_request_of(scenario) == (
        "A full 128,000-token request to gpt-4o fits in one minute's limit "
        "from 8 Jan 2024 if buying credit counts (Tier 2, 450,000 tokens per minute)."
    )


def test_a_model_that_the_free_tier_does_not_serve() -> None:
    scenario = plan(ladder="openai/2026-05", limits="openai/2026-09", usage=(use(1),))
    assert full_request_of(scenario) == (
        "A full 128,000-token request to gpt-4o cannot be sent at Free, "
        "which does not serve this model."
    )


def test_a_model_without_limits() -> None:
    scenario = plan(purchases=(buy(1, "5"),), usage=(use(1, model="our-own"),))
    assert full_request_of(scenario) == (
        "A full 128,000-token request to our-own may or may not fit in one minute's limit. "
        "What Tier 1 allows (from 1 Jan 2024) is not in openai/2024-06."
    )


@pytest.mark.parametrize("line", [0, 1])
def test_no_full_request_without_a_context_window_or_a_line(line: int) -> None:
    assert full_request_of(plan(usage=(use(1, context_window=None),)), line) is None


def test_the_full_request_of_the_second_line() -> None:
    lines = (use(1), use(1, model="gpt-4", context_window=8192))
    assert full_request_of(plan(limits="openai/2023-11", usage=lines), 1) == (
        "A full 8,192-token request to gpt-4 fits in one minute's limit from 1 Jan 2024 "
        "(Free, 10,000 tokens per minute)."
    )


def test_there_is_no_such_tier() -> None:
    with pytest.raises(KeyError, match="openai/2023-11 has no tier 'Tier 6'"):
        tl.project(plan()).unlock("Tier 6")


def test_a_tier_that_is_given_on_the_15th_is_not_waiting_for_a_payment() -> None:
    # ¥200,000 in September open the tier on 15 Oct; the plan ends on 10 Oct.
    scenario = tl.Scenario.model_validate(
        {
            "ladder": "alibaba/2026-09",
            "limits": "alibaba/2026-09",
            "start": "2026-09-02",
            "days": 39,
            "purchases": [{"on": "2026-09-02", "amount": "200000"}],
            "usage": [
                {
                    "model": "qwen3.8-max",
                    "tokens_per_day": 1_000_000_000,
                    "price": {"input": "200", "output": "200"},
                }
            ],
        }
    )
    unlock = tl.project(scenario).unlocks[1]
    assert unlock.held_by == "evaluation"
    assert unlock.why == (
        "Its gates hold, but by 10 Oct 2026 no evaluation has opened it: "
        "tiers are given on day 15 of a month."
    )
