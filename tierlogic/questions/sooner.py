"""Sooner: the one step within the owner's reach that brings the next tier forward most."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from tierlogic.answer import OTHER_READING, Answer, if_reading
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.language import day_in_words, say, say_count
from tierlogic.money import from_nanos
from tierlogic.projection import Projection, project_many
from tierlogic.questions.steps import Step, bolder_steps, first_paces, steps_within_reach
from tierlogic.scenario import Reading, Scenario
from tierlogic.tier_in_words import counted_by

_ROUND = Decimal(5)
"""What is missing is bought in whole fives, as people buy credit."""


@dataclass(frozen=True)
class Sooner:
    """What brings the next tier forward most under one reading."""

    tier: str
    reading: Reading
    """The scenario's, or the other one where this one opens the tier on the first day."""
    scenario: Scenario | None
    """The plan with the step taken, under the scenario's own reading; None: no step gains a day."""
    on: date | None
    """The day on which the tier then opens."""
    text: str
    """In words: "10% more tokens. It then opens on 2 Dec 2026, 1 day sooner."."""

    @property
    def condition(self) -> str:
        """The reading in words: "if only used money counts"."""
        return if_reading(self.reading)


def sooner(answered: Answer) -> Sooner | None:
    """Find the step within reach that brings the next tier forward most, the smallest of equals.

    Where nothing is used yet and only use is missing, it is the slowest pace that opens the tier.

    Returns:
        None where no tier is left to open, or none is predicted.
    """
    scenario, tier = answered.scenario, answered.next_tier
    if tier is None or scenario.rules.is_opaque:
        return None
    plan = answered.chosen
    if plan.opened_on(tier) == scenario.start:
        plan = answered.by_reading[OTHER_READING[scenario.reading]]
    reading, planned = plan.scenario.reading, plan.opened_on(tier)
    modest = steps_within_reach(scenario, _credit_missing(plan, tier))
    found = (
        _soonest(_opening(tier, modest, reading, before=planned))
        or _soonest(_opening(tier, bolder_steps(scenario), reading, before=planned))
        or next(iter(_opening(tier, first_paces(scenario), reading, before=planned)), None)
    )
    if found is None:
        return Sooner(tier, reading, None, None, _nothing(plan, tier))
    on, step = found
    return Sooner(tier, reading, step.scenario, on, _said_of_step(step, on, planned))


def _opening(
    tier: str, taken: list[Step], reading: Reading, before: date | None
) -> list[tuple[date, Step]]:
    """The steps that open a tier before the day, each with the day on which it does."""
    update: dict[str, object] = {"reading": reading}
    if before and taken:
        # Days from then on gain nothing, so they need not be walked.
        update["days"] = (before - taken[0].scenario.start).days
    plans = [step.scenario.model_copy(update=update) for step in taken]
    try:
        projections = project_many(plans)
    except PlanTooLargeError:
        # One of them is, so each is tried by itself.
        return [
            found
            for step in (taken if len(taken) > 1 else [])
            for found in _opening(tier, [step], reading, before)
        ]
    return [
        (on, step)
        for projection, step in zip(projections, taken, strict=True)
        if (on := projection.opened_on(tier))
    ]


def _soonest(opening: list[tuple[date, Step]]) -> tuple[date, Step] | None:
    """The first of those that open it earliest; None where none does."""
    return min(opening, key=lambda found: found[0], default=None)


def _credit_missing(plan: Projection, tier: str) -> Decimal:
    """What must be bought on the first day so that the tier's money is paid, or there to use."""
    scenario, diary = plan.scenario, plan.diary
    to_use, paid = diary.used[0, 0] + diary.balance[0, 0], diary.paid[0, 0]
    gates = scenario.rules.tiers[scenario.rules.tier_names.index(tier)].money_gates
    missing = [
        gate.enough - from_nanos(to_use if counted_by(gate, scenario) == "used" else paid)
        for gate in gates
    ]
    fives = (max([*missing, Decimal(0)]) / _ROUND).to_integral_value(ROUND_CEILING)
    return fives * _ROUND


def _said_of_step(step: Step, on: date, planned: date | None) -> str:
    day = day_in_words(on)
    if planned is None:
        return say("{change}. It then opens on {day}.", change=step.change, day=day)
    return say_count(
        "{change}. It then opens on {day}, {count} day sooner.",
        "{change}. It then opens on {day}, {count} days sooner.",
        (planned - on).days,
        change=step.change,
        day=day,
    )


def _nothing(plan: Projection, tier: str) -> str:
    if plan.unlock(tier).held_by == "waiting":
        return say("Only waiting is left: no purchase and no use brings it forward.")
    return say("No step within reach brings it forward by a day.")
