"""What comes back: the unlock of each tier, the account's days, its events, and why."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import get_args

import numpy as np
import pandas as pd

from tierlogic.engine.block import NEVER, Floats, Ints, alike, block_of
from tierlogic.engine.diary import Diary
from tierlogic.engine.held import HELD_BY, HeldBy
from tierlogic.engine.served import Spent, served
from tierlogic.engine.walk import Outcome, PlanTooLargeError, walk
from tierlogic.events import Event, events_of
from tierlogic.language import say
from tierlogic.money import NANOS, from_nanos
from tierlogic.rules.gates import Money
from tierlogic.rules.ladder import Tier
from tierlogic.scenario import Scenario
from tierlogic.why import why

_KEEP_DIARY_UP_TO = 128
"""Scenarios in a batch. Larger batches hold no days: they are walked again when asked for."""


@dataclass(frozen=True)
class Unlock:
    """When one tier opens, and what held it."""

    tier: str
    on: date | None
    """Day of the unlock; None: not within the horizon."""
    money_met_on: date | None
    """Day on which its money gate was first met, whatever the evaluation."""
    wait_over_on: date | None
    """Day on which its waiting time is over, not clipped to the horizon; None: no payment."""
    held_by: HeldBy | None
    """What came last; for a tier that is not open, what is missing. None: nothing held it."""
    missing: Decimal
    """Money still missing after the last day; 0 for an open tier."""
    explain: Callable[[], str] = field(repr=False, compare=False)

    @property
    def why(self) -> str:
        """One sentence: what opened it and when, or what is missing and for how long."""
        return self.explain()


class Projection:
    """One scenario, projected day by day."""

    def __init__(self, scenario: Scenario, outcome: Outcome, column: int) -> None:
        """Read one column of a walk's outcome."""
        self.scenario = scenario
        self._outcome = outcome
        self._column = column

    @cached_property
    def unlocks(self) -> tuple[Unlock, ...]:
        """One a tier, lowest first."""
        first, *gated = self.scenario.rules.tiers
        return (
            self._unlock_without_gates(first),
            *(self._unlock(tier, row) for row, tier in enumerate(gated)),
        )

    def unlock(self, tier: str) -> Unlock:
        """Return the unlock of a tier.

        Raises:
            KeyError: the ladder has no such tier.
        """
        for unlock in self.unlocks:
            if unlock.tier == tier:
                return unlock
        raise KeyError(f"{self.scenario.ladder} has no tier {tier!r}")

    def opened_on(self, tier: str) -> date | None:
        """Return the day of a tier's unlock alone, as in `unlock`.

        Raises:
            ValueError: the ladder has no such tier.
        """
        place = self.scenario.rules.tier_names.index(tier)
        return self._date(self.days_opened[place - 1]) if place else self.scenario.start

    @cached_property
    def open_at_start(self) -> frozenset[str]:
        """Tiers that what the account brings opened, before any payment of the simulation."""
        column = self._outcome.opened_at_opening[:, self._column]
        names = self.scenario.rules.tier_names[1:]
        return frozenset(name for name, opened in zip(names, column, strict=False) if opened)

    @property
    def days_opened(self) -> Ints:
        """Day of the unlock of each tier with gates, counted from the start; NEVER without one."""
        return self._outcome.opened_on[:, self._column]

    def money_kept(self, money: Money) -> Ints:
        """Nano-units of one kind at the end of each day that `project_many` was told to keep."""
        return self._outcome.money_kept[:, get_args(Money).index(money), self._column]

    @property
    def first_payment(self) -> date | None:
        """The given first payment or the first one simulated, whichever is earlier."""
        return self._date(self._outcome.first_payment[self._column])

    @cached_property
    def tier_changes(self) -> tuple[tuple[date, str], ...]:
        """The tier in force on the first day, and each day on which another one is."""
        tiers = self.diary.tier[:, 0]
        days = [0, *(np.flatnonzero(np.diff(tiers)) + 1)]
        names = self.scenario.rules.tier_names
        return tuple(
            (self.scenario.start + timedelta(days=int(day)), names[tiers[day]]) for day in days
        )

    @cached_property
    def daily(self) -> pd.DataFrame:
        """One row a day, index "date" (datetime64, UTC days).

        Columns: tier in force that day; used and paid over the account's lifetime and balance at
        the day's end, cost, purchased, recharged, invoice_paid and lapsed of the day, in the
        ladder's currency; tokens_wanted, tokens_served, and those not served by cause:
        tokens_rate_limited, tokens_over_cap, tokens_unfunded. tokens_above_guaranteed are served,
        but beyond what a soft limit guarantees.
        """
        diary = self.diary

        def money(nanos: Ints) -> Floats:
            return nanos[:, 0] / NANOS

        wanted = diary.tokens_wanted[:, 0]
        tokens = served(
            wanted,
            diary.tokens_allowed[:, 0],
            diary.tokens_above_guaranteed[:, 0],
            Spent(diary.cost_allowed[:, 0], diary.cost_under_cap[:, 0], diary.cost[:, 0]),
        )
        index = pd.date_range(self.scenario.start, periods=self.scenario.days, name="date")
        return pd.DataFrame(
            {
                "tier": np.array(self.scenario.rules.tier_names)[diary.tier[:, 0]],
                "used": money(diary.used),
                "paid": money(diary.paid),
                "balance": money(diary.balance),
                "cost": money(diary.cost),
                "purchased": money(diary.purchased),
                "recharged": money(diary.recharged),
                "invoice_paid": money(diary.invoice_paid),
                "lapsed": money(diary.lapsed),
                "tokens_wanted": wanted,
                **tokens._asdict(),
            },
            index=index,
        )

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened to the account besides unlocks, by date."""
        return events_of(self.scenario, self.diary)

    @cached_property
    def diary(self) -> Diary:
        """The days in whole nano-dollars: arrays (days, 1)."""
        whole, column = self._outcome.diary, self._column
        if whole is None:
            whole, column = _with_diary(self.scenario), 0
        only = {
            part.name: getattr(whole, part.name)[:, column : column + 1]
            for part in fields(Diary)
            if part.name not in {"refusals", "falls", "reopenings"}
        }
        return replace(
            whole,
            **only,
            refusals={0: whole.refusals.get(column, [])},
            falls={0: whole.falls.get(column, [])},
            reopenings={0: whole.reopenings.get(column, [])},
        )

    def _ipython_display_(self) -> None:
        """Show the answer, the tiers and the charts in a notebook."""
        from tierlogic import notebook  # noqa: PLC0415 - it reads projections, and draws charts

        notebook.show(self)

    def _repr_html_(self) -> str:
        """Return the answer and the tiers as HTML."""
        from tierlogic import notebook  # noqa: PLC0415 - it reads projections, and draws charts

        return notebook.html(self)

    def balance_on(self, day: date) -> Decimal:
        """Credit left at a day's end, exact.

        Raises:
            KeyError: the plan does not reach that day.
        """
        index = (day - self.scenario.start).days
        if not 0 <= index < self.scenario.days:
            raise KeyError(f"the plan ends on {self.scenario.last_day}; it has no {day}")
        return from_nanos(self.diary.balance[index, 0])

    def _unlock_without_gates(self, tier: Tier) -> Unlock:
        start = self.scenario.start
        return Unlock(
            tier.name,
            start,
            start,
            self.first_payment,
            None,
            Decimal(0),
            lambda: say("It has no gates."),
        )

    def _unlock(self, tier: Tier, row: int) -> Unlock:
        outcome, at = self._outcome, (row, self._column)
        on, money_met_on = outcome.opened_on[at], outcome.money_met_on[at]
        wait_over_on = outcome.wait_over_on[at]
        missing = from_nanos(outcome.money_missing[at])
        unlock = Unlock(
            tier.name,
            self._date(on),
            self._date(money_met_on),
            self._date(wait_over_on),
            HELD_BY[outcome.held_by[at]],
            missing,
            lambda: why(self, tier, unlock),
        )
        return unlock

    def _date(self, day: int) -> date | None:
        return None if day == NEVER else self.scenario.start + timedelta(days=int(day))


def project(scenario: Scenario) -> Projection:
    """Project one scenario.

    Raises:
        PlanTooLargeError: a ValueError; the plan costs more than the engine counts.
    """
    return project_many([scenario])[0]


def project_many(
    scenarios: Iterable[Scenario], keep_days: Collection[int] = ()
) -> list[Projection]:
    """Project many scenarios in one batch; each comes out as it would alone.

    Working memory does not grow with the batch. A large batch holds the unlocks only: `daily`,
    `events` and `why` of one of its projections are computed when first asked for.

    Args:
        scenarios: of any ladders and lengths.
        keep_days: days of every plan, counted from the start, of which `money_kept` is to know.

    Raises:
        PlanTooLargeError: a ValueError; some plan is too large, as for `project`.
    """
    batch, kept = list(scenarios), frozenset(keep_days)
    projections: dict[int, Projection] = {}
    for places in alike(batch):
        outcome = walk(
            block_of([batch[place] for place in places]),
            keep_diary=len(batch) <= _KEEP_DIARY_UP_TO,
            keep_days=kept,
        )
        for problem in outcome.too_large.values():
            raise PlanTooLargeError(problem)
        for column, place in enumerate(places):
            projections[place] = Projection(batch[place], outcome, column)
    return [projections[place] for place in range(len(batch))]


def _with_diary(scenario: Scenario) -> Diary:
    diary = walk(block_of([scenario]), keep_diary=True).diary
    if diary is None:
        raise AssertionError("a walk that keeps a diary has one")
    return diary
