"""The first lines: when the next tier opens under both readings, why, and what would change it."""

import streamlit as st

from tierlogic.answer import (
    IF_READING,
    Answer,
    OtherRules,
    full_request_in_words,
    headline,
    reasons,
)
from tierlogic.page.markdown import plain


def show_headline(answered: Answer) -> None:
    """Draw the answer in words."""
    st.subheader(plain(headline(answered)), anchor=False)
    for reading, sentence in reasons(answered):
        name = (
            f"**{IF_READING[reading].capitalize()}:** " if answered.scenario.rules.contested else ""
        )
        st.markdown(f"{name}{plain(sentence)}")
    request = full_request_in_words(answered)
    if request:
        st.markdown(plain(request))
    for other in answered.other_rules:
        _offer(other)


def _offer(other: OtherRules) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(other.sentence), width="content")
        st.button(
            f"Use the rules of {other.ladder.in_force_from:%B %Y}",
            key=f"use_{other.ladder.id}",
            type="tertiary",
            icon=":material/swap_horiz:",
            on_click=_use,
            args=(other.ladder.id,),
        )


def _use(ladder: str) -> None:
    st.session_state.ladder = ladder
