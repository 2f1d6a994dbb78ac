"""How sure it is: the days of every tier over many draws, and the money as a fan."""

import pandas as pd
import streamlit as st

from tierlogic.answer import READINGS, if_reading, reading_heading
from tierlogic.charts.fan import fan_chart, fan_takeaway
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.language import say, to_say
from tierlogic.links import Asked
from tierlogic.page.answers import ranges_of
from tierlogic.page.dates import date_column
from tierlogic.page.markdown import plain
from tierlogic.page.size import too_much
from tierlogic.page.views.drawing import draw, theme
from tierlogic.questions.ranges import RangesAnswer
from tierlogic.scenario import Reading, Scenario


def show_certainty(scenario: Scenario, asked: Asked) -> None:
    """Draw the fan and the table, or how to get them."""
    if asked.within is None:
        st.info(
            say("Turn on ranges in the group “How sure is it”: dates then come as ranges of days."),
            icon=":material/ssid_chart:",
        )
        return
    if too_much(scenario, asked.within.draws * len(READINGS)):
        return
    try:
        found = ranges_of(scenario, asked.within)
    except PlanTooLargeError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    draw(fan_chart(found, theme()), say("Money over time, over all draws"))
    st.caption(plain(fan_takeaway(found)))
    readings = READINGS if scenario.rules.contested else (scenario.reading,)
    for reading in readings:
        if len(readings) > 1:
            st.markdown(f"**{reading_heading(reading)}**")
        _show_table(found, reading)


def _show_table(found: RangesAnswer, reading: Reading) -> None:
    rows = [
        {
            to_say("Tier"): each.tier,
            to_say("In the plan"): each.planned,
            to_say("By then in 10 %"): each.earliest,
            to_say("In 50 %"): each.likely,
            to_say("In 90 %"): each.latest,
            to_say("Most likely"): each.most_likely,
            to_say("Opens in"): each.share,
        }
        for each in found.tiers[reading]
    ]
    dates = [name for name in rows[0] if name not in {"Tier", "Opens in"}] if rows else []
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        alt=say("When each tier opens over all draws, {condition}", condition=if_reading(reading)),
        column_config={
            "Tier": st.column_config.TextColumn(say("Tier")),
            **{name: date_column(say(name)) for name in dates},
            "Opens in": st.column_config.NumberColumn(
                say("Opens in"), format="percent", help=say("Share of the draws within the plan.")
            ),
        },
    )
