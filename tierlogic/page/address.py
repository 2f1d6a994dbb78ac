"""The address bar is the link: opened when it changes from outside, written as the plan changes.

Every write is a step in the browser's history, so that Back undoes the last change. An address
that differs from the last one written here came from outside: a link, Back, Forward or Reload.
Unless an input was changed meanwhile: a quick hand is faster than the browser's address bar, and
what it did came later than the address that the browser still shows.
"""

from datetime import date

import streamlit as st

from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.links import LinkProblem, OpenedLink, open_link, to_parameters
from tierlogic.page import form
from tierlogic.page.answers import answer_to
from tierlogic.page.presets import newcomer
from tierlogic.scenario import Scenario


def open_address(today: date) -> None:
    """Fill the form from the address, if it came from outside."""
    state, address = st.session_state, _address()
    if state.get("address") == address or form.is_edited():
        return
    default = newcomer(today)
    opened = _opened(address, default) if address else OpenedLink(default, ())
    scenario = opened.scenario or default
    state.address = address
    state.opened_link = opened
    state.last_good = scenario
    state.shown = None
    form.fill(scenario)


def _opened(address: dict[str, list[str]], default: Scenario) -> OpenedLink:
    """Read a link; one whose plan cannot be projected holds no scenario."""
    opened = open_link(
        address,
        otherwise={"ladder": default.ladder, "limits": default.limits, "start": str(default.start)},
    )
    if opened.scenario is None:
        return opened
    try:
        answer_to(opened.scenario)
    except PlanTooLargeError as error:
        too_large = LinkProblem("tokens", ", ".join(address.get("tokens", ())), str(error))
        return OpenedLink(None, (*opened.problems, too_large))
    return opened


def opened_link() -> OpenedLink:
    """What the address said that the plan was opened from, until the plan is changed."""
    opened: OpenedLink = st.session_state.opened_link
    return opened


def write_address(scenario: Scenario) -> None:
    """Put a changed plan into the address. A plan that was only opened leaves it as it is."""
    state, parameters = st.session_state, to_parameters(scenario)
    form.remember()
    if state.shown is None:
        state.shown = parameters
    if parameters == state.shown:
        return
    st.query_params.from_dict(parameters)
    state.shown = parameters
    state.address = _address()
    state.opened_link = OpenedLink(scenario, ())


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
