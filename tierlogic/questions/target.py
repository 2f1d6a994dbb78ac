"""What a goal takes: the earliest day, the fewest tokens, the least prepay, the cheapest purchases.

>>> import tierlogic as tl
>>> found = tl.target(scenario, tl.Goal(by=date(2027, 1, 15), tier="Tier 4"))
>>> found.by_reading["paid"].prepay.value, found.by_reading["paid"].prepay.why
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from tierlogic.answer import READINGS
from tierlogic.language import day_in_words, say
from tierlogic.money import CENT
from tierlogic.questions.goal import Aim, Goal, GoalError, aim_of
from tierlogic.questions.target_cheapest import cheapest, more_and_more
from tierlogic.questions.target_earliest import earliest
from tierlogic.questions.target_figures import (
    countable_days,
    least_prepay,
    least_tokens,
    most_tokens,
    prepay_steps,
    token_steps,
    tokens_at,
    with_prepay,
    with_tokens,
)
from tierlogic.questions.target_purchases import Purchases, until, with_purchases
from tierlogic.questions.target_search import Search, Trial, in_time, run, side_by_side
from tierlogic.questions.target_words import (
    bounds_in_words,
    missed_in_words,
    on_top_in_words,
    purchases_in_words,
    reached_in_words,
    what_it_takes,
)
from tierlogic.scenario import MAX_DAYS, MAX_PURCHASES, Purchase, Reading, Scenario, problems

_LOOK_AHEAD = 400
"""Days from the start within which a date is looked for, where the goal's own day is too soon."""

Value = TypeVar("Value")


@dataclass(frozen=True)
class Way(Generic[Value]):
    """One way to reach a goal."""

    value: Value | None
    """None: it cannot be done this way."""
    plan: Scenario | None
    """The whole plan with this change put in, under this reading; it reaches the goal."""
    why: str
    """What brings the goal with this change, or which gate forbids it and what date could."""


@dataclass(frozen=True)
class Ways:
    """The ways to a goal under one reading."""

    earliest: Way[date]
    """The first day that any plan reaches; it may be after the goal's. None: not within 400 days.

    Any purchases that the bounds allow, and any tokens a day that the engine counts; all else in
    the plan stays. Its plan reaches the goal on that day.
    """
    tokens_per_day: Way[float]
    """The fewest, all usage lines together and scaled alike, of four digits (0.1 %)."""
    prepay: Way[Decimal]
    """The smallest extra purchase on the first day, to the cent; 0: none is needed."""
    schedule: Way[tuple[Purchase, ...]]
    """The cheapest purchases in place of the planned ones and of auto-recharge, to the cent and
    the day; `tierlogic.questions.target_cheapest` says which are preferred."""


@dataclass(frozen=True)
class Target:
    """What a goal takes, under both readings."""

    scenario: Scenario
    goal: Goal
    tier: str
    """The lowest tier that is enough."""
    by_reading: dict[Reading, Ways]


def target(
    scenario: Scenario, goal: Goal, progress: Callable[[int], object] | None = None
) -> Target:
    """Find what a plan lacks to reach a goal, under both readings.

    Every number is exact on the engine: a cent less, a day later or the next smaller number of
    tokens fails. A plan that more money or tokens can also make fail (one evaluated only at a
    payment, a largest balance) may have a smaller number still, between two that were tried.

    Args:
        scenario: the plan.
        goal: what is to be reached.
        progress: told from time to time how many plans were tried, of some 1,500 at most. What it
            raises ends the work.

    Raises:
        GoalError: a ValueError; the plan cannot have this goal.
        PlanTooLargeError: a ValueError; the plan costs more than the engine counts.
    """
    aim = aim_of(goal, scenario)
    whole = _reaching(scenario, goal.by)
    # Where nothing is contested, both readings are one question.
    readings = READINGS if scenario.rules.contested else READINGS[:1]
    searches = [_ways(whole.but(reading=reading), aim) for reading in readings]
    ways = run(side_by_side(searches), aim, progress)
    by_reading = dict(zip(readings, ways, strict=True))
    return Target(
        scenario,
        goal,
        aim.tier,
        {reading: by_reading.get(reading) or _read(ways[0], reading) for reading in READINGS},
    )


def _read(ways: Ways, reading: Reading) -> Ways:
    def read(way: Way[Value]) -> Way[Value]:
        return replace(way, plan=way.plan and way.plan.model_copy(update={"reading": reading}))

    return Ways(
        read(ways.earliest), read(ways.tokens_per_day), read(ways.prepay), read(ways.schedule)
    )


def _reaching(scenario: Scenario, day: date) -> Scenario:
    """The plan, carried on to a day where it ends before it."""
    days = (day - scenario.start).days + 1
    if days <= scenario.days:
        return scenario
    try:
        return scenario.but(days=days)
    except ValidationError as error:
        why = "; ".join(problem.message for problem in problems(error))
        raise GoalError(
            say("the plan cannot go on until {day}: {why}", day=day_in_words(day), why=why)
        ) from error


@dataclass(frozen=True)
class _Question:
    """One reading's plan and aim, and how far to look where the aim's day is too soon."""

    whole: Scenario
    aim: Aim
    far: date
    most: int
    """Step of the most tokens a day that the engine counts until the plan's end."""
    most_far: int

    @property
    def near_plan(self) -> Scenario:
        return until(self.whole, self.aim.by)

    @property
    def far_plan(self) -> Scenario:
        return until(self.whole, self.far)


