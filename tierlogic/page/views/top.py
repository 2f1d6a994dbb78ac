"""The top of the page: its name, the ways in and out, and what could not be read."""

import streamlit as st

from tierlogic.page import form
from tierlogic.page.address import link_problems
from tierlogic.page.markdown import plain
from tierlogic.page.presets import seed
from tierlogic.page.views.share import show_share
from tierlogic.scenario import Scenario


def show_title(scenario: Scenario) -> None:
    """Draw the name, the plan's title, the seed case and the link."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("## Tierlogic", width="content")
        st.caption(scenario.title or "When does the next usage tier open?", width="stretch")
        st.button(
            "Example: buy it or use it?",
            key="seed",
            icon=":material/lightbulb:",
            on_click=_fill_seed,
            help="At Tier 3, 14 days after the first payment: is buying up to \\$250 enough?",
        )
        show_share(scenario)


def show_notices(*, holds: bool) -> None:
    """Say what could not be read of the link, and whether an input stands in the way."""
    problems = link_problems()
    if problems:
        listed = "\n".join(
            f"- `{problem.parameter}` = `{_quoted(problem.given)}`: {plain(problem.message)}"
            for problem in problems
        )
        st.warning(
            f"Parts of this link could not be read. The rest is opened.\n\n{listed}",
            icon=":material/link_off:",
        )
    if not holds:
        st.warning(
            "An input cannot be used: see the message beside it. "
            "What you see is the last plan that holds.",
            icon=":material/edit_off:",
        )


def _fill_seed() -> None:
    form.fill(seed())


def _quoted(given: str) -> str:
    return given.replace("`", "'")
