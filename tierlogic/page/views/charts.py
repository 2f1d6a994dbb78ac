"""Two charts on one time axis: money against the thresholds, and the limit beside the need."""

import streamlit as st

from tierlogic.answer import OTHER_READING, Answer
from tierlogic.capacity import lines_by_row
from tierlogic.charts.actual import actual_takeaway
from tierlogic.charts.money import money_chart, money_takeaway
from tierlogic.charts.rates import rates_chart, rates_takeaway
from tierlogic.full_request_in_words import full_request_in_words
from tierlogic.page import actuals
from tierlogic.page.markdown import plain
from tierlogic.page.views.drawing import draw, theme


def show_charts(answered: Answer) -> None:
    """Draw both charts for the scenario's reading, with what they show in words."""
    other = answered.by_reading[OTHER_READING[answered.scenario.reading]]
    actual = actuals.drawn_on(answered.chosen)
    draw(money_chart(answered.chosen, theme(), other, actual), "Money over time")
    st.caption(plain(money_takeaway(answered.chosen)))
    if actual:
        st.caption(plain(actual_takeaway(actual, answered.chosen)))
    days_before = actual.days_before(answered.scenario) if actual else 0
    line = _choose_line(answered)
    if line is None:
        return
    rates = rates_chart(answered.chosen, theme(), line, days_before)
    draw(rates, "Tokens per minute: limit and need")
    # That of the first line stands in the answer.
    request = full_request_in_words(answered, line) if line else None
    said = [rates_takeaway(answered.chosen, line), *([request] if request else [])]
    st.caption(plain(" ".join(said)))


def _choose_line(answered: Answer) -> int | None:
    """The first line, or where several rows of limits are in play, the one chosen."""
    usage = answered.scenario.usage
    groups = lines_by_row(answered.scenario)
    if len(groups) < 2:
        return groups[0][0] if groups else None
    return st.segmented_control(
        "Model whose limit is shown",
        [group[0] for group in groups],
        default=groups[0][0],
        format_func=lambda line: usage[line].model,
        required=True,
        key="charted_line",
    )
