"""The answer in words, for both readings: when the next tier opens, what holds it, what is left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tierlogic.language import day_in_words, month_in_words, say, to_say
from tierlogic.money import amount_in_words
from tierlogic.projection import Projection, Unlock, project_many
from tierlogic.rules.catalog import neighbours, provider_of
from tierlogic.rules.ladder import Ladder
from tierlogic.scenario import Reading, Scenario

READINGS: tuple[Reading, ...] = ("used", "paid")

_IF_READING: dict[Reading, str] = {
    "used": to_say("if only used money counts"),
    "paid": to_say("if buying credit counts"),
}
_IF_READING_AT_FIRST: dict[Reading, str] = {
    "used": to_say("If only used money counts"),
    "paid": to_say("If buying credit counts"),
}

OTHER_READING: dict[Reading, Reading] = {"used": "paid", "paid": "used"}


@dataclass(frozen=True)
class OtherRules:
    """What a neighbouring version of the ladder would change."""

    ladder: Ladder
    is_newer: bool
    sentence: str


@dataclass(frozen=True)
class Answer:
    """What a scenario's owner wants to know, under both readings and the neighbouring rules."""

    scenario: Scenario
    by_reading: dict[Reading, Projection]
    other_rules: tuple[OtherRules, ...]
    """Neighbouring versions of the ladder under which some tier opens on another day."""

    @property
    def chosen(self) -> Projection:
        """The projection under the scenario's own reading."""
        return self.by_reading[self.scenario.reading]

    @property
    def next_tier(self) -> str | None:
        """The lowest tier that is not open on the first day under every reading."""
        for unlock in self.chosen.unlocks:
            days = [self.by_reading[reading].unlock(unlock.tier).on for reading in READINGS]
            if any(day is None or day > self.scenario.start for day in days):
                return unlock.tier
        return None

    def other(self, tier: str) -> Unlock:
        """A tier's unlock under the reading that the scenario does not take."""
        return self.by_reading[OTHER_READING[self.scenario.reading]].unlock(tier)


def if_reading(reading: Reading) -> str:
    """Say within a sentence what a reading counts: "if only used money counts"."""
    return say(_IF_READING[reading])


def reading_heading(reading: Reading) -> str:
    """Say what a reading counts, above or before what then holds: "If buying credit counts"."""
    return say(_IF_READING_AT_FIRST[reading])


def answer(scenario: Scenario) -> Answer:
    """Project a scenario under both readings and under the neighbouring rules, in one batch.

    Raises:
        PlanTooLargeError: a ValueError; the plan costs more than the engine counts.
    """
    others = [
        ladder
        for ladder in neighbours(scenario.rules)
        if scenario.opening_tier in {None, *ladder.tier_names}
    ]
    projections = project_many(
        scenario.model_copy(update={"ladder": ladder.id, "reading": reading})
        for ladder in (scenario.rules, *others)
        for reading in READINGS
    )
    pairs = [
        dict(zip(READINGS, projections[first : first + 2], strict=True))
        for first in range(0, len(projections), 2)
    ]
    own, *neighbouring = pairs
    return Answer(
        scenario,
        own,
        tuple(
            OtherRules(ladder, _is_newer(ladder, scenario), sentence)
            for ladder, pair in zip(others, neighbouring, strict=True)
            if (sentence := _difference(scenario, own, ladder, pair))
        ),
    )


def headline(answered: Answer) -> str:
    """Say when the next tier opens, under both readings where its rule is contested."""
    scenario, tier = answered.scenario, answered.next_tier
    if scenario.rules.is_opaque:
        return say(
            "{provider} does not publish what opens a tier. This is what {tier} allows.",
            provider=provider_of(scenario.rules).name,
            tier=answered.chosen.tier_changes[0][1],
        )
    if tier is None:
        return say(
            "{tier}, the highest tier, is open from {day}.",
            tier=answered.chosen.unlocks[-1].tier,
            day=day_in_words(scenario.start),
        )
    used, paid = (answered.by_reading[reading].unlock(tier).on for reading in READINGS)
    if scenario.rules.contested:
        return _headline_of_both(tier, used, paid, scenario.last_day)
    if used is None:
        last_day = day_in_words(scenario.last_day)
        return say("{tier} does not open by {day}.", tier=tier, day=last_day)
    return say("{tier} opens on {day}.", tier=tier, day=day_in_words(used))


