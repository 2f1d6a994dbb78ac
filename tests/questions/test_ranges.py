"""Plans drawn many times: worked examples, and figures that stay."""

import hashlib
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from pydantic import ValidationError

import tierlogic as tl
from tests.questions.plans import MONDAY, at_tier_1, on, use
from tierlogic.questions.ranges import RangesAnswer, money_counted
from tierlogic.questions.ranges_drawn import drawn
from tierlogic.questions.tier_range import TierRange
from tierlogic.rules.catalog import load_ladder
from tierlogic.scenario import Reading

WIDE: dict[str, Any] = {
    "tokens": (-0.2, 0.5),
    "price": (-0.1, 0.2),
    "growth": (-0.05, 0.1),
    "output_share": (-0.1, 0.1),
    "noise": 0.4,
    "lag_days": (0, 2),
}


def asked(scenario: tl.Scenario, **within: Any) -> RangesAnswer:
    return tl.ranges(scenario, tl.Ranges(**within))


def tier_2(scenario: tl.Scenario, reading: Reading = "used", **within: Any) -> TierRange:
    return asked(scenario, **within).tier_range("Tier 2", reading)


def days(found: TierRange) -> list[date | None]:
    return [found.earliest, found.likely, found.latest]


def test_without_ranges_every_draw_is_the_plan() -> None:
    # $2 a day: $50 on the 25th day.
    found = tier_2(at_tier_1())
    assert days(found) == [on(25)] * 3
    assert (found.planned, found.most_likely) == (on(25), on(25))
    assert (found.share, found.share_on_most_likely) == (1, 1)


def test_without_ranges_the_fan_is_the_plans_own_money() -> None:
    fan = asked(at_tier_1()).fans["used"]
    daily = tl.project(at_tier_1()).daily
    for quantile in ("low", "median", "high"):
        assert fan[quantile].tolist() == daily["used"].tolist()
    assert fan.index.equals(daily.index)


def test_the_lag_is_each_of_its_days_as_often() -> None:
    found = tier_2(at_tier_1(), lag_days=(0, 2))
    assert days(found) == [on(25), on(26), on(27)]
    # A third of 1,000 draws, give or take three times sqrt(1000 / 3 * 2 / 3) = 15.
    assert found.share_on_most_likely == pytest.approx(1 / 3, abs=0.045)


def test_the_plans_own_lag_holds_without_a_range() -> None:
    assert days(tier_2(at_tier_1(lag_days=3))) == [on(28)] * 3
    assert days(tier_2(at_tier_1(lag_days=3), lag_days=(1, 1))) == [on(26)] * 3


def test_tokens_follow_a_triangle_with_its_peak_at_the_plan() -> None:
    # From 50% fewer to as planned: in 10% of the draws fewer than 50% + 50% * sqrt(0.1) = 65.8%
    # of $2, in half of them than 85.4%, in 90% than 97.4%. $50 then take 25.7, 29.3 and 38 days.
    found = tier_2(at_tier_1(), tokens=(-0.5, 0))
    assert days(found) == [on(26), on(30), on(38)]


def test_dearer_and_cheaper_tokens_are_as_more_and_fewer() -> None:
    # Other draws of the same triangle.
    found = tier_2(at_tier_1(), price=(-0.5, 0))
    assert days(found) == [on(26), on(30), on(38)]


def test_a_tier_that_few_draws_reach_has_no_latest_day() -> None:
    # 60 days: $50 need $0.834 a day, 41.7% of $2; from -100% to 0 a draw is less by
    # a chance of 0.417 ** 2 = 17%.
    found = tier_2(at_tier_1(days=60), tokens=(-1, 0))
    assert found.share == pytest.approx(0.826, abs=0.03)
    assert found.earliest is not None
    assert found.likely is not None
    assert found.latest is None


def test_a_tier_that_no_draw_reaches() -> None:
    # $49.99 of credit, whatever is used.
    found = tier_2(at_tier_1(prepay="49.99"), tokens=(-0.2, 0.5))
    assert days(found) == [None] * 3
    assert (found.most_likely, found.share) == (None, 0)
    assert tier_2(at_tier_1(prepay="50"), tokens=(-0.2, 0.5)).share == 1


