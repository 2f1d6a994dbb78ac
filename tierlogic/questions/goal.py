"""A goal: a tier, or a limit of tokens a minute, by a date."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

from tierlogic.capacity import limits_input_only
from tierlogic.language import day_in_words, number, say
from tierlogic.projection import Projection
from tierlogic.rules.catalog import provider_of
from tierlogic.rules.limits import LimitsRow, Measure
from tierlogic.rules.words import no_such_tier
from tierlogic.scenario import MAX_DAYS, Day, Plan, Scenario, UsageLine


class GoalError(ValueError):
    """A goal that a plan cannot have: says what is possible."""


class Goal(Plan):
    """What is to be reached by a day: give a tier, tpm or full_request, and one of them only.

    Raises:
        pydantic.ValidationError: a ValueError. `tierlogic.problems` says it in plain words.
    """

    by: Day
    """The last day on which it counts as reached."""
    tier: str | None = None
    """A tier that is to be open."""
    tpm: Annotated[int, Field(ge=1, le=10**15)] | None = None
    """Tokens per minute that are to be allowed; input only, where that is what is limited."""
    full_request: bool = False
    """Whether a request of the model's whole context window is to fit in one minute."""
    model: str | None = None
    """Whose limit is meant. None: the plan's first line."""

    @model_validator(mode="after")
    def _asks_for_one_thing(self) -> Self:
        asked = [self.tier is not None, self.tpm is not None, self.full_request]
        if sum(asked) != 1:
            raise ValueError(say("give exactly one of tier, tpm and full_request"))
        if self.model is not None and self.tier is not None:
            raise ValueError(say("a tier is the account's, not a model's; leave model out"))
        return self


@dataclass(frozen=True)
class Aim:
    """A goal as one plan's ladder and limits say it."""

    by: date
    tier: str
    """The lowest tier that is enough."""
    limit_at: dict[str, float] | None
    """Tokens per minute of each tier that allows enough; None where the goal is the tier itself."""

    def reached_on(self, projection: Projection) -> date | None:
        """First day on which the tier is open or the limit in force; None: not in the horizon."""
        if self.limit_at is None:
            return projection.opened_on(self.tier)
        changes = projection.tier_changes
        return next((day for day, tier in changes if tier in self.limit_at), None)

    def tier_reached(self, projection: Projection) -> str:
        """The tier that reaches it, or the lowest that would."""
        if self.limit_at is None:
            return self.tier
        changes = projection.tier_changes
        return next((tier for _, tier in changes if tier in self.limit_at), self.tier)

    def at(self, day: date) -> "Aim":
        """The same by another day."""
        return replace(self, by=day)


def aim_of(goal: Goal, scenario: Scenario) -> Aim:
    """Say which tiers of a plan's ladder reach a goal.

    Raises:
        GoalError: the plan cannot have this goal; says what is possible.
    """
    _check_day(goal.by, scenario)
    if scenario.rules.is_opaque:
        raise GoalError(
            say(
                "by {ladder}, {provider} does not publish what opens a tier; "
                "choose another version of its rules",
                ladder=scenario.ladder,
                provider=provider_of(scenario.rules).name,
            )
        )
    if goal.tier is not None:
        return _tier_aim(goal.by, goal.tier, scenario)
    line = _line_meant(goal, scenario)
    row = scenario.limits_table.row_for(line.model)
    limit_at = _known_limits(row, scenario) if row else {}
    if not limit_at:
        raise GoalError(
            say(
                "{limits} has no tokens per minute for {model}; "
                "ask for a tier, or choose another table or model",
                limits=scenario.limits,
                model=line.model,
            )
        )
    needed = goal.tpm if goal.tpm is not None else _context_window(line)
    enough = {tier: limit for tier, limit in limit_at.items() if limit >= needed}
    if not enough:
        best = max(limit_at, key=lambda tier: limit_at[tier])
        raise GoalError(
            say(
                "no tier is known to allow {model} {needed} tokens per minute; "
                "the most is {most}, at {tier}",
                model=line.model,
                needed=number(needed),
                most=number(limit_at[best], ",.0f"),
                tier=best,
            )
        )
    return Aim(goal.by, next(iter(enough)), enough)


def _check_day(by: date, scenario: Scenario) -> None:
    last = scenario.start + timedelta(days=MAX_DAYS - 1)
    if not scenario.start <= by <= last:
        raise GoalError(
            say(
                "{day} is outside what a plan can hold; give a day from its start, {start}, "
                "to {last}",
                day=day_in_words(by),
                start=day_in_words(scenario.start),
                last=day_in_words(last),
            )
        )


def _tier_aim(by: date, tier: str, scenario: Scenario) -> Aim:
    if tier not in scenario.rules.tier_names:
        raise GoalError(no_such_tier(scenario.rules, tier))
    return Aim(by, tier, None)


def _line_meant(goal: Goal, scenario: Scenario) -> UsageLine:
    models = [line.model for line in scenario.usage]
    if not models:
        raise GoalError(say("the plan uses no model, so no limit is asked for; add a usage line"))
    if goal.model is None:
        return scenario.usage[0]
    if goal.model not in models:
        raise GoalError(
            say(
                "the plan does not use {model}; it uses {models}",
                model=repr(goal.model),
                models=", ".join(models),
            )
        )
    return scenario.usage[models.index(goal.model)]


def _context_window(line: UsageLine) -> int:
    if line.context_window is None:
        raise GoalError(
            say(
                "the context window of {model} is not known; give it in the plan, or ask for tpm",
                model=line.model,
            )
        )
    return line.context_window


def _known_limits(row: LimitsRow, scenario: Scenario) -> dict[str, float]:
    measure: Measure = "input_tpm" if limits_input_only(row) else "tpm"
    asked = {tier: row.number(measure, tier) for tier in scenario.rules.tier_names}
    return {tier: limit for tier, limit in asked.items() if limit is not None}
