"""Plans side by side: kept ones and the present one, in charts, words and a table."""

import streamlit as st

from tierlogic.charts import (
    compared_money_chart,
    compared_money_takeaway,
    compared_rates_chart,
    compared_rates_takeaway,
    lanes_chart,
    lanes_takeaway,
)
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.language import say
from tierlogic.links import Asked, OpenedLink, open_link, parameters_of
from tierlogic.page import asking, form
from tierlogic.page.answers import comparison_of
from tierlogic.page.markdown import plain
from tierlogic.page.views.drawing import draw, theme
from tierlogic.questions.compare import Comparison
from tierlogic.scenario import Scenario


def show_comparison(scenario: Scenario, asked: Asked) -> None:
    """Draw the ways to add a plan, and the comparison once there are two."""
    _show_ways_in(scenario)
    if not asked.others:
        st.caption(say("Keep this plan, change an input, and see both here. Up to 6 plans."))
        return
    try:
        found = comparison_of((scenario, *asked.others), asked.base)
    except PlanTooLargeError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    _show_plans(found)
    st.markdown(f"**{say('Tiers over time')}**")
    draw(lanes_chart(found, theme()), say("Tiers over time, plan by plan"))
    st.caption(plain(lanes_takeaway(found)))
    st.markdown(f"**{say('Money over time')}**")
    draw(compared_money_chart(found, theme()), say("Money over time, plan by plan"))
    st.caption(plain(compared_money_takeaway(found)))
    if any(plan.usage for plan in found.scenarios):
        st.markdown(f"**{say('Tokens per minute: limits')}**")
        draw(compared_rates_chart(found, theme()), say("Tokens per minute, plan by plan"))
        st.caption(plain(compared_rates_takeaway(found)))
    st.dataframe(
        found.in_words,
        alt=say("Each plan's unlocks, payments and unserved tokens beside the base's"),
    )
    for note in found.notes:
        st.caption(plain(note))


def _show_ways_in(scenario: Scenario) -> None:
    full = not asking.has_room()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            say("Keep this plan"),
            key="keep",
            icon=":material/bookmark_add:",
            on_click=asking.keep,
            args=(scenario,),
            disabled=full,
            help=say("6 plans are side by side; leave one out first.") if full else None,
        )
        st.text_input(
            say("Or add a plan by its link"),
            key="linked_plan",
            on_change=_add_link,
            disabled=full,
            placeholder=say("Paste an address"),
        )
    _say_what_is_unread()


def _add_link() -> None:
    """Keep the plan of a link, and the link where something of it could not be read."""
    state, link = st.session_state, st.session_state.linked_plan
    state.unread_link = None
    if not link:
        return
    opened = _opened(link)
    if opened.scenario and asking.has_room():
        asking.keep(opened.scenario)
        state.linked_plan = ""
    if opened.problems:
        state.unread_link = link


def _say_what_is_unread() -> None:
    link: str | None = st.session_state.get("unread_link")
    if link is None:
        return
    opened = _opened(link)
    problems = "; ".join(str(problem) for problem in opened.problems)
    said = (
        say("Added, but for what cannot be read: {problems}", problems=problems)
        if opened.scenario
        else say("This is no link of a plan: {problems}", problems=problems)
    )
    st.error(plain(said), icon=":material/error:")


def _opened(link: str) -> OpenedLink:
    _, _, query = link.partition("?")
    return open_link(parameters_of(query))


def _show_plans(found: Comparison) -> None:
    """List the plans with what they have otherwise, and what can be done with each."""
    st.selectbox(
        say("Beside which plan"),
        range(len(found.scenarios)),
        key="base",
        format_func=lambda place: found.names[place],
        width=280,
    )
    for place, name in enumerate(found.names):
        with st.container(horizontal=True, vertical_alignment="center"):
            title = f"**{plain(name)}**"
            if place == 0:
                title = say("{plan} (in the inputs)", plan=title)
            st.markdown(f"{title}: {plain(_what_it_is(found, place))}")
            if place:
                _show_actions(found.scenarios[place], place - 1)


def _what_it_is(found: Comparison, place: int) -> str:
    if place == found.base:
        return say("the base")
    return "; ".join(found.inputs[place]) or say("the same plan")


def _show_actions(scenario: Scenario, place: int) -> None:
    st.button(
        say("Open"),
        key=f"open_kept_{place}",
        type="tertiary",
        icon=":material/input:",
        on_click=form.fill,
        args=(scenario,),
    )
    st.button(
        say("Leave out"),
        key=f"leave_out_{place}",
        type="tertiary",
        icon=":material/close:",
        on_click=asking.leave_out,
        args=(place,),
    )
