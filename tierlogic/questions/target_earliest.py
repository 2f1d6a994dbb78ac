"""The earliest day on which any plan reaches a goal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tierlogic.money import CENT, MAX_AMOUNT
from tierlogic.questions.goal import Aim
from tierlogic.questions.target_cheapest import cheapest
from tierlogic.questions.target_figures import tokens_at, tokens_of, with_tokens
from tierlogic.questions.target_purchases import (
    Purchases,
    all_on,
    first_day,
    refusing_tier,
    room_on,
    with_purchases,
)
from tierlogic.questions.target_search import Search, Trial, spread
from tierlogic.rules.ladder import Ladder
from tierlogic.scenario import MAX_PURCHASES, Purchase, Scenario

_RATES = 14
_WINDOWS = 14
"""Times a gate's amount that is bought where it counts a window, which may begin anew."""
_DAYS_OF_TRIES = 62
_TRIES_A_DAY = 8


@dataclass(frozen=True)
class Earliest:
    """What a search for the earliest day found."""

    on: date | None
    plan: Scenario | None
    """A plan that reaches the goal on that day; None where it takes too many purchases."""
    quickest: Trial | None
    tried: list[Trial]
    """The plan as it is, then with its own tokens and more, amply paid for."""


def earliest(plan: Scenario, aim: Aim, most: int) -> Search[Earliest]:
    """Find the first day within a plan's horizon on which any purchases and tokens reach an aim.

    The purchases are those that the ladder's bounds allow; the lines are scaled alike, up to a
    step of tokens a day. The plan that reaches the day changes as little as can be: nothing, or
    the purchases, or the tokens too.
    """
    (idle,) = yield [with_purchases(plan, ())]
    ample = _ample(idle)
    rates = [plan, *(with_tokens(plan, tokens) for tokens in _rates(plan, most))]
    trials = yield [plan, *(with_purchases(rate, ample) for rate in rates)]
    days = [trial.reached for trial in trials if trial.reached]
    if not days:
        return Earliest(None, None, None, trials)
    on = min(days)
    quickest = next(trial for trial in trials if trial.reached == on)
    if quickest is trials[0]:
        return Earliest(on, plan, quickest, trials)
    found = yield from cheapest(quickest.projection.scenario, aim.at(on))
    purchases = _accepted(quickest, on) if found.purchases is None else found.purchases
    if len(purchases) > MAX_PURCHASES:
        return Earliest(on, None, quickest, trials)
    return Earliest(on, with_purchases(quickest.projection.scenario, purchases), quickest, trials)


def _rates(plan: Scenario, most: int) -> Iterator[float]:
    """Tokens a day from the plan's own up to the most that can be counted."""
    if not plan.usage:
        return
    own = tokens_of(plan)
    for step in (*spread(0, most, 2 * _RATES), most):
        if tokens_at(step) > own:
            yield tokens_at(step)


def _ample(idle: Trial) -> Purchases:
    """More credit than any gate asks for, as soon as the bounds allow it."""
    plan = idle.projection.scenario
    first, wanted = first_day(plan), _largest_amount(plan.rules)
    if first > plan.last_day:
        return ()
    tier, room = refusing_tier(idle, first), room_on(idle, first)
    now = wanted if room is None else min(wanted, room)
    bought = all_on(first, tier)(int(now / CENT))
    span = (plan.last_day - first).days
    later = [first + timedelta(days=day) for day in range(1, span + 1)]
    if now < wanted:
        bought += _tries(later[:_DAYS_OF_TRIES], tier.largest_balance or wanted)
    if _counts_recent_payments(plan.rules):
        again = int(_largest_amount(plan.rules, windows=1) / CENT)
        bought += tuple(purchase for day in later for purchase in all_on(day, tier)(again))
    if plan.evaluated == "at_payment":
        smallest = max(each.smallest_purchase or CENT for each in plan.rules.tiers)
        bought += tuple(Purchase(on=day, amount=smallest) for day in later)
    return bought


def _counts_recent_payments(ladder: Ladder) -> bool:
    """Whether what was paid at once may no longer count when a waiting time is over."""
    gates = [gate for tier in ladder.tiers for gate in tier.money_gates]
    waits = any(tier.waiting_gates for tier in ladder.tiers)
    return waits and any(gate.over != "lifetime" and gate.counts != "used" for gate in gates)


def _largest_amount(ladder: Ladder, windows: int = _WINDOWS) -> Decimal:
    """More than any gate asks for, in so many windows where it counts one."""
    gates = [gate for tier in ladder.tiers for gate in tier.money_gates]
    amounts = [gate.amount * (1 if gate.over == "lifetime" else windows) for gate in gates]
    return min(max(amounts, default=Decimal(0)) + 1, Decimal(MAX_AMOUNT))


def _tries(days: list[date], largest_balance: Decimal) -> Purchases:
    """Purchases that fill the balance as far as it has room; the others are refused."""
    halves = [(largest_balance / 2**half).quantize(CENT) for half in range(_TRIES_A_DAY)]
    return tuple(Purchase(on=day, amount=amount) for day in days for amount in halves)


def _accepted(trial: Trial, on: date) -> Purchases:
    """The purchases of a trial that were not refused, up to a day."""
    start = trial.projection.scenario.start
    refused = [
        (start + timedelta(days=refusal.day), refusal.nanos)
        for refusal in trial.projection.diary.refusals[0]
    ]
    kept = []
    for purchase in trial.projection.scenario.purchases:
        attempt = (purchase.on, int(purchase.amount * 10**9))
        if attempt in refused:
            refused.remove(attempt)
        elif purchase.on <= on:
            kept.append(purchase)
    return tuple(kept)
