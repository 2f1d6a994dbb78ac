"""The cheapest purchases with which a plan reaches a goal.

They take the place of the planned purchases and of auto-recharge. Of all that reach the goal in
time, those are preferred that

1. cost the fewest dollars together, to the cent;
2. leave the least credit unused on the day of the goal;
3. are the fewest;
4. come latest: the last as late as it can, then the one before it, to the day.

A purchase that the tier in force would refuse is none. As early as can be is enough for most
ladders, so the fewest dollars are looked for with all purchases on the first possible day. Besides
that, where a ladder counts windows of time, on the days at which one begins, with a small one
before it to begin a waiting time; where credit lapses before the goal's day, in equal parts; where
a balance has a bound, in two; and where an account is evaluated only at a payment, with one at the
end. Up to eight purchases, and eight days of them, are made fewer and later.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from tierlogic.calendar import add_months
from tierlogic.money import MAX_AMOUNT
from tierlogic.questions.goal import Aim
from tierlogic.questions.target_search import (
    Least,
    Search,
    Trial,
    least,
    log_spread,
    side_by_side,
    spread,
)
from tierlogic.rules.gates import RollingDays, Since
from tierlogic.rules.ladder import Tier
from tierlogic.scenario import MAX_DAYS, MAX_PURCHASES, Purchase, Scenario

CENT = Decimal("0.01")
Purchases = tuple[Purchase, ...]
Shape = Callable[[int], Purchases]
"""Purchases for a total in cents."""

_SCAN_STEPS = 10
_DAYS_SCANNED = 12
_MOST_WINDOWS = 8
_FEW = 8
"""Purchases, or days of them, up to which each is looked at."""


@dataclass(frozen=True)
class Cheapest:
    """What a search for the cheapest purchases found."""

    purchases: Purchases | None
    """None: no purchases reach the goal in time."""
    scan: list[Trial]
    """Trials of all on the first day, with more and more money."""


def first_day(scenario: Scenario) -> date:
    """The first day on which something can be bought."""
    return max(scenario.start, scenario.first_payment or scenario.start)


def until(scenario: Scenario, day: date) -> Scenario:
    """The same plan, up to a day."""
    return scenario.model_copy(update={"days": (day - scenario.start).days + 1})


def with_purchases(scenario: Scenario, purchases: Purchases) -> Scenario:
    """The same plan with these purchases and no others."""
    return scenario.model_copy(update={"purchases": purchases, "auto_recharge": None})


def cheapest(scenario: Scenario, aim: Aim) -> Search[Cheapest]:
    """Find the cheapest purchases with which a plan reaches an aim by its day."""
    plan = with_purchases(until(scenario, aim.by), ())
    (idle,) = yield [plan]
    if in_time(idle, aim):
        return Cheapest((), [idle])
    if first_day(plan) > plan.last_day:
        return Cheapest(None, [idle])
    found = yield from _least_totals(idle, aim, _shapes(idle, aim))
    scan = found[0].scan
    if not any(each.trial for each in found):
        found = yield from _least_totals(idle, aim, _shapes_in_two(idle))
    fits = [each.trial for each in found if each.trial]
    if not fits:
        return Cheapest(None, scan)
    best = min(fits, key=_cost_in_order)
    purchases = yield from _fewer(plan, aim, best)
    return Cheapest((yield from _later(plan, aim, purchases, best.left)), scan)


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


def in_time(trial: Trial, aim: Aim) -> bool:
    """Whether a trial reaches its aim by the aim's day."""
    return trial.reached is not None and trial.reached <= aim.by


def totals_to_scan(idle: Trial, aim: Aim) -> list[int]:
    """Cents, from the smallest purchase to the most that can be bought on the first day."""
    plan = idle.projection.scenario
    tier = refusing_tier(idle, first_day(plan))
    each = tier.largest_purchase or Decimal(MAX_AMOUNT)
    most = _cents(min(Decimal(MAX_AMOUNT), each * MAX_PURCHASES))
    around = log_spread(_cents(tier.smallest_purchase or CENT), most, _SCAN_STEPS)
    return sorted({*around, *(cents for cents in just_enough(plan, aim) if cents < most)})


def just_enough(plan: Scenario, aim: Aim) -> set[int]:
    """Cents that the gates of an aim's tier, or of a higher one that brings it along, lack.

    And a cent less of each: most searches end there.
    """
    enough = plan.rules.tiers[plan.rules.tier_names.index(aim.tier) :]
    brought = {
        Decimal(0),
        plan.paid_before,
        plan.purchased_before or Decimal(0),
        plan.used_before + plan.opening_balance,
    }
    lacking = {
        _cents(gate.amount - part) + (gate.more_than is not None)
        for tier in enough
        for gate in tier.money_gates
        for part in brought
    }
    return {cents - less for cents in lacking for less in (0, 1) if cents - less > 0}