def _question(whole: Scenario, aim: Aim) -> _Question:
    near = (aim.by - whole.start).days + 1
    ahead = min(max(near, _LOOK_AHEAD), MAX_DAYS)
    far = whole.start + timedelta(days=max(near, countable_days(whole, ahead)) - 1)
    if not _is_valid(until(whole, far)):
        far = aim.by
    most, most_far = most_tokens(whole), most_tokens(until(whole, far))
    return _Question(whole, aim, far, most, min(most, most_far))


def _is_valid(plan: Scenario) -> bool:
    try:
        plan.but()
    except ValidationError:
        return False
    return True


def _ways(whole: Scenario, aim: Aim) -> Search[Ways]:
    question = _question(whole, aim)
    searches: list[Search[Any]] = [
        _earliest(question),
        _tokens(question),
        _prepay(question),
        _schedule(question),
    ]
    return Ways(*(yield from side_by_side(searches)))


def _earliest(question: _Question) -> Search[Way[date]]:
    aim = question.aim
    found = yield from earliest(question.far_plan, aim, question.most_far)
    if found.on is None or found.quickest is None:
        held = missed_in_words(found.tried, aim)
        none = say("No plan reaches it by {day}.", day=day_in_words(question.far))
        return Way(None, None, f"{none} {held}")
    plan, trial, taken = found.plan, found.quickest, []
    if plan:
        taken = [what_it_takes(plan, question.far_plan)]
        longest = max(question.whole.last_day, found.on)
        plan, trial = yield from _confirmed(until(plan, longest), aim.at(found.on))
    late = [] if found.on <= aim.by else [say("Not by {day}.", day=day_in_words(aim.by))]
    bounds = bounds_in_words(found.tried[-1], found.on, aim)
    return Way(found.on, plan, " ".join([*taken, *late, reached_in_words(trial, aim), *bounds]))


def _tokens(question: _Question) -> Search[Way[float]]:
    aim = question.aim
    found = yield from least_tokens(question.near_plan, aim, question.most)
    if found.step is None:
        steps = token_steps(question.whole, question.most_far)
        far = yield [with_tokens(question.far_plan, tokens_at(step)) for step in steps]
        by = day_in_words(aim.by)
        none = (
            say("No number of tokens a day is enough by {day}.", day=by)
            if question.whole.usage
            else say("The plan's use is not enough by {day}.", day=by)
        )
        return (yield from _missed(none, found.scan, far, question))
    tokens = tokens_at(found.step)
    plan, trial = yield from _confirmed(with_tokens(question.whole, tokens), aim)
    why = reached_in_words(trial, aim)
    return Way(tokens, plan, why if tokens else say("No use is needed. {why}", why=why))


def _prepay(question: _Question) -> Search[Way[Decimal]]:
    aim = question.aim
    found = yield from least_prepay(question.near_plan, aim)
    if found.step is None:
        steps = prepay_steps(question.far_plan, aim)
        far = yield [with_prepay(question.far_plan, cents * CENT) for cents in steps]
        by = day_in_words(aim.by)
        none = say("No single purchase on the first day is enough by {day}.", day=by)
        return (yield from _missed(none, found.scan, far, question))
    if found.step and sum(1 for _ in question.whole.payments()) >= MAX_PURCHASES:
        full = say("The plan has {most} purchases, the most that it can hold.", most=MAX_PURCHASES)
        return Way(None, None, full)
    amount = found.step * CENT
    plan, trial = yield from _confirmed(with_prepay(question.whole, amount), aim)
    why = reached_in_words(trial, aim)
    if not amount:
        return Way(amount, plan, say("No further purchase is needed. {why}", why=why))
    return Way(amount, plan, " ".join([*on_top_in_words(question.near_plan), why]))


def _schedule(question: _Question) -> Search[Way[Purchases]]:
    aim = question.aim
    found = yield from cheapest(question.near_plan, aim)
    if found.purchases is None:
        far = yield from more_and_more(question.far_plan, aim)
        by = day_in_words(aim.by)
        none = say("No purchases that were tried are enough by {day}.", day=by)
        return (yield from _missed(none, found.scan, far, question))
    plan, trial = yield from _confirmed(with_purchases(question.whole, found.purchases), aim)
    bought = purchases_in_words(found.purchases, question.near_plan)
    return Way(found.purchases, plan, " ".join([*bought, reached_in_words(trial, aim)]))


def _confirmed(plan: Scenario, aim: Aim) -> Search[tuple[Scenario, Trial]]:
    """Check a plan as a whole, and that it does reach its aim."""
    checked = plan.but()
    (trial,) = yield [checked]
    if not in_time(trial, aim):
        raise AssertionError(f"the plan found for {aim} does not reach it")
    return checked, trial


def _missed(
    none: str, near: list[Trial], far: list[Trial], question: _Question
) -> Search[Way[Any]]:
    aim = question.aim
    as_planned = yield [question.near_plan]
    held = missed_in_words([*as_planned, *near], aim)
    days = [trial.reached for trial in far if trial.reached]
    if not days:
        never = say("Nor would it be by {day}.", day=day_in_words(question.far))
        return Way(None, None, f"{none} {held} {never}")
    day = day_in_words(min(days))
    # What holds it may end with that very day: "at the last day's pace it comes on 25 Jan 2024."
    when = [] if held.endswith(f" {day}.") else [say("It could be on {day}.", day=day)]
    return Way(None, None, " ".join([none, held, *when]))
