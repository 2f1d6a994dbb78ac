"""What matters: the days that each input gains or loses, and a map of tokens and prepay."""

from decimal import Decimal

import streamlit as st

from tierlogic.answer import Answer
from tierlogic.charts.date_map import SELECTED, date_map_chart, date_map_takeaway
from tierlogic.charts.sensitivity import effects_drawn, sensitivity_chart, sensitivity_takeaway
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.language import say, to_say
from tierlogic.page import form
from tierlogic.page.answers import map_of, sensitivity_of
from tierlogic.page.markdown import plain
from tierlogic.page.size import too_much
from tierlogic.page.turns import out_of_turn
from tierlogic.page.views.drawing import draw, theme
from tierlogic.questions.date_map import DateMap
from tierlogic.questions.sensitivity import Sensitivity
from tierlogic.scenario import Scenario

TITLE = to_say("What matters")
_MAP = "date_map"
_CELLS = 1_681
"""Plans that the map projects, about; the steps are fewer."""


def tier_in_front(answered: Answer) -> str | None:
    """The tier of the charts here, if they are what the reader sees."""
    scenario = answered.scenario
    if st.session_state.get("tables") != TITLE or too_much(scenario, _CELLS):
        return None
    chosen: str | None = st.session_state.get("aimed_at")
    return chosen if chosen in scenario.rules.tier_names else answered.next_tier


def show_matters(scenario: Scenario) -> None:
    """Draw both for the tier that the user aims at."""
    tier = _choose_tier(scenario)
    if refusal := too_much(scenario, _CELLS):
        st.info(plain(refusal), icon=":material/info:")
        return
    try:
        with st.spinner(say("Taking a step in every direction")), out_of_turn():
            found = sensitivity_of(scenario, tier)
        _show_steps(found)
        if found.tier:
            _show_map(map_of(scenario, found.tier))
    except (PlanTooLargeError, ValueError) as error:
        st.info(plain(str(error)), icon=":material/info:")


def _choose_tier(scenario: Scenario) -> str | None:
    """The tier aimed at; None: the next one."""
    if scenario.rules.is_opaque:
        return None
    tiers = (None, *scenario.rules.tier_names[1:])
    if st.session_state.get("aimed_at") not in tiers:
        st.session_state.aimed_at = None
    return st.selectbox(
        say("Tier aimed at"),
        tiers,
        key="aimed_at",
        format_func=lambda tier: tier or say("The next one"),
        width=220,
    )


def _show_steps(found: Sensitivity) -> None:
    st.markdown(plain(sensitivity_takeaway(found)))
    if not found.effects:
        return
    draw(sensitivity_chart(found, theme()), say("Days sooner or later for each step"))
    with st.container(horizontal=True):
        for place, effect in enumerate(effects_drawn(found)):
            st.button(
                plain(effect.change),
                key=f"take_step_{place}",
                icon=":material/input:",
                on_click=form.fill,
                args=(effect.scenario,),
                help=plain(effect.text),
            )


def _show_map(found: DateMap) -> None:
    title = say("{tier} by tokens per day and prepay now", tier=plain(found.tier))
    st.markdown(f"**{title}**")
    draw(
        date_map_chart(found, theme()),
        say("Opening day by tokens per day and prepay now"),
        on_select=lambda: _go_to_cell(found),
        selection_mode=SELECTED,
        key=_MAP,
    )
    click = say("A click on a cell moves the sliders there.")
    st.caption(f"{plain(date_map_takeaway(found))} {click}")


def _go_to_cell(found: DateMap) -> None:
    cells = st.session_state[_MAP].selection[SELECTED]
    if cells:
        cell = cells[0]
        form.fill(found.at(float(cell["tokens"]), Decimal(str(cell["prepay"]))))
