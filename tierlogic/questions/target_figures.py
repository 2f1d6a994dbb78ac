"""The smallest tokens a day, and the smallest extra prepay, with which a plan reaches a goal."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from tierlogic.engine.block import Floats
from tierlogic.engine.demand import Traffic
from tierlogic.engine.walk import LARGEST_DAILY_COST
from tierlogic.money import CENT, MAX_AMOUNT, to_nanos
from tierlogic.questions.goal import Aim
from tierlogic.questions.target_purchases import cents_of, first_day, just_enough, planned_total
from tierlogic.questions.target_search import Least, Search, in_time, least, log_spread, spread
from tierlogic.scenario import MAX_TOKENS_PER_DAY, Purchase, Scenario

_LARGEST_LIFETIME = 4 * LARGEST_DAILY_COST
_TOKEN_STEPS, _PREPAY_STEPS = 16, 10
_STEPS_A_DECADE = 9_000
_MOST_STEPS = 14 * _STEPS_A_DECADE


def tokens_at(step: int) -> float:
    """Tokens a day of a step: 0, then all numbers of four digits from 1.000 on."""
    if step == 0:
        return 0.0
    decade, digits = divmod(step - 1, _STEPS_A_DECADE)
    return float(f"{1000 + digits}e{decade - 3}")


def step_of(tokens: float) -> int:
    """The step nearest to so many tokens a day."""
    if tokens < 1:
        return 0
    digits, decade = f"{tokens:.3e}".split("e")
    return int(decade) * _STEPS_A_DECADE + round(float(digits) * 1000) - 999


def tokens_of(scenario: Scenario) -> float:
    """Tokens a day that a plan's lines want together on their first day."""
    return sum(line.tokens_per_day for line in scenario.usage)


def with_tokens(scenario: Scenario, tokens: float) -> Scenario:
    """The same plan with its lines scaled alike, so that together they want so many tokens."""
    total = tokens_of(scenario)
    lines = tuple(
        line.model_copy(
            update={
                "tokens_per_day": tokens * (line.tokens_per_day / total)
                if total
                else tokens / len(scenario.usage)
            }
        )
        for line in scenario.usage
    )
    return scenario.model_copy(update={"usage": lines})


def most_tokens(scenario: Scenario) -> int:
    """The last step that the engine counts at any tier, to a few percent."""
    low, high = 0, _MOST_STEPS
    for _ in range(2):
        steps = [*spread(low, high, 31), high]
        countable = _are_countable([with_tokens(scenario, tokens_at(step)) for step in steps])
        too_many = next((place for place, fine in enumerate(countable) if not fine), None)
        if too_many is None:
            return high
        low, high = (steps[too_many - 1] if too_many else low), steps[too_many]
    return low


def countable_days(scenario: Scenario, most: int) -> int:
    """Days of a plan, carried on to so many, up to which the engine counts what it costs."""
    cost, lifetime = _costs([scenario.model_copy(update={"days": most})])
    too_much = (cost > LARGEST_DAILY_COST) | (lifetime > _LARGEST_LIFETIME)
    return int(np.argmax(too_much[:, 0])) if too_much.any() else most


def token_steps(plan: Scenario, most: int) -> list[int]:
    """Steps of tokens a day to begin with, among them the plan's own and those beside it."""
    own = step_of(tokens_of(plan))
    beside = {step for step in (own - 1, own, own + 1) if 0 <= step <= most}
    return sorted({0, *spread(0, most, _TOKEN_STEPS), most, *beside})


def least_tokens(plan: Scenario, aim: Aim, most: int) -> Search[Least]:
    """Find the smallest step of tokens a day that reaches an aim within a plan's horizon."""
    return (
        yield from least(
            token_steps(plan, most),
            lambda step: with_tokens(plan, tokens_at(step)),
            lambda trial: in_time(trial, aim),
        )
    )


def least_prepay(plan: Scenario, aim: Aim) -> Search[Least]:
    """Find the fewest cents that, bought on the first day, reach an aim within a plan's horizon."""
    return (
        yield from least(
            prepay_steps(plan, aim),
            lambda cents: with_prepay(plan, cents * CENT),
            lambda trial: in_time(trial, aim),
        )
    )


def with_prepay(scenario: Scenario, amount: Decimal) -> Scenario:
    """The same plan with one more purchase, the last of the first possible day."""
    if not amount:
        return scenario
    extra = Purchase(on=first_day(scenario), amount=amount)
    return scenario.model_copy(update={"purchases": (*scenario.purchases, extra)})


def prepay_steps(plan: Scenario, aim: Aim) -> list[int]:
    """Cents to begin with, among them those at which the first day's bounds and the gates turn."""
    first = first_day(plan)
    due = sum((amount for day, amount in plan.payments() if day == first), Decimal(0))
    planned = cents_of(planned_total(plan))
    turning = {
        bound
        for tier in plan.rules.tiers
        for bound in (
            tier.smallest_purchase,
            tier.largest_purchase,
            tier.largest_balance and tier.largest_balance - plan.opening_balance,
            tier.largest_balance and tier.largest_balance - plan.opening_balance - due,
        )
        if bound is not None and 0 < bound <= MAX_AMOUNT
    }
    return sorted(
        {
            0,
            *(cents - planned for cents in just_enough(plan, aim) if cents > planned),
            *log_spread(1, int(MAX_AMOUNT / CENT), _PREPAY_STEPS),
            *(int(bound / CENT) for bound in turning),
        }
    )


def _are_countable(plans: Sequence[Scenario]) -> list[bool]:
    """Whether the engine counts what plans cost, whatever tier they have."""
    cost, lifetime = _costs(plans)
    fine = (cost.max(axis=0) <= LARGEST_DAILY_COST) & (lifetime[-1] <= _LARGEST_LIFETIME)
    within = [
        all(line.tokens_per_day <= MAX_TOKENS_PER_DAY for line in plan.usage) for plan in plans
    ]
    return [bool(each) for each in fine & np.array(within)]


def _costs(plans: Sequence[Scenario]) -> tuple[Floats, Floats]:
    """Cost of each day and of all days up to it (days, plans), at the tier that allows most."""
    traffic = Traffic(plans, tiers=len(plans[0].rules.tiers))
    cost = traffic.on(range(plans[0].days)).cost.max(axis=0).astype(float)
    return cost, cost.cumsum(axis=0) + to_nanos(plans[0].used_before)
