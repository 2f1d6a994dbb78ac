"""The engine once more, plain and slow: one scenario, one day after the other.

It is written from the specification alone, "One simulated day" of the design, one method a step,
so that it can be held beside that text. The tests compare the fast engine with it. Money is a
whole number of nano-units of the ladder's currency (int); tokens are floats.

A ledger keeps the money of each kind by day. A gate that counts a window sums the window's days.
"""

import math
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from tierlogic.money import to_nanos
from tierlogic.rules.gates import (
    AllOf,
    AnyOf,
    BestOfMonths,
    FactGate,
    MoneyGate,
    Opaque,
    RollingDays,
    Since,
    WaitingGate,
)
from tierlogic.rules.ladder import AfterDays, Ladder, OnDayOfMonth, Tier
from tierlogic.rules.limits import LimitsRow, LimitsTable, Measure
from tierlogic.scenario import Noise, Purchase, Scenario, UsageLine

NANOS_PER_DOLLAR = 10**9
MOST_COST_PER_DAY = 10**9 * NANOS_PER_DOLLAR
SATURDAY = 5
NO_WAIT = date.min
"""When the wait of a gate that does not wait is over."""

AnyGate = MoneyGate | WaitingGate | FactGate | AllOf | AnyOf


class TooCostlyError(ValueError):
    """A day costs more than 10^9 dollars."""

    def __init__(self, on: date) -> None:
        super().__init__(f"on {on} the plan costs more than 10^9 dollars a day")
        self.on = on


@dataclass
class PlainDay:
    """One day. Money in nano-units; used, paid and balance as the day ends."""

    date: date
    tier: str = ""
    """In force on this day."""
    used: int = 0
    paid: int = 0
    balance: int = 0
    cost: int = 0
    tokens_wanted: float = 0.0
    tokens_served: float = 0.0
    tokens_rate_limited: float = 0.0
    tokens_over_cap: float = 0.0
    tokens_unfunded: float = 0.0
    tokens_above_guaranteed: float = 0.0
    """Served, but more than a soft limit guarantees."""
    purchased: int = 0
    recharged: int = 0
    invoice_paid: int = 0
    lapsed: int = 0
    refused: list[int] = field(default_factory=list)


@dataclass
class PlainUnlock:
    """When and why one tier opened, or what it still lacks."""

    name: str
    on: date | None = None
    money_met_on: date | None = None
    wait_over_on: date | None = None
    missing: int = 0
    held_by: str | None = None


@dataclass
class PlainProjection:
    """What comes back."""

    days: list[PlainDay]
    unlocks: list[PlainUnlock]
    falls: list[tuple[date, str]]
    """Day of the evaluation and name of each tier that was lost, in the order of their loss."""
    reopenings: list[tuple[date, str]]
    """Day and name of each tier that opened again after a loss, in their order."""


@dataclass
class Credit:
    """Credit that arrived at one time, as far as it is not used."""

    bought: date | None
    """None: the opening balance, which has no purchase date."""
    left: int


@dataclass
class Opened:
    """A tier's first opening."""

    on: date
    by_opening: bool


class Ledger:
    """Money of one kind: what was counted before the start, and the amounts of each day."""

    def __init__(self, start: date, before: int, past: Sequence[tuple[date, int]]) -> None:
        """`past` is part of what was counted before, and says when."""
        self.start = start
        self.simulated: dict[date, int] = {}
        self.past: dict[date, int] = {}
        for day, amount in past:
            self.past[day] = self.past.get(day, 0) + amount
        self.total = before
        self.before_in_month_of_start = sum(
            amount for day, amount in self.past.items() if month_of(day) == month_of(start)
        )

    def add(self, day: date, amount: int) -> None:
        self.simulated[day] = self.simulated.get(day, 0) + amount
        self.total += amount

    def since(self, first: date) -> int:
        """What was counted from a day on; all of it where the plan starts on that day or later."""
        if self.start >= first:
            return self.total
        return sum(amount for day, amount in self.simulated.items() if day >= first)

    def last_days(self, today: date, number: int) -> int:
        """What was counted in the last days, today included."""
        days = [today - timedelta(days=n) for n in range(number)]
        return sum(self.simulated.get(day, 0) + self.past.get(day, 0) for day in days)

    def month(self, today: date, months_ago: int) -> int:
        """What was counted in a calendar month: 0 is today's, as far as it has come."""
        month = month_of(today) - months_ago
        simulated = sum(each for day, each in self.simulated.items() if month_of(day) == month)
        if month == month_of(self.start):
            return simulated + self.before_in_month_of_start
        return simulated + sum(each for day, each in self.past.items() if month_of(day) == month)


