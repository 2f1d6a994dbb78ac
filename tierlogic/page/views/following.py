"""What follows the thumb of a slider while it is held: the first lines and the charts.

Each is a fragment. A message of a held thumb runs these alone; its release runs the whole page.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from tierlogic.language import language_for, speaking
from tierlogic.page import asking, faults
from tierlogic.page.current import current_answer
from tierlogic.page.live_slider import carry_held, is_held
from tierlogic.page.turns import in_turn
from tierlogic.page.views.charts import show_charts
from tierlogic.page.views.headline import show_headline, show_sooner

FOLLOWERS = ("headline", "charts", "sooner")
"""Their keys, in the order in which they are drawn."""


@st.fragment(key="headline")
def headline_that_follows() -> None:
    """Draw the answer in words; ranges of days take longer, and wait for the release."""
    with _by_itself():
        if asking.asked().within is None:
            show_headline(current_answer()[0])


@st.fragment(key="charts")
def charts_that_follow() -> None:
    """Draw the charts, and tell the slider that its value is drawn."""
    with _by_itself():
        show_charts(current_answer()[0])
        carry_held()


@st.fragment(key="sooner")
def sooner_that_follows() -> None:
    """Draw the step that gains most; while a thumb is held, only its place."""
    with _by_itself():
        if asking.asked().within is None:
            show_sooner(current_answer()[0], is_held=is_held())


@contextmanager
def _by_itself() -> Iterator[None]:
    """Take a turn, speak and tell faults as the whole page does, which is not around a fragment."""
    with in_turn(), speaking(language_for(st.context.locale)), faults.told():
        yield
