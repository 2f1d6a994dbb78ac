"""The address bar is the link: opened when it changes from outside, written as the plan changes.

Every write is a step in the browser's history, so that Back undoes the last change. An address
that differs from the last one written here came from outside: a link, Back, Forward or Reload.
Unless an input was changed meanwhile: a quick hand is faster than the browser's address bar, and
what it did came later than the address that the browser still shows.

What is too long for an address stands in it as a mark: an own rules file, or the whole plan. This
session keeps what the marks stand for, so that Back and Forward find it.
"""

from datetime import date

import streamlit as st

from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.links import (
    MAX_ADDRESS,
    PLAN_FILE,
    Asked,
    LinkProblem,
    OpenedLink,
    open_link,
    to_parameters,
    within_an_address,
)
from tierlogic.page import asking, form
from tierlogic.page.answers import answer_to
from tierlogic.page.current import current_answer
from tierlogic.page.presets import newcomer
from tierlogic.rules.catalog import newest_ladder, newest_limits, providers
from tierlogic.scenario import Scenario


def open_address(today: date) -> None:
    """Fill the form from the address, if it came from outside, or with a plan brought otherwise."""
    state, address = st.session_state, _address()
    brought = state.pop("brought", None)
    if brought is not None:
        _show(_opened(brought, newcomer(today)))
    elif came_from_outside() and not form.is_edited():
        default = newcomer(today)
        opened = _opened(address, default) if address else OpenedLink(default, ())
        state.address = address
        # Until this run has ended, what it fills in is no edit: Back may be pressed twice in a row.
        state.remembered = None
        _show(opened, otherwise=default)
        # A quick hand's change may break this run off; it is to be told from what was opened.
        state.shown = parameters_within_an_address(current_answer()[0].scenario, asking.asked())


def _show(opened: OpenedLink, otherwise: Scenario | None = None) -> None:
    """Fill the form with what was opened, or with another plan where that is none."""
    state, scenario = st.session_state, opened.scenario or otherwise
    state.opened_link = opened
    if scenario:
        state.last_good = scenario
        form.fill(scenario)
        asking.fill(opened.asked, scenario)


def came_from_outside() -> bool:
    """Whether the address is another than the one that was written or opened here last."""
    return bool(st.session_state.get("address") != _address())


def reopen() -> None:
    """Let the next run fill the form from the address, whatever is in the form now."""
    st.session_state.address = st.session_state.remembered = None


def _opened(address: dict[str, list[str]], default: Scenario) -> OpenedLink:
    """Read a link; one whose plan cannot be projected holds no scenario."""
    whole = _kept_plans().get(address.get(PLAN_FILE, [""])[0], address)
    opened = open_link(_with_kept_files(whole), otherwise=_stand_ins(whole, default))
    if opened.scenario is None:
        return opened
    try:
        answer_to(opened.scenario)
    except PlanTooLargeError as error:
        too_large = LinkProblem("tokens", ", ".join(address.get("tokens", ())), str(error))
        return OpenedLink(None, (*opened.problems, too_large))
    return opened


def _stand_ins(address: dict[str, list[str]], default: Scenario) -> dict[str, str]:
    """What stands in for rules that cannot be used: the newest of the link's provider, if any."""
    named = address.get("ladder", [default.ladder])[0].partition("/")[0]
    provider = named if named in providers() else default.rules.provider
    return {
        "ladder": newest_ladder(provider, default.start).id,
        "limits": newest_limits(provider, default.start).id,
        "start": str(default.start),
    }


def opened_link() -> OpenedLink:
    """What the address said that the plan was opened from, until the plan is changed."""
    opened: OpenedLink = st.session_state.opened_link
    return opened


def write_address(scenario: Scenario, asked: Asked) -> None:
    """Put a changed plan into the address. A plan that was only opened leaves it as it is."""
    state, parameters = st.session_state, parameters_within_an_address(scenario, asked)
    form.remember()
    if parameters == state.shown:
        return
    st.query_params.from_dict(parameters)
    state.shown = parameters
    state.address = _address()
    state.opened_link = OpenedLink(scenario, (), asked)


def accept_repairs() -> None:
    """Let the plan as it was opened take the place of the link that could not be read whole."""
    state = st.session_state
    state.shown = {}
    state.opened_link = OpenedLink(state.last_good, (), state.opened_link.asked)


def open_plan(parameters: dict[str, list[str]]) -> None:
    """Let the next run open a plan that did not come by the address, and put it there."""
    st.session_state.brought = parameters


def parameters_within_an_address(scenario: Scenario, asked: Asked) -> dict[str, list[str]]:
    """Return a plan's parameters, with marks for what its address has no room for."""
    whole = to_parameters(scenario, asked)
    short = within_an_address(whole, MAX_ADDRESS - len(f"{st.context.url}?"))
    if PLAN_FILE in short:
        _kept_plans()[short[PLAN_FILE][0]] = whole
        return short
    for name in whole:
        if short[name] != whole[name]:
            _kept_files()[short[name][0]] = whole[name][0]
    return short


def reopen_with(file_mark: str, packed: str) -> bool:
    """Keep an own file and open the link again, if the link lacks it; say whether it does."""
    state = st.session_state
    if not any(file_mark in values for values in state.address.values()):
        return False
    _kept_files()[file_mark] = packed
    reopen()
    return True


def _kept_files() -> dict[str, str]:
    """Packed own files of this session, by mark."""
    kept: dict[str, str] = st.session_state.setdefault("kept_files", {})
    return kept


def _kept_plans() -> dict[str, dict[str, list[str]]]:
    """Parameters of plans of this session that no address has room for, by mark."""
    kept: dict[str, dict[str, list[str]]] = st.session_state.setdefault("kept_plans", {})
    return kept


def _with_kept_files(address: dict[str, list[str]]) -> dict[str, list[str]]:
    kept = _kept_files()
    return {name: [kept.get(value, value) for value in values] for name, values in address.items()}


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
