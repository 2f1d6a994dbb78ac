"""The walk: a block of accounts from day to day, in the order of the nine steps of a day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from tierlogic.engine.block import BOUNDLESS, NEVER, Block, Bools, Floats, Ints, PurchaseRound
from tierlogic.engine.demand import Demand, Traffic
from tierlogic.money import NANOS

LARGEST_DAILY_COST = 10**9 * NANOS
_LARGEST_LIFETIME = 4 * LARGEST_DAILY_COST
_CELLS_AT_ONCE = 2**15
"""Days times scenarios whose demand is computed at once: what a cache holds."""


class PlanTooLargeError(ValueError):
    """A plan that costs more than the engine counts; names the day."""


@dataclass(frozen=True)
class Refusal:
    """A purchase that the tier in force forbade."""

    day: int
    nanos: int
    tier: int
    """The tier in force since the day before, which refused it."""
    why: str


@dataclass(frozen=True)
class Diary:
    """Every day of a block (days, scenarios); money in nano-dollars."""

    tier: Ints
    used: Ints
    paid: Ints
    balance: Ints
    cost_allowed: Ints
    """Cost of what the rate limits allow (step 6)."""
    cost_under_cap: Ints
    """The same within the monthly cap (step 7)."""
    cost: Ints
    """What was served (step 8)."""
    purchased: Ints
    recharged: Ints
    invoice_paid: Ints
    lapsed: Ints
    tokens_wanted: Floats
    tokens_allowed: Floats
    refusals: dict[int, list[Refusal]] = field(default_factory=dict)
    """By scenario."""


@dataclass(frozen=True)
class Outcome:
    """What a walk ends with. G tiers with gates, S scenarios; days count from the start."""

    opened_on: Ints
    """(G, S): day of the unlock, NEVER where none comes within the horizon."""
    opened_at_opening: Bools
    """(G, S): open before the first payment of the simulation was looked at."""
    money_met_on: Ints
    """(G, S)"""
    wait_over_on: Ints
    """(G, S): NEVER without a payment; may lie outside the horizon."""
    first_payment: Ints
    money_missing: Ints
    """(G, S): after the last day."""
    diary: Diary | None


def walk(block: Block, *, keep_diary: bool) -> Outcome:
    """Walk a block from its first day to its last.

    Raises:
        PlanTooLargeError: a day would cost more than 10^9 dollars.
    """
    accounts = _Accounts(block, keep_diary=keep_diary)
    accounts.open()
    traffic = Traffic(block.scenarios, tiers=len(block.monthly_cap))
    for days in _runs(block):
        demand = traffic.on(days)
        turns = _month_turns(block, days)
        accounts.watch_size(demand, days)
        for index, day in enumerate(days):
            accounts.expire(day)
            accounts.turn_month(turns[index])
            accounts.pay(day)
            accounts.evaluate_morning(day)
            accounts.spend(day, demand, index)
            accounts.evaluate_evening(day)
    return accounts.outcome()


def _runs(block: Block) -> Iterator[range]:
    length = max(_CELLS_AT_ONCE // len(block.scenarios), 1)
    for first in range(0, block.days, length):
        yield range(first, min(first + length, block.days))


def _month_turns(block: Block, days: range) -> list[Bools | None]:
    """For each day, the scenarios whose month turns on it; None for no scenario."""
    day = np.arange(days.start, days.stop)[:, None]
    dates = (block.start + day - date(1970, 1, 1).toordinal()).astype("datetime64[D]")
    is_first = (dates == dates.astype("datetime64[M]")) & (day > 0)
    return [row if row.any() else None for row in is_first]


class _Spent(NamedTuple):
    """One day's money (scenarios), in nano-dollars."""

    allowed: Ints
    under_cap: Ints
    cost: Ints
    recharged: Ints


