"""A plan beside what came of it: the money so far, and when each tier now looks to open."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

import pandas as pd

from tierlogic.imports.imported import Imported
from tierlogic.projection import Projection, project, project_many
from tierlogic.rules.catalog import prices_of
from tierlogic.scenario import Scenario

_GAP = timedelta(days=31)
"""A plan that starts later than this after the files is another story."""


@dataclass(frozen=True)
class TierDeviation:
    """When a tier was planned to open, and when it does."""

    tier: str
    planned: date | None
    """None: not within the plan."""
    now: date | None
    """From what was really used; None: not within the plan's days any more."""
    days: int | None
    """Later than planned; below 0: earlier. None where either is None."""


@dataclass(frozen=True)
class Deviation:
    """Plan against actual."""

    planned: Projection
    now: Projection
    """From the day after the last whole day to the plan's last day."""
    imported: Imported

    @cached_property
    def money(self) -> pd.DataFrame:
        """One row a day that both have, index "date".

        Columns: planned and actual, used to that day's end over the account's lifetime, and
        difference, actual less planned (float).
        """
        planned = self.planned.daily["used"]
        actual = actual_money(self.planned.scenario, self.imported)["used"]
        both = pd.DataFrame({"planned": planned, "actual": actual}).dropna().rename_axis("date")
        both["difference"] = both["actual"] - both["planned"]
        return both

    @cached_property
    def tiers(self) -> tuple[TierDeviation, ...]:
        """One a tier with gates, lowest first."""
        opened = _opened_already(self.planned, self.imported, self.now.scenario.start)
        tiers = []
        for unlock in self.planned.unlocks[1:]:
            seen = opened.get(unlock.tier) or self.now.unlock(unlock.tier).on
            late = (seen - unlock.on).days if seen and unlock.on else None
            tiers.append(TierDeviation(unlock.tier, unlock.on, seen, late))
        return tuple(tiers)


def is_of_provider(plan: Scenario, imported: Imported) -> bool:
    """Whether files are of a plan's provider and currency, as far as they tell."""
    same = imported.provider in {None, prices_of(plan.rules.provider)}
    return same and imported.currency == plan.rules.currency


def is_of_account(plan: Scenario, imported: Imported) -> bool:
    """Whether a plan goes on from what files tell, or files tell what came of some of its days."""
    start = imported.start
    if start is None or not is_of_provider(plan, imported):
        return False
    if start > plan.start:
        return imported.each_day[0].on <= plan.last_day
    goes_on = plan.used_before >= imported.used_by(start - timedelta(days=1))
    return goes_on and plan.start - start <= _GAP


def ends_within(plan: Scenario, imported: Imported) -> bool:
    """Whether files tell what came of some of a plan's days."""
    start = imported.start
    return start is not None and plan.start < start <= plan.last_day


def actual_money(plan: Scenario, imported: Imported) -> pd.DataFrame:
    """Return what was really used and paid, over the account's lifetime, to each whole day's end.

    Where the plan starts after the files, it goes on from the last values.

    Returns:
        Columns used and paid (float; paid is no number where no file tells payments), index "date"
        (datetime64, UTC days).
    """
    start = imported.start or plan.start
    before = plan.start - timedelta(days=1)
    if start > plan.start:
        untold = imported.brought_by(plan)
    else:
        untold = max(Decimal(0), plan.used_before - imported.used_by(before))
    told = sum((each.amount for each in imported.payments if each.on < plan.start), Decimal(0))
    unpaid = max(Decimal(0), plan.paid_before - told)
    days = (start - imported.each_day[0].on).days if imported.each_day else 0
    return imported.actual.iloc[:days].add([float(untold), float(unpaid)])


def deviation(projection: Projection, imported: Imported) -> Deviation:
    """Compare a plan with what the files say.

    Raises:
        ValueError: the files hold no whole day, or none of the plan's days.
        pydantic.ValidationError: what the files say does not fit the plan's ladder.
    """
    plan = projection.scenario
    start = imported.start
    if start is None:
        raise ValueError("The files hold no whole day; give an export of usage or costs")
    if not ends_within(plan, imported):
        raise ValueError(
            f"The files end on {start - timedelta(days=1)}, and the plan has the days from "
            f"{plan.start} to {plan.last_day}; give files that end within it"
        )
    left = (plan.last_day - start).days + 1
    return Deviation(projection, project(imported.scenario(plan).but(days=left)), imported)


def _opened_already(projection: Projection, imported: Imported, start: date) -> dict[str, date]:
    """The day on which each tier opened, of those that what was really used has opened."""
    plan = projection.scenario
    days = [plan.start + timedelta(days=n) for n in range((start - plan.start).days + 1)]
    eves = [imported.scenario(plan, start=day).but(days=1) for day in days]
    opened: dict[str, date] = {}
    for day, eve in zip(days, project_many(eves), strict=True):
        for tier in eve.open_at_start:
            # The money was there on the evening before; the waiting may have ended only today.
            waited = eve.unlock(tier).wait_over_on or plan.start
            opened.setdefault(tier, max(plan.start, day - timedelta(days=1), waited))
    return opened
