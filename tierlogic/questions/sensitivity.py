"""What matters: how many days each input, changed by one step, gains or loses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import numpy as np

from tierlogic.answer import READINGS, Answer
from tierlogic.engine.block import Ints
from tierlogic.engine.held import HeldBy
from tierlogic.language import day_in_words, say, say_count, to_say
from tierlogic.money import CENT, amount_in_words
from tierlogic.projection import Projection, Unlock, project_many
from tierlogic.questions.prepaying import prepaid_now, prepaying
from tierlogic.questions.steps import Step, steps
from tierlogic.rules.catalog import provider_of
from tierlogic.scenario import Scenario

Kind = Literal["only with this", "no longer", "sooner", "later", "same", "never"]

_AMOUNTS_AT_ONCE = 256
_WHAT_HOLDS: dict[HeldBy, str] = {
    "money": to_say("money holds it"),
    "waiting": to_say("waiting holds it"),
    "both": to_say("money and waiting hold it"),
    "evaluation": to_say("the evaluation holds it"),
    "fact": to_say("a fact holds it"),
}


@dataclass(frozen=True)
class Effect:
    """What one step does to the day on which the tier opens."""

    step: Step
    on: date | None
    """The day on which the tier then opens; None: not within the plan."""
    days: int | None
    """Days gained, negative where they are lost; None where the tier opens only with or only
    without the step, or neither."""
    kind: Kind
    result: str
    """What it does, in words: "6 days sooner"."""

    @property
    def change(self) -> str:
        """The step: "$50 more now"."""
        return self.step.change

    @property
    def scenario(self) -> Scenario:
        """The plan with this step taken."""
        return self.step.scenario

    @property
    def text(self) -> str:
        """In words: "$50 more now: 6 days sooner."."""
        return say("{change}: {result}.", change=self.change, result=self.result)


@dataclass(frozen=True)
class Saturation:
    """The amount bought now beyond which nothing is gained."""

    more: Decimal
    """More than the plan buys now, exact to the cent; 0: more gains nothing."""
    scenario: Scenario
    """The plan with that amount bought now."""
    on: date | None
    """The day on which the tier then opens; None: no amount opens it within the plan."""
    text: str


@dataclass(frozen=True)
class Sensitivity:
    """What moves the day on which one tier opens, under the scenario's reading."""

    scenario: Scenario
    tier: str | None
    """None: no tier is left to open, or none is predicted."""
    on: date | None
    """The day on which the plan itself opens it."""
    effects: tuple[Effect, ...]
    """The largest first; what changes nothing stands last."""
    saturation: Saturation | None
    """None where no credit can be bought now, or the tier asks for no money."""
    summary: str
    """One sentence."""


def sensitivity(scenario: Scenario, tier: str | None = None) -> Sensitivity:
    """Take each step around a plan, and say what it gains or loses for one tier.

    Args:
        scenario: the plan.
        tier: the tier aimed at; None: the next one, as for `answer`.

    Raises:
        KeyError: the ladder has no such tier.
        PlanTooLargeError: a ValueError; the plan, or one with a step more, costs too much.
    """
    both = project_many(scenario.model_copy(update={"reading": reading}) for reading in READINGS)
    by_reading = dict(zip(READINGS, both, strict=True))
    plan = by_reading[scenario.reading]
    aim = tier or Answer(scenario, by_reading, ()).next_tier
    if scenario.rules.is_opaque or aim is None:
        return Sensitivity(scenario, None, None, (), None, _nothing_to_gain(scenario))
    unlock = plan.unlock(aim)
    taken = steps(scenario, plan.first_payment)
    projections = project_many(step.scenario for step in taken)
    effects = [
        _effect(step, unlock, projection)
        for step, projection in zip(taken, projections, strict=True)
    ]
    effects.sort(key=_size, reverse=True)
    return Sensitivity(
        scenario,
        aim,
        unlock.on,
        tuple(effects),
        _saturation(scenario, unlock),
        _summary(unlock, effects, scenario),
    )


def _effect(step: Step, before: Unlock, projection: Projection) -> Effect:
    on = projection.unlock(before.tier).on
    days = (before.on - on).days if before.on and on else None
    kind: Kind
    if days is not None:
        kind = "sooner" if days > 0 else "later" if days < 0 else "same"
    elif on:
        kind = "only with this"
    else:
        kind = "no longer" if before.on else "never"
    return Effect(step, on, days, kind, _result(kind, days, on))


def _result(kind: Kind, days: int | None, on: date | None) -> str:
    if on and kind == "only with this":
        return say("opens only with this, on {day}", day=day_in_words(on))
    if kind == "no longer":
        return say("no longer opens within the plan")
    if kind == "never":
        return say("still does not open within the plan")
    return days_moved_in_words(days) if days else say("no change")


def days_moved_in_words(days: int) -> str:
    """Say how many days are gained, or lost where they are negative: "1 day sooner"."""
    if days > 0:
        return say_count("{count} day sooner", "{count} days sooner", days)
    return say_count("{count} day later", "{count} days later", -days)


