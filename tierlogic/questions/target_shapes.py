"""Shapes of purchases: on which days a total is bought, and in which parts."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import ceil

from tierlogic.calendar import add_months
from tierlogic.money import CENT
from tierlogic.questions.goal import Aim
from tierlogic.questions.target_purchases import (
    Purchases,
    Shape,
    all_on,
    cents_of,
    first_day,
    refusing_tier,
    room_on,
)
from tierlogic.questions.target_search import Trial, spread
from tierlogic.rules.gates import RollingDays, Since
from tierlogic.rules.ladder import Tier
from tierlogic.scenario import MAX_DAYS, Purchase, Scenario

_DAYS_SCANNED = 12
_MOST_WINDOWS = 8


def shapes(idle: Trial, aim: Aim) -> list[Shape]:
    """The shapes to try first; `idle` is the plan without purchases."""
    plan = idle.projection.scenario
    first, *later = _days_to_begin(plan)
    found = [all_on(day, refusing_tier(idle, day)) for day in (first, *later)]
    if any(tier.waiting_gates for tier in plan.rules.tiers):
        found += [_smallest_on(first, rest, plan) for rest in found[1:]]
    if plan.evaluated == "at_payment":
        found += _shapes_with_a_last_payment(idle, aim)
    return [*found, *_shapes_before_credit_lapses(idle)]


def shapes_in_two(idle: Trial) -> list[Shape]:
    """What the balance has room for on the first day, and the rest when credit has been used."""
    plan = idle.projection.scenario
    first = first_day(plan)
    room = room_on(idle, first)
    if room is None:
        return []
    filled = all_on(first, refusing_tier(idle, first))(cents_of(room))

    def rest_on(day: date) -> Shape:
        rest = all_on(day, refusing_tier(idle, day))
        return lambda total: (*filled, *rest(max(total - cents_of(room), 0)))

    span = (plan.last_day - first).days + 1
    return [rest_on(first + timedelta(days=later)) for later in spread(0, span, _DAYS_SCANNED)]


def _days_to_begin(plan: Scenario) -> list[date]:
    """The first possible day, and the days from which a window that ends in time may count."""
    first, by = first_day(plan), plan.last_day
    begins: set[date] = set()
    for gate in (gate for tier in plan.rules.tiers for gate in tier.money_gates):
        match gate.over:
            case "lifetime":
                pass
            case Since(since=day):
                begins.add(day)
            case RollingDays(rolling_days=days):
                begins.add(by - timedelta(days=days - 1))
            case _:
                begins |= {add_months(by.replace(day=1), -back) for back in range(_MOST_WINDOWS)}
    within = sorted(day for day in begins if first < day <= by)
    return [first, *within[-_MOST_WINDOWS:]]


def _shapes_with_a_last_payment(idle: Trial, aim: Aim) -> Iterator[Shape]:
    """Everything on the last day that counts, or nearly all at once and the rest on that day."""
    plan = idle.projection.scenario
    first, last = first_day(plan), aim.by - timedelta(days=plan.lag_days)
    at_once = all_on(first, refusing_tier(idle, first))
    for day in (last, last - timedelta(days=1)):
        if day > first:
            yield all_on(day, refusing_tier(idle, day))
            yield _smallest_on(day, at_once, plan)


def _shapes_before_credit_lapses(idle: Trial) -> Iterator[Shape]:
    """Equal parts, as evenly as the days go: each as long as credit lasts at most, or shorter."""
    plan = idle.projection.scenario
    first = first_day(plan)
    span = (plan.last_day - first).days + 1
    lasts = plan.rules.credit_expiry_days or MAX_DAYS
    if span > lasts:
        for parts in (ceil(span / lasts), 4 * ceil(span / lasts)):
            days = [first + timedelta(days=span * part // parts) for part in range(parts)]
            yield _in_parts(days, refusing_tier(idle, first))


def _in_parts(days: Sequence[date], tier: Tier) -> Shape:
    def bought(total: int) -> Purchases:
        ends = [total * part // len(days) for part in range(len(days) + 1)]
        return tuple(
            purchase
            for day, begin, end in zip(days, ends, ends[1:], strict=False)
            for purchase in all_on(day, tier)(end - begin)
        )

    return bought


def _smallest_on(day: date, others: Shape, plan: Scenario) -> Shape:
    """The smallest purchase on a day, and all else on others."""
    smallest = max(cents_of(tier.smallest_purchase or CENT) for tier in plan.rules.tiers)

    def bought(total: int) -> Purchases:
        if total < 2 * smallest:
            return ()
        purchases = (*others(total - smallest), Purchase(on=day, amount=smallest * CENT))
        return tuple(sorted(purchases, key=lambda purchase: purchase.on))

    return bought
