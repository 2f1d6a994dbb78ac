"""What happens to an account besides unlocks: dates, amounts and words."""

from decimal import Decimal

import tierlogic as tl
from tests.answer.plans import buy, on, plan, use


def events(scenario: tl.Scenario, kind: str) -> list[tl.Event]:
    return [event for event in tl.project(scenario).events if event.kind == kind]


def test_a_quiet_account_has_no_events() -> None:
    assert tl.project(plan(purchases=(buy(1, "50"),))).events == ()


def test_credit_runs_out_during_a_day() -> None:
    # $42 at $5 a day: $40 in 8 days, the last $2 on the 9th.
    (event,) = events(plan(purchases=(buy(1, "42"),), usage=(use(5),)), "credit_ran_out")
    assert (event.on, event.amount) == (on(9), Decimal(42))
    assert event.text == "The credit runs out on 9 Jan 2024 with $42 used."


def test_credit_that_lasts_to_the_end_of_a_day() -> None:
    # $40 at $5 a day: the last $5 are used on the 8th, and nothing is left for the 9th.
    (event,) = events(plan(purchases=(buy(1, "40"),), usage=(use(5),)), "credit_ran_out")
    assert (event.on, event.amount) == (on(8), Decimal(40))
    assert event.text == "The credit runs out on 8 Jan 2024 with $40 used."


def test_credit_that_lasts_to_the_last_day() -> None:
    assert events(plan(days=8, purchases=(buy(1, "40"),), usage=(use(5),)), "credit_ran_out") == []


def test_credit_runs_out_again_after_it_was_bought_again() -> None:
    # $25 on the 1st last to the 5th, $25 on the 15th to the 19th.
    scenario = plan(purchases=(buy(1, "25"), buy(15, "25")), usage=(use(5),))
    assert [event.on for event in events(scenario, "credit_ran_out")] == [on(5), on(19)]


def test_credit_runs_out_once_however_many_weekends_follow() -> None:
    # $40 at $5 a working day, 1 Jan is a Monday: 5 days, then 8, 9 and 10 Jan. The free weekends
    # after it are no new beginning.
    scenario = plan(weekend_factor=0, purchases=(buy(1, "40"),), usage=(use(5),))
    assert [event.on for event in events(scenario, "credit_ran_out")] == [on(10)]


def test_a_monthly_limit_is_reached_once_a_month() -> None:
    # $20 a day: $100 of Tier 1 on the 5th. Evaluated at the one payment only, the account stays
    # at Tier 1: on 6 Jan and 6 Feb (5 days of $20 from 1 Feb) the limit holds usage back.
    scenario = plan(
        days=60,
        evaluated="at_payment",
        purchases=(buy(1, "400"),),
        usage=(use(20, model="our-own"),),
    )
    reached = events(scenario, "cap_reached")
    assert [event.on for event in reached] == [on(6), on(31 + 6)]
    assert {event.amount for event in reached} == {Decimal(100)}
    assert "monthly usage limit of Tier 1, $100," in reached[0].text
    assert "6 Jan 2024" in reached[0].text


def test_a_monthly_limit_that_is_just_reached_holds_nothing_back() -> None:
    scenario = plan(days=5, purchases=(buy(1, "400"),), usage=(use(20, model="our-own"),))
    assert events(scenario, "cap_reached") == []
    assert events(scenario.but(days=6), "cap_reached") != []


def test_a_monthly_limit_that_a_higher_tier_lifts_is_not_for_the_rest_of_the_month() -> None:
    # $100 of Tier 1 on the 5th; Tiers 2 and 3 open on the 8th, and usage goes on at $20 a day.
    scenario = plan(purchases=(buy(1, "500"),), usage=(use(20, model="our-own"),))
    assert tl.project(scenario).daily["cost"].to_list()[4:9] == [20, 0, 0, 20, 20]
    (event,) = events(scenario, "cap_reached")
    assert event.on == on(6)
    assert "rest of the month" not in event.text


def test_a_purchase_under_the_smallest_is_refused() -> None:
    scenario = plan(purchases=(buy(1, "5"), buy(2, "4.99"), buy(3, "5")))
    (event,) = events(scenario, "purchase_refused")
    assert (event.on, event.amount) == (on(2), Decimal("4.99"))
    assert event.text == (
        "The purchase of $4.99 on 2 Jan 2024 is refused: the smallest purchase at Tier 1 is $5."
    )
    assert tl.project(scenario).daily["paid"].iloc[-1] == 10


def test_a_purchase_is_refused_by_the_tier_in_force_since_yesterday() -> None:
    # $5 open Tier 1 in the course of the first day; the $3 of the same day meet the Free tier.
    scenario = plan(purchases=(buy(1, "5"), buy(1, "3")))
    (event,) = events(scenario, "purchase_refused")
    assert event.text == (
        "The purchase of $3 on 1 Jan 2024 is refused: the smallest purchase at Free is $5."
    )


