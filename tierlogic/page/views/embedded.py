"""The page in another page's frame: charts and answer, no inputs."""

from datetime import date

import streamlit as st

from tierlogic.language import say
from tierlogic.links import as_query, to_parameters
from tierlogic.page.address import opened_link
from tierlogic.page.answers import answer_to
from tierlogic.page.markdown import plain
from tierlogic.page.views.cards import show_cards
from tierlogic.page.views.charts import show_charts
from tierlogic.page.views.headline import show_headline, show_headline_within
from tierlogic.page.views.top import show_problems


def show_embedded(today: date) -> None:
    """Draw the plan of the address: charts first, then the answer, then the way to the page."""
    answered, asked = answer_to(st.session_state.last_good), opened_link().asked
    if answered.scenario.title:
        st.markdown(f"**{plain(answered.scenario.title)}**")
    show_charts(answered)
    if asked.within:
        show_headline_within(answered, asked.within)
    else:
        show_headline(answered)
    show_cards(answered, today)
    show_problems()
    query = as_query(to_parameters(answered.scenario, asked))
    address = f"{st.context.url}?{query}"
    st.link_button(say("Open in Tierlogic"), address, icon=":material/open_in_new:")