def test_both_readings_are_drawn() -> None:
    # Bought credit counts at once: $60 on the first day, and only the lag moves it.
    found = tier_2(at_tier_1(), "paid", lag_days=(0, 2))
    assert days(found) == [on(1), on(2), on(3)]
    fan = asked(at_tier_1(), tokens=(-0.5, 0.5)).fans["paid"]
    assert set(fan["low"]) == set(fan["high"]) == {65.0}


def test_the_same_inputs_give_the_same_figures_for_ever() -> None:
    found = asked(at_tier_1(), **WIDE)
    assert days(found.tier_range("Tier 2", "used")) == [on(18), on(23), on(28)]
    fan = found.fans["used"].iloc[[0, 10, 20, 89]].round(6)
    assert fan.to_numpy().tolist() == [
        [1.250554, 2.230967, 3.759183],
        [19.750314, 25.245891, 32.729594],
        [39.284805, 48.857679, 60.0],
        [60.0, 60.0, 60.0],
    ]
    chances = "".join(scenario.to_query() for scenario in drawn(at_tier_1(), tl.Ranges(**WIDE)))
    assert hashlib.sha256(chances.encode()).hexdigest() == (
        "abdf7c6d8049d7f133ce1913b96ca6997cf1e2b75be25d37978b47212672c76e"
    )


def test_another_seed_draws_otherwise() -> None:
    plan = at_tier_1()
    assert drawn(plan, tl.Ranges(**WIDE, seed=2)) != drawn(plan, tl.Ranges(**WIDE))


def test_more_draws_add_to_those_there_are() -> None:
    few, many = (drawn(at_tier_1(), tl.Ranges(**WIDE, draws=n)) for n in (100, 2000))
    assert many[:100] == few


def test_a_range_more_leaves_the_other_draws_as_they_are() -> None:
    tokens = [
        [plan.usage[0].tokens_per_day for plan in drawn(at_tier_1(), tl.Ranges(**within))]
        for within in ({"tokens": (-0.2, 0.5)}, WIDE)
    ]
    assert tokens[0] == tokens[1]


def test_each_draw_is_a_plan_that_can_be_sent_and_projected_alone() -> None:
    within = tl.Ranges(**WIDE, draws=100)
    plans = drawn(at_tier_1(), within)
    for plan in plans[:20]:
        assert tl.Scenario.from_query(plan.to_query()) == plan
    alone = sorted(tl.project(plan).unlock("Tier 2").on or date.max for plan in reversed(plans))
    found = tl.ranges(at_tier_1(), within).tier_range("Tier 2", "used")
    # The 10th, the 50th and the 90th of 100.
    assert days(found) == [alone[9], alone[49], alone[89]]


def test_draws_stay_within_what_a_plan_may_hold() -> None:
    line = use(2, tokens_per_day=1e13, output_share=0.99, growth_per_30_days=-0.88)
    for plan in drawn(
        at_tier_1(usage=[line]),
        tl.Ranges(tokens=(0, 9), growth=(-1, 0), output_share=(-1, 1), price=(-1, 9)),
    ):
        assert tl.Scenario.from_query(plan.to_query()) == plan


def test_more_noise_means_a_wider_range() -> None:
    widths = []
    for noise in (0, 0.3, 0.9):
        found = tier_2(at_tier_1(), noise=noise)
        assert found.earliest is not None
        assert found.latest is not None
        widths.append((found.latest - found.earliest).days)
    assert widths[0] == 0
    assert all(less < more for less, more in pairwise(widths))


def test_the_noise_of_a_plan_stays_where_none_is_drawn() -> None:
    noisy = at_tier_1(noise=tl.Noise(spread=0.4, seed=7))
    assert {plan.noise for plan in drawn(noisy, tl.Ranges())} == {noisy.noise}
    assert len({plan.noise for plan in drawn(noisy, tl.Ranges(noise=0.4))}) == 1000


def test_quantiles_are_in_order() -> None:
    found = asked(at_tier_1(days=365), **WIDE)
    for reading in ("used", "paid"):
        fan = found.fans[reading]
        assert (fan["low"] <= fan["median"]).all()
        assert (fan["median"] <= fan["high"]).all()
        assert (fan.diff().dropna() >= 0).all(axis=None)


def test_a_long_fan_has_few_days_with_the_first_and_the_last() -> None:
    fan = asked(at_tier_1(days=3660), draws=100, tokens=(-0.5, 0)).fans["used"]
    assert len(fan) == 400
    assert (fan.index[0].date(), fan.index[-1].date()) == (MONDAY, on(3660))