def all_on(day: date, tier: Tier) -> Shape:
    """Everything on one day, in as few purchases as the tier in force allows."""

    def bought(total: int) -> Purchases:
        return tuple(Purchase(on=day, amount=cents * CENT) for cents in _parts_allowed(total, tier))

    return bought


def refusing_tier(trial: Trial, day: date) -> Tier:
    """The tier that decides on a purchase of a day: the one in force since the day before."""
    projection = trial.projection
    tiers = projection.scenario.rules.tiers
    if day == projection.scenario.start:
        return [tiers[0], *(tier for tier in tiers if tier.name in projection.open_at_start)][-1]
    day_before = (day - projection.scenario.start).days - 1
    return tiers[int(projection.diary.tier[day_before, 0])]


def room_on(trial: Trial, day: date) -> Decimal | None:
    """What the largest balance leaves for purchases of a day; None: it is not bound."""
    scenario = trial.projection.scenario
    most = refusing_tier(trial, day).largest_balance
    if most is None:
        return None
    balance = (
        scenario.opening_balance
        if day == scenario.start
        else trial.projection.balance_on(day - timedelta(days=1))
    )
    return max(most - balance, Decimal(0)).quantize(CENT, rounding="ROUND_FLOOR")


# The fewest dollars


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


def _shapes(idle: Trial, aim: Aim) -> list[Shape]:
    plan = idle.projection.scenario
    first, *later = _days_to_begin(plan)
    shapes = [all_on(day, refusing_tier(idle, day)) for day in (first, *later)]
    if any(tier.waiting_gates for tier in plan.rules.tiers):
        rests = [all_on(day, refusing_tier(idle, day)) for day in later]
        shapes += [_smallest_on(first, rest, plan) for rest in rests]
    if plan.evaluated == "at_payment":
        shapes += _shapes_with_a_last_payment(idle, aim)
    return [*shapes, *_shapes_before_credit_lapses(idle)]


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
    smallest = max(_cents(tier.smallest_purchase or CENT) for tier in plan.rules.tiers)

    def bought(total: int) -> Purchases:
        if total < 2 * smallest:
            return ()
        purchases = (*others(total - smallest), Purchase(on=day, amount=smallest * CENT))
        return tuple(sorted(purchases, key=lambda purchase: purchase.on))

    return bought


def _shapes_in_two(idle: Trial) -> list[Shape]:
    """What the balance has room for on the first day, and the rest when credit has been used."""
    plan = idle.projection.scenario
    first = first_day(plan)
    room = room_on(idle, first)
    if room is None:
        return []
    filled = all_on(first, refusing_tier(idle, first))(_cents(room))

    def rest_on(day: date) -> Shape:
        rest = all_on(day, refusing_tier(idle, day))
        return lambda total: (*filled, *rest(max(total - _cents(room), 0)))

    span = (plan.last_day - first).days + 1
    return [rest_on(first + timedelta(days=later)) for later in spread(0, span, _DAYS_SCANNED)]


def _parts_allowed(total: int, tier: Tier) -> list[int]:
    """A total in cents in as few parts as a tier allows, the largest first."""
    most = _cents(tier.largest_purchase or Decimal(MAX_AMOUNT))
    smallest = _cents(tier.smallest_purchase or CENT)
    whole, rest = divmod(total, most)
    parts = [most] * whole + [rest] * (rest > 0)
    if whole and 0 < rest < smallest:
        parts[-2:] = [most - (smallest - rest), smallest]
    return parts


def _cost_in_order(trial: Trial) -> tuple[Decimal, Decimal, int]:
    purchases = trial.projection.scenario.purchases
    return total_of(purchases), trial.left, len(purchases)


# The fewest purchases


def _fewer(plan: Scenario, aim: Aim, best: Trial) -> Search[Purchases]:
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


def _next_purchases(trial: Trial, total: Decimal) -> Iterator[Purchase]:
    """The largest purchases that could come next: now, or once larger ones are allowed."""
    scenario = trial.projection.scenario
    rest = total - total_of(scenario.purchases)
    begin = scenario.purchases[-1].on if scenario.purchases else first_day(scenario)
    allowed = Decimal(0)
    for later in range((scenario.last_day - begin).days + 1):
        day = begin + timedelta(days=later)
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


# The latest days


def _later(plan: Scenario, aim: Aim, purchases: Purchases, left: Decimal) -> Search[Purchases]:
    """Move the purchases of each day as late as nothing else gets worse, the last day first."""
    end = plan.last_day
    for day in sorted({purchase.on for purchase in purchases}, reverse=True)[:_FEW]:
        found = yield from least(
            sorted({0, *spread(0, (end - day).days, _DAYS_SCANNED), (end - day).days}),
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


def total_of(purchases: Purchases) -> Decimal:
    """What single purchases cost together."""
    return sum((purchase.amount for purchase in purchases), Decimal(0))


def _cents(amount: Decimal) -> int:
    return int(amount / CENT)
