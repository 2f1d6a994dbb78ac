"""Words that all files share: the answer, a tier's row, the plan's link."""

import re
from datetime import date
from typing import NamedTuple

from tierlogic.answer import (
    OTHER_READING,
    Answer,
    headline,
    reading_heading,
    reasons,
)
from tierlogic.engine.held import HeldBy
from tierlogic.full_request_in_words import full_request_in_words
from tierlogic.language import day_in_words, say, to_say
from tierlogic.links import to_query
from tierlogic.projection import Projection, Unlock
from tierlogic.scenario import Reading, Scenario

HELD_BY: dict[HeldBy, str] = {
    "money": to_say("money"),
    "waiting": to_say("waiting"),
    "both": to_say("money and waiting"),
    "evaluation": to_say("evaluation"),
    "fact": to_say("fact"),
}
"""What held a tier back."""
_OPENS_IF: dict[Reading, str] = {
    "used": to_say("Opens if used counts"),
    "paid": to_say("Opens if buying counts"),
}
_ADDRESS = re.compile(r"https?://[\w.:/~%+-]+", re.ASCII)


class TierRow(NamedTuple):
    """One tier of an answer, in words."""

    tier: str
    opens: str
    """Under the scenario's reading."""
    under_the_other: str
    """Empty where no gate is contested."""
    held_by: str
    why: str
    rule: str


def title_of(scenario: Scenario) -> str:
    """Return the plan's title, or the question that every plan asks."""
    return scenario.title or say("When does the next usage tier open?")


def sentences(answered: Answer) -> list[str]:
    """Say the answer: its headline, the reasons under each reading, and what a request needs."""
    request = full_request_in_words(answered)
    return [headline(answered), *_reasons(answered), *([request] if request else [])]


def tier_rows(answered: Answer) -> list[TierRow]:
    """Describe every tier, lowest first."""
    ladder = answered.scenario.rules
    return [
        TierRow(
            tier.name,
            day_or_not(unlock.on),
            day_or_not(answered.other(tier.name).on) if ladder.contested else "",
            held_by(unlock),
            unlock.why,
            tier.wording,
        )
        for tier, unlock in zip(ladder.tiers, answered.chosen.unlocks, strict=True)
    ]


def other_reading(scenario: Scenario) -> Reading:
    """Return the reading that a scenario does not take."""
    return OTHER_READING[scenario.reading]


def readings_shown(answered: Answer) -> dict[Reading, Projection]:
    """Return the projections that differ: both readings', or the one where none is contested."""
    if answered.scenario.rules.contested:
        return answered.by_reading
    return {answered.scenario.reading: answered.chosen}


def day_or_not(day: date | None) -> str:
    """Say a day that may not come."""
    return day_in_words(day) if day else say("not in this plan")


def held_by(unlock: Unlock) -> str:
    """Say what held a tier, or a dash."""
    return say(HELD_BY[unlock.held_by]) if unlock.held_by else "-"


def opens_heading(reading: Reading) -> str:
    """Head the days on which tiers open under a reading: "Opens if used counts"."""
    return say(_OPENS_IF[reading])


def link_to(scenario: Scenario, address: str) -> str:
    """Return the plan's link; what follows the page's address where none is given, or no page's."""
    return f"{address if _ADDRESS.fullmatch(address) else ''}?{to_query(scenario)}"


def is_clickable(link: str) -> bool:
    """Whether a plan's link has the page's address."""
    return not link.startswith("?")


def _reasons(answered: Answer) -> list[str]:
    if not answered.scenario.rules.contested:
        return [sentence for _, sentence in reasons(answered)]
    return [
        say("{condition}: {sentence}", condition=reading_heading(reading), sentence=sentence)
        for reading, sentence in reasons(answered)
    ]
