"""Compare: several scenarios side by side, each beside a chosen base."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
import pandas as pd

from tierlogic.answer import OTHER_READING, READINGS, if_reading
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.language import day_in_words, number, say, say_count, to_say
from tierlogic.links.names import LETTERS, MOST_PLANS
from tierlogic.money import amount_in_words, from_nanos
from tierlogic.projection import Projection, project, project_many
from tierlogic.questions.compared_inputs import input_differences
from tierlogic.rules.catalog import provider_of
from tierlogic.rules.ladder import Ladder
from tierlogic.scenario import Reading, Scenario


class CompareError(ValueError):
    """Scenarios that cannot be put side by side, and what is possible."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios side by side. Whatever has one entry a scenario has them in the order given."""

    scenarios: tuple[Scenario, ...]
    base: int
    """Index of the scenario that the others stand beside."""
    by_reading: dict[Reading, tuple[Projection, ...]]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The scenarios' titles; "Plan A", "Plan B" where a title is missing or not its own."""
        fallbacks = [name_of_letter(letter) for letter in LETTERS[: len(self.scenarios)]]
        titles = [scenario.title for scenario in self.scenarios]
        times = Counter([*titles, *fallbacks])
        return tuple(
            title if title and times[title] == 1 else fallback
            for title, fallback in zip(titles, fallbacks, strict=True)
        )

    @property
    def projections(self) -> tuple[Projection, ...]:
        """Each scenario under its own reading."""
        return tuple(
            self.by_reading[scenario.reading][index]
            for index, scenario in enumerate(self.scenarios)
        )

    @property
    def other_readings(self) -> tuple[Projection, ...]:
        """Each scenario under the reading that it does not take."""
        return tuple(
            self.by_reading[OTHER_READING[scenario.reading]][index]
            for index, scenario in enumerate(self.scenarios)
        )

    @cached_property
    def unlocks(self) -> pd.DataFrame:
        """One row a scenario and tier with gates: when it opens, beside the base.

        Columns: plan (its index), name, tier, on, on_other_reading (dates, None: not within the
        horizon), days_later (than in the base, negative: earlier; NaN where either does not open
        or the ladders are of different providers).
        """
        rows = [
            (
                plan,
                self.names[plan],
                unlock.tier,
                unlock.on,
                self.other_readings[plan].unlock(unlock.tier).on,
                self._days_later(plan, unlock.tier),
            )
            for plan, projection in enumerate(self.projections)
            for unlock in projection.unlocks[1:]
        ]
        columns = ["plan", "name", "tier", "on", "on_other_reading", "days_later"]
        return pd.DataFrame(rows, columns=columns).astype({"days_later": float})

    @cached_property
    def differences(self) -> pd.DataFrame:
        """One row a scenario, index its name.

        Columns: for each tier with gates of any ladder "<tier>, days later" than in the base, as
        in `unlocks`; paid in the plan, unused credit on its last day, in the ladder's currency,
        and tokens_not_served; each of the three again as <column>_more than in the base, NaN for
        money of another currency.
        """
        later = {
            f"{tier}, days later": [self._days_later(plan, tier) for plan in self._plans]
            for tier in self.tiers
        }
        sums: dict[str, list[float]] = {}
        for column, of in (("paid", _paid), ("unused", _unused)):
            amounts = [of(projection) for projection in self.projections]
            sums[column] = [float(amount) for amount in amounts]
            sums[f"{column}_more"] = [
                float(amount - amounts[self.base]) if self._shares_currency(plan) else np.nan
                for plan, amount in enumerate(amounts)
            ]
        tokens = [_not_served(projection) for projection in self.projections]
        sums["tokens_not_served"] = tokens
        sums["tokens_not_served_more"] = [each - tokens[self.base] for each in tokens]
        return pd.DataFrame({**later, **sums}, index=pd.Index(self.names, name="plan"), dtype=float)

    @cached_property
    def in_words(self) -> pd.DataFrame:
        """The differences as a table to read: one row a scenario, index its name.

        Columns: "<tier> opens" for each tier with gates, with the other reading's date where it
        is another one, "Paid", "Unused credit", "Tokens not served".
        """
        table = {
            say("{tier} opens", tier=tier): [self._opens(plan, tier) for plan in self._plans]
            for tier in self.tiers
        }
        table[say("Paid")] = [self._money(plan, _paid) for plan in self._plans]
        table[say("Unused credit")] = [self._money(plan, _unused) for plan in self._plans]
        table[say("Tokens not served")] = [self._tokens(plan) for plan in self._plans]
        return pd.DataFrame(table, index=pd.Index(self.names, name=say("Plan")))

    @cached_property
    def inputs(self) -> tuple[tuple[str, ...], ...]:
        """What each scenario plans otherwise than the base, in words; empty for the base."""
        base = self.scenarios[self.base]
        return tuple(input_differences(scenario, base) for scenario in self.scenarios)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what cannot be set beside the base as it stands."""
        base = self.scenarios[self.base]
        found = []
        for plan, scenario in enumerate(self.scenarios):
            name, base_name = self.names[plan], self.names[self.base]
            if not self._shares_provider(plan):
                found.append(
                    say(
                        "{plan} is on the ladder of {provider}, {base} on that of "
                        "{base_provider}: their tiers are not set beside each other.",
                        plan=name,
                        provider=_provider(scenario),
                        base=base_name,
                        base_provider=_provider(base),
                    )
                )
            elif scenario.ladder != base.ladder:
                found.append(
                    say(
                        "{plan} is on the ladder {ladder}, {base} on {base_ladder}: "
                        "tiers of one name may ask for different things.",
                        plan=name,
                        ladder=scenario.ladder,
                        base=base_name,
                        base_ladder=base.ladder,
                    )
                )
            if not self._shares_currency(plan):
                found.append(
                    say(
                        "{plan} pays in {currency}, {base} in {base_currency}: "
                        "their money is not set beside each other.",
                        plan=name,
                        currency=scenario.rules.currency,
                        base=base_name,
                        base_currency=base.rules.currency,
                    )
                )
            if (scenario.start, scenario.days) != (base.start, base.days):
                found.append(
                    say(
                        "{plan} runs from {first} to {last}, {base} from {base_first} to "
                        "{base_last}: sums are of different days.",
                        plan=name,
                        first=day_in_words(scenario.start),
                        last=day_in_words(scenario.last_day),
                        base=base_name,
                        base_first=day_in_words(base.start),
                        base_last=day_in_words(base.last_day),
                    )
                )
        return tuple(found)

    @cached_property
    def tiers(self) -> tuple[str, ...]:
        """Names of the tiers with gates: the base's, lowest first, then those of the others."""
        ladders = [self.scenarios[self.base].rules, *(each.rules for each in self.scenarios)]
        return tuple(dict.fromkeys(name for ladder in ladders for name in ladder.tier_names[1:]))

    @property
    def _plans(self) -> range:
        return range(len(self.scenarios))

    def _shares_provider(self, plan: int) -> bool:
        return self._rules(plan).provider == self._rules(self.base).provider

    def _shares_currency(self, plan: int) -> bool:
        return self._rules(plan).currency == self._rules(self.base).currency

    def _rules(self, plan: int) -> Ladder:
        return self.scenarios[plan].rules

    def _on(self, plan: int, tier: str) -> date | None:
        if tier not in self._rules(plan).tier_names[1:]:
            return None
        return self.projections[plan].unlock(tier).on

    def _days_later(self, plan: int, tier: str) -> float:
        here, there = self._on(plan, tier), self._on(self.base, tier)
        if here is None or there is None or not self._shares_provider(plan):
            return np.nan
        return (here - there).days

    def _opens(self, plan: int, tier: str) -> str:
        """Say when a tier opens, how much earlier or later, and what the other reading says."""
        rules, scenario = self._rules(plan), self.scenarios[plan]
        if tier not in rules.tier_names[1:]:
            return say("not on this ladder")
        if rules.is_opaque:
            return say("rule not published")
        opens = self._opens_under_own_reading(plan, tier)
        own, other = self._on(plan, tier), self.other_readings[plan].unlock(tier).on
        if own == other:
            return opens
        return say(
            "{opens} ({condition}: {otherwise})",
            opens=opens,
            condition=if_reading(OTHER_READING[scenario.reading]),
            otherwise=day_in_words(other) if other else say("not in this plan"),
        )

    def _opens_under_own_reading(self, plan: int, tier: str) -> str:
        on, later = self._on(plan, tier), self._days_later(plan, tier)
        if on is None:
            last = day_in_words(self.scenarios[plan].last_day)
            return say("does not open by {day}", day=last)
        day = day_in_words(on)
        if plan == self.base or not self._shares_provider(plan):
            return day
        if np.isnan(later):
            return say("{day}, but not in {plan}", day=day, plan=self.names[self.base])
        if later == 0:
            return say("{day}, the same day", day=day)
        if later > 0:
            return say_count(
                "{day}, {count} day later", "{day}, {count} days later", int(later), day=day
            )
        return say_count(
            "{day}, {count} day earlier", "{day}, {count} days earlier", int(-later), day=day
        )

    def _money(self, plan: int, of: Callable[[Projection], Decimal]) -> str:
        amount, in_base = of(self.projections[plan]), of(self.projections[self.base])
        currency = self._rules(plan).currency
        words = amount_in_words(amount, currency, cents=True)
        if plan == self.base or not self._shares_currency(plan):
            return words
        more = round(amount - in_base, 2)
        difference = amount_in_words(abs(more), currency, cents=True)
        return _beside(words, difference, more, less=to_say("{figure}, {difference} less"))

    def _tokens(self, plan: int) -> str:
        tokens, in_base = (_not_served(self.projections[each]) for each in (plan, self.base))
        words = number(tokens, ",.0f")
        if plan == self.base:
            return words
        more = round(tokens - in_base)
        return _beside(words, number(abs(more)), more, less=to_say("{figure}, {difference} fewer"))


