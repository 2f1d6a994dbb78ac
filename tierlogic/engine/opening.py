"""When a tier holds: a ladder's gates over a block of accounts."""

from collections.abc import Callable, Collection

import numpy as np

from tierlogic.engine.block import BOUNDLESS, NEVER, Block, Bools, Ints
from tierlogic.engine.ledger import Ledger, moneys_of
from tierlogic.money import to_nanos
from tierlogic.rules.gates import AllOf, AnyOf, Clock, FactGate, MoneyGate, WaitingGate
from tierlogic.rules.ladder import Tier

Clocks = dict[Clock, Ints]
"""The day on which each clock began (scenarios); NEVER where it has not."""


class Openings:
    """The gates of a block's ladder, ready to be asked. G tiers with gates, S scenarios."""

    def __init__(self, block: Block) -> None:
        """Read the gates of every tier above the first."""
        self._block = block
        self._tiers = block.ladder.tiers[1:]
        self._need_a_payment = [needs_a_payment(tier) for tier in self._tiers]
        self._shape = len(block.scenarios)
        self._everywhere = np.ones(self._shape, np.bool_)
        self._nowhere = np.zeros(self._shape, np.bool_)
        self._paid_reading = np.array([s.reading == "paid" for s in block.scenarios])
        self._facts = {
            fact: np.array([fact not in s.lacks for s in block.scenarios])
            for fact in block.ladder.facts
        }
        self._waits = {
            (gate.days_since, gate.at_least) for tier in self._tiers for gate in tier.waiting_gates
        }
        self._used_thresholds = np.array(
            [
                [needed_nanos(gate)]
                for tier in self._tiers
                for gate in tier.money_gates
                if "used" in moneys_of(gate) and gate.over == "lifetime"
            ],
            np.int64,
        ).reshape(-1, 1)

    def money_met(self, ledger: Ledger, day: int) -> Bools:
        """Whether each tier would hold if nothing had to be waited for (G, S)."""
        return self._ask(
            lambda gate: (
                self._money(gate, ledger, day) if isinstance(gate, MoneyGate) else self._everywhere
            )
        )

    def hold(self, ledger: Ledger, clocks: Clocks, day: int) -> Bools:
        """Whether each tier's gates hold (G, S)."""

        def holds(gate: MoneyGate | WaitingGate | FactGate) -> Bools:
            if isinstance(gate, MoneyGate):
                return self._money(gate, ledger, day)
            if isinstance(gate, WaitingGate):
                return clocks[gate.days_since] + gate.at_least <= day
            return self._facts[gate.fact]

        paid_before = clocks["first payment"] <= day
        rows = [
            row & paid_before if needs_it else row
            for needs_it, row in zip(self._need_a_payment, self._ask(holds), strict=True)
        ]
        return np.array(rows, np.bool_).reshape(len(self._tiers), self._shape)

    def wait_over_on(self, clocks: Clocks) -> Ints:
        """The day on which each tier's waiting is over (G, S); NEVER where it never is."""
        rows = [self._wait_of(tier, clocks) for tier in self._tiers]
        return np.array(rows, np.int64).reshape(len(self._tiers), self._shape)

    def turning_days(self, clocks: Clocks) -> set[int]:
        """The days on which a waiting gate begins to hold, or the first payment comes."""
        begins = [clocks[clock] + days for clock, days in self._waits]
        return set(np.concatenate([*begins, clocks["first payment"]]).tolist())

    def next_used_needed(self, ledger: Ledger) -> Ints:
        """The next lifetime amount of use that some gate asks for (S)."""
        ahead = np.where(ledger.used >= self._used_thresholds, BOUNDLESS, self._used_thresholds)
        needed: Ints = ahead.min(axis=0, initial=BOUNDLESS)
        return needed

    def missing(self, ledger: Ledger, day: int) -> Ints:
        """Money that each tier still lacks: the least that is enough where any gate will do."""
        rows = [self._missing_of(tier.opens_when, ledger, day) for tier in self._tiers]
        return np.array(rows, np.int64).reshape(len(self._tiers), self._shape)

    def _ask(self, leaf: Callable[[MoneyGate | WaitingGate | FactGate], Bools]) -> Bools:
        rows = [self._join(tier.opens_when, leaf) for tier in self._tiers]
        return np.array(rows, np.bool_).reshape(len(self._tiers), self._shape)

    def _join(
        self, gate: object, leaf: Callable[[MoneyGate | WaitingGate | FactGate], Bools]
    ) -> Bools:
        holds: Bools = self._nowhere
        if isinstance(gate, AllOf):
            holds = np.logical_and.reduce([self._join(inner, leaf) for inner in gate.all])
        elif isinstance(gate, AnyOf):
            holds = np.logical_or.reduce([self._join(inner, leaf) for inner in gate.any])
        elif isinstance(gate, MoneyGate | WaitingGate | FactGate):
            holds = leaf(gate)
        return holds

    def _money(self, gate: MoneyGate, ledger: Ledger, day: int) -> Bools:
        return self._counted(gate, ledger, day) >= needed_nanos(gate)

    def _counted(self, gate: MoneyGate, ledger: Ledger, day: int) -> Ints:
        counted = [ledger.over(money, gate.over, day) for money in moneys_of(gate)]
        if len(counted) == 1:
            return counted[0]
        used, paid = counted
        return np.where(self._paid_reading, paid, used)

    def _missing_of(self, gate: object, ledger: Ledger, day: int) -> Ints:
        missing: Ints = np.zeros(self._shape, np.int64)
        if isinstance(gate, MoneyGate):
            missing = np.maximum(needed_nanos(gate) - self._counted(gate, ledger, day), 0)
        elif isinstance(gate, AllOf):
            parts = [self._missing_of(inner, ledger, day) for inner in gate.all]
            missing = np.maximum.reduce(parts)
        elif isinstance(gate, AnyOf):
            parts = [self._missing_of(inner, ledger, day) for inner in gate.any]
            missing = np.minimum.reduce(parts)
        return missing

    def _wait_of(self, tier: Tier, clocks: Clocks) -> Ints:
        over = _wait(tier.opens_when, clocks)
        return clocks["first payment"] if over is None else np.minimum(over, NEVER)


