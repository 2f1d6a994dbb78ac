"""A block: scenarios of one ladder and of equal length as arrays, one column a scenario."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from tierlogic.money import to_nanos
from tierlogic.rules.ladder import Ladder, Tier
from tierlogic.scenario import AutoRecharge, Scenario

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NEVER = 2**31
"""A day that does not come."""
BOUNDLESS = 2**62
"""An amount in nano-dollars that nothing reaches."""


@dataclass(frozen=True)
class PurchaseRound:
    """Purchases of one day, at most one a scenario."""

    columns: Ints
    nanos: Ints


@dataclass(frozen=True)
class Block:
    """Scenarios of one ladder and of equal length. Shapes: S scenarios; T tiers."""

    scenarios: tuple[Scenario, ...]
    ladder: Ladder
    days: int
    start: Ints
    """Proleptic ordinals of the first days (S)."""
    used_before: Ints
    paid_before: Ints
    purchased_before: Ints
    opening_balance: Ints
    month_used_before: Ints
    opening_tier: Ints
    first_payment: Ints
    """Day of the given first payment (S): negative before the start, NEVER without one."""
    account_created: Ints
    """Day of the account's creation (S), zero or less where it came before the start."""
    monthly_cap: Ints
    """(T), as the three below."""
    smallest_purchase: Ints
    largest_purchase: Ints
    largest_balance: Ints
    purchases: dict[int, list[PurchaseRound]]
    """By day, in the order in which they arrive."""
    recharge_below: Ints
    recharge_amount: Ints
    recharge_limit: Ints
    """Most to recharge in a calendar month (S): 0 without auto-recharge."""
    invoiced: Bools
    at_payment: Bools
    lag_days: Ints


_SCENARIOS_A_BLOCK = 2048


def alike(scenarios: Sequence[Scenario]) -> Iterator[list[int]]:
    """Split scenarios into blocks; yield the places of each block's scenarios."""
    places: dict[tuple[str, str | None, int], list[int]] = {}
    for place, each in enumerate(scenarios):
        places.setdefault((each.ladder, each.own_ladder, each.days), []).append(place)
    for found in places.values():
        for first in range(0, len(found), _SCENARIOS_A_BLOCK):
            yield found[first : first + _SCENARIOS_A_BLOCK]


def block_of(scenarios: Sequence[Scenario]) -> Block:
    """Turn scenarios of one ladder and of equal length into arrays."""
    ladder = scenarios[0].rules
    recharges = [s.auto_recharge if s.billing == "prepaid" else None for s in scenarios]
    return Block(
        scenarios=tuple(scenarios),
        ladder=ladder,
        days=scenarios[0].days,
        start=np.array([s.start.toordinal() for s in scenarios]),
        used_before=np.array([to_nanos(s.used_before) for s in scenarios]),
        paid_before=np.array([to_nanos(s.paid_before) for s in scenarios]),
        purchased_before=np.array([to_nanos(_purchased_before(s)) for s in scenarios]),
        opening_balance=np.array([to_nanos(s.opening_balance) for s in scenarios]),
        month_used_before=np.array([to_nanos(s.month_used_before) for s in scenarios]),
        opening_tier=np.array([_opening_tier(s, ladder) for s in scenarios]),
        first_payment=np.array([_day(s.first_payment, s.start) for s in scenarios]),
        account_created=np.array([_day(s.account_created or s.start, s.start) for s in scenarios]),
        monthly_cap=_amounts(ladder, lambda tier: tier.least_monthly_limit),
        smallest_purchase=_amounts(ladder, lambda tier: tier.smallest_purchase, unknown=0),
        largest_purchase=_amounts(ladder, lambda tier: tier.largest_purchase),
        largest_balance=_amounts(ladder, lambda tier: tier.largest_balance),
        purchases=_purchases(scenarios),
        recharge_below=np.array([to_nanos(r.below) if r else 0 for r in recharges]),
        recharge_amount=np.array([to_nanos(r.amount) if r else 1 for r in recharges]),
        recharge_limit=np.array([_recharge_limit(r) for r in recharges]),
        invoiced=np.array([s.billing == "monthly_invoice" for s in scenarios]),
        at_payment=np.array([s.evaluated == "at_payment" for s in scenarios]),
        lag_days=np.array([ladder.lag_for(s.lag_days) for s in scenarios]),
    )


def _amounts(
    ladder: Ladder, say: Callable[[Tier], Decimal | None], unknown: int = BOUNDLESS
) -> Ints:
    """Ask every tier for an amount; nano-dollars."""
    said = [say(tier) for tier in ladder.tiers]
    return np.array([unknown if amount is None else to_nanos(amount) for amount in said], np.int64)


def _purchased_before(scenario: Scenario) -> Decimal:
    given = scenario.purchased_before
    return scenario.paid_before if given is None else given


def _opening_tier(scenario: Scenario, ladder: Ladder) -> int:
    tier = scenario.opening_tier
    return 0 if tier is None else ladder.tier_names.index(tier)


def _day(when: date | None, start: date) -> int:
    return NEVER if when is None else (when - start).days


def _recharge_limit(recharge: AutoRecharge | None) -> int:
    if recharge is None:
        return 0
    return BOUNDLESS if recharge.monthly_limit is None else to_nanos(recharge.monthly_limit)


def _purchases(scenarios: Sequence[Scenario]) -> dict[int, list[PurchaseRound]]:
    """Sort all purchases by day and by their place among that day's purchases."""
    rounds: dict[int, list[tuple[list[int], list[int]]]] = {}
    for column, scenario in enumerate(scenarios):
        bought_on: dict[int, int] = {}
        for when, amount in scenario.payments():
            day = (when - scenario.start).days
            place = bought_on.get(day, 0)
            bought_on[day] = place + 1
            of_day = rounds.setdefault(day, [])
            if place == len(of_day):
                of_day.append(([], []))
            of_day[place][0].append(column)
            of_day[place][1].append(to_nanos(amount))
    return {
        day: [PurchaseRound(np.array(columns), np.array(nanos)) for columns, nanos in of_day]
        for day, of_day in rounds.items()
    }
