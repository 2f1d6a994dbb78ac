"""The page, from top to bottom: the address makes a plan, the plan an answer, views show it."""

from datetime import UTC, datetime

import streamlit as st

from tierlogic.page import faults, memory
from tierlogic.page.address import open_address, write_address
from tierlogic.page.inputs import show_inputs
from tierlogic.page.views.cards import show_cards
from tierlogic.page.views.charts import show_charts
from tierlogic.page.views.headline import show_headline
from tierlogic.page.views.tables import show_tables
from tierlogic.page.views.top import show_notices, show_title

st.set_page_config("Tierlogic", page_icon="🪜", layout="wide")
with faults.told():
    memory.settle()
    today = datetime.now(UTC).date()

    open_address(today)
    title, first_lines = st.container(), st.container()
    inputs, pictures = st.columns([1, 2], gap="large")

    with inputs:
        answered, complaints = show_inputs()

    with title:
        show_title(answered.scenario)
    with first_lines:
        show_notices(complaints)
        show_headline(answered)
    with pictures:
        show_cards(answered, today)
        show_charts(answered)
    show_tables(answered, today)

    write_address(answered.scenario)