class _Accounts:
    """The state of a block of accounts, and what each step of a day does to it."""

    def __init__(self, block: Block, *, keep_diary: bool) -> None:
        scenarios = len(block.scenarios)
        self.block = block
        self.columns = np.arange(scenarios)
        self.nothing = np.zeros(scenarios, np.int64)
        self.nobody = np.zeros(scenarios, np.bool_)

        self.used = block.used_before.copy()
        self.paid = block.paid_before.copy()
        self.balance = block.opening_balance.copy()
        self.bought = self.nothing.copy()
        self.lapsed = self.nothing.copy()
        self.month_used = block.month_used_before.copy()
        self.month_recharged = self.nothing.copy()
        self.owed = self.nothing.copy()

        gated = block.used_needed.shape
        self.first_payment = block.first_payment
        self.money_met_on = np.full(gated, NEVER)
        self.opened_on = np.full(gated, NEVER)
        self.in_force_on = np.full(gated, NEVER)
        self.opened_at_opening = np.zeros(gated, np.bool_)
        self.days_to_look: set[int] = set()
        self.start_waiting()

        self.bought_by_day: list[Ints] = []
        self.expiries = [
            (int(days), block.credit_expiry_days == days)
            for days in np.unique(block.credit_expiry_days)
            if days < block.days
        ]
        self.recharges = bool(block.recharge_limit.any())
        self.invoices = bool(block.invoiced.any())
        self.size_in_doubt = False
        self.diary = _empty_diary(block) if keep_diary else None

    # Opening

    def open(self) -> None:
        """Evaluate once on what the account brings; what is open then is in force at once."""
        gated_tiers = np.arange(1, len(self.opened_on) + 1)[:, None]
        met = self.money_met()
        self.note_money_met(met, 0)
        is_open = met & (self.wait_over_on <= 0) | (gated_tiers <= self.block.opening_tier)
        self.opened_at_opening = _passed_over_too(is_open)
        self.opened_on[self.opened_at_opening] = 0
        self.in_force_on[self.opened_at_opening] = 0
        self.put_in_force(0)

    # Step 1

    def expire(self, day: int) -> None:
        """Let credit lapse that is as old as its ladder allows; oldest credit is used first."""
        for age, columns in self.expiries:
            if day < age:
                continue
            block = self.block
            used_of_credit = block.opening_balance + self.bought - self.lapsed - self.balance
            gone = np.maximum(used_of_credit - block.opening_balance, 0) + self.lapsed
            lapses = np.where(columns, np.maximum(self.bought_by_day[day - age] - gone, 0), 0)
            self.balance -= lapses
            self.lapsed += lapses
            if self.diary:
                self.diary.lapsed[day] += lapses

    # Step 2

    def turn_month(self, turning: Bools | None) -> None:
        """Start the month's counts anew on the 1st."""
        self.invoice_due = self.nothing
        if turning is None:
            return
        self.month_used[turning] = 0
        self.month_recharged[turning] = 0
        if self.invoices:
            self.invoice_due = np.where(turning, self.owed, 0)
            self.owed -= self.invoice_due

    def pay(self, day: int) -> None:
        """Settle the invoice of the month before, then make today's purchases in order."""
        self.paying = self.nobody
        if self.invoice_due is not self.nothing:
            self.paid += self.invoice_due
            self.paying = self.invoice_due > 0
            if self.diary:
                self.diary.invoice_paid[day] = self.invoice_due
        for purchases in self.block.purchases.get(day, ()):
            self.purchase(day, purchases)
        if self.paying.any():
            self.note_payment(day, self.paying)

    def purchase(self, day: int, purchases: PurchaseRound) -> None:
        """Buy credit where the tier in force since yesterday allows it."""
        who, nanos = purchases.columns, purchases.nanos
        tier, block = self.tier[who], self.block
        too_small = nanos < block.smallest_purchase[tier, who]
        too_large = nanos > block.largest_purchase[tier, who]
        too_much = self.balance[who] + nanos > block.largest_balance[tier, who]
        allowed = ~(too_small | too_large | too_much)
        bought = np.where(allowed, nanos, 0)
        self.paid[who] += bought
        self.bought[who] += bought
        self.balance[who] += bought
        self.paying = self.paying.copy()
        self.paying[who] |= allowed
        if self.diary:
            self.diary.purchased[day, who] += bought
            for index in np.flatnonzero(~allowed):
                why = (
                    "smallest purchase"
                    if too_small[index]
                    else "largest purchase"
                    if too_large[index]
                    else "largest balance"
                )
                self.diary.refusals.setdefault(int(who[index]), []).append(
                    Refusal(day, int(nanos[index]), int(tier[index]), why)
                )

    # Steps 3 and 9

    def evaluate_morning(self, day: int) -> None:
        """Open what holds now; it is in force today."""
        paid_today = self.paying is not self.nobody and bool(self.paying.any())
        if paid_today or day in self.days_to_look:
            self.evaluate(day, evening=False)
            self.put_in_force(day)

    def evaluate_evening(self, day: int) -> None:
        """Open what holds now; it is in force from tomorrow."""
        if self.paying is not self.nobody or (self.used >= self.next_used_needed).any():
            self.evaluate(day, evening=True)
        if self.expiries:
            self.bought_by_day.append(self.bought.copy())

    def evaluate(self, day: int, *, evening: bool) -> None:
        """Open every tier whose gates hold, and those below it."""
        met = self.money_met()
        self.note_money_met(met, day)
        is_evaluated = ~self.block.at_payment | self.paying
        is_open = _passed_over_too(met & (self.wait_over_on <= day) & is_evaluated)
        opens = is_open & (self.opened_on == NEVER)
        if not opens.any():
            return
        on = day + self.block.lag_days
        in_force_on = np.maximum(on, day + evening)
        self.opened_on = np.where(opens, on, self.opened_on)
        self.in_force_on = np.where(opens, in_force_on, self.in_force_on)
        self.days_to_look.update(in_force_on[opens.any(axis=0)].tolist())

    def money_met(self) -> Bools:
        block = self.block
        return (self.used >= block.used_needed) | (self.paid >= block.paid_needed)

    def note_money_met(self, met: Bools, day: int) -> None:
        self.money_met_on = np.minimum(self.money_met_on, np.where(met, day, NEVER))
        missing = np.where(met, BOUNDLESS, self.block.used_needed)
        self.next_used_needed = missing.min(axis=0, initial=BOUNDLESS)

    def note_payment(self, day: int, who: Bools) -> None:
        if (day < self.first_payment[who]).any():
            self.first_payment = np.where(
                who, np.minimum(self.first_payment, day), self.first_payment
            )
            self.start_waiting()

    def start_waiting(self) -> None:
        """Count the waiting days from the first payment; a tier without any waits for it too."""
        self.wait_over_on = np.where(
            self.first_payment == NEVER, NEVER, self.first_payment + self.block.waiting_days
        )
        self.days_to_look.update(np.unique(self.wait_over_on).tolist())

    def put_in_force(self, day: int) -> None:
        """Give the account the highest tier that is open by this morning."""
        self.tier = (self.in_force_on <= day).sum(axis=0)
        self.cap = self.block.monthly_cap[self.tier, self.columns]

    # Steps 5 to 8

    def spend(self, day: int, demand: Demand, index: int) -> None:
        """Serve what the rate limits, the month's cap and the money allow."""
        block = self.block
        allowed = demand.cost[self.tier, index, self.columns]
        if self.size_in_doubt:
            self.check_size(day, allowed)
        under_cap = np.minimum(allowed, np.maximum(self.cap - self.month_used, 0))
        recharged = self.recharge(day, under_cap) if self.recharges else self.nothing
        from_credit = np.minimum(under_cap, self.balance)
        cost = from_credit
        if self.invoices:
            cost = np.where(block.invoiced, under_cap, from_credit)
            self.owed += cost - from_credit
        self.balance -= from_credit
        self.used += cost
        self.month_used += cost
        self.write_down(day, demand, index, _Spent(allowed, under_cap, cost, recharged))

    def recharge(self, day: int, cost: Ints) -> Ints:
        """Top up until the balance less today's cost is no longer under the threshold."""
        block = self.block
        short = block.recharge_below - (self.balance - cost)
        top_ups = np.maximum(-(-short // block.recharge_amount), 0)
        room = np.maximum(block.recharge_limit - self.month_recharged, 0)
        recharged: Ints = np.minimum(top_ups * block.recharge_amount, room)
        paying = recharged > 0
        if paying.any():
            self.paid += recharged
            self.bought += recharged
            self.balance += recharged
            self.month_recharged += recharged
            self.paying = self.paying | paying
            self.note_payment(day, paying)
        return recharged

    # Refusing what is too large

    def watch_size(self, demand: Demand, days: range) -> None:
        """Decide whether the costs of a run need a look at each day."""
        largest = int(demand.cost.max(initial=0))
        lifetime = int(self.used.max()) + largest * len(days)
        self.size_in_doubt = largest > LARGEST_DAILY_COST or lifetime > _LARGEST_LIFETIME

    def check_size(self, day: int, cost: Ints) -> None:
        """Refuse what costs too much today, or would leave int64 soon."""
        for too_large, what in (
            (cost > LARGEST_DAILY_COST, "the cost of one day would pass $1,000,000,000"),
            (self.used + cost > _LARGEST_LIFETIME, "lifetime usage would pass $4,000,000,000"),
        ):
            if too_large.any():
                when = date.fromordinal(int(self.block.start[np.argmax(too_large)]) + day)
                raise PlanTooLargeError(
                    f"usage: on {when} {what}; "
                    "lower tokens_per_day, growth_per_30_days or the price"
                )

    # The end

    def write_down(self, day: int, demand: Demand, index: int, spent: _Spent) -> None:
        """Enter the day in the diary, if one is kept."""
        diary = self.diary
        if diary is None:
            return
        diary.tier[day] = self.tier
        diary.used[day] = self.used
        diary.paid[day] = self.paid
        diary.balance[day] = self.balance
        diary.cost_allowed[day] = spent.allowed
        diary.cost_under_cap[day] = spent.under_cap
        diary.cost[day] = spent.cost
        diary.recharged[day] = spent.recharged
        diary.tokens_wanted[day] = demand.tokens_wanted[index]
        diary.tokens_allowed[day] = demand.tokens_allowed[self.tier, index, self.columns]

    def outcome(self) -> Outcome:
        block = self.block
        within = self.opened_on < block.days
        used_missing = np.maximum(block.used_needed - self.used, 0)
        paid_missing = np.maximum(block.paid_needed - self.paid, 0)
        return Outcome(
            opened_on=np.where(within, self.opened_on, NEVER),
            opened_at_opening=self.opened_at_opening,
            money_met_on=self.money_met_on,
            wait_over_on=self.wait_over_on,
            first_payment=self.first_payment,
            money_missing=np.where(within, 0, np.minimum(used_missing, paid_missing)),
            diary=self.diary,
        )


def _passed_over_too(is_open: Bools) -> Bools:
    """Open every tier below an open one."""
    return np.logical_or.accumulate(is_open[::-1], axis=0)[::-1]


def _empty_diary(block: Block) -> Diary:
    shape = block.days, len(block.scenarios)

    def column() -> Ints:
        return np.zeros(shape, np.int64)

    return Diary(
        tier=column(),
        used=column(),
        paid=column(),
        balance=column(),
        cost_allowed=column(),
        cost_under_cap=column(),
        cost=column(),
        purchased=column(),
        recharged=column(),
        invoice_paid=column(),
        lapsed=column(),
        tokens_wanted=np.zeros(shape),
        tokens_allowed=np.zeros(shape),
    )
