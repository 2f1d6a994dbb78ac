"""A block: scenarios of equal length as arrays, one column a scenario."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from tierlogic.money import to_nanos
from tierlogic.rules.catalog import load_ladder
from tierlogic.rules.ladder import Tier
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
    """Scenarios of equal length. Shapes: S scenarios; T tiers; G tiers with gates, T - 1."""

    scenarios: tuple[Scenario, ...]
    days: int
    start: Ints
    """Proleptic ordinals of the first days (S)."""
    used_before: Ints
    paid_before: Ints
    opening_balance: Ints
    month_used_before: Ints
    used_needed: Ints
    """(G, S). A money gate holds once used or paid reaches what it needs of that kind."""
    paid_needed: Ints
    waiting_days: Ints
    """(G, S)"""
    opening_tier: Ints
    first_payment: Ints
    """Day of the given first payment (S): negative before the start, NEVER without one."""
    monthly_cap: Ints
    """(T, S), as the three below."""
    smallest_purchase: Ints
    largest_purchase: Ints
    largest_balance: Ints
    credit_expiry_days: Ints
    purchases: dict[int, list[PurchaseRound]]
    """By day, in the order in which they arrive."""
    recharge_below: Ints
    recharge_amount: Ints
    recharge_limit: Ints
    """Most to recharge in a calendar month (S): 0 without auto-recharge."""
    invoiced: Bools
    at_payment: Bools
    lag_days: Ints


def block_of(scenarios: Sequence[Scenario]) -> Block:
    """Turn scenarios of equal length into arrays."""
    by_tier = _TierTables(scenarios)
    used_needed, paid_needed = by_tier.money_needed(
        np.array([scenario.reading == "paid" for scenario in scenarios])
    )
    recharges = [s.auto_recharge if s.billing == "prepaid" else None for s in scenarios]
    return Block(
        scenarios=tuple(scenarios),
        days=scenarios[0].days,
        start=np.array([s.start.toordinal() for s in scenarios]),
        used_before=np.array([to_nanos(s.used_before) for s in scenarios]),
        paid_before=np.array([to_nanos(s.paid_before) for s in scenarios]),
        opening_balance=np.array([to_nanos(s.opening_balance) for s in scenarios]),
        month_used_before=np.array([to_nanos(s.month_used_before) for s in scenarios]),
        used_needed=used_needed,
        paid_needed=paid_needed,
        waiting_days=by_tier.table(lambda tier: tier.waiting_days, missing=0)[1:],
        opening_tier=np.array([_opening_tier(s) for s in scenarios]),
        first_payment=np.array([_day(s.first_payment, s.start) for s in scenarios]),
        monthly_cap=by_tier.amounts(lambda tier: tier.monthly_usage_limit),
        smallest_purchase=by_tier.amounts(lambda tier: tier.smallest_purchase, unknown=0),
        largest_purchase=by_tier.amounts(lambda tier: tier.largest_purchase),
        largest_balance=by_tier.amounts(lambda tier: tier.largest_balance),
        credit_expiry_days=by_tier.credit_expiry_days(),
        purchases=_purchases(scenarios),
        recharge_below=np.array([to_nanos(r.below) if r else 0 for r in recharges]),
        recharge_amount=np.array([to_nanos(r.amount) if r else 1 for r in recharges]),
        recharge_limit=np.array([_recharge_limit(r) for r in recharges]),
        invoiced=np.array([s.billing == "monthly_invoice" for s in scenarios]),
        at_payment=np.array([s.evaluated == "at_payment" for s in scenarios]),
        lag_days=np.array([s.lag_days for s in scenarios]),
    )


class _TierTables:
    """Tables (tiers, scenarios) of what the scenarios' ladders say."""

    def __init__(self, scenarios: Sequence[Scenario]) -> None:
        ids = {ladder: index for index, ladder in enumerate({s.ladder: None for s in scenarios})}
        self._ladders = [load_ladder(ladder) for ladder in ids]
        self._ladder_of = np.array([ids[s.ladder] for s in scenarios])
        self._height = max(len(ladder.tiers) for ladder in self._ladders)

    def table(self, say: Callable[[Tier], int], missing: int) -> Ints:
        """Ask every tier; a ladder with fewer tiers than the tallest gets `missing` on top."""
        columns = [
            [say(tier) for tier in ladder.tiers] + [missing] * (self._height - len(ladder.tiers))
            for ladder in self._ladders
        ]
        tiers_by_ladder: Ints = np.array(columns, np.int64).T
        by_scenario: Ints = tiers_by_ladder[:, self._ladder_of]
        return by_scenario

    def amounts(self, say: Callable[[Tier], object], unknown: int = BOUNDLESS) -> Ints:
        """Ask every tier for an amount; nano-dollars."""

        def nanos(tier: Tier) -> int:
            amount = say(tier)
            return unknown if amount is None else to_nanos(amount)  # type: ignore[arg-type]

        return self.table(nanos, missing=unknown)

    def money_needed(self, paid_reading: Bools) -> tuple[Ints, Ints]:
        """What the money gates need of used and of paid, each (gated tiers, scenarios)."""
        counted_as = {
            kind: self.table(lambda tier, kind=kind: _needed(tier, kind), BOUNDLESS)[1:]  # type: ignore[misc]
            for kind in ("used", "paid", "contested")
        }
        contested = counted_as["contested"]
        return (
            np.minimum(counted_as["used"], np.where(paid_reading, BOUNDLESS, contested)),
            np.minimum(counted_as["paid"], np.where(paid_reading, contested, BOUNDLESS)),
        )

    def credit_expiry_days(self) -> Ints:
        """Days until purchased credit lapses, by scenario."""
        days = [ladder.credit_expiry_days or NEVER for ladder in self._ladders]
        by_scenario: Ints = np.array(days, np.int64)[self._ladder_of]
        return by_scenario


def _needed(tier: Tier, kind: str) -> int:
    """Nano-dollars that a tier's money gate needs of one kind of money."""
    gate = tier.money_gate
    if gate is None:
        return 0 if kind == "used" else BOUNDLESS
    return to_nanos(gate.at_least) if gate.counts == kind else BOUNDLESS


def _opening_tier(scenario: Scenario) -> int:
    if scenario.opening_tier is None:
        return 0
    return load_ladder(scenario.ladder).tier_names.index(scenario.opening_tier)


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
