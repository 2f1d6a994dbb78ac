"""Both engines again, on rules of shapes that no published file has.

Largest purchases and balances, credit that lapses within days, waiting without money, gates within
gates, windows of every kind under each reading, tiers that are lost and come back, and limits on
input, output and requests that are soft, multiples, or for each model alone.
"""

from collections.abc import Iterator
from datetime import date, timedelta
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


def ladder(version: str, expiry: int | None, *tiers: dict[str, Any], **rest: Any) -> Ladder:
    return Ladder(
        **header(version),
        **{"currency": "USD", "keeping": "for good", "scope": "account", **rest},
        credit_expiry_days=expiry,
        tiers=tuple({"wording": "made up", "source": "tests", **tier} for tier in tiers),
    )


def table(version: str, *rows: dict[str, Any]) -> LimitsTable:
    return LimitsTable(
        **header(version), counts="input and output", complete=False, rows=tuple(rows)
    )


def row(model: str, by_tier: dict[str, dict[str, Any]], **rest: Any) -> dict[str, Any]:
    tiers = [{"tier": tier, **limits} for tier, limits in by_tier.items()]
    return {"model": model, "source": "tests", "tiers": tiers, **rest}


def money(counts: str, amount: Any, over: Any = "lifetime") -> dict[str, Any]:
    return {"counts": counts, "at_least": amount, "over": over}


def more(counts: str, amount: Any, over: Any = "lifetime") -> dict[str, Any]:
    return {"counts": counts, "more_than": amount, "over": over}


def waiting(days: int, clock: str = "first payment") -> dict[str, Any]:
    return {"days_since": clock, "at_least": days}


def rolling(days: int) -> dict[str, int]:
    return {"rolling_days": days}


def best_of(months: int) -> dict[str, int]:
    return {"best_of_months": months}


def tier(name: str, opens_when: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"name": name, "opens_when": opens_when, **rest}


def every(*gates: dict[str, Any]) -> dict[str, Any]:
    return {"all": gates}


def either(*gates: dict[str, Any]) -> dict[str, Any]:
    return {"any": gates}


