"""The target and the projection agree, over random plans, in both directions."""

import os
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import tierlogic as tl
from tests.random_scenarios import scenarios
from tierlogic.capacity import per_minute
from tierlogic.projection import Projection
from tierlogic.questions.target import Ways
from tierlogic.scenario import Reading

ALWAYS_THE_SAME = "CI" in os.environ
CENT = Decimal("0.01")
READINGS: tuple[Reading, ...] = ("used", "paid")

explore = settings(
    max_examples=15,
    deadline=None,
    derandomize=ALWAYS_THE_SAME,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@st.composite
def questions(draw: st.DrawFn) -> tuple[tl.Scenario, tl.Goal]:
    scenario = draw(scenarios(most_days=60).filter(lambda each: not each.rules.is_opaque))
    by = scenario.start + timedelta(days=draw(st.integers(0, 60)))
    tier = draw(st.sampled_from(scenario.rules.tier_names[1:] or scenario.rules.tier_names))
    return scenario, tl.Goal(by=by, tier=tier)


def ask(scenario: tl.Scenario, goal: tl.Goal) -> tl.Target:
    try:
        return tl.target(scenario, goal)
    except (tl.GoalError, tl.PlanTooLargeError):
        assume(False)
        raise


def in_time(projection: Projection, goal: tl.Goal) -> bool:
    assert goal.tier is not None
    on = projection.unlock(goal.tier).on
    return on is not None and on <= goal.by


def until(scenario: tl.Scenario, goal: tl.Goal) -> tl.Scenario:
    return scenario.model_copy(update={"days": (goal.by - scenario.start).days + 1})


@explore
@given(questions())
def test_every_plan_that_is_found_reaches_the_goal(question: tuple[tl.Scenario, tl.Goal]) -> None:
    scenario, goal = question
    for reading, ways in ask(scenario, goal).by_reading.items():
        for way in (ways.tokens_per_day, ways.prepay, ways.schedule):
            assert (way.value is None) == (way.plan is None)
            assert way.why.endswith(".")
            if way.plan:
                assert way.plan.reading == reading
                assert in_time(tl.project(way.plan), goal)
        assert goal.tier is not None
        if ways.earliest.plan:
            on = tl.project(ways.earliest.plan).unlock(goal.tier).on
            assert on == ways.earliest.value


@st.composite
def questions_of_limits(draw: st.DrawFn) -> tuple[tl.Scenario, tl.Goal]:
    scenario, goal = draw(questions().filter(lambda question: bool(question[0].usage)))
    model = draw(st.sampled_from([line.model for line in scenario.usage]))
    tpm = draw(st.sampled_from([1, 30_000, 30_001, 450_000, 2_000_000, 10_000_000]))
    return scenario, tl.Goal(by=goal.by, tpm=tpm, model=model)


@explore
@given(questions_of_limits())
def test_every_plan_that_is_found_has_the_limit_in_force(
    question: tuple[tl.Scenario, tl.Goal],
) -> None:
    scenario, goal = question
    line = [each.model for each in scenario.usage].index(goal.model or "")

    def first_day_with_it(plan: tl.Scenario) -> date | None:
        limit = per_minute(tl.project(plan), line)["tpm_limit"]
        days = limit.index[limit >= (goal.tpm or 0)]
        return days[0].date() if len(days) else None

    for ways in ask(scenario, goal).by_reading.values():
        for way in (ways.tokens_per_day, ways.prepay, ways.schedule):
            if way.plan:
                on = first_day_with_it(way.plan)
                assert on is not None
                assert on <= goal.by
        if ways.earliest.plan:
            assert first_day_with_it(ways.earliest.plan) == ways.earliest.value


@explore
@given(questions())
def test_a_little_less_does_not_reach_it(question: tuple[tl.Scenario, tl.Goal]) -> None:
    scenario, goal = question
    for ways in ask(scenario, goal).by_reading.values():
        for plan in a_little_less(ways):
            assert not in_time(tl.project(until(plan, goal)), goal)


def a_little_less(ways: Ways) -> list[tl.Scenario]:
    """A cent less of prepay, a step fewer of tokens, a cent less of a single purchase."""
    found = []
    if ways.prepay.value and ways.prepay.plan:
        *planned, extra = ways.prepay.plan.purchases
        less = extra.amount - CENT
        smaller = (tl.Purchase(on=extra.on, amount=less),) if less else ()
        found.append(with_purchases(ways.prepay.plan, (*planned, *smaller)))
    if ways.tokens_per_day.value and ways.tokens_per_day.plan:
        plan = ways.tokens_per_day.plan
        # One less in the fourth digit.
        digits, exponent = f"{ways.tokens_per_day.value:.3e}".split("e")
        fewer = float(f"{Decimal(digits) - Decimal('0.001')}e{exponent}")
        if Decimal(digits) > 1:
            scale = fewer / ways.tokens_per_day.value
            found.append(
                plan.model_copy(
                    update={
                        "usage": tuple(
                            line.model_copy(update={"tokens_per_day": line.tokens_per_day * scale})
                            for line in plan.usage
                        )
                    }
                )
            )
    if ways.schedule.plan and len(ways.schedule.value or ()) == 1:
        (only,) = ways.schedule.plan.purchases
        less = only.amount - CENT
        smaller = (tl.Purchase(on=only.on, amount=less),) if less else ()
        found.append(with_purchases(ways.schedule.plan, smaller))
    return found


def with_purchases(scenario: tl.Scenario, purchases: tuple[tl.Purchase, ...]) -> tl.Scenario:
    return scenario.model_copy(update={"purchases": purchases})


@explore
@given(questions())
def test_a_plan_that_reaches_it_needs_nothing_more(
    question: tuple[tl.Scenario, tl.Goal],
) -> None:
    scenario, goal = question
    answered = ask(scenario, goal)
    for reading in READINGS:
        ways = answered.by_reading[reading]
        projection = tl.project(until(scenario.model_copy(update={"reading": reading}), goal))
        assert (ways.prepay.value == 0) == in_time(projection, goal)
        if in_time(projection, goal):
            assert goal.tier is not None
            on = projection.unlock(goal.tier).on
            assert on is not None
            assert ways.earliest.value is not None
            assert ways.earliest.value <= on


@explore
@given(questions(), st.data())
def test_no_other_plan_is_earlier(
    question: tuple[tl.Scenario, tl.Goal], data: st.DataObject
) -> None:
    scenario, goal = question
    answered = ask(scenario, goal)
    first = max(scenario.start, scenario.first_payment or scenario.start)
    days = st.integers(0, 30).map(lambda day: first + timedelta(days=day))
    amounts = st.decimals(CENT, 10_000, places=2)
    other = scenario.model_copy(
        update={
            "auto_recharge": None,
            "purchases": tuple(
                tl.Purchase(on=data.draw(days), amount=data.draw(amounts))
                for _ in range(data.draw(st.integers(0, 4)))
            ),
            "usage": tuple(
                line.model_copy(update={"tokens_per_day": min(1e13, line.tokens_per_day * factor)})
                for factor in [data.draw(st.sampled_from([0.0, 0.5, 1.0, 3.0, 1000.0]))]
                for line in scenario.usage
            ),
        }
    )
    for reading in READINGS:
        earliest = answered.by_reading[reading].earliest.value
        try:
            projection = tl.project(other.model_copy(update={"reading": reading}))
        except tl.PlanTooLargeError:
            continue
        assert goal.tier is not None
        on = projection.unlock(goal.tier).on
        assert on is None or (earliest is not None and earliest <= on)
