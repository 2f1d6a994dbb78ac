"""The first lines: when the next tier opens under both readings, why, and what would change it."""

import streamlit as st

from tierlogic.answer import (
    IF_READING,
    READINGS,
    Answer,
    OtherRules,
    headline,
    reasons,
)
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.page.answers import ranges_of
from tierlogic.page.markdown import plain
from tierlogic.page.size import too_much
from tierlogic.questions.ranges_drawn import Ranges


def show_headline(answered: Answer, *, offers: bool = True) -> None:
    """Draw the answer in words, with what newer rules would give and the offer to use them."""
    st.subheader(plain(headline(answered)), anchor=False)
    _say_why(answered)
    for other in answered.other_rules:
        if offers and other.is_newer:
            offer(other)


def _say_why(answered: Answer) -> None:
    """Give the reasons in a status box: a screen reader reads it out as it changes."""
    tier, contested = plain(answered.next_tier or ""), answered.scenario.rules.contested
    sentences = [
        f"**{tier}{f' {IF_READING[reading]}' if contested else ''}:** {plain(sentence)}"
        for reading, sentence in reasons(answered)
    ]
    if sentences:
        st.info("  \n".join(sentences))


def show_headline_within(answered: Answer, within: Ranges) -> None:
    """Draw the answer as ranges of days."""
    if refusal := too_much(answered.scenario, within.draws * len(READINGS)):
        st.error(plain(refusal), icon=":material/error:")
        return
    try:
        found = ranges_of(answered.scenario, within)
    except PlanTooLargeError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.subheader(plain(found.headline), anchor=False)
    st.caption(plain(found.basis))


def offer(other: OtherRules) -> None:
    """Say what other rules would give, and offer to use them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(other.sentence), width="content")
        st.button(
            f"Use the rules of {other.ladder.in_force_from:%B %Y}",
            key=f"use_{other.ladder.id}",
            type="tertiary",
            icon=":material/swap_horiz:",
            help=plain(other.ladder.title),
            on_click=_use,
            args=(other.ladder.id,),
        )


def _use(ladder: str) -> None:
    st.session_state.ladder = ladder