SINCE_LEAP_DAY = {"since": date(2024, 2, 29)}
LADDERS = (
    ladder(
        "2020-01",
        3,
        {"name": "a", "largest_purchase": 100, "largest_balance": 150},
        tier("b", waiting(2), largest_purchase=250),
        tier("c", money("used", 5), monthly_usage_limit=10),
        tier("d", every(money("used", 50), waiting(1)), largest_balance=1000),
    ),
    ladder(
        "2020-02",
        None,
        {"name": "a", "smallest_purchase": 10, "largest_purchase": 50},
        # The higher tier is the easier one: the lower is passed over.
        tier("b", every(money("contested", 1000), waiting(9)), largest_balance=60),
        tier("c", every(money("paid", 10), waiting(3))),
        tier("d", money("contested", 100)),
    ),
    ladder("2020-03", 1, {"name": "a", "monthly_usage_limit": 5}),
    # Gates within gates, and tiers that are lost when a window moves on.
    ladder(
        "2020-04",
        None,
        {"name": "a"},
        tier(
            "b",
            either(
                every(money("contested", 5, rolling(3)), waiting(2, "first purchase")),
                more("used", 50, "month to date"),
            ),
        ),
        tier(
            "c", every(either(waiting(9), money("paid", 100)), money("contested", 20, rolling(7)))
        ),
        tier("d", every(money("paid", 50, "month before"), either(more("purchased", 80)))),
        keeping="re-evaluated",
    ),
    ladder(
        "2020-05",
        None,
        {"name": "a", "largest_purchase": 50},
        tier("b", more("used", 10, "month before"), largest_purchase=100),
        tier("c", money("purchased", 50, best_of(2))),
        tier("d", more("contested", 100, "month to date"), monthly_usage_limit=(20, 300)),
        keeping="re-evaluated",
        activation={"day_of_month": 15},
    ),
    ladder(
        "2020-06",
        None,
        {"name": "a"},
        tier("b", more("used", 5, SINCE_LEAP_DAY)),
        tier("c", every(waiting(30, "account creation"), money("contested", 50, best_of(3)))),
        tier("d", every({"fact": "payment method"}, money("paid", 20, SINCE_LEAP_DAY))),
        activation={"day_of_month": 1},
    ),
    # Windows of one day: what opens in the evening is lost in the morning.
    ladder(
        "2020-07",
        30,
        {"name": "a"},
        tier("b", money("used", 5, rolling(1))),
        tier("c", money("purchased", 10, rolling(1)), monthly_usage_limit=40),
        tier("d", every(more("contested", 25, rolling(30)), {"fact": "a plan"})),
        keeping="re-evaluated",
        activation="at a click",
    ),
    ladder(
        "2020-08",
        None,
        {"name": "a", "monthly_usage_limit": 10},
        tier("b", {"opaque": "ask us"}, monthly_usage_limit=(30, 50), largest_purchase=20),
        tier("c", {"opaque": "ask us again"}),
    ),
    # Given some days after it was earned, and lost without delay.
    ladder(
        "2020-09",
        None,
        {"name": "a"},
        tier("b", money("purchased", 10, rolling(4))),
        tier("c", every(money("contested", 20, rolling(7)), waiting(2))),
        keeping="re-evaluated",
        activation={"lag_days": [2, 5]},
    ),
    ladder(
        "2020-10",
        None,
        {"name": "a", "largest_purchase": 60},
        tier("b", money("paid", 5)),
        tier("c", every(money("contested", 50), waiting(7)), monthly_usage_limit=30),
        activation={"lag_days": [1, 1]},
    ),
    # Several ways to a tier, each with a wait of its own; and a fact in the place of money.
    ladder(
        "2020-11",
        None,
        {"name": "a"},
        tier("b", either(money("purchased", 10), {"fact": "a plan"})),
        tier(
            "c",
            either(
                every(money("paid", 20), waiting(30)),
                every(money("paid", 200), waiting(7, "first purchase")),
            ),
        ),
        tier("d", either(money("paid", 500), every(money("contested", 50), waiting(20)))),
    ),
    # Given on one day of the month, whatever happens on it.
    ladder(
        "2020-12",
        None,
        {"name": "a"},
        tier("b", money("paid", 10)),
        tier("c", every(money("contested", 50), waiting(7))),
        activation={"day_of_month": 15},
    ),
)
TABLES = (
    table(
        "2020-01",
        row("large", {"a": {"input_tpm": 300, "output_tpm": 50}, "b": {"input_tpm": "unlimited"}}),
        row(
            "small",
            {"a": {"tpd": 90_000, "rpm": 1}, "c": {"tpm": "not available"}, "d": {"rpd": 7}},
        ),
        row(
            "other",
            {"a": {"tpm": 1_000, "input_tpm": 900, "rpd": 0}, "d": {"output_tpm": 0}},
        ),
    ),
    table("2020-02", row("large", {"b": {"tpm": 70}})),
    table(
        "2020-03",
        row(
            "each-*",
            {
                "a": {"tpm": 50, "rps": 1},
                "b": {"tpm": {"times": 3, "of": "a"}},
                "d": {"tpd": 9_000},
            },
            alone=True,
            soft=True,
            aliases=("each-of-all-*",),
        ),
        row("fresh", {"a": {"input_tpm": 40}, "c": {"rps": 2}}, cached_input_counts=False),
        row("*", {"a": {"tpm": 60}, "b": {"tpm": "unpublished", "rpm": 2}, "c": {"rpd": 40}}),
        row(
            "asked", {"a": {"tpm": "not available"}, "b": {"tpm": 30}}, soft=True, aliases=("as-*",)
        ),
    ),
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


MONDAY = date(2024, 1, 1)


def project_both(**changes: Any) -> plain_engine.PlainProjection:
    """Project a plan from 1 Jan 2024 with both engines, which must agree."""
    given = {"limits": "made-up/2020-02", "start": MONDAY, "days": 40, **changes}
    given["purchases"] = [
        {"on": MONDAY + timedelta(days=day - 1), "amount": amount}
        for day, amount in given.get("purchases", [])
    ]
    scenario = tl.Scenario.model_validate(given)
    plain = plain_engine.project(scenario)
    assert_same(tl.project(scenario), plain)
    return plain


def on(day: int) -> date:
    """A day of January 2024, and on: 32 is 1 February."""
    return MONDAY + timedelta(days=day - 1)


def test_what_opens_for_one_day_is_lost_the_next_morning() -> None:
    # Tier c counts what is bought in one day, $10 and more: open on the 3rd only.
    plain = project_both(ladder="made-up/2020-07", purchases=[(3, 10)])
    assert plain.unlocks[2].on == on(3)
    assert [(day.date, day.tier) for day in plain.days if day.tier != "a"] == [(on(3), "c")]
    assert plain.falls == [(on(4), "b"), (on(4), "c")]


@pytest.mark.parametrize(
    ("again", "opens"),
    [
        # Two days late, but the morning after the purchase it does not hold any more.
        ([], None),
        # It holds on the 3rd, 4th and, until the morning of its date, on the 5th.
        ([(4, 10), (5, 10)], on(5)),
        # Not on the 5th: it lapses on its very morning.
        ([(4, 10)], None),
        # Lapsed on the 4th, earned again on the 5th, 6th and 7th.
        ([(5, 10), (6, 10), (7, 10)], on(7)),
    ],
)
def test_a_shifted_unlock_lapses(again: list[tuple[int, int]], opens: date | None) -> None:
    plain = project_both(
        ladder="made-up/2020-07", lag_days=2, purchases=[(3, 10), *again], lacks=["a plan"]
    )
    assert plain.unlocks[2].on == opens
    assert plain.unlocks[3].held_by == "fact"
    assert bool(plain.falls) == bool(opens)


def test_what_lapses_after_a_loss_is_not_lost_again() -> None:
    # Tier c is lost on the first morning. Earned again on the 3rd, it lapses on the 4th.
    plain = project_both(
        ladder="made-up/2020-07", lag_days=9, opening_tier="c", purchases=[(3, 10)]
    )
    assert plain.falls == [(on(1), "b"), (on(1), "c")]
    assert [unlock.on for unlock in plain.unlocks] == [on(1), on(1), on(1), None]


def test_a_tier_that_asks_for_no_payment_does_not_wait_for_one() -> None:
    # Tier c counts $5 of use, here of granted credit: $1 a day, the fifth on the 5th.
    line = {
        "model": "none",
        "tokens_per_day": 10**6,
        "price": {"input": 1, "output": 1},
        "context_window": None,
    }
    plain = project_both(
        ladder="made-up/2020-01", first_payment=on(20), opening_balance=9, usage=[line]
    )
    assert (plain.unlocks[2].on, plain.unlocks[2].held_by) == (on(5), "money")
    assert project_both(ladder="made-up/2020-01").unlocks[2].held_by == "money"


def test_without_an_evaluation_nothing_is_lost() -> None:
    # $10 on the 3rd open tier c. The next evaluation is that of the next payment, on the 20th.
    plain = project_both(
        ladder="made-up/2020-07", evaluated="at_payment", purchases=[(3, 10), (20, 5)]
    )
    assert {day.tier for day in plain.days[2:19]} == {"c"}
    assert plain.falls == [(on(20), "b"), (on(20), "c")]


@pytest.mark.parametrize("evaluated", ["daily", "at_payment"])
@pytest.mark.parametrize(("amount", "opens"), [(50, on(15)), ("49.99", None)])
def test_one_evaluation_a_month(amount: Any, opens: date | None, evaluated: str) -> None:
    # The larger of two months: bought in January, it counts on 15 Jan and 15 Feb, not on 15 March.
    # The provider looks on these days, whether anything is paid on them or not.
    plain = project_both(
        ladder="made-up/2020-05", days=80, evaluated=evaluated, purchases=[(2, amount)]
    )
    assert plain.unlocks[2].on == opens
    assert plain.falls == ([(on(75), "b"), (on(75), "c")] if opens else [])


@pytest.mark.parametrize(
    ("amount", "opens"),
    [
        # The slower way is the one whose money is there.
        (20, on(31)),
        ("199.99", on(31)),
        (200, on(8)),
        ("19.99", None),
    ],
)
def test_each_way_to_a_tier_has_its_own_wait(amount: Any, opens: date | None) -> None:
    plain = project_both(ladder="made-up/2020-11", purchases=[(1, amount)])
    assert plain.unlocks[2].on == opens
    assert plain.unlocks[2].held_by == ("money" if opens in (on(1), None) else "waiting")


@pytest.mark.parametrize(
    ("lacks", "amount", "opens", "held_by"),
    [
        ([], 5, on(1), "money"),
        (["a plan"], 10, on(1), "money"),
        (["a plan"], "9.99", None, "money"),
    ],
)
def test_money_does_in_the_place_of_a_fact(
    lacks: list[str], amount: Any, opens: date | None, held_by: str
) -> None:
    plain = project_both(ladder="made-up/2020-11", lacks=lacks, purchases=[(1, amount)])
    assert (plain.unlocks[1].on, plain.unlocks[1].held_by) == (opens, held_by)


@pytest.mark.parametrize(("bought_on", "opens"), [(15, on(15)), (16, on(46))])
def test_a_day_of_the_month_without_a_payment_gives_too(bought_on: int, opens: date) -> None:
    plain = project_both(ladder="made-up/2020-12", days=80, purchases=[(bought_on, 10)])
    assert plain.unlocks[1].on == opens


@pytest.mark.parametrize(
    ("reading", "past", "opening", "lost"),
    [
        # More than $25 in 30 days: of 5 Dec until 3 Jan.
        ("used", [{"on": "2023-12-05", "used": "25.01"}], on(1), on(4)),
        ("used", [{"on": "2023-12-05", "used": "25"}], None, None),
        ("used", [{"on": "2023-12-02", "used": "99"}], None, None),
        ("paid", [{"on": "2023-12-05", "used": "25.01"}], None, None),
        ("paid", [{"on": "2023-12-05", "purchased": "25.01"}], on(1), on(4)),
    ],
)
def test_past_days_move_out_of_a_window(
    reading: str, past: list[dict[str, str]], opening: date | None, lost: date | None
) -> None:
    plain = project_both(
        ladder="made-up/2020-07",
        reading=reading,
        past=past,
        first_payment="2023-12-01",
        used_before=99,
        paid_before=99,
    )
    assert plain.unlocks[3].on == opening
    assert [day for day, name in plain.falls if name == "d"] == ([lost] if lost else [])


def test_nothing_is_predicted_where_the_rule_is_not_public() -> None:
    plain = project_both(ladder="made-up/2020-08", opening_tier="b", purchases=[(1, 20), (1, 21)])
    assert [unlock.on for unlock in plain.unlocks] == [on(1), on(1), None]
    assert plain.unlocks[2].held_by is None
    assert {day.tier for day in plain.days} == {"b"}
    assert plain.days[0].refused == [to_nanos(Decimal(21))]