def _headline_of_both(tier: str, used: date | None, paid: date | None, last_day: date) -> str:
    if used and used == paid:
        return say(
            "{tier} opens on {day}, whether used or bought credit counts.",
            tier=tier,
            day=day_in_words(used),
        )
    if used and paid:
        return say(
            "{tier} opens on {used_day} if only used money counts, "
            "and on {paid_day} if buying credit counts.",
            tier=tier,
            used_day=day_in_words(used),
            paid_day=day_in_words(paid),
        )
    if used:
        return say(
            "{tier} opens on {day} if only used money counts; "
            "it does not open in this plan if buying credit counts.",
            tier=tier,
            day=day_in_words(used),
        )
    if paid:
        return say(
            "{tier} does not open in this plan if only used money counts; "
            "it opens on {day} if buying credit counts.",
            tier=tier,
            day=day_in_words(paid),
        )
    return say(
        "{tier} does not open by {day}, whether used or bought credit counts.",
        tier=tier,
        day=day_in_words(last_day),
    )


def reasons(answered: Answer) -> list[tuple[Reading, str]]:
    """Say for each reading why the next tier opens when it does, and the credit then left."""
    tier = answered.next_tier
    if tier is None or answered.scenario.rules.is_opaque:
        return []
    return [
        (reading, " ".join(_reason(projection, tier)))
        for reading, projection in answered.by_reading.items()
        if answered.scenario.rules.contested or reading == answered.scenario.reading
    ]


def _reason(projection: Projection, tier: str) -> Iterator[str]:
    """Say why a tier opens when it does, what opens with it, and the credit then left."""
    yield projection.unlock(tier).why
    yield from _opens_as_well(projection, tier)
    yield from _credit_left(projection, tier)


def _opens_as_well(projection: Projection, tier: str) -> Iterator[str]:
    """Name the highest tier that opens on the same day: there is more to gain than the next."""
    on = projection.unlock(tier).on
    tiers = [unlock.tier for unlock in projection.unlocks]
    above = projection.unlocks[tiers.index(tier) + 1 :]
    on_that_day = [unlock.tier for unlock in above if unlock.on == on]
    if on and on_that_day:
        yield say("{tier} opens on {day} as well.", tier=on_that_day[-1], day=day_in_words(on))


def _credit_left(projection: Projection, tier: str) -> Iterator[str]:
    """Say what is left when the tier opens; who is invoiced may never have had any."""
    on = projection.unlock(tier).on or projection.scenario.last_day
    balance = projection.balance_on(on)
    if balance or projection.scenario.billing == "prepaid":
        left = amount_in_words(balance, projection.scenario.rules.currency, cents=True)
        yield say("Credit left on {day}: {amount}.", day=day_in_words(on), amount=left)


def _difference(
    scenario: Scenario,
    own: dict[Reading, Projection],
    ladder: Ladder,
    other: dict[Reading, Projection],
) -> str:
    """Name the first tier that another ladder opens on another day; empty where none does."""
    contested = scenario.rules.contested or ladder.contested
    for reading in (scenario.reading, *READINGS):
        for unlock in own[reading].unlocks:
            if unlock.tier not in ladder.tier_names:
                continue
            there = other[reading].unlock(unlock.tier)
            if there.on != unlock.on:
                opening = _would_open(unlock.tier, there.on, unlock.on)
                if contested:
                    condition = if_reading(reading)
                    opening = say("{opening}, {condition}", opening=opening, condition=condition)
                return _under_other_rules(ladder, opening, is_newer=_is_newer(ladder, scenario))
    return ""


def _would_open(tier: str, there: date | None, here: date | None) -> str:
    if there is None:
        return say("{tier} would not open in this plan", tier=tier)
    if here is None:
        return say("{tier} would open on {day}", tier=tier, day=day_in_words(there))
    return say(
        "{tier} would open on {day} instead of on {planned_day}",
        tier=tier,
        day=day_in_words(there),
        planned_day=day_in_words(here),
    )


def _under_other_rules(ladder: Ladder, opening: str, *, is_newer: bool) -> str:
    month = month_in_words(ladder.in_force_from)
    if is_newer:
        return say(
            "Rules changed since: under the rules of {month} {opening}.",
            month=month,
            opening=opening,
        )
    return say("Under the rules of {month} {opening}.", month=month, opening=opening)


def _is_newer(ladder: Ladder, scenario: Scenario) -> bool:
    return ladder.in_force_from > scenario.rules.in_force_from
