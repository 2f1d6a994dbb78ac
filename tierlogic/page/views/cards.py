"""One card per tier: its date, how far off it is, what holds it, and the other reading's date."""

from datetime import date

import streamlit as st

from tierlogic.answer import Answer
from tierlogic.language import day_in_words, number, say, say_count, to_say
from tierlogic.money import shortfall_in_words
from tierlogic.page.markdown import plain
from tierlogic.projection import Projection, Unlock
from tierlogic.rules.ladder import Tier
from tierlogic.tier_in_words import money_in_words

_LEAST_WIDTH = 138
"""Pixels of a card: two stand beside each other on a phone, five on a tablet."""
_FEWEST_IN_A_ROW, _MOST_IN_A_ROW = 4, 6
_IF_OTHER = {
    "used": to_say("If buying counts: {day}"),
    "paid": to_say("If only using counts: {day}"),
}


def show_cards(answered: Answer, today: date) -> None:
    """Draw a card for every tier that has gates."""
    scenario, projection = answered.scenario, answered.chosen
    gated = list(zip(scenario.rules.tiers[1:], projection.unlocks[1:], strict=True))
    if not gated:
        return
    columns = min(max(len(gated), _FEWEST_IN_A_ROW), _MOST_IN_A_ROW)
    with st.grid(columns, min_column_width=_LEAST_WIDTH, gap="xsmall", border=True, key="cards"):
        for tier, unlock in gated:
            on = day_in_words(unlock.on) if unlock.on else say("Not in plan")
            lines = [plain(unlock.tier), f"**{on}**"]
            said = [_how_it_stands(projection, tier, unlock, today)]
            if scenario.rules.contested:
                other = answered.other(unlock.tier).on
                day = day_in_words(other) if other else say("not in plan")
                said.append(say(_IF_OTHER[scenario.reading], day=day))
            lines += [f":small[{plain(words)}]" for words in said]
            st.markdown("  \n".join(lines))


def _how_it_stands(projection: Projection, tier: Tier, unlock: Unlock, today: date) -> str:
    """Say how far off a tier is and at what it opens, or what is missing for it."""
    if unlock.on is None:
        return _missing(projection, tier, unlock)
    return f"{_from_today((unlock.on - today).days)}, {_opened_at(projection, tier, unlock)}"


def _opened_at(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    if unlock.held_by is None:
        is_first = unlock.tier in projection.open_at_start
        return say("open at the start") if is_first else say("with a higher tier")
    money = money_in_words(projection.scenario, tier)
    return {
        "money": say("at {money}", money=money),
        "waiting": _after_its_wait(tier),
        "both": say(
            "at {money} and {after_its_wait}", money=money, after_its_wait=_after_its_wait(tier)
        ),
        "evaluation": say("at the evaluation"),
        "fact": say("with what it asks for"),
    }[unlock.held_by]


def _missing(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """Say what a tier that does not open lacks."""
    if unlock.held_by is None:
        return say("its rule is not public")
    if unlock.held_by == "fact":
        lacking = [fact for fact in tier.facts if fact in projection.scenario.lacks]
        return say("lacks {facts}", facts=", ".join(lacking))
    if unlock.held_by == "evaluation":
        return say("no evaluation has opened it")
    parts = []
    if unlock.missing:
        amount = shortfall_in_words(unlock.missing, projection.scenario.rules.currency)
        money = money_in_words(projection.scenario, tier)
        parts.append(say("{amount} short of {money}", amount=amount, money=money))
    if unlock.held_by in {"waiting", "both"}:
        parts.append(_wait_ahead(tier, unlock))
    return ", ".join(parts)


def _after_its_wait(tier: Tier) -> str:
    days = _waiting_days(tier)
    if not days:
        return say("after the first payment")
    return say("after the {days}-day wait", days=number(days))


def _wait_ahead(tier: Tier, unlock: Unlock) -> str:
    if unlock.wait_over_on is None:
        return say("no payment yet")
    days, day = number(_waiting_days(tier)), day_in_words(unlock.wait_over_on)
    return say("the {days}-day wait ends {day}", days=days, day=day)


def _waiting_days(tier: Tier) -> int:
    return max((gate.at_least for gate in tier.waiting_gates), default=0)


def _from_today(days: int) -> str:
    if days == 0:
        return say("today")
    if days > 0:
        return say_count("in {count} day", "in {count} days", days)
    return say_count("{count} day ago", "{count} days ago", -days)
