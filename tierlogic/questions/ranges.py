"""How sure is it: the days on which tiers open, and the money, over many draws of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

import numpy as np
import pandas as pd

from tierlogic.answer import READINGS, Answer
from tierlogic.engine.block import NEVER, Ints
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.language import say
from tierlogic.money import NANOS
from tierlogic.projection import Projection
from tierlogic.questions import ranges_in_words
from tierlogic.questions.progress import Progress, project_in_parts
from tierlogic.questions.ranges_drawn import Ranges, drawn
from tierlogic.questions.tier_range import TierRange
from tierlogic.rules.gates import Money
from tierlogic.rules.ladder import Ladder
from tierlogic.scenario import Reading, Scenario

QUANTILES = (0.1, 0.5, 0.9)
"""Earliest, likely and latest; low, median and high."""
_MOST_DAYS_OF_A_FAN = 400


@dataclass(frozen=True)
class RangesAnswer:
    """When tiers open and how the money grows over many draws, under both readings."""

    scenario: Scenario
    within: Ranges
    tier: str | None
    """The tier that the headline is about; None: every tier is open on the first day."""
    tiers: dict[Reading, tuple[TierRange, ...]]
    """Tiers with gates, lowest first."""
    fans: dict[Reading, pd.DataFrame]
    """Index "date", at most about 400 days; columns low, median and high: in 10%, 50% and 90% of
    the draws the money that counts is at most this as the day ends. In the ladder's currency."""

    def tier_range(self, tier: str, reading: Reading) -> TierRange:
        """Return one tier's range.

        Raises:
            KeyError: the ladder has no such tier, or it has no gates.
        """
        for found in self.tiers[reading]:
            if found.tier == tier:
                return found
        raise KeyError(f"{self.scenario.ladder} has no tier {tier!r} with gates")

    @property
    def headline(self) -> str:
        """When the tier opens under both readings, as a range of days."""
        found = {each: self.tier_range(self.tier, each) for each in READINGS} if self.tier else {}
        return ranges_in_words.headline(self.scenario, found)

    @property
    def basis(self) -> str:
        """What was drawn from what, and what the days mean."""
        return ranges_in_words.basis(self.within)


def ranges(
    scenario: Scenario,
    within: Ranges,
    tier: str | None = None,
    progress: Progress | None = None,
) -> RangesAnswer:
    """Draw a plan many times within ranges, and project all draws under both readings at once.

    Args:
        scenario: the plan, which is what is expected.
        within: the ranges; without any every draw is the plan itself.
        tier: what the headline is about; None: the next tier, as for `answer`.
        progress: told from time to time what share of the draws is projected.

    Raises:
        KeyError: the ladder has no such tier.
        PlanTooLargeError: a ValueError; some draw costs more than the engine counts.
    """
    if tier is not None and tier not in scenario.rules.tier_names[1:]:
        known = ", ".join(scenario.rules.tier_names[1:]) or "none"
        raise KeyError(f"{scenario.ladder} has no tier {tier!r} with gates; it has {known}")
    days = _days_of_a_fan(scenario.days)
    plans = [scenario, *drawn(scenario, within)]
    both = [plan.model_copy(update={"reading": reading}) for plan in plans for reading in READINGS]
    try:
        projections = project_in_parts(both, progress, keep_days=days)
    except PlanTooLargeError as error:
        raise PlanTooLargeError(say("within these ranges, {problem}", problem=error)) from error
    planned = dict(zip(READINGS, projections[: len(READINGS)], strict=True))
    draws = {
        reading: projections[len(READINGS) + place :: len(READINGS)]
        for place, reading in enumerate(READINGS)
    }
    return RangesAnswer(
        scenario=scenario,
        within=within,
        tier=tier or Answer(scenario, planned, ()).next_tier,
        tiers={reading: _tiers(planned[reading], draws[reading]) for reading in READINGS},
        fans={reading: _fan(scenario, reading, days, draws[reading]) for reading in READINGS},
    )


def money_counted(ladder: Ladder, reading: Reading) -> Money:
    """Return the money that a ladder's gates count: the reading's where that is contested."""
    counted = [gate.counts for tier in ladder.tiers for gate in tier.money_gates]
    settled: list[Money] = [money for money in counted if money != "contested"]
    return settled[-1] if settled and len(settled) == len(counted) else reading


def _tiers(planned: Projection, draws: Sequence[Projection]) -> tuple[TierRange, ...]:
    opened = np.sort([draw.days_opened for draw in draws], axis=0)
    return tuple(
        _tier_range(planned, unlock.tier, unlock.on, opened[:, row])
        for row, unlock in enumerate(planned.unlocks[1:])
    )


def _tier_range(plan: Projection, tier: str, planned: date | None, opened: Ints) -> TierRange:
    def day(count: int) -> date | None:
        return None if count == NEVER else plan.scenario.start + timedelta(days=count)

    earliest, likely, latest = (int(each) for each in _quantiles(opened))
    mode = _mode(opened, earliest, latest)
    return TierRange(
        tier=tier,
        planned=planned,
        earliest=day(earliest),
        likely=day(likely),
        latest=day(latest),
        most_likely=day(mode),
        share_on_most_likely=_share(opened == mode) if mode != NEVER else 0.0,
        share=_share(opened != NEVER),
    )


def _quantiles(ascending: Ints) -> Ints:
    """The least values that so many of the draws (first axis) do not pass."""
    # Rounded first: 0.1 * 1000 must not become 101.
    rows = [ceil(round(quantile * len(ascending), 6)) - 1 for quantile in QUANTILES]
    return ascending[rows]


def _mode(opened: Ints, earliest: int, latest: int) -> int:
    """The day with most draws around it; of equals the one with more itself, then the median's.

    Around a day is a tenth of the way from the earliest to the latest, so that a long range is
    not named after a chance heap.
    """
    if earliest == NEVER:
        earliest = int(opened.min())
    days, counts = np.unique(
        opened[(earliest <= opened) & (opened <= latest) & (opened != NEVER)], return_counts=True
    )
    if not days.size:
        return NEVER
    reach = int(days[-1] - days[0]) // 20
    around = [np.count_nonzero(np.abs(opened - day) <= reach) for day in days]
    median = days[np.searchsorted(counts.cumsum(), counts.sum() / 2)]
    order = np.lexsort((np.abs(days - median), -counts, -np.array(around)))
    return int(days[order[0]])


def _share(of: np.ndarray) -> float:
    return float(np.count_nonzero(of) / of.size)


def _days_of_a_fan(days: int) -> list[int]:
    even = np.linspace(0, days - 1, min(days, _MOST_DAYS_OF_A_FAN)).astype(int)
    kept: list[int] = np.unique(even).tolist()
    return kept


def _fan(
    scenario: Scenario, reading: Reading, days: Sequence[int], draws: Sequence[Projection]
) -> pd.DataFrame:
    money = money_counted(scenario.rules, reading)
    totals = np.sort([draw.money_kept(money) for draw in draws], axis=0)
    low, median, high = _quantiles(totals) / NANOS
    dates = pd.DatetimeIndex(
        np.datetime64(scenario.start, "D") + np.array(days, "timedelta64[D]"), name="date"
    )
    return pd.DataFrame({"low": low, "median": median, "high": high}, index=dates)
