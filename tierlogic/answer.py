"""The answer in words, for both readings: when the next tier opens, what holds it, what is left."""

from dataclasses import dataclass
from datetime import date

from tierlogic.capacity import FullRequest, full_request
from tierlogic.language import day_in_words, month_in_words, say, to_say
from tierlogic.money import amount_in_words
from tierlogic.projection import Projection, Unlock, project_many
from tierlogic.rules.catalog import limits, load_limits, neighbours, provider_of
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
        name = provider_of(scenario.rules).name
        present = answered.chosen.tier_changes[0][1]
        return f"{name} does not publish what opens a tier. This is what {present} allows."
    if tier is None:
        top = answered.chosen.unlocks[-1].tier
        return f"{top}, the highest tier, is open from {day_in_words(scenario.start)}."
    used, paid = (answered.by_reading[reading].unlock(tier) for reading in READINGS)
    if scenario.rules.contested and used.on != paid.on:
        return _headline_of_both(tier, used, paid)
    opens = _opens(used) if used.on else f"does not open by {day_in_words(scenario.last_day)}"
    whether = ", whether used or bought credit counts" if scenario.rules.contested else ""
    return f"{tier} {opens}{whether}."


def _headline_of_both(tier: str, used: Unlock, paid: Unlock) -> str:
    if used.on is None or paid.on is None:
        return (
            f"{tier} {_opens(used)} {if_reading('used')}; it {_opens(paid)} {if_reading('paid')}."
        )
    return f"{tier} {_opens(used)} {if_reading('used')}, and {_on(paid.on)} {if_reading('paid')}."


def reasons(answered: Answer) -> list[tuple[Reading, str]]:
    """Say for each reading why the next tier opens when it does, and the credit then left."""
    tier = answered.next_tier
    if tier is None or answered.scenario.rules.is_opaque:
        return []
    return [
        (reading, f"{projection.unlock(tier).why} {_credit_left(projection, tier)}")
        for reading, projection in answered.by_reading.items()
        if answered.scenario.rules.contested or reading == answered.scenario.reading
    ]


def full_request_in_words(answered: Answer, line: int = 0) -> str | None:
    """Say when a request of the model's whole context window fits in one minute's limit.

    Returns:
        None where the line or its model's context window is not known.
    """
    if line >= len(answered.scenario.usage):
        return None
    used, paid = (full_request(answered.by_reading[reading], line) for reading in READINGS)
    if used is None or paid is None:
        return None
    sentence = f"A full {used.context_window:,}-token request to {used.model} {_fits(used, paid)}."
    if used.fits_from and paid.fits_from:
        return sentence
    return f"{sentence}{_unknown(used, paid, answered.scenario)}"


def _opens(unlock: Unlock) -> str:
    return f"opens {_on(unlock.on)}" if unlock.on else "does not open in this plan"


def _on(day: date) -> str:
    return f"on {day_in_words(day)}"


def _would_open(there: date | None, here: date | None) -> str:
    if there is None:
        return "would not open in this plan"
    instead = f" instead of {_on(here)}" if here else ""
    return f"would open {_on(there)}{instead}"


def _from_under_each(days: tuple[date | None, date | None], notes: tuple[str, str]) -> str:
    """Say from when something holds under each reading, or once where the readings agree."""
    said = [
        (f"from {day_in_words(day)}", if_reading(reading), note)
        for reading, day, note in zip(READINGS, days, notes, strict=True)
        if day
    ]
    if days[0] == days[1] and notes[0] == notes[1]:
        said = [(said[0][0], "", notes[0])]
    return ", ".join(" ".join(part for part in parts if part) for parts in said)


def _credit_left(projection: Projection, tier: str) -> str:
    on = projection.unlock(tier).on or projection.scenario.last_day
    left = amount_in_words(
        projection.balance_on(on), projection.scenario.rules.currency, cents=True
    )
    return f"Credit left on {day_in_words(on)}: {left}."


def _fits(used: FullRequest, paid: FullRequest) -> str:
    if used.fits_from or paid.fits_from:
        days = (used.fits_from, paid.fits_from)
        when = _from_under_each(days, (_limit(used), _limit(paid)))
        return f"fits in one minute's limit {when}"
    best = max(
        (best for best in (used.best_known, paid.best_known) if best), key=_by_tpm, default=None
    )
    if best is None:
        return "may or may not fit in one minute's limit"
    tier, tpm = best
    if tpm == 0:
        return f"cannot be sent at {tier}, which does not serve this model"
    return f"does not fit in the {tpm:,.0f} tokens per minute of {tier}"


def _limit(request: FullRequest) -> str:
    return f"({request.tier}, {request.tpm:,.0f} tokens per minute)" if request.tier else ""


def _by_tpm(best: tuple[str, float]) -> float:
    return best[1]


def _unknown(used: FullRequest, paid: FullRequest, scenario: Scenario) -> str:
    """Say which limit is not known, and what the nearest other table has for it."""
    unknown = used if used.unknown_tier else paid
    if unknown.unknown_tier is None:
        return ""
    when = _from_under_each((used.unknown_from, paid.unknown_from), ("", ""))
    return (
        f" What {unknown.unknown_tier} allows ({when}) is not in {scenario.limits}"
        f"{_known_elsewhere(unknown.model, unknown.unknown_tier, scenario)}."
    )


def _known_elsewhere(model: str, tier: str, scenario: Scenario) -> str:
    here = scenario.limits_table
    others = [load_limits(table) for table in limits() if table != here.id]
    nearest_first = sorted(
        (table for table in others if table.provider == here.provider),
        key=lambda table: abs((table.in_force_from - here.in_force_from).days),
    )
    for table in nearest_first:
        row = table.row_for(model)
        tpm = row.number("tpm", tier) if row else None
        if tpm is not None:
            return f"; {table.id} has {tpm:,.0f} tokens per minute"
    return ""


def _difference(
    scenario: Scenario,
    own: dict[Reading, Projection],
    ladder: Ladder,
    other: dict[Reading, Projection],
) -> str:
    """Name the first tier that another ladder opens on another day; empty where none does."""
    contested = scenario.rules.contested or ladder.contested
    for reading in (scenario.reading, *READINGS):
        condition = f", {if_reading(reading)}" if contested else ""
        for unlock in own[reading].unlocks:
            if unlock.tier not in ladder.tier_names:
                continue
            there = other[reading].unlock(unlock.tier)
            if there.on != unlock.on:
                since = "Rules changed since: under" if _is_newer(ladder, scenario) else "Under"
                return (
                    f"{since} the rules of {month_in_words(ladder.in_force_from)} "
                    f"{unlock.tier} {_would_open(there.on, unlock.on)}{condition}."
                )
    return ""


def _is_newer(ladder: Ladder, scenario: Scenario) -> bool:
    return ladder.in_force_from > scenario.rules.in_force_from
