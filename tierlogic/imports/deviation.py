"""A plan beside what came of it: the money so far, and when each tier now looks to open."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from tierlogic.imports.imported import Imported
from tierlogic.projection import Projection, project, project_many


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

    money: pd.DataFrame
    """One row a day that both have, index "date"; planned and actual, used to that day's end over
    the account's lifetime, and difference, actual less planned (float)."""
    tiers: tuple[TierDeviation, ...]
    """One a tier with gates, lowest first."""
    now: Projection
    """From the day after the last whole day to the plan's last day."""


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
    if not plan.start < start <= plan.last_day:
        raise ValueError(
            f"The files end on {start - timedelta(days=1)}, and the plan has the days from "
            f"{plan.start} to {plan.last_day}; give files that end within it"
        )
    left = (plan.last_day - start).days + 1
    now = project(imported.scenario(plan).but(days=left))
    opened = _opened_already(projection, imported, start)
    tiers = []
    for unlock in projection.unlocks[1:]:
        seen = opened.get(unlock.tier) or now.unlock(unlock.tier).on
        late = (seen - unlock.on).days if seen and unlock.on else None
        tiers.append(TierDeviation(unlock.tier, unlock.on, seen, late))
    return Deviation(_money(projection, imported, start), tuple(tiers), now)


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


def _money(projection: Projection, imported: Imported, start: date) -> pd.DataFrame:
    planned = projection.daily["used"]
    actual = imported.actual["used"] + float(imported.brought_by(projection.scenario))
    both = pd.DataFrame({"planned": planned, "actual": actual}).dropna()
    both = both[both.index < pd.Timestamp(start)].rename_axis("date")
    both["difference"] = both["actual"] - both["planned"]
    return both
