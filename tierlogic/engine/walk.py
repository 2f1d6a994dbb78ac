"""The walk: a block of accounts from day to day, in the order of the nine steps of a day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

import numpy as np

from tierlogic.engine.block import NEVER, Block, Bools, Ints, PurchaseRound
from tierlogic.engine.demand import Demand, Traffic
from tierlogic.engine.diary import Diary, Refusal
from tierlogic.engine.held import what_held
from tierlogic.engine.ledger import Ledger
from tierlogic.engine.opening import Clocks, Openings
from tierlogic.engine.served import Spent, served
from tierlogic.engine.totals import Totals
from tierlogic.language import say, to_say
from tierlogic.money import NANOS, amount_in_words, from_nanos
from tierlogic.rules.gates import Clock, Money
from tierlogic.rules.ladder import OnDayOfMonth

LARGEST_DAILY_COST = 10**9 * NANOS
_LARGEST_LIFETIME = 4 * LARGEST_DAILY_COST
_DAY_TOO_LARGE = to_say(
    "usage: on {day} the cost of one day would pass {amount}; "
    "lower tokens_per_day, growth_per_30_days or the price"
)
_LIFETIME_TOO_LARGE = to_say(
    "usage: on {day} lifetime usage would pass {amount}; "
    "lower tokens_per_day, growth_per_30_days or the price"
)
_EPOCH = date(1970, 1, 1).toordinal()
_CELLS_AT_ONCE = 2**15
"""Days times scenarios whose demand is computed at once: what a cache holds."""


class PlanTooLargeError(ValueError):
    """A plan that costs more than the engine counts; names the day.

    That is 10^9 (dollars, or the ladder's currency) on one day, or 4 * 10^9 over all days.
    """


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
    held_by: Ints
    """(G, S): what came last or is still missing, as its place in `held.HELD_BY`."""
    money_missing: Ints
    """(G, S): after the last day."""
    money_kept: Ints
    """(K, M, S): each kind of money at the end of each of the K days to keep."""
    used: Ints
    """(S): over the account's lifetime, as the last day ends; so are the two below."""
    paid: Ints
    balance: Ints
    too_large: dict[int, str]
    """By scenario, in the order of their days: why it is more than the engine counts.

    Nothing else that is said of such a scenario holds.
    """
    totals: Totals | None
    diary: Diary | None


def walk(
    block: Block,
    *,
    keep_diary: bool,
    keep_totals: bool = False,
    keep_days: Collection[int] = (),
) -> Outcome:
    """Walk a block from its first day to its last.

    Args:
        block: the accounts.
        keep_diary: whether to keep every day.
        keep_totals: whether to add up all days.
        keep_days: days, counted from the start, of which the money alone is kept.
    """
    accounts = _Accounts(block, keep_diary=keep_diary, keep_totals=keep_totals)
    accounts.open()
    traffic = Traffic(block.scenarios, tiers=len(block.ladder.tiers))
    for days in _runs(block):
        demand = traffic.on(days)
        turns = _month_turns(block, days)
        accounts.watch_size(demand, days)
        for index, day in enumerate(days):
            accounts.ledger.begin_day(day, turns[index])
            accounts.expire(day)
            accounts.turn_month(turns[index])
            accounts.pay(day)
            accounts.evaluate_morning(day)
            accounts.spend(day, demand, index)
            accounts.evaluate_evening(day)
            if day in keep_days:
                accounts.keep_money()
    return accounts.outcome()


def _runs(block: Block) -> Iterator[range]:
    length = max(_CELLS_AT_ONCE // len(block.scenarios), 1)
    for first in range(0, block.days, length):
        yield range(first, min(first + length, block.days))


def _month_turns(block: Block, days: range) -> list[Bools | None]:
    """For each day, the scenarios whose month turns on it; None for no scenario."""
    day = np.arange(days.start, days.stop)[:, None]
    dates = (block.start + day - _EPOCH).astype("datetime64[D]")
    is_first = (dates == dates.astype("datetime64[M]")) & (day > 0)
    return [row if row.any() else None for row in is_first]


class _Accounts:
    """The state of a block of accounts, and what each step of a day does to it."""

    def __init__(self, block: Block, *, keep_diary: bool, keep_totals: bool) -> None:
        scenarios, gated = len(block.scenarios), (len(block.ladder.tiers) - 1, len(block.scenarios))
        self.block = block
        self.columns = np.arange(scenarios)
        self.nothing = np.zeros(scenarios, np.int64)
        self.nobody = np.zeros(scenarios, np.bool_)

        self.ledger = Ledger(block)
        self.openings = Openings(block)
        self.balance = block.opening_balance.copy()
        self.bought = self.nothing.copy()
        self.lapsed = self.nothing.copy()
        self.month_used = block.month_used_before.copy()
        self.month_recharged = self.nothing.copy()
        self.owed = self.nothing.copy()

        self.clocks: Clocks = {
            "first payment": block.first_payment,
            "first purchase": block.first_payment,
            "account creation": block.account_created,
        }
        self.money_met_on = np.full(gated, NEVER)
        self.opened_on = np.full(gated, NEVER)
        self.in_force_on = np.full(gated, NEVER)
        self.opened_at_opening = np.zeros(gated, np.bool_)
        self.looks_on = _days_of_giving(block)
        self.days_to_look = _days_of_any(self.looks_on)
        self.note_waits()

        ladder = block.ladder
        self.falls = ladder.keeping == "re-evaluated"
        self.looks_every_day = self.falls or self.ledger.needs_every_day
        self.bought_by_day: list[Ints] = []
        self.expiry_days = ladder.credit_expiry_days or NEVER
        self.recharges = bool(block.recharge_limit.any())
        self.invoices = bool(block.invoiced.any())
        self.size_in_doubt = False
        self.too_large: dict[int, str] = {}
        self.money_kept: list[list[Ints]] = []
        self.totals = Totals.none_yet(scenarios) if keep_totals else None
        self.diary = Diary.blank(block.days, scenarios) if keep_diary else None

    # Opening

    def open(self) -> None:
        """Evaluate once on what the account brings; what is open then is in force at once."""
        gated_tiers = np.arange(1, len(self.opened_on) + 1)[:, None]
        self.note_money_met(0)
        holds = self.openings.hold(self.ledger, self.clocks, 0)
        self.opened_at_opening = _passed_over_too(holds | (gated_tiers <= self.block.opening_tier))
        self.opened_on[self.opened_at_opening] = 0
        self.in_force_on[self.opened_at_opening] = 0
        self.put_in_force(0)

    # Step 1

    def expire(self, day: int) -> None:
        """Let credit lapse that is as old as its ladder allows; oldest credit is used first."""
        self.lapsing = self.nothing
        if day < self.expiry_days:
            return
        # While the opening balance lasts, more is left than what was bought.
        gone = np.maximum(self.bought - self.lapsed - self.balance, 0) + self.lapsed
        self.lapsing = np.maximum(self.bought_by_day[day - self.expiry_days] - gone, 0)
        self.balance -= self.lapsing
        self.lapsed += self.lapsing
        if self.totals:
            self.totals.lapsed += self.lapsing
        if self.diary:
            self.diary.lapsed[day] = self.lapsing

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
            self.ledger.paid += self.invoice_due
            self.paying = self.invoice_due > 0
            self.note_payment(day, self.paying, "first payment")
            if self.totals:
                self.totals.invoice_paid += self.invoice_due
            if self.diary:
                self.diary.invoice_paid[day] = self.invoice_due
        for purchases in self.block.purchases.get(day, ()):
            self.purchase(day, purchases)

    def purchase(self, day: int, purchases: PurchaseRound) -> None:
        """Buy credit where the tier in force since yesterday allows it."""
        who, nanos = purchases.columns, purchases.nanos
        tier, block = self.tier[who], self.block
        too_small = nanos < block.smallest_purchase[tier]
        too_large = nanos > block.largest_purchase[tier]
        too_much = self.balance[who] + nanos > block.largest_balance[tier]
        allowed = ~(too_small | too_large | too_much)
        bought = np.where(allowed, nanos, 0)
        self.buy(who, bought)
        buying = self.nobody.copy()
        buying[who] = allowed
        self.paying = self.paying | buying
        self.note_payment(day, buying, "first payment", "first purchase")
        if self.totals:
            self.totals.purchased[who] += bought
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

    def buy(self, who: Ints, nanos: Ints) -> None:
        """Add credit; it counts as paid and as purchased."""
        for total in (self.ledger.paid, self.ledger.purchased, self.bought, self.balance):
            total[who] += nanos

    # Steps 3 and 9

    def evaluate_morning(self, day: int) -> None:
        """Open what holds now; it is in force today."""
        if self.looks_every_day or self.paying is not self.nobody or day in self.days_to_look:
            self.evaluate(day, evening=False)
            self.put_in_force(day)

    def evaluate_evening(self, day: int) -> None:
        """Open what holds now; it is in force from tomorrow."""
        if (
            self.looks_every_day
            or self.paying is not self.nobody
            or (self.ledger.used >= self.next_used_needed).any()
        ):
            self.evaluate(day, evening=True)
        if self.expiry_days < self.block.days:
            self.bought_by_day.append(self.bought.copy())

    def evaluate(self, day: int, *, evening: bool) -> None:
        """Open every tier whose gates hold, and those below it; close what may fall."""
        self.note_money_met(day)
        if self.looks_on is None:
            evaluated = ~self.block.at_payment | self.paying
        else:
            evaluated = self.looks_on[day] & (not evening)
        holds = _passed_over_too(self.openings.hold(self.ledger, self.clocks, day)) & evaluated
        opens = holds & (self.in_force_on == NEVER)
        if self.falls:
            self.close(day, ~holds & evaluated & (self.in_force_on != NEVER))
        if not opens.any():
            return
        lag = self.block.lag_days
        in_force_on = np.maximum(day + lag, day + evening)
        self.in_force_on = np.where(opens, in_force_on, self.in_force_on)
        at_once = opens & (lag == 0)
        for_the_first_time = self.opened_on == NEVER
        self.note_reopenings(day, at_once & ~for_the_first_time)
        self.opened_on = np.where(at_once & for_the_first_time, day, self.opened_on)
        self.days_to_look.update(in_force_on[opens.any(axis=0)].tolist())

    def close(self, day: int, closes: Bools) -> None:
        """Let tiers fall that are in force, and lapse that were still to come."""
        if self.diary:
            opened = self.is_in_force | ((self.block.lag_days == 0) & (self.in_force_on <= day))
            for row, column in np.argwhere(closes & opened):
                self.diary.falls.setdefault(int(column), []).append((day, int(row) + 1))
        self.in_force_on = np.where(closes, NEVER, self.in_force_on)

    def note_reopenings(self, day: int, reopens: Bools) -> None:
        """Note tiers that open today and had been lost before."""
        if self.diary:
            for row, column in np.argwhere(reopens):
                self.diary.reopenings.setdefault(int(column), []).append((day, int(row) + 1))

    def note_money_met(self, day: int) -> None:
        """Note which money gates hold for the first time, and what the next ones need."""
        met = self.openings.money_met(self.ledger, day)
        self.money_met_on = np.minimum(self.money_met_on, np.where(met, day, NEVER))
        self.next_used_needed = self.openings.next_used_needed(self.ledger)

    def note_payment(self, day: int, who: Bools, *clocks: Clock) -> None:
        """Start the clocks of who pays for the first time."""
        for clock in clocks:
            began = self.clocks[clock]
            if (day < began[who]).any():
                self.clocks[clock] = np.where(who, np.minimum(began, day), began)
                self.note_waits()

    def note_waits(self) -> None:
        """Note when each tier's waiting is over, and look at the accounts when any of it is."""
        self.wait_over_on = self.openings.wait_over_on(self.clocks)
        self.days_to_look |= self.openings.turning_days(self.clocks)

    def put_in_force(self, day: int) -> None:
        """Give the account the highest tier that is open by this morning."""
        self.is_in_force = self.in_force_on <= day
        comes_late = (self.in_force_on == day) & (self.block.lag_days > 0)
        self.note_reopenings(day, comes_late & (self.opened_on < day))
        self.opened_on = np.where(
            self.is_in_force & (self.opened_on == NEVER), self.in_force_on, self.opened_on
        )
        self.tier = self.is_in_force.sum(axis=0)
        self.cap = self.block.monthly_cap[self.tier]

    # Steps 5 to 8

    def spend(self, day: int, demand: Demand, index: int) -> None:
        """Serve what the rate limits, the month's cap and the money allow."""
        block = self.block
        allowed = demand.cost[self.tier, index, self.columns]
        if self.size_in_doubt:
            allowed = self.without_the_too_large(day, allowed)
        under_cap = np.minimum(allowed, np.maximum(self.cap - self.month_used, 0))
        if self.recharges:
            self.recharge(day, under_cap)
        from_credit = np.minimum(under_cap, self.balance)
        cost = from_credit
        if self.invoices:
            cost = np.where(block.invoiced, under_cap, from_credit)
            self.owed += cost - from_credit
        self.balance -= from_credit
        self.ledger.used += cost
        self.month_used += cost
        self.write_down(day, demand, index, Spent(allowed, under_cap, cost))

    def recharge(self, day: int, cost: Ints) -> None:
        """Top up until the balance less today's cost is no longer under the threshold."""
        block = self.block
        short = block.recharge_below - (self.balance - cost)
        top_ups = np.maximum(-(-short // block.recharge_amount), 0)
        room = np.maximum(block.recharge_limit - self.month_recharged, 0)
        recharged: Ints = np.minimum(top_ups * block.recharge_amount, room)
        paying = recharged > 0
        if paying.any():
            self.buy(self.columns, recharged)
            self.month_recharged += recharged
            self.paying = self.paying | paying
            self.note_payment(day, paying, "first payment", "first purchase")
            if self.totals:
                self.totals.recharged += recharged
            if self.diary:
                self.diary.recharged[day] = recharged

    # Refusing what is too large

    def watch_size(self, demand: Demand, days: range) -> None:
        """Decide whether the costs of a run need a look at each day."""
        largest = int(demand.cost.max(initial=0))
        lifetime = int(self.ledger.used.max()) + largest * len(days)
        self.size_in_doubt = largest > LARGEST_DAILY_COST or lifetime > _LARGEST_LIFETIME

    def without_the_too_large(self, day: int, cost: Ints) -> Ints:
        """Stop what costs too much today, or would leave int64 soon, and note why."""
        for counted, most, too_large in (
            (cost, LARGEST_DAILY_COST, _DAY_TOO_LARGE),
            (self.ledger.used + cost, _LARGEST_LIFETIME, _LIFETIME_TOO_LARGE),
        ):
            bound = amount_in_words(from_nanos(most), self.block.ladder.currency)
            for column in np.flatnonzero(counted > most).tolist():
                when = date.fromordinal(int(self.block.start[column]) + day)
                self.too_large.setdefault(column, say(too_large, day=when, amount=bound))
        return np.where(np.isin(self.columns, [*self.too_large]), 0, cost)

    # The end

    def keep_money(self) -> None:
        """Note what is counted as a day ends."""
        self.money_kept.append([self.ledger.total(money).copy() for money in get_args(Money)])

    def write_down(self, day: int, demand: Demand, index: int, spent: Spent) -> None:
        """Add the day to the totals and enter it in the diary, where they are kept."""
        totals, diary = self.totals, self.diary
        if totals is None and diary is None:
            return
        at = self.tier, index, self.columns
        wanted, allowed = demand.tokens_wanted[index], demand.tokens_allowed[at]
        above = demand.tokens_above_guaranteed[at]
        if totals:
            totals.add_tokens(wanted, served(wanted, allowed, above, spent))
            totals.note_day(day, self.tier, spent, self.lapsing)
        if diary:
            diary.tier[day] = self.tier
            diary.used[day] = self.ledger.used
            diary.paid[day] = self.ledger.paid
            diary.balance[day] = self.balance
            diary.cost_allowed[day] = spent.allowed
            diary.cost_under_cap[day] = spent.under_cap
            diary.cost[day] = spent.cost
            diary.tokens_wanted[day] = wanted
            diary.tokens_allowed[day] = allowed
            diary.tokens_above_guaranteed[day] = above

    def outcome(self) -> Outcome:
        block = self.block
        within = self.opened_on < block.days
        missing = self.openings.missing(self.ledger, block.days - 1)
        opened_on = np.where(within, self.opened_on, NEVER)
        return Outcome(
            opened_on=opened_on,
            opened_at_opening=self.opened_at_opening,
            money_met_on=self.money_met_on,
            wait_over_on=self.wait_over_on,
            held_by=what_held(
                block,
                opened_on,
                self.opened_at_opening,
                self.money_met_on,
                self.wait_over_on,
                lacks_money=missing > 0,
            ),
            first_payment=self.clocks["first payment"],
            money_missing=np.where(within, 0, missing),
            money_kept=np.array(self.money_kept, np.int64).reshape(
                len(self.money_kept), len(get_args(Money)), len(self.columns)
            ),
            too_large=self.too_large,
            used=self.ledger.used,
            paid=self.ledger.paid,
            balance=self.balance,
            totals=self.totals,
            diary=self.diary,
        )


def _days_of_giving(block: Block) -> Bools | None:
    """Whether each day (days, scenarios) is the one of its month on which tiers are given."""
    activation = block.ladder.activation
    if not isinstance(activation, OnDayOfMonth):
        return None
    dates = (block.start + np.arange(block.days)[:, None] - _EPOCH).astype("datetime64[D]")
    of_month: Bools = (dates - dates.astype("datetime64[M]")).astype(
        int
    ) == activation.day_of_month - 1
    return of_month


def _days_of_any(looks_on: Bools | None) -> set[int]:
    """The days on which any scenario is looked at; none where days are not chosen so."""
    return set() if looks_on is None else set(np.flatnonzero(looks_on.any(axis=1)).tolist())


def _passed_over_too(is_open: Bools) -> Bools:
    """Open every tier below an open one."""
    return np.logical_or.accumulate(is_open[::-1], axis=0)[::-1]
