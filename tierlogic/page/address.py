"""The address bar is the link: opened when it changes from outside, written as the plan changes.

Every write is a step in the browser's history, so that Back undoes the last change. An address
that differs from the last one written here came from outside: a link, Back, Forward or Reload.
"""

from datetime import date

import streamlit as st

from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.links import LinkProblem, open_link, to_parameters
from tierlogic.page import form
from tierlogic.page.answers import answer_to
from tierlogic.page.presets import newcomer
from tierlogic.scenario import Scenario


def open_address(today: date) -> None:
    """Fill the form from the address, if it is not the one that this page wrote last."""
    state, address = st.session_state, _address()
    if state.get("address") == address:
        return
    scenario, problems = _opened(address, newcomer(today)) if address else (newcomer(today), ())
    state.address = address
    state.link_problems = problems
    state.last_good = scenario
    state.shown = None
    form.fill(scenario)


def _opened(
    address: dict[str, list[str]], default: Scenario
) -> tuple[Scenario, tuple[LinkProblem, ...]]:
    """Read a link; the default stands in for what has no plan that can be projected."""
    opened = open_link(
        address,
        otherwise={"ladder": default.ladder, "limits": default.limits, "start": str(default.start)},
    )
    if opened.scenario is None:
        return default, opened.problems
    try:
        answer_to(opened.scenario)
    except PlanTooLargeError as error:
        return default, (*opened.problems, LinkProblem("tokens", "the whole plan", str(error)))
    return opened.scenario, opened.problems


def link_problems() -> tuple[LinkProblem, ...]:
    """What could not be read of the address that the plan was opened from."""
    problems: tuple[LinkProblem, ...] = st.session_state.link_problems
    return problems


def write_address(scenario: Scenario) -> None:
    """Put a changed plan into the address. A plan that was only opened leaves it as it is."""
    state, parameters = st.session_state, to_parameters(scenario)
    if state.shown is None:
        state.shown = parameters
    if parameters == state.shown:
        return
    st.query_params.from_dict(parameters)
    state.shown = parameters
    state.address = _address()
    state.link_problems = ()


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
