"""The cheapest purchases with which a plan reaches a goal.

They take the place of the planned purchases and of auto-recharge. Of all that reach the goal in
time, those are preferred that

1. cost the fewest dollars together, to the cent;
2. leave the least credit unused on the day of the goal;
3. are the fewest;
4. come latest: those of the last day as late as they can, then those of the day before it, to the
   day. Purchases of one day stay together.

A purchase that the tier in force would refuse is none. As early as can be is enough for most
ladders, so the fewest dollars are looked for with all purchases on the first possible day. Besides
that, where a ladder counts windows of time, on the days at which one begins, with a small one
before it to begin a waiting time; where credit lapses before the goal's day, in equal parts; where
a balance has a bound, in two; and where an account is evaluated only at a payment, with one at the
end. Up to eight purchases, and eight days of them, are made fewer and later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tierlogic.money import CENT, MAX_AMOUNT
from tierlogic.questions.goal import Aim
from tierlogic.questions.target_fewer_later import fewer, later
from tierlogic.questions.target_purchases import (
    Purchases,
    Shape,
    all_on,
    cents_of,
    first_day,
    just_enough,
    refusing_tier,
    total_of,
    until,
    with_purchases,
)
from tierlogic.questions.target_search import (
    Least,
    Search,
    Trial,
    in_time,
    least,
    log_spread,
    side_by_side,
)
from tierlogic.questions.target_shapes import shapes, shapes_in_two
from tierlogic.scenario import MAX_PURCHASES, Scenario

_SCAN_STEPS = 10


@dataclass(frozen=True)
class Cheapest:
    """What a search for the cheapest purchases found."""

    purchases: Purchases | None
    """None: no purchases reach the goal in time."""
    scan: list[Trial]
    """Trials of all on the first day, with more and more money."""


def cheapest(scenario: Scenario, aim: Aim) -> Search[Cheapest]:
    """Find the cheapest purchases with which a plan reaches an aim by its day."""
    plan = with_purchases(until(scenario, aim.by), ())
    (idle,) = yield [plan]
    if in_time(idle, aim):
        return Cheapest((), [idle])
    if first_day(plan) > plan.last_day:
        return Cheapest(None, [idle])
    found = yield from _least_totals(idle, aim, shapes(idle, aim))
    scan = found[0].scan
    if not any(each.trial for each in found):
        found = yield from _least_totals(idle, aim, shapes_in_two(idle))
    fits = [each.trial for each in found if each.trial]
    if not fits:
        return Cheapest(None, scan)
    best = min(fits, key=_cost_in_order)
    purchases = yield from fewer(plan, aim, best)
    return Cheapest((yield from later(plan, aim, purchases, best.left)), scan)


def more_and_more(scenario: Scenario, aim: Aim) -> Search[list[Trial]]:
    """Try more and more money on the first day, within a plan's horizon."""
    plan = with_purchases(scenario, ())
    (idle,) = yield [plan]
    first = first_day(plan)
    if first > plan.last_day:
        return [idle]
    shape = all_on(first, refusing_tier(idle, first))
    trials = yield [with_purchases(plan, shape(total)) for total in totals_to_scan(idle, aim)]
    return [idle, *trials]


def totals_to_scan(idle: Trial, aim: Aim) -> list[int]:
    """Cents, from the smallest purchase to the most that can be bought on the first day."""
    plan = idle.projection.scenario
    tier = refusing_tier(idle, first_day(plan))
    each = tier.largest_purchase or Decimal(MAX_AMOUNT)
    most = cents_of(min(Decimal(MAX_AMOUNT), each * MAX_PURCHASES))
    around = log_spread(cents_of(tier.smallest_purchase or CENT), most, _SCAN_STEPS)
    return sorted({*around, *(cents for cents in just_enough(plan, aim) if cents < most)})


def _least_totals(idle: Trial, aim: Aim, shapes: Sequence[Shape]) -> Search[list[Least]]:
    plan = idle.projection.scenario
    totals = [0, *totals_to_scan(idle, aim)]
    return (yield from side_by_side([_least_total(plan, aim, shape, totals) for shape in shapes]))


def _least_total(plan: Scenario, aim: Aim, shape: Shape, totals: Sequence[int]) -> Search[Least]:
    return (
        yield from least(
            totals,
            lambda total: with_purchases(plan, shape(total)),
            lambda trial: in_time(trial, aim) and not trial.has_refusals,
        )
    )


def _cost_in_order(trial: Trial) -> tuple[Decimal, Decimal, int]:
    purchases = trial.projection.scenario.purchases
    return total_of(purchases), trial.left, len(purchases)
