"""The engine once more, plain and slow: one scenario, one day after the other.

It is written from the specification alone, "One simulated day" of the design, one method a step,
so that it can be held beside that text. The tests compare the fast engine with it. Money is a
whole number of nano-dollars (int); tokens are floats.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tierlogic.money import to_nanos
from tierlogic.rules.ladder import Ladder, MoneyGate, Tier
from tierlogic.rules.limits import LimitsRow, LimitsTable, Measure
from tierlogic.scenario import Purchase, Scenario, UsageLine

NANOS_PER_DOLLAR = 10**9
MOST_COST_PER_DAY = 10**9 * NANOS_PER_DOLLAR
SATURDAY = 5


class TooCostlyError(ValueError):
    """A day costs more than 10^9 dollars."""

    def __init__(self, on: date) -> None:
        super().__init__(f"on {on} the plan costs more than 10^9 dollars a day")
        self.on = on


@dataclass
class PlainDay:
    """One day. Money in nano-dollars; used, paid and balance as the day ends."""

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


@dataclass
class Credit:
    """Credit that arrived at one time, as far as it is not used."""

    bought: date | None
    """None: the opening balance, which has no purchase date."""
    left: int


@dataclass
class Opened:
    """A tier that an evaluation opened."""

    on: date
    in_force_from: date
    by_opening: bool


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
    return PlainProjection(account.days, account.unlocks())


class Account:
    """An account on its way through the days."""

    def __init__(self, scenario: Scenario, ladder: Ladder, table: LimitsTable) -> None:
        self.plan = scenario
        self.ladder = ladder
        self.table = table
        self.arrivals = [(each, dates_of(each, scenario.last_day)) for each in scenario.purchases]
        self.days: list[PlainDay] = []

        self.used = to_nanos(scenario.used_before)
        self.paid = to_nanos(scenario.paid_before)
        self.credits = [Credit(bought=None, left=to_nanos(scenario.opening_balance))]
        self.first_payment = scenario.first_payment
        self.month_used = to_nanos(scenario.month_used_before)
        self.month_recharged = 0
        self.invoiced = 0

        self.opened: dict[str, Opened] = {}
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
        highest = max(self.highest_open(start), known)
        for tier in self.ladder.tiers[: highest + 1]:
            self.opened[tier.name] = Opened(on=start, in_force_from=start, by_opening=True)

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
        allowed = self.rate_limit(wanted, tier)
        cost = self.cost(allowed, today)
        capped_cost = self.monthly_cap(cost, tier)
        funded_cost = self.funding(capped_cost, row)
        under_cap = scaled(allowed, capped_cost, cost)
        served = scaled(under_cap, funded_cost, capped_cost)

        row.tokens_wanted = sum(wanted)
        row.tokens_served = sum(served)
        row.tokens_rate_limited = sum(wanted) - sum(allowed)
        row.tokens_over_cap = sum(allowed) - sum(under_cap)
        row.tokens_unfunded = sum(under_cap) - sum(served)
        row.cost = funded_cost
        self.used += funded_cost
        self.month_used += funded_cost

        self.evening_evaluation(row)
        row.used, row.paid, row.balance = self.used, self.paid, self.balance
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
            self.pay(row.invoice_paid, today)

        tier = self.tier_since_yesterday()
        for purchase, dates in self.arrivals:
            if today not in dates:
                continue
            amount = to_nanos(purchase.amount)
            if forbids(tier, amount, self.balance):
                row.refused.append(amount)
                continue
            row.purchased += amount
            self.credits.append(Credit(bought=today, left=amount))
            self.pay(amount, today)

    def morning_evaluation(self, row: PlainDay) -> None:
        """Step 3: what opens now is in force today, unless it is shifted."""
        self.note_money_that_is_met(row.date)
        if self.plan.evaluated == "at_payment" and not (row.purchased or row.invoice_paid):
            return
        self.evaluate(row.date, in_force_from=row.date)

    def demand(self, today: date) -> list[float]:
        """Step 4: the tokens that each usage line wants today."""
        plan = self.plan
        days_since_start = (today - plan.start).days
        wanted = []
        for line in plan.usage:
            tokens = line.tokens_per_day * (1 + line.growth_per_30_days) ** (days_since_start / 30)
            if today.weekday() >= SATURDAY:
                tokens *= plan.weekend_factor
            starts, ends = line.starts or plan.start, line.ends or plan.last_day
            wanted.append(tokens if starts <= today <= ends else 0.0)
        return wanted

    def rate_limit(self, wanted: Sequence[float], tier: Tier) -> list[float]:
        """Step 5: the tokens of each line that the tier's limits allow.

        Lines of one row of the table shrink alike; lines without a row are bound by nothing.
        """
        allowed = list(wanted)
        rows = [self.table.row_for(line.model) for line in self.plan.usage]
        for row in rows:
            if row is None:
                continue
            members = [n for n, other in enumerate(rows) if other is row]
            lines = [self.plan.usage[n] for n in members]
            share = self.share_allowed(row, tier, lines, [wanted[n] for n in members])
            for n in members:
                allowed[n] = wanted[n] * share
        return allowed

    def share_allowed(
        self, row: LimitsRow, tier: Tier, lines: Sequence[UsageLine], wanted: Sequence[float]
    ) -> float:
        """How much of what one row's lines want it can serve today, from 0 to 1."""
        plan = self.plan
        mix = list(zip(lines, wanted, strict=True))
        tokens = sum(want for _, want in mix)
        demands: dict[Measure, float] = {
            "tpm": tokens,
            "tpd": tokens,
            "input_tpm": sum(want * (1 - line.output_share) for line, want in mix),
            "output_tpm": sum(want * line.output_share for line, want in mix),
        }
        sizes = [line.tokens_per_request for line in lines]
        if all(sizes):
            requests = sum(want / size for want, size in zip(wanted, sizes, strict=True) if size)
            demands |= {"rpm": requests, "rpd": requests}

        share = 1.0
        for measure, demand in demands.items():
            limit = row.number(measure, tier.name)
            if limit is None or demand == 0:
                continue
            if measure in {"tpm", "input_tpm", "output_tpm", "rpm"}:
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
        if tier.monthly_usage_limit is None:
            return cost
        left_this_month = max(0, to_nanos(tier.monthly_usage_limit) - self.month_used)
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
            self.credits.append(Credit(bought=row.date, left=bought))
            self.pay(bought, row.date)

    def evening_evaluation(self, row: PlainDay) -> None:
        """Step 9: as in the morning; what opens now is in force from tomorrow."""
        self.note_money_that_is_met(row.date)
        any_payment = row.purchased or row.invoice_paid or row.recharged
        if self.plan.evaluated == "at_payment" and not any_payment:
            return
        self.evaluate(row.date, in_force_from=row.date + timedelta(days=1))

    # Payments and credit.

    def pay(self, amount: int, today: date) -> None:
        """Raise paid; the first payment is the given date or this, whichever is earlier."""
        self.paid += amount
        if self.first_payment is None or today < self.first_payment:
            self.first_payment = today

    def use_credit(self, cost: int) -> None:
        """Use the opening balance first, then the oldest credit."""
        for credit in self.credits:
            taken = min(cost, credit.left)
            credit.left -= taken
            cost -= taken

    # Tiers.

    def counted(self, gate: MoneyGate) -> int:
        """The money that a gate counts; a contested gate follows the reading."""
        counts = self.plan.reading if gate.counts == "contested" else gate.counts
        return self.used if counts == "used" else self.paid

    def lacking(self, tier: Tier) -> int:
        """What the tier's money gate lacks now; 0 where it holds, or there is none."""
        gate = tier.money_gate
        return max(0, to_nanos(gate.at_least) - self.counted(gate)) if gate else 0

    def note_money_that_is_met(self, today: date) -> None:
        for tier in self.ladder.tiers:
            if self.lacking(tier) == 0:
                self.money_met_on.setdefault(tier.name, today)

    def wait_over_on(self, tier: Tier) -> date | None:
        """The first payment plus the tier's waiting days."""
        if self.first_payment is None:
            return None
        return self.first_payment + timedelta(days=tier.waiting_days)

    def highest_open(self, today: date) -> int:
        """Index of the highest tier whose gates all hold; 0 before the first payment."""
        highest = 0
        for n, tier in enumerate(self.ladder.tiers):
            wait_over_on = self.wait_over_on(tier)
            if wait_over_on and wait_over_on <= today and self.lacking(tier) == 0:
                highest = n
        return highest

    def evaluate(self, today: date, in_force_from: date) -> None:
        """Open the highest tier whose gates hold, and with it every tier passed over."""
        unlock = today + timedelta(days=self.plan.lag_days)
        for tier in self.ladder.tiers[: self.highest_open(today) + 1]:
            if tier.name not in self.opened:
                self.opened[tier.name] = Opened(
                    on=unlock,
                    in_force_from=unlock if self.plan.lag_days else in_force_from,
                    by_opening=False,
                )

    def tier_in_force(self, today: date) -> Tier:
        """The highest tier in force as the morning evaluation leaves it."""
        in_force = self.ladder.tiers[0]
        for tier in self.ladder.tiers:
            opened = self.opened.get(tier.name)
            if opened and opened.in_force_from <= today:
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
        if opened and opened.on > self.plan.last_day:
            opened = None
        return PlainUnlock(
            name=tier.name,
            on=opened.on if opened else None,
            money_met_on=self.money_met_on.get(tier.name),
            wait_over_on=self.wait_over_on(tier),
            missing=0 if opened else self.lacking(tier),
            held_by=self.what_held(tier, opened) if opened else self.what_holds(tier),
        )

    def what_held(self, tier: Tier, opened: Opened) -> str | None:
        """What came last before an open tier opened; None where nothing did."""
        money = self.money_met_on.get(tier.name)
        wait = self.wait_over_on(tier)
        if opened.by_opening or money is None or wait is None:
            return None
        if max(money, wait) > opened.on:
            return None  # passed over by a higher tier before its own gates held
        if opened.on > max(money, wait):
            return "evaluation"
        if money == wait:
            return "both" if tier.waiting_gate else "money"
        return "money" if money > wait else "waiting"

    def what_holds(self, tier: Tier) -> str:
        """What keeps a tier from opening after the last day."""
        wait_over_on = self.wait_over_on(tier)
        lacks_wait = wait_over_on is None or wait_over_on > self.plan.last_day
        lacks_money = tier.name not in self.money_met_on
        if lacks_money and lacks_wait:
            return "both"
        if lacks_money:
            return "money"
        return "waiting" if lacks_wait else "evaluation"


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
