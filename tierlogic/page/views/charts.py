"""The account over time: money against the thresholds, and the limit beside the need."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import streamlit as st

from tierlogic.answer import OTHER_READING, Answer
from tierlogic.capacity import lines_by_row
from tierlogic.charts.account import account_chart
from tierlogic.charts.actual import actual_takeaway
from tierlogic.charts.money import money_chart, money_takeaway
from tierlogic.charts.rates import rates_takeaway
from tierlogic.charts.words import first_few
from tierlogic.full_request_in_words import full_request_in_words
from tierlogic.language import say
from tierlogic.page import actuals
from tierlogic.page.markdown import plain
from tierlogic.page.views.drawing import draw, theme

_MARKS = {"▲": "events", "⋮": "other"}
"""Events, and the days under the other reading: as they look, and their frames."""


def show_charts(answered: Answer) -> None:
    """Draw the scenario's reading as one chart, with what its parts show in words."""
    chosen, other = answered.chosen, answered.by_reading[OTHER_READING[answered.scenario.reading]]
    actual = actuals.drawn_on(chosen)
    groups = lines_by_row(answered.scenario)
    # The choice stands beneath the picture that it changes.
    picture = st.container() if len(groups) > 1 else nullcontext()
    line = _choose_line(answered, groups)
    with picture:
        if line is None:
            chart = money_chart(chosen, theme(), other, actual)
            draw(chart, say("Money over time"))
        else:
            chart = account_chart(chosen, theme(), line, other, actual)
            draw(chart, say("Money over time, and tokens per minute: limit and need"))
    said = [f"**{say('Money:')}** {plain(money_takeaway(chosen))}", *_said_of_marks(chart)]
    if actual:
        said.append(plain(actual_takeaway(actual, chosen)))
    if line is not None:
        said.append(f"**{say('Tokens per minute:')}** {plain(_said_of_rates(answered, line))}")
    st.caption("\n\n".join(said))


def _said_of_marks(chart: dict[str, Any]) -> Iterator[str]:
    """Say what a pointer reads at the marks that have no name, for all who have none."""
    for sign, marks in _MARKS.items():
        texts = list(chart["datasets"][marks]["text"])
        if texts:
            yield f"**{sign}** {plain(first_few(texts))}"


def _said_of_rates(answered: Answer, line: int) -> str:
    # That of the first line stands in the answer.
    request = full_request_in_words(answered, line) if line else None
    return " ".join([rates_takeaway(answered.chosen, line), *([request] if request else [])])


def _choose_line(answered: Answer, groups: list[list[int]]) -> int | None:
    """The first line, or where several rows of limits are in play, the one chosen."""
    usage = answered.scenario.usage
    if len(groups) < 2:
        return groups[0][0] if groups else None
    return st.segmented_control(
        say("Model whose limit is shown"),
        [group[0] for group in groups],
        default=groups[0][0],
        format_func=lambda line: usage[line].model,
        required=True,
        key="charted_line",
    )