def compare(scenarios: Sequence[Scenario], base: int = 0) -> Comparison:
    """Put two to six scenarios side by side, projected under both readings in one batch.

    Args:
        scenarios: of any providers, starts and horizons.
        base: index of the one that the others stand beside.

    Raises:
        CompareError: a ValueError; too few scenarios, too many, or no such base.
        PlanTooLargeError: a ValueError; a plan costs more than the engine counts.
    """
    plans = tuple(scenarios)
    if not 2 <= len(plans) <= MOST_PLANS:
        given = "1 is" if len(plans) == 1 else f"{len(plans)} are"
        raise CompareError(f"{given} given; compare 2 to {MOST_PLANS} scenarios")
    if not 0 <= base < len(plans):
        raise CompareError(f"base is {base}; give the index of a scenario, 0 to {len(plans) - 1}")
    both = [plan.model_copy(update={"reading": reading}) for reading in READINGS for plan in plans]
    try:
        projections = project_many(both)
    except PlanTooLargeError:
        _name_the_large_one(plans)
        raise
    by_reading = {
        reading: tuple(projections[first : first + len(plans)])
        for reading, first in zip(READINGS, (0, len(plans)), strict=True)
    }
    return Comparison(plans, base, by_reading)


def name_of_letter(letter: str) -> str:
    """Name a plan that has no title of its own: "Plan A"."""
    return say("Plan {letter}", letter=letter.upper())


def _name_the_large_one(plans: Sequence[Scenario]) -> None:
    for letter, plan in zip(LETTERS, plans, strict=False):
        try:
            project(plan)
        except PlanTooLargeError as error:
            name = plan.title or name_of_letter(letter)
            raise PlanTooLargeError(say("{plan}: {problem}", plan=name, problem=error)) from error


def _paid(projection: Projection) -> Decimal:
    """Money paid within the plan."""
    return from_nanos(projection.diary.paid[-1, 0]) - projection.scenario.paid_before


def _unused(projection: Projection) -> Decimal:
    return projection.balance_on(projection.scenario.last_day)


def _not_served(projection: Projection) -> float:
    daily = projection.daily
    return float((daily["tokens_wanted"] - daily["tokens_served"]).sum())


def _beside(figure: str, difference: str, more: Decimal | int, less: str) -> str:
    """Say a figure, and how much more it is; `less`, marked by `to_say`, says how much less."""
    if more == 0:
        return say("{figure}, the same", figure=figure)
    sentence = to_say("{figure}, {difference} more") if more > 0 else less
    return say(sentence, figure=figure, difference=difference)


def _provider(scenario: Scenario) -> str:
    return provider_of(scenario.rules).name
