"""The plan before: put aside when another takes its place, and offered until that is changed."""

import streamlit as st

from tierlogic.links import Asked
from tierlogic.page import asking, form
from tierlogic.scenario import Scenario

Before = tuple[Scenario, Asked]
"""A plan, and what was asked of it."""


def put_aside(before: Before | None, anew: Scenario) -> None:
    """Keep what another plan takes the place of; None: it is not worth it."""
    st.session_state.put_aside = (before, anew) if before else None


def take(before: Before, anew: Scenario) -> None:
    """Fill the form with another plan, and put the one before aside."""
    if anew != before[0]:
        put_aside(before, anew)
    form.fill(anew)


def plan_before(scenario: Scenario) -> Before | None:
    """Return what a plan took the place of, for as long as it stands unchanged."""
    before, anew = st.session_state.get("put_aside") or (None, None)
    return before if scenario == anew else None


def bring_back(scenario: Scenario, asked: Asked) -> None:
    """Fill the page with what was put aside."""
    st.session_state.put_aside = None
    form.fill(scenario)
    asking.fill(asked, scenario)
