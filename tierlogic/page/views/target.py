"""I have a target: the goal, and what it takes under both readings."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import streamlit as st

from tierlogic.answer import READINGS, reading_heading
from tierlogic.counts import count_in_short
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.language import day_in_words, number, say, to_say
from tierlogic.links import Asked
from tierlogic.money import amount_in_words
from tierlogic.page import asking
from tierlogic.page.answers import MOST_TRIALS, target_of
from tierlogic.page.aside import Before, take
from tierlogic.page.dates import date_field
from tierlogic.page.markdown import plain
from tierlogic.page.size import too_much
from tierlogic.questions.goal import GoalError
from tierlogic.questions.target import Target, Way
from tierlogic.questions.target_purchases import Purchases, total_of
from tierlogic.scenario import MAX_DAYS, Reading, Scenario

_KINDS = {
    asking.TIER: to_say("A tier"),
    asking.TPM: to_say("Tokens per minute"),
    asking.FULL_REQUEST: to_say("A full request"),
}
_LABELS = {"tpm": to_say("At least, tokens per minute"), "by": to_say("By")}
_LOOKED_AHEAD = 400
"""Days that it looks ahead at least."""


def show_goal(scenario: Scenario) -> None:
    """Draw the inputs of the goal and what is wrong with it."""
    state = st.session_state
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            say("Target"),
            _KINDS,
            key="goal_kind",
            format_func=lambda kind: say(_KINDS[kind]),
            required=True,
        )
        if state.goal_kind == asking.TIER:
            tiers = (*scenario.rules.tier_names[1:], state.goal_tier)
            st.selectbox(
                say("Tier to open"), tuple(dict.fromkeys(tiers)), key="goal_tier", width=180
            )
        if state.goal_kind == asking.TPM:
            st.number_input(
                say(_LABELS["tpm"]),
                1,
                10**15,
                None,
                step=100_000,
                key="goal_tpm",
                width=220,
            )
        if state.goal_kind != asking.TIER:
            models = (None, *(line.model for line in scenario.usage), state.goal_model)
            st.selectbox(
                say("Of model"),
                tuple(dict.fromkeys(models)),
                key="goal_model",
                format_func=lambda model: model or say("The first of the plan"),
                width=220,
            )
        with st.container(width=180):
            date_field(say(_LABELS["by"]), "goal_by")
    for problem in asking.goal_problems():
        label = say(_LABELS.get(problem.field, "Target"))
        st.error(plain(f"{label}: {problem.message}"), icon=":material/error:")


def show_target(scenario: Scenario, asked: Asked) -> None:
    """Draw what the goal takes: four ways, under both readings."""
    if asked.goal is None:
        return
    days = min(max((asked.goal.by - scenario.start).days, _LOOKED_AHEAD), MAX_DAYS)
    if refusal := too_much(scenario, MOST_TRIALS, days):
        st.error(plain(refusal), icon=":material/error:")
        return
    try:
        found = target_of(scenario, asked.goal)
    except (GoalError, PlanTooLargeError) as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    columns = st.columns(2, gap="medium") if scenario.rules.contested else [st.container()]
    for reading, column in zip(READINGS, columns, strict=False):
        with column:
            _show_ways(found, reading, (scenario, asked))


def _show_ways(found: Target, reading: Reading, before: Before) -> None:
    scenario, ways = found.scenario, found.by_reading[reading]
    if scenario.rules.contested:
        st.markdown(f"**{reading_heading(reading)}**")
    currency = scenario.rules.currency

    def money(amount: Decimal) -> str:
        return amount_in_words(amount, currency, cents=True)

    def purchases(schedule: Purchases) -> str:
        if not schedule:
            return say("No purchase")
        return say("{amount} in all", amount=money(total_of(schedule)))

    def show(name: str, way: Way[Any], in_words: Callable[[Any], str]) -> None:
        _show_way(name, way, in_words, f"use {name} {reading}", before)

    show(to_say("Earliest date of any plan"), ways.earliest, day_in_words)
    show(to_say("Fewest tokens per day"), ways.tokens_per_day, _tokens)
    show(to_say("Least extra prepay now"), ways.prepay, money)
    show(to_say("Cheapest purchases"), ways.schedule, purchases)


def _show_way(
    name: str, way: Way[Any], in_words: Callable[[Any], str], key: str, before: Before
) -> None:
    value = say("Cannot be done") if way.value is None else in_words(way.value)
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{say(name)}: **{plain(value)}**")
            if way.plan:
                st.button(
                    say("Use this plan"),
                    key=key,
                    type="tertiary",
                    icon=":material/input:",
                    on_click=take,
                    args=(before, way.plan),
                )
        st.caption(plain(way.why))


def _tokens(tokens: float) -> str:
    return f"{count_in_short(tokens)} ({number(tokens, ',.0f')})" if tokens else "0"