def test_the_tier_is_the_next_one_or_the_one_asked_for() -> None:
    assert asked(at_tier_1()).tier == "Tier 2"
    assert tl.ranges(at_tier_1(), tl.Ranges(), tier="Tier 4").tier == "Tier 4"
    with pytest.raises(KeyError, match="has no tier 'Tier 9' with gates; it has Tier 1, Tier 2"):
        tl.ranges(at_tier_1(), tl.Ranges(), tier="Tier 9")


@pytest.mark.parametrize(
    ("ladder", "reading", "money"),
    [
        ("openai/2026-05", "used", "used"),
        ("openai/2026-05", "paid", "paid"),
        ("anthropic/2024-04", "used", "purchased"),
        ("vertex/2026-10", "paid", "used"),
    ],
)
def test_the_fan_shows_the_money_that_counts(ladder: str, reading: Reading, money: str) -> None:
    assert money_counted(load_ladder(ladder), reading) == money


def test_a_draw_that_costs_too_much_is_told_from_the_plan() -> None:
    # 10^13 tokens at $90 a million are $900 million a day, and up to $990 million at 10% more.
    line = use(
        0,
        model="a-model-without-limits",
        tokens_per_day=1e13,
        price=tl.Price(input=Decimal(90), output=Decimal(90)),
    )
    dear = at_tier_1(usage=[line], days=2)
    assert asked(dear, price=(0, 0.1), draws=100).fans["used"].shape == (2, 3)
    with pytest.raises(tl.PlanTooLargeError, match="within these ranges, usage: on 2024-01-01"):
        asked(dear, price=(0, 0.3), draws=100)


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("tokens", (0.2, 0.5), "runs from 0.2 to 0.5, without the plan itself; give a low of 0"),
        ("tokens", (-0.5, -0.2), "runs from -0.5 to -0.2, without the plan itself"),
        ("growth", (0.1, -0.1), "runs from 0.1 down to -0.1; give the lower change first"),
        ("tokens", (-1.01, 0), "runs from -1.01 to 0; stay within -1 and 9"),
        ("price", (0, 9.01), "runs from 0 to 9.01; stay within -1 and 9"),
        ("growth", (-1, 10.01), "runs from -1 to 10.01; stay within -1 and 10"),
        ("output_share", (-1, 1.01), "runs from -1 to 1.01; stay within -1 and 1"),
        ("lag_days", (3, 2), "runs from 3 to 2 days; give whole days from 0 to 365"),
        ("lag_days", (-1, 2), "runs from -1 to 2 days"),
        ("lag_days", (0, 366), "runs from 0 to 366 days"),
        ("noise", 1.01, "must be at most 1"),
        ("noise", -0.01, "must be at least 0"),
        ("draws", 99, "must be at least 100"),
        ("draws", 2001, "must be at most 2000"),
        ("seed", -1, "must be at least 0"),
        ("seed", 2**32, "must be at most 4,294,967,295"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(field: str, given: Any, said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        tl.Ranges(**{field: given})
    (problem,) = tl.problems(caught.value)
    assert problem.field == field
    assert said in problem.message


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("tokens", (-1, 9)),
        ("price", (-1, 9)),
        ("growth", (-1, 10)),
        ("output_share", (-1, 1)),
        ("lag_days", (0, 365)),
        ("lag_days", (2, 2)),
        ("noise", 1),
        ("draws", 100),
        ("draws", 2000),
        ("seed", 2**32 - 1),
    ],
)
def test_what_stands_on_a_bound_is_allowed(field: str, given: Any) -> None:
    assert getattr(tl.Ranges(**{field: given}), field) == given


def test_the_progress_is_told_from_the_start_and_may_end_the_work() -> None:
    told: list[float] = []
    answered = tl.ranges(at_tier_1(days=3660), tl.Ranges(draws=300), progress=told.append)
    # 301 plans under both readings, 3,660 days each, are 2,203,320 days: 3 parts of 750,000.
    assert told == pytest.approx([0, 1 / 3, 2 / 3])
    assert answered.tiers == tl.ranges(at_tier_1(days=3660), tl.Ranges(draws=300)).tiers

    def stop(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        tl.ranges(at_tier_1(), tl.Ranges(), progress=stop)