def project(
    scenario: Scenario, ladder: Ladder | None = None, table: LimitsTable | None = None
) -> PlainProjection:
    """Walk the scenario's days; its own rules where none are given.

    Raises:
        TooCostlyError: a ValueError; a day costs more than 10^9 dollars.
    """
    account = Account(scenario, ladder or scenario.rules, table or scenario.limits_table)
    account.opening()
    for n in range(scenario.days):
        account.one_day(scenario.start + timedelta(days=n))
    return PlainProjection(account.days, account.unlocks(), account.falls, account.reopenings)


class Account:
    """An account on its way through the days."""

    def __init__(self, scenario: Scenario, ladder: Ladder, table: LimitsTable) -> None:
        self.plan = scenario
        self.ladder = ladder
        self.table = table
        self.arrivals = [(each, dates_of(each, scenario.last_day)) for each in scenario.purchases]
        self.buckets = list(buckets_of(scenario.usage, table))
        self.days: list[PlainDay] = []

        start, past = scenario.start, scenario.past
        paid_before = to_nanos(scenario.paid_before)
        purchased_before = (
            paid_before
            if scenario.purchased_before is None
            else to_nanos(scenario.purchased_before)
        )
        past_purchases = [(day.on, to_nanos(day.purchased)) for day in past]
        past_use = [(day.on, to_nanos(day.used)) for day in past]
        self.used = Ledger(start, to_nanos(scenario.used_before), past_use)
        self.paid = Ledger(start, paid_before, past_purchases)
        self.purchased = Ledger(start, purchased_before, past_purchases)
        self.used.before_in_month_of_start = max(
            self.used.before_in_month_of_start, to_nanos(scenario.month_used_before)
        )

        self.credits = [Credit(bought=None, left=to_nanos(scenario.opening_balance))]
        self.first_payment = scenario.first_payment
        self.first_purchase = scenario.first_payment
        self.month_used = to_nanos(scenario.month_used_before)
        self.month_recharged = 0
        self.invoiced = 0
        # What the ladder says at least, or what the user expects, if that is more.
        self.lag_days = scenario.lag_days
        if isinstance(ladder.activation, AfterDays):
            self.lag_days = max(scenario.lag_days, ladder.activation.lag_days[0])

        self.in_force_from: dict[str, date] = {}
        """Of the tiers that the account has."""
        self.due: dict[str, date] = {}
        """Of the tiers that it has earned and that its lag keeps back."""
        self.opened: dict[str, Opened] = {}
        self.falls: list[tuple[date, str]] = []
        self.reopenings: list[tuple[date, str]] = []
        self.money_met_on: dict[str, date] = {}

    @property
    def balance(self) -> int:
        return sum(credit.left for credit in self.credits)

    # The opening, and the day's nine steps.

    def opening(self) -> None:
        """What is open on the figures that the account brings, or the tier that it has."""
        start = self.plan.start
        self.note_money_that_is_met(start)
        names = self.ladder.tier_names
        known = names.index(self.plan.opening_tier) if self.plan.opening_tier else 0
        highest = known if self.ladder.is_opaque else max(self.highest_open(start), known)
        for name in names[: highest + 1]:
            self.in_force_from[name] = start
            self.opened[name] = Opened(on=start, by_opening=True)

    def one_day(self, today: date) -> None:
        """Go through one calendar day, in the order of the specification."""
        row = PlainDay(today)
        if today.day == 1 and today > self.plan.start:
            self.month_used = 0
            self.month_recharged = 0

        self.expiry(row)
        self.payments(row)
        self.morning_evaluation(row)
        tier = self.tier_in_force(today)
        row.tier = tier.name

        wanted = self.demand(today)
        allowed, guaranteed = self.rate_limit(wanted, tier)
        cost = self.cost(allowed, today)
        capped_cost = self.monthly_cap(cost, tier)
        funded_cost = self.funding(capped_cost, row)
        under_cap = scaled(allowed, capped_cost, cost)
        served = scaled(under_cap, funded_cost, capped_cost)
        # What is guaranteed shrinks like the rest: limits are on a minute, and the day ends early.
        surely = scaled(scaled(guaranteed, capped_cost, cost), funded_cost, capped_cost)

        row.tokens_wanted = sum(wanted)
        row.tokens_served = sum(served)
        row.tokens_rate_limited = sum(wanted) - sum(allowed)
        row.tokens_over_cap = sum(allowed) - sum(under_cap)
        row.tokens_unfunded = sum(under_cap) - sum(served)
        row.tokens_above_guaranteed = sum(served) - sum(surely)
        row.cost = funded_cost
        self.used.add(today, funded_cost)
        self.month_used += funded_cost

        self.evening_evaluation(row)
        row.used, row.paid, row.balance = self.used.total, self.paid.total, self.balance
        self.days.append(row)

    def expiry(self, row: PlainDay) -> None:
        """Step 1: old credit lapses; the opening balance does not."""
        lasts = self.ladder.credit_expiry_days
        if lasts is None:
            return
        for credit in self.credits:
            if credit.bought and credit.bought + timedelta(days=lasts) <= row.date:
                row.lapsed += credit.left
                credit.left = 0

    def payments(self, row: PlainDay) -> None:
        """Step 2: on the 1st the invoice, then the purchases in the order given."""
        today = row.date
        if today.day == 1 and self.invoiced > 0:
            row.invoice_paid = self.invoiced
            self.invoiced = 0
            self.pay_invoice(row.invoice_paid, today)

        tier = self.tier_since_yesterday()
        for purchase, dates in self.arrivals:
            if today not in dates:
                continue
            amount = to_nanos(purchase.amount)
            if forbids(tier, amount, self.balance):
                row.refused.append(amount)
                continue
            row.purchased += amount
            self.buy(amount, today)

    def morning_evaluation(self, row: PlainDay) -> None:
        """Step 3: what opens now is in force today, unless it is shifted.

        A ladder that gives its tiers on one day of the month is evaluated on that morning only.
        """
        self.note_money_that_is_met(row.date)
        activation = self.ladder.activation
        if isinstance(activation, OnDayOfMonth):
            takes_place = row.date.day == activation.day_of_month
        else:
            paid = row.purchased or row.invoice_paid
            takes_place = self.plan.evaluated == "daily" or paid > 0
        if takes_place:
            self.evaluate(row.date, in_force_from=row.date)
        self.take_what_is_due(row.date)

    def demand(self, today: date) -> list[float]:
        """Step 4: the tokens that each usage line wants today."""
        plan = self.plan
        days_since_start = (today - plan.start).days
        noise = factor_of_noise(plan.noise, days_since_start)
        wanted = []
        for line in plan.usage:
            tokens = line.tokens_per_day * (1 + line.growth_per_30_days) ** (days_since_start / 30)
            if today.weekday() >= SATURDAY:
                tokens *= plan.weekend_factor
            tokens *= noise
            starts, ends = line.starts or plan.start, line.ends or plan.last_day
            wanted.append(tokens if starts <= today <= ends else 0.0)
        return wanted

    def rate_limit(self, wanted: Sequence[float], tier: Tier) -> tuple[list[float], list[float]]:
        """Step 5: the tokens of each line that the tier's limits allow, and that they guarantee.

        Lines of one bucket of the table shrink alike; lines without a row are bound by nothing. A
        soft limit allows everything, and guarantees what a hard one would allow.
        """
        allowed, guaranteed = list(wanted), list(wanted)
        for row, members in self.buckets:
            lines = [self.plan.usage[n] for n in members]
            share = self.share_allowed(row, tier, lines, [wanted[n] for n in members])
            for n in members:
                guaranteed[n] = wanted[n] * share
                if not row.soft:
                    allowed[n] = guaranteed[n]
        return allowed, guaranteed

    def share_allowed(
        self, row: LimitsRow, tier: Tier, lines: Sequence[UsageLine], wanted: Sequence[float]
    ) -> float:
        """How much of what one bucket's lines want its limits allow today, from 0 to 1."""
        plan = self.plan
        mix = list(zip(lines, wanted, strict=True))
        tokens = sum(want for _, want in mix)
        demands: dict[Measure, float] = {
            "tpm": tokens,
            "tpd": tokens,
            "input_tpm": sum(want * counted_input(line, row) for line, want in mix),
            "output_tpm": sum(want * line.output_share for line, want in mix),
        }
        sizes = [line.tokens_per_request for line in lines]
        if all(sizes):
            requests = sum(want / size for want, size in zip(wanted, sizes, strict=True) if size)
            demands |= {"rps": requests, "rpm": requests, "rpd": requests}

        share = 1.0
        for measure, demand in demands.items():
            limit = row.number(measure, tier.name)
            if limit is None or demand == 0:
                continue
            if measure == "rps":
                limit *= 60
            if measure in {"tpm", "input_tpm", "output_tpm", "rps", "rpm"}:
                limit = limit * 60 * plan.active_hours / plan.peak_factor
            share = min(share, limit / demand)
        return share

    def cost(self, allowed: Sequence[float], today: date) -> int:
        """Step 6: what the lines cost together, rounded once, half to even."""
        lines = zip(self.plan.usage, allowed, strict=True)
        cost = round(sum(tokens * line.nanos_per_token for line, tokens in lines))
        if cost > MOST_COST_PER_DAY:
            raise TooCostlyError(today)
        return cost

    def monthly_cap(self, cost: int, tier: Tier) -> int:
        """Step 7: what the month's usage limit leaves of today's cost."""
        limit = tier.monthly_usage_limit
        if limit is None:
            return cost
        if isinstance(limit, tuple):
            limit, _ = limit  # of a range, the least
        left_this_month = max(0, to_nanos(limit) - self.month_used)
        return min(cost, left_this_month)

    def funding(self, cost: int, row: PlainDay) -> int:
        """Step 8: what of the cost is paid for, from credit or on the invoice."""
        if self.plan.billing == "monthly_invoice":
            from_credit = min(cost, self.balance)
            self.invoiced += cost - from_credit
            self.use_credit(from_credit)
            return cost
        self.recharge(cost, row)
        funded = min(cost, self.balance)
        self.use_credit(funded)
        return funded

    def recharge(self, cost: int, row: PlainDay) -> None:
        """Step 8, its top-ups: as many as lift the balance less the cost to the threshold."""
        plan = self.plan.auto_recharge
        if plan is None:
            return
        lacking = to_nanos(plan.below) - (self.balance - cost)
        if lacking <= 0:
            return
        amount = to_nanos(plan.amount)
        top_ups = -(-lacking // amount)
        bought = top_ups * amount
        if plan.monthly_limit is not None:
            # Whole amounts while they fit, then the remainder: all that the month leaves.
            bought = min(bought, to_nanos(plan.monthly_limit) - self.month_recharged)
        if bought > 0:
            row.recharged = bought
            self.month_recharged += bought
            self.buy(bought, row.date)

    def evening_evaluation(self, row: PlainDay) -> None:
        """Step 9: as in the morning; what opens now is in force from tomorrow."""
        self.note_money_that_is_met(row.date)
        if isinstance(self.ladder.activation, OnDayOfMonth):
            return
        paid = row.purchased or row.invoice_paid or row.recharged
        if self.plan.evaluated == "daily" or paid > 0:
            self.evaluate(row.date, in_force_from=row.date + timedelta(days=1))

    # Payments and credit.

    def pay_invoice(self, amount: int, today: date) -> None:
        """Raise paid; the first payment is the given date or this, whichever is earlier."""
        self.paid.add(today, amount)
        self.first_payment = min(self.first_payment or today, today)

    def buy(self, amount: int, today: date) -> None:
        """Buy credit, which is a payment too."""
        self.credits.append(Credit(bought=today, left=amount))
        self.paid.add(today, amount)
        self.purchased.add(today, amount)
        self.first_payment = min(self.first_payment or today, today)
        self.first_purchase = min(self.first_purchase or today, today)

    def use_credit(self, cost: int) -> None:
        """Use the opening balance first, then the oldest credit."""
        for credit in self.credits:
            taken = min(cost, credit.left)
            credit.left -= taken
            cost -= taken

    # Gates.

    def counted(self, gate: MoneyGate, today: date) -> int:
        """The money that a gate counts; a contested gate follows the reading."""
        counts = self.plan.reading if gate.counts == "contested" else gate.counts
        ledger = {"used": self.used, "paid": self.paid, "purchased": self.purchased}[counts]
        match gate.over:
            case "lifetime":
                return ledger.total
            case "month to date":
                return ledger.month(today, months_ago=0)
            case "month before":
                return ledger.month(today, months_ago=1)
            case Since(since=first):
                return ledger.since(first)
            case RollingDays(rolling_days=number):
                return ledger.last_days(today, number)
            case BestOfMonths(best_of_months=number):
                return max(ledger.month(today, months_ago) for months_ago in range(number))

    def clock(self, gate: WaitingGate) -> date | None:
        """The day from which a gate counts its days; None: it has not come."""
        match gate.days_since:
            case "first payment":
                return self.first_payment
            case "first purchase":
                return self.first_purchase
            case "account creation":
                return self.plan.account_created or self.plan.start

    def holds(self, gate: AnyGate, today: date) -> bool:
        match gate:
            case AllOf(all=inner):
                return all(self.holds(each, today) for each in inner)
            case AnyOf(any=inner):
                return any(self.holds(each, today) for each in inner)
            case MoneyGate():
                return self.lacking(gate, today) == 0
            case WaitingGate():
                clock = self.clock(gate)
                return clock is not None and (today - clock).days >= gate.at_least
            case FactGate():
                return gate.fact not in self.plan.lacks

    def lacking(self, gate: AnyGate, today: date) -> int:
        """The money that is missing if waiting gates and facts all held; 0: none is."""
        match gate:
            case AllOf(all=inner):
                return max(self.lacking(each, today) for each in inner)
            case AnyOf(any=inner):
                return min(self.lacking(each, today) for each in inner)
            case MoneyGate():
                enough = to_nanos(gate.amount) + (1 if gate.more_than is not None else 0)
                return max(0, enough - self.counted(gate, today))
            case WaitingGate() | FactGate():
                return 0

    def can_hold(self, gate: AnyGate) -> bool:
        """Whether money and time can open a tier, with the facts that the account has."""
        match gate:
            case AllOf(all=inner):
                return all(self.can_hold(each) for each in inner)
            case AnyOf(any=inner):
                return any(self.can_hold(each) for each in inner)
            case FactGate():
                return gate.fact not in self.plan.lacks
            case MoneyGate() | WaitingGate():
                return True

    def wait_of(self, gate: AnyGate) -> date | None:
        """The day on which a gate's waiting is over; None: its clock does not run."""
        match gate:
            case AllOf(all=inner):
                over = [self.wait_of(each) for each in inner]
                return None if None in over else max(day for day in over if day)
            case AnyOf(any=inner):
                over = [self.wait_of(each) for each in inner]
                return min((day for day in over if day), default=None)
            case WaitingGate():
                clock = self.clock(gate)
                return clock + timedelta(days=gate.at_least) if clock else None
            case MoneyGate() | FactGate():
                return NO_WAIT

    # Tiers.

    def is_open(self, tier: Tier, today: date) -> bool:
        """Whether a tier's gates hold, and the account has paid where they ask for payments."""
        gate = gate_of(tier)
        if gate is None:
            return not tier.is_opaque
        has_paid = self.first_payment is not None and self.first_payment <= today
        return (has_paid or not asks_for_a_payment(tier)) and self.holds(gate, today)

    def highest_open(self, today: date) -> int:
        """Index of the highest tier that is open; those below it count as open."""
        return max(
            (n for n, tier in enumerate(self.ladder.tiers) if self.is_open(tier, today)), default=0
        )

    def note_money_that_is_met(self, today: date) -> None:
        for tier in self.ladder.tiers:
            gate = gate_of(tier)
            if gate and self.lacking(gate, today) == 0:
                self.money_met_on.setdefault(tier.name, today)

    def evaluate(self, today: date, in_force_from: date) -> None:
        """Give the highest tier that is open and those below it; take what no longer holds."""
        if self.ladder.is_opaque:
            return
        names = self.ladder.tier_names
        highest = self.highest_open(today)
        if self.ladder.keeping == "re-evaluated":
            for name in names[highest + 1 :]:
                self.due.pop(name, None)  # a shifted unlock lapses
                if self.in_force_from.pop(name, None):
                    self.falls.append((today, name))
        for name in names[: highest + 1]:
            if name in self.in_force_from or name in self.due:
                continue
            if self.lag_days:
                self.due[name] = today + timedelta(days=self.lag_days)
            else:
                self.in_force_from[name] = in_force_from
                self.note_that_it_opens(name, today)

    def take_what_is_due(self, today: date) -> None:
        """A shifted unlock is in force from the morning of its date."""
        for name in [name for name, day in self.due.items() if day == today]:
            del self.due[name]
            self.in_force_from[name] = today
            self.note_that_it_opens(name, today)

    def note_that_it_opens(self, name: str, today: date) -> None:
        """The first opening is the tier's unlock; a later one comes after a loss."""
        if name in self.opened:
            self.reopenings.append((today, name))
        else:
            self.opened[name] = Opened(on=today, by_opening=False)

    def tier_in_force(self, today: date) -> Tier:
        """The highest tier in force as the morning evaluation leaves it."""
        in_force = self.ladder.tiers[0]
        for tier in self.ladder.tiers:
            if tier.name in self.in_force_from and self.in_force_from[tier.name] <= today:
                in_force = tier
        return in_force

    def tier_since_yesterday(self) -> Tier:
        """The tier of yesterday; on the first day that of the opening."""
        if not self.days:
            return self.tier_in_force(self.plan.start)
        return next(tier for tier in self.ladder.tiers if tier.name == self.days[-1].tier)

    # Why, not only when.

    def unlocks(self) -> list[PlainUnlock]:
        """Each tier, lowest first, as things stand after the last day."""
        first, *others = self.ladder.tiers
        start = self.plan.start
        return [
            PlainUnlock(first.name, start, start, self.first_payment),
            *(self.unlock(tier) for tier in others),
        ]

    def unlock(self, tier: Tier) -> PlainUnlock:
        opened = self.opened.get(tier.name)
        gate = gate_of(tier)
        if self.ladder.is_opaque or gate is None:
            # Nothing is predicted.
            on = opened.on if opened else None
            return PlainUnlock(tier.name, on, wait_over_on=self.first_payment)
        return PlainUnlock(
            name=tier.name,
            on=opened.on if opened else None,
            money_met_on=self.money_met_on.get(tier.name),
            wait_over_on=self.wait_over_on(gate),
            missing=0 if opened else self.lacking(gate, self.plan.last_day),
            held_by=self.what_held(tier, gate, opened) if opened else self.what_holds(tier, gate),
        )

    def wait_over_on(self, gate: AnyGate) -> date | None:
        """The day on which the wait is over; without a wait, that of the first payment."""
        over = self.wait_of(gate)
        return self.first_payment if over == NO_WAIT else over

    def kept_waiting_until(self, tier: Tier, gate: AnyGate) -> date | None:
        """As wait_over_on, but a tier that asks for no payment does not wait for the first."""
        return self.wait_over_on(gate) if asks_for_a_payment(tier) else self.wait_of(gate)

    def what_held(self, tier: Tier, gate: AnyGate, opened: Opened) -> str | None:
        """What came last before an open tier opened; None where nothing did."""
        money = self.money_met_on.get(tier.name)
        wait = self.kept_waiting_until(tier, gate)
        if opened.by_opening or money is None or wait is None or not self.can_hold(gate):
            return None
        if max(money, wait) > opened.on:
            return None  # passed over by a higher tier before its own gates held
        if opened.on > max(money, wait):
            return "evaluation" if self.may_be_late else self.what_else_came(tier)
        if money == wait:
            return "money" if self.wait_of(gate) == NO_WAIT else "both"
        return "money" if money > wait else "waiting"

    def what_holds(self, tier: Tier, gate: AnyGate) -> str:
        """What keeps a tier from opening after the last day."""
        if not self.can_hold(gate):
            return "fact"
        wait = self.kept_waiting_until(tier, gate)
        lacks_wait = wait is None or wait > self.plan.last_day
        lacks_money = self.lacking(gate, self.plan.last_day) > 0
        if lacks_money and lacks_wait:
            return "both"
        if lacks_money:
            return "money"
        if lacks_wait:
            return "waiting"
        return "evaluation" if self.may_be_late else self.what_else_came(tier)

    @property
    def may_be_late(self) -> bool:
        """Whether gates may hold for days before they are looked at, or before they count."""
        given_on_a_day = isinstance(self.ladder.activation, OnDayOfMonth)
        return self.lag_days > 0 or given_on_a_day or self.plan.evaluated == "at_payment"

    def what_else_came(self, tier: Tier) -> str:
        """What came last where money and time each held once, but not together."""
        moves = any(gate.over != "lifetime" for gate in tier.money_gates)
        return "waiting" if tier.waiting_gates and not moves else "money"


def gate_of(tier: Tier) -> AnyGate | None:
    """What opens a tier; None for the first tier, and where the rule is not public."""
    return None if isinstance(tier.opens_when, Opaque) else tier.opens_when


def asks_for_a_payment(tier: Tier) -> bool:
    """Whether a tier opens only after the first payment."""
    return any(gate.counts != "used" for gate in tier.money_gates) or any(
        gate.days_since != "account creation" for gate in tier.waiting_gates
    )


def factor_of_noise(noise: Noise | None, day: int) -> float:
    """The lognormal factor of a day, with mean 1: the day's own number of the seed's stream."""
    if noise is None:
        return 1.0
    normal = float(np.random.RandomState(noise.seed).standard_normal(day + 1)[day])
    variance = math.log1p(noise.spread**2)
    return math.exp(math.sqrt(variance) * normal - variance / 2)


def buckets_of(
    usage: Sequence[UsageLine], table: LimitsTable
) -> Iterator[tuple[LimitsRow, list[int]]]:
    """Rows of the table with the lines that share their limits."""
    buckets: dict[str, tuple[LimitsRow, list[int]]] = {}
    for n, line in enumerate(usage):
        row = table.row_for(line.model)
        if row:
            buckets.setdefault(row.bucket(line.model), (row, []))[1].append(n)
    yield from buckets.values()


def counted_input(line: UsageLine, row: LimitsRow) -> float:
    """Share of a line's tokens that counts toward a limit on input."""
    share = 1 - line.output_share
    return share if row.cached_input_counts else share * (1 - line.cached_share)


def month_of(day: date) -> int:
    """Number of a calendar month, counted through the years."""
    return day.year * 12 + day.month


def forbids(tier: Tier, amount: int, balance: int) -> bool:
    """Whether a tier refuses a purchase: too small, too large, or too much on the balance."""
    smallest, largest, most = tier.smallest_purchase, tier.largest_purchase, tier.largest_balance
    return (
        (smallest is not None and amount < to_nanos(smallest))
        or (largest is not None and amount > to_nanos(largest))
        or (most is not None and balance + amount > to_nanos(most))
    )


def scaled(tokens: Sequence[float], cost_after: int, cost_before: int) -> list[float]:
    """All lines shrink alike, as the cost did; 1 to 1 where they cost nothing."""
    factor = cost_after / cost_before if cost_before else 1.0
    return [line * factor for line in tokens]


def dates_of(purchase: Purchase, last_day: date) -> set[date]:
    """The days on which a purchase arrives; months clip from its original day."""
    dates: set[date] = set()
    day = purchase.on
    while day <= last_day and len(dates) < (purchase.times or last_day.toordinal()):
        dates.add(day)
        if purchase.every is None:
            break
        if purchase.every == "week":
            day += timedelta(days=7)
        else:
            year = day.year + (day.month == 12)
            month = day.month % 12 + 1
            day = date(year, month, min(purchase.on.day, monthrange(year, month)[1]))
    return dates
