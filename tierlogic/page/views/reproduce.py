"""The plan as a shell line and as Python code, each with a copy button."""

import streamlit as st

from tierlogic.exports.reproduce import reproduce
from tierlogic.language import say
from tierlogic.scenario import Scenario


def show_reproduce(scenario: Scenario) -> None:
    """Draw what reproduces a plan's figures outside of the page."""
    command, python = reproduce(scenario, st.context.url or "")
    st.markdown(say("In a shell, after `pip install .` in a copy of Tierlogic:"))
    st.code(command, language="bash", wrap_lines=True)
    st.markdown(say("In Python or a notebook:"))
    st.code(python, language="python")
