"""The top of the page: its name, the ways in and out, and what could not be read."""

import streamlit as st

from tierlogic.page import form
from tierlogic.page.address import opened_link
from tierlogic.page.markdown import plain
from tierlogic.page.presets import seed
from tierlogic.page.views.share import show_share
from tierlogic.scenario import Scenario


def show_title(scenario: Scenario) -> None:
    """Draw the name, the plan's title, the seed case and the link."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("## Tierlogic", width="content")
        title = plain(scenario.title) or "When does the next usage tier open?"
        st.caption(title, width="stretch")
        st.button(
            "Example: buy it or use it?",
            key="seed",
            icon=":material/lightbulb:",
            on_click=_fill_seed,
            help="At Tier 3, 14 days after the first payment: is buying up to \\$250 enough?",
        )
        show_share(scenario)


def show_notices(complaints: list[str]) -> None:
    """Say what could not be read of the link, and which inputs stand in the way."""
    opened = opened_link()
    if opened.problems:
        what = (
            "Parts of this link could not be read. The rest is opened."
            if opened.scenario
            else "This link could not be opened. An example stands in its place."
        )
        listed = [
            f"`{_quoted(problem.parameter)}` = `{_quoted(problem.given)}`: {plain(problem.message)}"
            for problem in opened.problems
        ]
        _warn(what, listed, ":material/link_off:")
    if complaints:
        what = "An input cannot be used. What you see is the last plan that holds."
        _warn(what, complaints, ":material/edit_off:")


def _warn(what: str, listed: list[str], icon: str) -> None:
    st.warning("\n".join([what, "", *(f"- {entry}" for entry in listed)]), icon=icon)


def _fill_seed() -> None:
    form.fill(seed())


def _quoted(given: str) -> str:
    return given.replace("`", "'")
