"""The first lines: when the next tier opens under both readings, why, and what moves it."""

from datetime import date

import streamlit as st

from tierlogic.answer import (
    READINGS,
    Answer,
    OtherRules,
    headline,
    if_reading,
    reasons,
)
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.full_request_in_words import full_request_in_words
from tierlogic.language import month_in_words, say
from tierlogic.page import form
from tierlogic.page.answers import ranges_of, sooner_than
from tierlogic.page.markdown import plain
from tierlogic.page.size import too_much
from tierlogic.questions.ranges_drawn import Ranges
from tierlogic.rules.staleness import stale_in_words
from tierlogic.scenario import Reading, Scenario


def show_headline(answered: Answer) -> None:
    """Draw the answer in words, and why."""
    st.subheader(plain(headline(answered)), anchor=False)
    _say_why(answered)


def _say_why(answered: Answer) -> None:
    """Say why, and when a full request fits, in a status box: a screen reader reads its changes."""
    tier, contested = plain(answered.next_tier or ""), answered.scenario.rules.contested
    sentences = [
        f"**{_heading(tier, reading if contested else None)}** {plain(sentence)}"
        for reading, sentence in reasons(answered)
    ]
    if request := full_request_in_words(answered):
        sentences.append(plain(request))
    if sentences:
        st.info("  \n".join(sentences))


def _heading(tier: str, reading: Reading | None) -> str:
    if reading is None:
        return say("{tier}:", tier=tier)
    return say("{tier} {condition}:", tier=tier, condition=if_reading(reading))


def show_sooner(answered: Answer, *, is_held: bool) -> None:
    """Draw the one step that brings the next tier forward most, and the offer to take it.

    Args:
        answered: a scenario's answer.
        is_held: whether the thumb of a slider is held; then nothing is looked for, but the line
            keeps its place.
    """
    if answered.next_tier is None or answered.scenario.rules.is_opaque:
        return
    found = None if is_held else sooner_than(answered.scenario)
    tier, contested = plain(answered.next_tier), answered.scenario.rules.contested
    heading = (
        say("{tier} sooner {condition}:", tier=tier, condition=found.condition)
        if found and contested
        else say("{tier} sooner:", tier=tier)
    )
    said = plain(found.text) if found else "…"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{heading}** {said}", width="content")
        st.button(
            say("Try it"),
            key="take_sooner",
            type="tertiary",
            icon=":material/input:",
            on_click=_take,
            args=(found.scenario if found else None,),
            disabled=found is None or found.scenario is None,
        )


def _take(scenario: Scenario | None) -> None:
    if scenario:
        form.fill(scenario)


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
    request = full_request_in_words(answered)
    said = [found.basis]
    if request:
        said.append(say("As planned: {sentence}", sentence=request))
    st.caption(plain(" ".join(said)))


def show_newer_rules(answered: Answer, today: date) -> None:
    """Say what newer rules would give and offer to use them, or that the rules may be stale."""
    if stale := stale_in_words(answered.scenario.rules, today):
        st.caption(f":material/schedule: {plain(stale)}")
    for other in answered.other_rules:
        if other.is_newer:
            offer(other)


def offer(other: OtherRules) -> None:
    """Say what other rules would give, and offer to use them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(other.sentence), width="content")
        st.button(
            say("Use the rules of {month}", month=month_in_words(other.ladder.in_force_from)),
            key=f"use_{other.ladder.id}",
            type="tertiary",
            icon=":material/swap_horiz:",
            help=plain(other.ladder.title),
            on_click=_use,
            args=(other.ladder.id,),
        )


def _use(ladder: str) -> None:
    st.session_state.ladder = ladder
