"""Searches that ask the engine for batches of plans, and run side by side.

A search is a generator: it yields the plans that it wants to see, is sent their trials, and
returns what it found. Searches that run side by side share their batches.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from tierlogic.projection import Projection, project_many
from tierlogic.questions.goal import Aim
from tierlogic.scenario import Scenario

_PLANS_AT_ONCE = 128
"""As many as a batch of the engine keeps the days of."""
_STEPS_INSIDE = 8


@dataclass(frozen=True)
class Trial:
    """A plan that was projected, and when it reaches the goal."""

    projection: Projection
    aim: Aim

    @cached_property
    def reached(self) -> date | None:
        """First day on which the goal is reached; None: not within the plan's horizon."""
        return self.aim.reached_on(self.projection)

    @property
    def left(self) -> Decimal:
        """Credit left on the last day."""
        return self.projection.balance_on(self.projection.scenario.last_day)

    @property
    def has_refusals(self) -> bool:
        """Whether a purchase was refused."""
        return bool(self.projection.diary.refusals[0])


def in_time(trial: Trial, aim: Aim) -> bool:
    """Whether a trial reaches its aim by the aim's day."""
    return trial.reached is not None and trial.reached <= aim.by


Found = TypeVar("Found")
Search = Generator[list[Scenario], list[Trial], Found]


def run(search: Search[Found], aim: Aim, progress: Callable[[int], object] | None = None) -> Found:
    """Run a search to its end; between two batches tell how many plans were tried."""
    plans, count = next(search), 0
    while True:
        if progress:
            progress(count)
        try:
            count += len(plans)
            plans = search.send(_tried(plans, aim))
        except StopIteration as end:
            found: Found = end.value
            return found


def _tried(plans: Sequence[Scenario], aim: Aim) -> list[Trial]:
    # Plans of one length are walked together.
    order = sorted(range(len(plans)), key=lambda place: plans[place].days)
    trials: dict[int, Trial] = {}
    for first in range(0, len(order), _PLANS_AT_ONCE):
        places = order[first : first + _PLANS_AT_ONCE]
        projections = project_many([plans[place] for place in places])
        for place, projection in zip(places, projections, strict=True):
            trials[place] = Trial(projection, aim)
    return [trials[place] for place in range(len(plans))]


def side_by_side(searches: Sequence[Search[Found]]) -> Search[list[Found]]:
    """Run searches in step, so that each round of them is one batch."""
    found: dict[int, Found] = {}
    wanted: dict[int, list[Scenario]] = {}

    def go_on(number: int, trials: list[Trial] | None) -> None:
        search = searches[number]
        try:
            wanted[number] = next(search) if trials is None else search.send(trials)
        except StopIteration as end:
            wanted.pop(number, None)
            found[number] = end.value

    for number in range(len(searches)):
        go_on(number, None)
    while wanted:
        asked = dict(wanted)
        trials = yield [plan for plans in asked.values() for plan in plans]
        for number, plans in asked.items():
            own, trials = trials[: len(plans)], trials[len(plans) :]
            go_on(number, own)
    return [found[number] for number in range(len(searches))]


@dataclass(frozen=True)
class Least:
    """The step that a search for the smallest ended on."""

    step: int | None
    """None: no step of the scan holds."""
    trial: Trial | None
    scan: list[Trial]
    """Trials of the first, coarse steps."""


def least(
    steps: Sequence[int],
    plan_of: Callable[[int], Scenario],
    holds: Callable[[Trial], bool],
) -> Search[Least]:
    """Find the smallest whole step that holds, exactly.

    The first of the given steps that holds, and the one before it, are narrowed down until they
    are neighbours: the step before the one found does not hold. Where what holds is no unbroken
    range of steps, a smaller one between two of the given steps may have been passed over.
    """
    scan = yield [plan_of(step) for step in steps]
    place = _first(scan, holds)
    if place is None:
        return Least(None, None, scan)
    high, found = steps[place], scan[place]
    low = steps[place - 1] if place else high - 1
    while high - low > 1:
        inside = spread(low, high, _STEPS_INSIDE)
        trials = yield [plan_of(step) for step in inside]
        place = _first(trials, holds)
        if place is None:
            low = inside[-1]
        else:
            low = inside[place - 1] if place else low
            high, found = inside[place], trials[place]
    return Least(high, found, scan)


def spread(low: int, high: int, count: int) -> list[int]:
    """Whole steps between two others, both left out, as even as they come."""
    gaps = min(count + 1, high - low)
    return [low + (high - low) * part // gaps for part in range(1, gaps)]


def log_spread(low: int, high: int, count: int) -> list[int]:
    """Whole steps from one to another, both included, each about as many times the one before."""
    growth = (high / low) ** (1 / (count - 1))
    return sorted({low, high, *(round(low * growth**power) for power in range(1, count - 1))})


def _first(trials: Sequence[Trial], holds: Callable[[Trial], bool]) -> int | None:
    return next((place for place, trial in enumerate(trials) if holds(trial)), None)
