"""One card per tier: its date, how far off it is, what holds it, and the other reading's date."""

from datetime import date

import streamlit as st

from tierlogic.answer import Answer
from tierlogic.language import day_in_words
from tierlogic.money import amount_in_words
from tierlogic.page.markdown import plain
from tierlogic.projection import Projection, Unlock
from tierlogic.rules.ladder import Tier
from tierlogic.tier_in_words import money_in_words

_LEAST_WIDTH = 150
"""Pixels of a card: two stand beside each other on a phone."""
_FEWEST_IN_A_ROW, _MOST_IN_A_ROW = 4, 6
NOT_IN_PLAN = "Not in plan"
_IF_OTHER = {"used": "If buying counts", "paid": "If only using counts"}


def show_cards(answered: Answer, today: date) -> None:
    """Draw a card for every tier that has gates."""
    scenario, projection = answered.scenario, answered.chosen
    gated = list(zip(scenario.rules.tiers[1:], projection.unlocks[1:], strict=True))
    if not gated:
        return
    columns = min(max(len(gated), _FEWEST_IN_A_ROW), _MOST_IN_A_ROW)
    with st.grid(columns, min_column_width=_LEAST_WIDTH, gap="xsmall", key="cards"):
        for tier, unlock in gated:
            on = day_in_words(unlock.on) if unlock.on else NOT_IN_PLAN
            lines = [plain(unlock.tier), f"**{on}**"]
            said = [_how_it_stands(projection, tier, unlock, today)]
            if scenario.rules.contested:
                other = answered.other(unlock.tier).on
                on = day_in_words(other) if other else NOT_IN_PLAN.lower()
                said.append(f"{_IF_OTHER[scenario.reading]}: {on}")
            lines += [f":small[{plain(words)}]" for words in said]
            with st.container(border=True, height="stretch"):
                st.markdown("  \n".join(lines))


def _how_it_stands(projection: Projection, tier: Tier, unlock: Unlock, today: date) -> str:
    """Say how far off a tier is and at what it opens, or what is missing for it."""
    if unlock.on is None:
        return _missing(projection, tier, unlock)
    return f"{_from_today((unlock.on - today).days)}, {_opened_at(projection, tier, unlock)}"


def _opened_at(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    if unlock.held_by is None:
        is_first = unlock.tier in projection.open_at_start
        return "open at the start" if is_first else "with a higher tier"
    return {
        "money": f"at {money_in_words(projection.scenario, tier)}",
        "waiting": f"after {_wait(tier)}",
        "both": f"at {money_in_words(projection.scenario, tier)} and after {_wait(tier)}",
        "evaluation": "at the evaluation",
        "fact": "with what it asks for",
    }[unlock.held_by]


def _missing(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """Say what a tier that does not open lacks."""
    if unlock.held_by is None:
        return "its rule is not public"
    if unlock.held_by == "fact":
        lacking = [fact for fact in tier.facts if fact in projection.scenario.lacks]
        return f"lacks {', '.join(lacking)}"
    if unlock.held_by == "evaluation":
        return "no evaluation has opened it"
    short = amount_in_words(unlock.missing, projection.scenario.rules.currency)
    parts = (
        [f"{short} short of {money_in_words(projection.scenario, tier)}"] if unlock.missing else []
    )
    if unlock.held_by in {"waiting", "both"}:
        over = unlock.wait_over_on
        parts.append(f"{_wait(tier)} ends {day_in_words(over)}" if over else "no payment yet")
    return ", ".join(parts)


def _wait(tier: Tier) -> str:
    days = max((gate.at_least for gate in tier.waiting_gates), default=0)
    return f"the {days}-day wait" if days else "the first payment"


def _from_today(days: int) -> str:
    if days == 0:
        return "today"
    count = f"{abs(days):,} day{'s' if abs(days) != 1 else ''}"
    return f"in {count}" if days > 0 else f"{count} ago"
