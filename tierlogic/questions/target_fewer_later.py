"""Purchases that do for a goal, made fewer and later without more money or more of it unused."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from tierlogic.money import CENT
from tierlogic.questions.goal import Aim
from tierlogic.questions.target_purchases import (
    Purchases,
    first_day,
    refusing_tier,
    room_on,
    total_of,
    with_purchases,
)
from tierlogic.questions.target_search import Search, Trial, in_time, least, spread
from tierlogic.scenario import Purchase, Scenario

_DAYS_SCANNED = 12
_FEW = 8
"""Purchases, or days of them, up to which each is looked at."""


def fewer(plan: Scenario, aim: Aim, best: Trial) -> Search[Purchases]:
    """Look for fewer purchases of the same total: later on, larger ones may be allowed."""
    now = best.projection.scenario.purchases
    begun: list[Purchases] = [()]
    for _ in range(1, min(len(now), _FEW + 1)):
        trials = yield [with_purchases(plan, purchases) for purchases in begun]
        begun = _largest_first(
            {
                (*trial.projection.scenario.purchases, purchase)
                for trial in trials
                for purchase in _next_purchases(trial, total_of(now))
            }
        )
        whole = [purchases for purchases in begun if total_of(purchases) == total_of(now)]
        trials = yield [with_purchases(plan, purchases) for purchases in whole]
        good = [trial for trial in trials if _is_as_good(trial, aim, best.left)]
        if good:
            return good[0].projection.scenario.purchases
    return now


def later(plan: Scenario, aim: Aim, purchases: Purchases, left: Decimal) -> Search[Purchases]:
    """Move the purchases of each day as late as nothing else gets worse, the last day first.

    Those of one day stay together: published links show such schedules.
    """
    end = plan.last_day
    for day in sorted({purchase.on for purchase in purchases}, reverse=True)[:_FEW]:
        far = (end - day).days
        found = yield from least(
            sorted({0, *spread(0, far, _DAYS_SCANNED), far}),
            _moved(plan, purchases, day, end),
            lambda trial: _is_as_good(trial, aim, left),
        )
        if found.trial:
            purchases = found.trial.projection.scenario.purchases
            end -= timedelta(days=found.step or 0)
    return purchases


def _moved(plan: Scenario, purchases: Purchases, day: date, end: date) -> Callable[[int], Scenario]:
    """The plan with the purchases of a day moved to so many days before another one."""

    def moved(back: int) -> Scenario:
        to = end - timedelta(days=back)
        return with_purchases(
            plan,
            tuple(
                Purchase(on=to, amount=purchase.amount) if purchase.on == day else purchase
                for purchase in purchases
            ),
        )

    return moved


def _next_purchases(trial: Trial, total: Decimal) -> Iterator[Purchase]:
    """The largest purchases that could come next: now, or once larger ones are allowed."""
    scenario = trial.projection.scenario
    rest = total - total_of(scenario.purchases)
    begin = scenario.purchases[-1].on if scenario.purchases else first_day(scenario)
    allowed = Decimal(0)
    for ahead in range((scenario.last_day - begin).days + 1):
        day = begin + timedelta(days=ahead)
        amount = min(rest, refusing_tier(trial, day).largest_purchase or rest).quantize(CENT)
        room = room_on(trial, day)
        if amount > allowed and (room is None or amount <= room):
            allowed = amount
            yield Purchase(on=day, amount=amount)


def _largest_first(begun: set[Purchases]) -> list[Purchases]:
    ordered = sorted(begun, key=lambda purchases: (-total_of(purchases), purchases[-1].on))
    return ordered[: 2 * _FEW]


def _is_as_good(trial: Trial, aim: Aim, left: Decimal) -> bool:
    return in_time(trial, aim) and not trial.has_refusals and trial.left <= left
