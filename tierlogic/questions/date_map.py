"""The map: the day on which a tier opens, by tokens per day and by what is bought now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from tierlogic.answer import READINGS, Answer
from tierlogic.engine.block import NEVER
from tierlogic.language import day_in_words, say
from tierlogic.projection import project_many
from tierlogic.questions.prepaying import prepaid_now, prepaying
from tierlogic.questions.progress import Progress, project_in_parts
from tierlogic.scenario import MAX_TOKENS_PER_DAY, Scenario, problems

TOKEN_STOPS: tuple[int, ...] = (
    *(
        round(stop * 10**decade)
        for decade in range(3, 10)
        for stop in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
    ),
    10**10,
)
"""Tokens per day that stand about equally far apart on a logarithmic scale."""
MAX_CELLS = 10_000
_STOPS_AROUND = 41
_STEPS_OF_PREPAY = 40
_PREPAY_STEPS = (5, 10, 25, 50)


@dataclass(frozen=True)
class DateMap:
    """The day of one tier's unlock over tokens per day and credit bought now."""

    scenario: Scenario
    tier: str
    tokens: tuple[float, ...]
    """Tokens per day of the plan's first usage line, ascending."""
    prepay: tuple[Decimal, ...]
    """Credit bought now, ascending."""
    cells: pd.DataFrame
    """One row a cell: tokens, prepay (floats) and date (datetime64; NaT: not within the plan)."""

    def at(self, tokens: float, prepay: Decimal) -> Scenario:
        """Return the plan with these tokens per day and this much bought now."""
        first, *others = self.scenario.usage
        return self.scenario.but(
            usage=[{**dict(first), "tokens_per_day": tokens}, *others],
            purchases=prepaying(self.scenario, prepay),
        )


def date_map(
    scenario: Scenario,
    tier: str | None = None,
    tokens: Sequence[float] | None = None,
    prepay: Sequence[Decimal | int] | None = None,
    progress: Progress | None = None,
) -> DateMap:
    """Project a plan at every pair of tokens per day and credit bought now.

    Args:
        scenario: the plan; its first usage line takes the tokens, the others stay as they are.
        tier: whose day is asked for; None: the next one, as for `answer`.
        tokens: ascending; None: `tokens_around` the plan's.
        prepay: ascending amounts; None: `prepay_around` the plan's and what the tier asks for.
        progress: told from time to time what share of the cells is projected.

    Raises:
        ValueError: the plan uses nothing, buys nothing now, or opens no tier; or an axis cannot
            be. The message says the fix.
        KeyError: the ladder has no such tier.
        PlanTooLargeError: a ValueError; some cell costs more than the engine counts.
    """
    _check_plan(scenario)
    aim = tier or _next_tier(scenario)
    names = scenario.rules.tier_names[1:]
    if aim not in names:
        raise KeyError(
            f"{scenario.ladder} has no tier {aim!r} with gates; it has {', '.join(names)}"
        )
    token_axis = tuple(float(each) for each in tokens or tokens_around(scenario))
    prepay_axis = tuple(Decimal(each) for each in prepay or prepay_around(scenario, aim))
    _check_axis("tokens", token_axis, prepay_axis)
    _check_axis("prepay", prepay_axis, token_axis)
    _check_tokens(token_axis)
    _check_prepay(scenario, prepay_axis)

    first, *others = scenario.usage
    usages = [(first.model_copy(update={"tokens_per_day": each}), *others) for each in token_axis]
    purchases = [prepaying(scenario, amount) for amount in prepay_axis]
    plans = [
        scenario.model_copy(update={"usage": usage, "purchases": bought})
        for usage in usages
        for bought in purchases
    ]
    projections = project_in_parts(plans, progress)
    days = np.array([projection.days_opened[names.index(aim)] for projection in projections])
    opened = np.datetime64(scenario.start, "D") + days.astype("timedelta64[D]")
    cells = pd.DataFrame(
        {
            "tokens": np.repeat(token_axis, len(prepay_axis)),
            "prepay": np.tile([float(amount) for amount in prepay_axis], len(token_axis)),
            "date": np.where(days == NEVER, np.datetime64("NaT"), opened).astype("datetime64[ms]"),
        }
    )
    return DateMap(scenario, aim, token_axis, prepay_axis, cells)


def tokens_around(scenario: Scenario) -> tuple[int, ...]:
    """Return about four decades of tokens per day with the plan's own in the middle."""
    present = scenario.usage[0].tokens_per_day
    nearest = min(range(len(TOKEN_STOPS)), key=lambda stop: abs(TOKEN_STOPS[stop] - present))
    first = min(max(nearest - _STOPS_AROUND // 2, 0), len(TOKEN_STOPS) - _STOPS_AROUND)
    return TOKEN_STOPS[first : first + _STOPS_AROUND]


def prepay_around(scenario: Scenario, tier: str) -> tuple[Decimal, ...]:
    """Return amounts from 0 in even steps, past what the tier asks for and what the plan buys."""
    gates = scenario.rules.tiers[scenario.rules.tier_names.index(tier)].money_gates
    wanted = max([prepaid_now(scenario), *(gate.amount for gate in gates)]) * Decimal("1.2")
    step = next((s for s in _PREPAY_STEPS if s * _STEPS_OF_PREPAY >= wanted), _PREPAY_STEPS[-1])
    return tuple(Decimal(step * count) for count in range(_STEPS_OF_PREPAY + 1))


def _next_tier(scenario: Scenario) -> str:
    projections = project_many(
        scenario.model_copy(update={"reading": reading}) for reading in READINGS
    )
    tier = Answer(scenario, dict(zip(READINGS, projections, strict=True)), ()).next_tier
    return tier or scenario.rules.tier_names[-1]


def _check_plan(scenario: Scenario) -> None:
    if scenario.rules.is_opaque:
        raise ValueError(
            say(
                "{ladder} does not say what opens a tier; choose another ladder",
                ladder=scenario.ladder,
            )
        )
    if not scenario.usage:
        raise ValueError(say("the plan uses nothing; give it a usage line"))
    if scenario.first_payment and scenario.first_payment > scenario.start:
        raise ValueError(
            say(
                "nothing can be bought on {day}, before first_payment ({first_payment}); "
                "move one of the two",
                day=day_in_words(scenario.start),
                first_payment=day_in_words(scenario.first_payment),
            )
        )


def _check_axis(name: str, axis: Sequence[Any], other: Sequence[Any]) -> None:
    if len(axis) < 2 or any(later <= earlier for earlier, later in pairwise(axis)):
        raise ValueError(f"{name} must be two values or more, each larger than the one before")
    cells = len(axis) * len(other)
    if cells > MAX_CELLS:
        raise ValueError(
            f"{name} makes it {cells:,} cells; {MAX_CELLS:,} are allowed: give fewer values"
        )


def _check_tokens(tokens: Sequence[float]) -> None:
    if not 0 < tokens[0] <= tokens[-1] <= MAX_TOKENS_PER_DAY:
        raise ValueError(f"tokens must lie above 0 and up to {MAX_TOKENS_PER_DAY:,.0f}")


def _check_prepay(scenario: Scenario, prepay: Sequence[Decimal]) -> None:
    for amount in prepay:
        try:
            scenario.but(purchases=prepaying(scenario, amount))
        except ValidationError as error:
            problem = problems(error)[0].message
            raise ValueError(
                say("prepay of {amount}: {problem}", amount=amount, problem=problem)
            ) from error