def needed_nanos(gate: MoneyGate) -> int:
    """Nano-dollars at which a gate holds."""
    return to_nanos(gate.amount) + (gate.more_than is not None)


def needs_a_payment(tier: Tier) -> bool:
    """Whether a tier cannot open before the account's first payment."""
    pays = any(gate.counts != "used" for gate in tier.money_gates)
    waits = any(gate.days_since != "account creation" for gate in tier.waiting_gates)
    return pays or waits


def waits(gate: object) -> bool:
    """Whether what opens a tier cannot hold without some waiting time."""
    if isinstance(gate, AllOf):
        return any(waits(inner) for inner in gate.all)
    if isinstance(gate, AnyOf):
        return all(waits(inner) for inner in gate.any)
    return isinstance(gate, WaitingGate)


def can_hold(gate: object, lacks: Collection[str]) -> bool:
    """Whether money and time can open a tier for an account that lacks some facts."""
    if isinstance(gate, AllOf):
        return all(can_hold(inner, lacks) for inner in gate.all)
    if isinstance(gate, AnyOf):
        return any(can_hold(inner, lacks) for inner in gate.any)
    return not (isinstance(gate, FactGate) and gate.fact in lacks)


def _wait(gate: object, clocks: Clocks) -> Ints | None:
    """The day on which a gate's waiting is over; None where nothing is waited for."""
    if isinstance(gate, WaitingGate):
        began = clocks[gate.days_since]
        return np.where(began == NEVER, NEVER, began + gate.at_least)
    if isinstance(gate, AllOf):
        waits = [wait for inner in gate.all if (wait := _wait(inner, clocks)) is not None]
        return np.maximum.reduce(waits) if waits else None
    if isinstance(gate, AnyOf):
        found = [_wait(inner, clocks) for inner in gate.any]
        waits = [wait for wait in found if wait is not None]
        return np.minimum.reduce(waits) if len(waits) == len(found) else None
    return None
