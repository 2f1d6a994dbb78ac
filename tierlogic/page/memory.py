"""Memory at rest: what is loaded once is left out of every later garbage collection."""

import gc
from datetime import date

import streamlit as st

from tierlogic.charts import DARK, LIGHT, account_chart
from tierlogic.page.answers import answer_to
from tierlogic.page.presets import newcomer


@st.cache_resource(show_spinner=False)
def settle(_today: date) -> None:
    """Load and freeze, once per server: first visitors wait for one to do so."""
    load_and_freeze(_today)


def load_and_freeze(today: date) -> None:
    """Read the rules and the prices, make the templates of the charts in sight, and freeze all."""
    answered = answer_to(newcomer(today))
    for theme in (LIGHT, DARK):
        account_chart(answered.chosen, theme)
    gc.collect()
    # Scanning it costs 80 ms a time.
    gc.freeze()
