"""What files say, offered as a scenario, and a plan beside what came of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

import tierlogic as tl
from tests.imports.plans import daily_tokens, plan
from tierlogic.imports import ImportFileError, actual_money, deviation, read


def test_usage_becomes_lines_and_amounts() -> None:
    # 5 days of 2,000,000 tokens at $2.50/M: $5 a day from 7 to 11 September.
    imported = daily_tokens([2_000_000] * 5)
    scenario = imported.scenario(plan())
    assert scenario.start == date(2026, 9, 12)
    assert scenario.used_before == 25
    assert scenario.month_used_before == 25
    assert [(line.model, line.tokens_per_day, line.output_share) for line in scenario.usage] == [
        ("gpt-4o", 2_000_000, 0)
    ]
    assert scenario.usage[0].price == tl.Price(
        input=Decimal("2.5"), cached_input=Decimal("1.25"), output=Decimal(10)
    )
    assert scenario.paid_before == 5
    assert scenario.first_payment == date(2026, 6, 1)


def test_a_month_is_counted_from_its_first_day() -> None:
    # $5 a day from 29 September to 3 October: 25 in all, 15 of it in October.
    imported = daily_tokens([2_000_000] * 5, date(2026, 9, 29))
    assert imported.used == 25
    assert imported.month_used == 15
    assert imported.scenario(plan()).month_used_before == 15
    # To 30 September: the plan starts on the 1st, in a month without any use.
    assert daily_tokens([2_000_000] * 2, date(2026, 9, 29)).scenario(plan()).month_used_before == 0


def test_cents_are_rounded_down() -> None:
    table = b"date,cost\n2026-09-01,4.999\n2026-09-02,0.0009\n"
    assert read([table]).scenario(plan()).used_before == Decimal("4.99")
    assert read([table + b"2026-09-03,0.0001\n"]).scenario(plan()).used_before == Decimal("5.00")


def test_shares_of_a_model_s_tokens() -> None:
    table = (
        b"date,model,input_tokens,cached_tokens,output_tokens\n"
        b"2026-09-01,gpt-4o-2024-08-06,600000,150000,200000\n"
        b"2026-09-01,gpt-5-mini,200000,0,0\n"
    )
    imported = read([table], provider="openai")
    models = imported.models
    assert list(models.index) == ["gpt-4o", "gpt-5-mini"]
    assert models.loc["gpt-4o"].to_dict() == {
        "tokens": 800_000,
        "share": 0.8,
        "input_share": 0.75,
        "output_share": 0.25,
        "cached_share": 0.25,
    }
    line = imported.scenario(plan()).usage[0]
    assert (line.tokens_per_day, line.output_share, line.cached_share) == (800_000, 0.25, 0.25)


def test_more_models_than_a_plan_holds_are_counted_with_the_nearest_in_price() -> None:
    models = [
        "gpt-4o",
        "gpt-4o-mini",
        "gpt-4.1",
        "gpt-4.1-mini",
        "gpt-4.1-nano",
        "gpt-5",
        "gpt-5-mini",
        "gpt-5-nano",
        "o3-mini",
        "o4-mini",
        "gpt-from-nowhere",
    ]
    rows = [f"2026-09-01,{name},{10_000_000 // (n + 1)}" for n, name in enumerate(models)]
    table = "\n".join(["date,model,input_tokens", *rows])
    imported = read([table.encode()], provider="openai")
    usage = imported.usage(plan(start=date(2026, 9, 2)))
    assert len(usage.lines) == 8
    assert usage.left_out == ("gpt-from-nowhere",)
    kept = {line.model for line in usage.lines}
    assert {name for name, _ in usage.summed} == set(models) - kept - {"gpt-from-nowhere"}
    assert {name for _, name in usage.summed} <= kept
    # Every token of a known model is somewhere.
    known = sum(10_000_000 // (n + 1) for n in range(10))
    assert sum(line.tokens_per_day for line in usage.lines) == pytest.approx(known, abs=10)


def test_tokens_of_no_named_model_are_spread_over_the_plan_s_lines() -> None:
    base = plan(
        usage=[
            {"model": "gpt-4o", "tokens_per_day": 300},
            {"model": "gpt-4o-mini", "tokens_per_day": 100},
        ]
    )
    imported = read([b"date,tokens\n2026-09-01,4000000\n"])
    lines = imported.scenario(base).usage
    assert [(line.model, line.tokens_per_day) for line in lines] == [
        ("gpt-4o", 3_000_000),
        ("gpt-4o-mini", 1_000_000),
    ]


def test_payments_alone_change_only_what_was_paid() -> None:
    base = plan(first_payment=None, paid_before=0)
    table = b"date,amount\n2026-06-02,20.00\n2026-09-30,30.00\n2026-10-01,40.00\n"
    scenario = read([table]).scenario(base)
    assert scenario.start == base.start
    assert scenario.paid_before == 50
    assert scenario.first_payment == date(2026, 6, 2)
    # A payment of the start's own day is part of the plan.
    assert scenario.purchases == (tl.Purchase(on=date(2026, 10, 1), amount=Decimal(40)),)


def test_a_currency_that_the_ladder_does_not_count() -> None:
    imported = read([b"date,cost,currency\n2026-09-01,1,EUR\n"])
    with pytest.raises(ImportFileError, match="in EUR, and openai/2026-05 counts USD"):
        imported.scenario(plan())


def test_past_days_where_a_ladder_counts_a_window() -> None:
    usage = b"date,cost\n2026-09-01,1.005\n2026-09-02,1.005\n2026-09-03,0\n"
    payments = b"date,amount\n2026-08-01,10\n"
    imported = read([usage, payments])
    base = plan(ladder="novita/2026-11", limits="novita/2026-11")
    scenario = imported.scenario(base)
    # 1.005 and 1.005 are 2.01 together: 1.00, then 1.01.
    assert [(day.on, day.used, day.purchased) for day in scenario.past] == [
        (date(2026, 8, 1), Decimal(0), Decimal(10)),
        (date(2026, 9, 1), Decimal(1), Decimal(0)),
        (date(2026, 9, 2), Decimal("1.01"), Decimal(0)),
    ]
    assert sum(day.used for day in scenario.past) == scenario.used_before
    assert imported.scenario(plan()).past == ()


def test_past_days_of_the_base_stay_where_the_files_do_not_reach() -> None:
    base = plan(
        ladder="novita/2026-11",
        limits="novita/2026-11",
        start=date(2026, 9, 1),
        used_before=7,
        past=[{"on": "2026-08-20", "used": 3}, {"on": "2026-08-31", "used": 4}],
        purchases=[{"on": "2026-09-01", "amount": 20}],
    )
    scenario = read([b"date,cost\n2026-09-01,1\n"]).scenario(base)
    assert [(day.on, day.used, day.purchased) for day in scenario.past] == [
        (date(2026, 8, 20), Decimal(3), Decimal(0)),
        (date(2026, 8, 31), Decimal(4), Decimal(0)),
        (date(2026, 9, 1), Decimal(1), Decimal(20)),
    ]


def test_past_days_of_the_base_go_with_what_it_brought() -> None:
    # The files begin before the base's start and stand alone: $1 used, none of the base's $7.
    past = [{"on": "2026-08-20", "used": 3}, {"on": "2026-08-31", "used": 4}]
    base = plan(start=date(2026, 10, 1), used_before=7, past=past)
    scenario = read([b"date,cost\n2026-09-01,1\n"]).scenario(base)
    assert scenario.start == date(2026, 9, 2)
    assert scenario.used_before == 1
    assert scenario.past == ()


def test_purchases_that_lie_behind_are_taken_to_have_happened() -> None:
    base = plan(
        start=date(2026, 8, 31),
        paid_before=5,
        opening_balance=1,
        purchases=[
            {"on": "2026-08-31", "amount": 50, "every": "month", "times": 4},
            {"on": "2026-09-05", "amount": 10},
        ],
    )
    # $5 a day from 7 September to 2 October, 26 days: 130.
    imported = daily_tokens([2_000_000] * 26)
    scenario = imported.scenario(base)
    assert scenario.start == date(2026, 10, 3)
    # 5 + 50 on 31 August + 10 + 50 on 30 September.
    assert scenario.paid_before == 115
    # 1 + 110 bought - 130 used: nothing is left.
    assert scenario.opening_balance == 0
    assert list(scenario.payments()) == [
        (date(2026, 10, 31), Decimal(50)),
        (date(2026, 11, 30), Decimal(50)),
    ]


def base_plan() -> tl.Scenario:
    """From 7 September $5 a day from credit: $50 used on the 16th opens Tier 2."""
    return plan(
        start=date(2026, 9, 7),
        days=120,
        opening_balance=1000,
        purchases=[{"on": "2026-09-07", "amount": 5}],
        usage=[{"model": "gpt-4o", "tokens_per_day": 2_000_000, "output_share": 0}],
    )


def test_as_planned() -> None:
    projection = tl.project(base_plan())
    told = deviation(projection, daily_tokens([2_000_000] * 12))
    assert [tier.days for tier in told.tiers if tier.planned] == [0] * sum(
        unlock.on is not None for unlock in projection.unlocks[1:]
    )
    assert list(told.money["planned"]) == list(told.money["actual"])
    assert len(told.money) == 12


def test_twice_as_fast_is_earlier() -> None:
    projection = tl.project(base_plan())
    assert projection.unlock("Tier 2").on == date(2026, 9, 16)
    # $10 a day: $50 on the 11th, the fifth day.
    told = deviation(projection, daily_tokens([4_000_000] * 8))
    tiers = {tier.tier: tier for tier in told.tiers}
    assert (tiers["Tier 2"].now, tiers["Tier 2"].days) == (date(2026, 9, 11), -5)
    # Planned 100 on the 20th day, 26 September; now on the 10th, 16 September, after the files.
    assert tiers["Tier 3"].planned == date(2026, 9, 26)
    assert (tiers["Tier 3"].now, tiers["Tier 3"].days) == (date(2026, 9, 16), -10)
    assert list(told.money["difference"]) == [5.0 * day for day in range(1, 9)]


def test_half_as_fast_is_later_or_not_within_the_plan() -> None:
    projection = tl.project(base_plan())
    told = deviation(projection, daily_tokens([1_000_000] * 8))
    tiers = {tier.tier: tier for tier in told.tiers}
    # $2.50 a day: $50 on the 20th day.
    assert (tiers["Tier 2"].now, tiers["Tier 2"].days) == (date(2026, 9, 26), 10)
    # 120 days of $5 are 600; of $2.50, 300: 250 is reached on the 100th day.
    assert tiers["Tier 4"].now == date(2026, 9, 7) + timedelta(days=99)
    assert (tiers["Tier 5"].planned, tiers["Tier 5"].now, tiers["Tier 5"].days) == (None,) * 3


def test_a_waiting_time_that_ends_after_the_money_comes() -> None:
    waits = {"ladder": "openai/2024-10", "limits": "openai/2024-10"}
    base = base_plan().but(**waits, first_payment=date(2026, 9, 7), paid_before=0)
    # $25 a day: $50 on 8 September, but seven days since the payment are over on the 14th.
    told = deviation(tl.project(base), daily_tokens([10_000_000] * 10))
    assert told.tiers[1].now == date(2026, 9, 14)


def test_files_that_do_not_reach_the_plan() -> None:
    projection = tl.project(plan(start=date(2027, 1, 1)))
    with pytest.raises(ValueError, match="The files end on 2026-09-11, and the plan has the days"):
        deviation(projection, daily_tokens([1] * 5))


USED = b"date,cost\n2026-09-01,4\n2026-09-02,8.25\n"


@pytest.mark.parametrize(
    ("paid_on", "tells_all_use"),
    # Use from before the files may have been paid with it too.
    [("2026-08-31", False), ("2026-09-01", True)],
)
def test_what_is_left_of_the_payments(paid_on: str, tells_all_use: bool) -> None:
    imported = read([USED, f"date,amount\n{paid_on},50\n2026-09-03,20\n".encode()])
    assert imported.balance == Decimal("37.75")
    assert imported.tells_all_use == tells_all_use
    assert imported.scenario(plan()).opening_balance == Decimal("37.75")
    assert imported.scenario(plan(opening_balance=9)).opening_balance == 9
    assert imported.scenario(plan(billing="monthly_invoice")).opening_balance == 0
    assert read([USED]).balance is None


def test_more_used_than_paid_leaves_nothing() -> None:
    assert read([USED, b"date,amount\n2026-09-01,12.24\n"]).balance == 0


def test_the_money_that_a_plan_goes_on_from() -> None:
    payments = b"date,amount\n2026-08-20,10\n2026-09-02,30\n"
    imported = read([USED, payments])
    assert imported.actual["paid"].tolist() == [10, 40]
    after = imported.scenario(plan(paid_before=0))
    money = actual_money(after, imported)
    assert money.iloc[-1].tolist() == [float(after.used_before), float(after.paid_before)]
    # A plan that brings more than the files tell: so was the account's money all along.
    more = actual_money(after.but(used_before=20, paid_before=60), imported)
    assert (more - money)["paid"].tolist() == [20, 20]
    assert (more - money)["used"].tolist() == [7.75, 7.75]
    assert actual_money(after, read([USED]))["paid"].isna().all()
