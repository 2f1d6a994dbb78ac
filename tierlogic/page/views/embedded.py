"""The page in another page's frame: charts and answer, no inputs."""

from datetime import date

import streamlit as st

from tierlogic.counts import count_in_short
from tierlogic.exports.assumptions import plan_in_words
from tierlogic.language import say
from tierlogic.links import as_query, to_parameters
from tierlogic.page.address import opened_link
from tierlogic.page.answers import answer_to
from tierlogic.page.markdown import plain
from tierlogic.page.views.cards import show_cards
from tierlogic.page.views.charts import show_charts
from tierlogic.page.views.headline import show_headline, show_headline_within
from tierlogic.page.views.top import show_problems
from tierlogic.rules.catalog import provider_of
from tierlogic.scenario import Scenario


def show_embedded(today: date) -> None:
    """Draw the plan of the address: charts first, then the answer, then the way to the page."""
    answered, asked = answer_to(st.session_state.last_good), opened_link().asked
    if answered.scenario.title:
        st.markdown(f"**{plain(answered.scenario.title)}**")
    st.caption(plain(_plan_in_a_line(answered.scenario)))
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


def _plan_in_a_line(scenario: Scenario) -> str:
    """Say whose tiers these are, and for what use."""
    uses = [
        say(
            "{model}, {tokens} tokens a day",
            model=line.model,
            tokens=count_in_short(line.tokens_per_day),
        )
        for line in scenario.usage
    ]
    return " · ".join([provider_of(scenario.rules).name, *uses, plan_in_words(scenario)])
