"""One card per tier: its date, how far off it is, what holds it, and the other reading's date."""

from datetime import date

import streamlit as st

from tierlogic.answer import Answer
from tierlogic.calendar import day_in_words
from tierlogic.page.markdown import plain
from tierlogic.projection import Unlock

_HELD_BY = {
    "money": "held by money",
    "waiting": "held by waiting",
    "both": "held by money and waiting",
    "evaluation": "held by the evaluation",
    "fact": "lacks what it asks for",
}
_IF_OTHER = {"used": "If buying counts", "paid": "If only using counts"}


def show_cards(answered: Answer, today: date) -> None:
    """Draw a card for every tier that has gates."""
    if_other = _IF_OTHER[answered.scenario.reading]
    with st.container(horizontal=True, gap="xsmall", key="cards"):
        for unlock in answered.chosen.unlocks[1:]:
            lines = (
                plain(unlock.tier),
                f"**{_on(unlock)}**",
                f":small[{_how_far(unlock, today)}]",
                *(
                    [f":small[{if_other}: {_on(answered.other(unlock.tier))}]"]
                    if answered.scenario.rules.contested
                    else []
                ),
            )
            with st.container(border=True, width=136):
                st.markdown("  \n".join(lines))


def _on(unlock: Unlock) -> str:
    return day_in_words(unlock.on) if unlock.on else "Not in plan"


def _how_far(unlock: Unlock, today: date) -> str:
    held = _HELD_BY[unlock.held_by] if unlock.held_by else "nothing held it"
    return f"{_from_today((unlock.on - today).days)}, {held}" if unlock.on else held


def _from_today(days: int) -> str:
    if days == 0:
        return "today"
    count = f"{abs(days):,} day{'s' if abs(days) != 1 else ''}"
    return f"in {count}" if days > 0 else f"{count} ago"
