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
from tierlogic.links import Asked, open_link, parameters_of
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
        st.caption("Keep this plan, change an input, and see both here. Up to 6 plans.")
        return
    try:
        found = comparison_of((scenario, *asked.others), asked.base)
    except PlanTooLargeError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    _show_plans(found)
    st.markdown("**Tiers over time**")
    draw(lanes_chart(found, theme()), "Tiers over time, plan by plan")
    st.caption(plain(lanes_takeaway(found)))
    st.markdown("**Money over time**")
    draw(compared_money_chart(found, theme()), "Money over time, plan by plan")
    st.caption(plain(compared_money_takeaway(found)))
    if any(plan.usage for plan in found.scenarios):
        st.markdown("**Tokens per minute: limits**")
        draw(compared_rates_chart(found, theme()), "Tokens per minute, plan by plan")
        st.caption(plain(compared_rates_takeaway(found)))
    st.dataframe(
        found.in_words, alt="Each plan's unlocks, payments and unserved tokens beside the base's"
    )
    for note in found.notes:
        st.caption(plain(note))


def _show_ways_in(scenario: Scenario) -> None:
    full = not asking.has_room()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Keep this plan",
            key="keep",
            icon=":material/bookmark_add:",
            on_click=asking.keep,
            args=(scenario,),
            disabled=full,
            help="6 plans are side by side; leave one out first." if full else None,
        )
        st.text_input(
            "Or add a plan by its link",
            key="linked_plan",
            on_change=_add_link,
            disabled=full,
            placeholder="Paste an address",
        )
    fault: str | None = st.session_state.get("linked_plan_fault")
    if fault:
        st.error(plain(fault), icon=":material/error:")


def _add_link() -> None:
    state = st.session_state
    state.linked_plan_fault = None
    _, _, query = state.linked_plan.partition("?")
    if not state.linked_plan:
        return
    opened = open_link(parameters_of(query))
    room = asking.has_room()
    if opened.scenario and room:
        asking.keep(opened.scenario)
        state.linked_plan = ""
    said = "; ".join(str(problem) for problem in opened.problems)
    if not opened.scenario:
        state.linked_plan_fault = f"This is no link of a plan: {said}"
    elif said:
        state.linked_plan_fault = f"Added, but for what cannot be read: {said}"


def _show_plans(found: Comparison) -> None:
    """List the plans with what they have otherwise, and what can be done with each."""
    st.selectbox(
        "Beside which plan",
        range(len(found.scenarios)),
        key="base",
        format_func=lambda place: found.names[place],
        width=280,
    )
    for place, name in enumerate(found.names):
        said = "; ".join(found.inputs[place])
        is_base = place == found.base
        with st.container(horizontal=True, vertical_alignment="center"):
            what = "the base" if is_base else said or "the same plan"
            present = " (in the inputs)" if place == 0 else ""
            st.markdown(f"**{plain(name)}**{present}: {plain(what)}")
            if place:
                _show_actions(found.scenarios[place], place - 1)


def _show_actions(scenario: Scenario, place: int) -> None:
    st.button(
        "Open",
        key=f"open_kept_{place}",
        type="tertiary",
        icon=":material/input:",
        on_click=form.fill,
        args=(scenario,),
    )
    st.button(
        "Leave out",
        key=f"leave_out_{place}",
        type="tertiary",
        icon=":material/close:",
        on_click=asking.leave_out,
        args=(place,),
    )
