"""Real usage in: files are read, what they say is shown, and a plan is made of it."""

from datetime import date

import streamlit as st

from tierlogic.answer import Answer
from tierlogic.page import actuals, asking
from tierlogic.page.views.real_usage.against import show_plan_against_actual
from tierlogic.page.views.real_usage.figures import show_figures
from tierlogic.page.views.real_usage.files import show_files
from tierlogic.page.views.real_usage.offer import show_offer


def show_real_usage(answered: Answer, today: date) -> None:
    """Draw the way in for files, what they say, and the plan that they make."""
    if st.session_state.mode != asking.USAGE:
        return
    with st.container(border=True, key="real_usage"):
        show_files(today)
        told = actuals.imported()
        if told:
            show_figures(told)
            show_plan_against_actual(answered.chosen)
            show_offer(answered.scenario, told, today)