def _size(effect: Effect) -> float:
    if effect.days is not None:
        return abs(effect.days)
    return -1.0 if effect.kind == "never" else float("inf")


def _summary(unlock: Unlock, effects: Sequence[Effect], scenario: Scenario) -> str:
    opens = (
        say("{tier} opens on {day}.", tier=unlock.tier, day=day_in_words(unlock.on))
        if unlock.on
        else say(
            "{tier} does not open by {day}.",
            tier=unlock.tier,
            day=day_in_words(scenario.last_day),
        )
    )
    largest = effects[0] if effects and _size(effects[0]) > 0 else None
    matters = _what_matters_most(largest, unlock.tier) if largest else say("No step changes that.")
    return f"{opens} {matters}"


def _what_matters_most(effect: Effect, tier: str) -> str:
    if effect.days:
        return say(
            "What matters most is “{change}”: {tier} then opens {days_moved}.",
            change=effect.change,
            tier=tier,
            days_moved=days_moved_in_words(effect.days),
        )
    if effect.on:
        return say(
            "What matters most is “{change}”: {tier} opens only with this, on {day}.",
            change=effect.change,
            tier=tier,
            day=day_in_words(effect.on),
        )
    return say(
        "What matters most is “{change}”: {tier} then no longer opens within the plan.",
        change=effect.change,
        tier=tier,
    )


def _nothing_to_gain(scenario: Scenario) -> str:
    if scenario.rules.is_opaque:
        provider = provider_of(scenario.rules).name
        return say("{provider} does not publish what opens a tier.", provider=provider)
    top = scenario.rules.tier_names[-1]
    start = day_in_words(scenario.start)
    return say("{tier}, the highest tier, is open from {day}.", tier=top, day=start)


def _saturation(scenario: Scenario, unlock: Unlock) -> Saturation | None:
    """Find the least amount bought now that opens a tier as early as any amount does."""
    row = scenario.rules.tier_names.index(unlock.tier)
    amounts = [gate.amount for gate in scenario.rules.tiers[row].money_gates]
    pays_later = scenario.first_payment and scenario.first_payment > scenario.start
    if not amounts or scenario.billing != "prepaid" or pays_later:
        return None
    now = prepaid_now(scenario)

    def paying(cents: int) -> Scenario:
        purchases = prepaying(scenario, now + cents * CENT)
        return scenario.model_copy(update={"purchases": purchases})

    # What the tier asks for, on top of all else, is more than it can lack.
    most = int(max(amounts) / CENT) + 1
    tried = _even(0, most)
    days = _opened(tier_row=row - 1, plans=[paying(cents) for cents in tried])
    best = int(days.min())
    while True:
        first = int(np.argmax(days == best))
        if first == 0 or tried[first] - tried[first - 1] == 1:
            break
        tried = _even(tried[first - 1], tried[first])
        days = _opened(tier_row=row - 1, plans=[paying(cents) for cents in tried])
    chosen = paying(tried[first])
    reached = project_many([chosen])[0].unlock(unlock.tier)
    more = tried[first] * CENT
    return Saturation(more, chosen, reached.on, _said_of_saturation(scenario, reached, more))


def _even(least: int, most: int) -> list[int]:
    points = np.linspace(least, most, min(most - least, _AMOUNTS_AT_ONCE) + 1)
    return [int(point) for point in points]


def _opened(plans: Sequence[Scenario], tier_row: int) -> Ints:
    return np.array([projection.days_opened[tier_row] for projection in project_many(plans)])


def _said_of_saturation(scenario: Scenario, reached: Unlock, more: Decimal) -> str:
    if reached.on is None:
        return say("No amount bought now opens {tier} within the plan.", tier=reached.tier)
    day, amount = day_in_words(reached.on), amount_in_words(more, scenario.rules.currency)
    if reached.held_by is None:
        if not more:
            return say("Buying more now gains nothing before {day}.", day=day)
        return say(
            "Beyond {amount} more now nothing is gained before {day}.", amount=amount, day=day
        )
    holds = _what_holds(scenario, reached, reached.held_by)
    if not more:
        return say(
            "Buying more now gains nothing: {what_holds_it} until {day}.",
            what_holds_it=holds,
            day=day,
        )
    return say(
        "Beyond {amount} more now nothing is gained: {what_holds_it} until {day}.",
        amount=amount,
        what_holds_it=holds,
        day=day,
    )


def _what_holds(scenario: Scenario, reached: Unlock, held_by: HeldBy) -> str:
    tier = scenario.rules.tiers[scenario.rules.tier_names.index(reached.tier)]
    counts = {
        scenario.reading if gate.counts == "contested" else gate.counts for gate in tier.money_gates
    }
    if held_by == "money" and counts == {"used"}:
        return say("the pace of use holds it")
    return say(_WHAT_HOLDS[held_by])