def big_days(*days: int) -> tl.Scenario:
    """60 days at Vertex, whose Tier 2 asks for $250 used in 30 days: $250 on each of some days."""
    return plan(
        ladder="vertex/2026-10",
        limits="vertex/2026-10",
        days=60,
        billing="monthly_invoice",
        usage=tuple(use(250, model="our-own", starts=on(day), ends=on(day)) for day in days),
    )


def test_a_tier_opens_again_after_a_fall() -> None:
    # $250 on the 1st open Tiers 1 and 2. On the 31st the 30 days begin with the 2nd: both are
    # lost. $250 on the 31st itself open them again that evening.
    scenario = big_days(1, 31)
    assert tl.project(scenario).unlock("Tier 2").on == on(1)
    assert [event.on for event in events(scenario, "tier_lost")] == [on(31)] * 2
    assert [(event.on, event.text) for event in events(scenario, "tier_reopened")] == [
        (on(31), "Tier 1 opens again on 31 Jan 2024."),
        (on(31), "Tier 2 opens again on 31 Jan 2024."),
    ]


def test_a_tier_that_is_not_lost_does_not_open_again() -> None:
    # $250 on the 30th too: the 30 days that end on the 31st hold them.
    assert events(big_days(1, 30), "tier_reopened") == []


def test_a_tier_that_comes_late_opens_again_as_late() -> None:
    # Earned again on the 31st, and two days late: 2 February, the 33rd.
    again = events(big_days(1, 31).but(lag_days=2), "tier_reopened")
    assert {event.on for event in again} == {on(33)}


def test_credit_lapses_after_a_year() -> None:
    # 20 cents a day: 1 Jan + 365 days = 31 Dec 2024 (366 days). By then 365 * $0.20 = $73 are used
    # of $100.
    scenario = plan(days=366, purchases=(buy(1, "100"),), usage=(use(1, tokens_per_day=40_000),))
    (event,) = events(scenario, "credit_lapsed")
    assert (event.on.isoformat(), event.amount) == ("2024-12-31", Decimal(27))
    assert event.text == ("$27 of credit bought 365 days before lapses unused on 31 Dec 2024.")
    assert events(scenario.but(days=365), "credit_lapsed") == []


def test_credit_that_lapses_on_a_free_day_runs_out_by_lapsing() -> None:
    # Bought on Friday, 5 Jan 2024; 365 days later is Saturday, 4 Jan 2025. On Friday, 3 Jan, there
    # is still credit left; on Monday, 6 Jan, there is none.
    scenario = plan(
        start=on(5),
        days=370,
        weekend_factor=0,
        purchases=(buy(5, "100"),),
        usage=(use(1, tokens_per_day=40_000),),
    )
    assert tl.project(scenario).balance_on(on(5 + 364)) > 0
    (lapsed,) = events(scenario, "credit_lapsed")
    assert lapsed.on.isoformat() == "2025-01-04"
    (ran_out,) = events(scenario, "credit_ran_out")
    assert ran_out.on >= lapsed.on


def test_no_credit_from_the_start() -> None:
    (event,) = events(plan(usage=(use(1, model="our-own"),)), "credit_ran_out")
    assert (event.on, event.amount) == (on(1), Decimal(0))
    assert event.text == "There is no credit on 1 Jan 2024, and nothing can be used."


def test_rate_limits_hold_tokens_back() -> None:
    # 30,000 tokens a minute of Tier 1 are 43.2 million a day; 450,000 of Tier 2 are enough.
    # Tier 2: $50 used on the first day, and the wait is over on the 8th.
    scenario = plan(
        purchases=(buy(1, "9000"),),
        usage=(
            use(1, tokens_per_day=43_200_001, price=tl.Price(input=Decimal(2), output=Decimal(2))),
        ),
    )
    projection = tl.project(scenario)
    limited = [event for event in projection.events if "rate_limited" in event.kind]
    assert [(event.kind, event.on, event.text) for event in limited] == [
        ("first_rate_limited_day", on(1), "Rate limits hold tokens back from 1 Jan 2024."),
        (
            "last_rate_limited_day",
            on(7),
            "Rate limits hold tokens back for the last time on 7 Jan 2024.",
        ),
    ]


def test_rate_limits_hold_tokens_back_to_the_last_day() -> None:
    scenario = plan(days=3, purchases=(buy(1, "9000"),), usage=(use(1, tokens_per_day=43_200_001),))
    (last,) = events(scenario, "last_rate_limited_day")
    assert last.text == "Rate limits still hold tokens back on the last day, 3 Jan 2024."
    enough = scenario.but(usage=(use(1, tokens_per_day=43_200_000),))
    assert events(enough, "last_rate_limited_day") == []


def test_events_come_by_date() -> None:
    scenario = plan(
        days=60,
        purchases=(buy(1, "25"), buy(3, "1"), buy(20, "25")),
        usage=(use(5), use(1, tokens_per_day=43_200_001)),
    )
    days = [event.on for event in tl.project(scenario).events]
    assert len(days) >= 4
    assert days == sorted(days)
