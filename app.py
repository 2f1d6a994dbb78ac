"""The page, from top to bottom: the address makes a plan, the plan an answer, views show it."""

from datetime import UTC, datetime

import streamlit as st

from tierlogic.language import language_for, speaking
from tierlogic.page import asking, faults, many_accounts, memory
from tierlogic.page.address import open_address, write_address
from tierlogic.page.inputs import show_inputs
from tierlogic.page.live_slider import answer_held, is_held
from tierlogic.page.views.cards import show_cards
from tierlogic.page.views.charts import show_charts
from tierlogic.page.views.embedded import show_embedded
from tierlogic.page.views.headline import (
    show_headline,
    show_headline_within,
    show_newer_rules,
    show_sooner,
)
from tierlogic.page.views.many_accounts import show_many_accounts
from tierlogic.page.views.real_usage import show_real_usage
from tierlogic.page.views.tables import show_tables
from tierlogic.page.views.target import show_goal, show_target
from tierlogic.page.views.top import show_notices, show_title

st.set_page_config("Tierlogic", page_icon="🪜", layout="wide")
with speaking(language_for(st.context.locale)), faults.told():
    memory.settle()
    today = datetime.now(UTC).date()

    if many_accounts.is_open():
        show_many_accounts(today)
        st.stop()
    open_address(today)
    if st.context.is_embedded:
        show_embedded(today)
        st.stop()

    title, first_lines = st.container(), st.container()
    pictures, inputs = st.columns([2, 1], gap="large")

    with inputs:
        answered, complaints = show_inputs(sliders=pictures.container())
    plan, asked, held = answered.scenario, asking.asked(), is_held()

    with title:
        show_title(answered, asked, today)
    with first_lines:
        show_notices(plan, complaints, today)
        words, change, newer, target = [st.container() for _ in range(4)]
    with target:
        if st.session_state.mode == asking.TARGET:
            show_goal(plan)
            asked = asking.asked()
    if asked.within is None:
        with words:
            show_headline(answered)
    with newer:
        show_newer_rules(answered, today)
    with pictures:
        show_charts(answered)
    show_cards(answered, today)
    write_address(plan, asked, is_held=held)
    with inputs:
        answer_held()

    # What takes longer comes last: the page above can be used meanwhile.
    if asked.within:
        with words:
            show_headline_within(answered, asked.within)
    else:
        with change:
            show_sooner(answered, is_held=held)
    with target:
        show_target(plan, asked)
        show_real_usage(answered, today)
    show_tables(answered, asked, today)
