"""The page, from top to bottom: the address makes a plan, the plan an answer, views show it."""

from datetime import UTC, datetime

import streamlit as st

# The whole before its parts: where two visitors are the first, both import at once, and a part that
# waits for the whole could be what the whole waits for.
import tierlogic as tl
from tierlogic.page import asking, faults, form, many_accounts, memory
from tierlogic.page.address import open_address, write_address
from tierlogic.page.current import current_answer
from tierlogic.page.document import tend_document
from tierlogic.page.inputs import show_inputs
from tierlogic.page.turns import in_turn
from tierlogic.page.views.cards import show_cards
from tierlogic.page.views.embedded import show_embedded
from tierlogic.page.views.following import (
    charts_that_follow,
    headline_that_follows,
    sooner_that_follows,
)
from tierlogic.page.views.headline import show_headline_within, show_newer_rules
from tierlogic.page.views.many_accounts import show_many_accounts
from tierlogic.page.views.real_usage import show_real_usage
from tierlogic.page.views.tables import show_tables
from tierlogic.page.views.target import show_goal, show_target
from tierlogic.page.views.top import place_of_title, show_notices, show_title

st.set_page_config("Tierlogic", page_icon="🪜", layout="wide")
with in_turn(), tl.speaking(tl.language_for(st.context.locale)), faults.told():
    today = datetime.now(UTC).date()
    memory.settle(today)

    if many_accounts.is_open():
        show_many_accounts()
        tend_document()
        st.stop()
    open_address(today)
    if st.context.is_embedded:
        show_embedded(today)
        tend_document()
        st.stop()

    # What changes most comes first: the browser draws it while the rest is on its way.
    # A container costs it time on every run, unless it stays empty.
    form.follow()
    answered, found = current_answer()
    plan = answered.scenario
    title, notices = place_of_title(), st.container()
    headline_that_follows()
    headline_within, change, newer, target = [st.container() for _ in range(4)]
    pictures, inputs = st.columns([2, 1], gap="large")
    # The gap keeps the buttons of the chart, which show above it, off the sliders.
    with pictures, st.container(gap="medium"):
        sliders = st.columns(2, gap="medium")
        charts_that_follow()
    with inputs:
        complaints = show_inputs(found, sliders)
    with target:
        if st.session_state.mode == asking.TARGET:
            show_goal(plan)
    asked = asking.asked()
    with title:
        show_title(answered, asked, today)
    with notices:
        show_notices(plan, found, complaints, today)
    with newer:
        show_newer_rules(answered, today)
    show_cards(answered, today)
    write_address(plan, asked)

    # What takes longer comes last: the page above can be used meanwhile.
    with change:
        sooner_that_follows()
    if asked.within:
        with headline_within:
            show_headline_within(answered, asked.within)
    with target:
        show_target(plan, asked)
        show_real_usage(answered, today)
    show_tables(answered, asked, today)
    tend_document()
