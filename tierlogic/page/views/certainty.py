"""How sure it is: the days of every tier over many draws, and the money as a fan."""

import pandas as pd
import streamlit as st

from tierlogic.answer import READINGS, if_reading, reading_heading
from tierlogic.charts.fan import fan_chart, fan_takeaway
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.links import Asked
from tierlogic.page.answers import ranges_of
from tierlogic.page.markdown import plain
from tierlogic.page.size import too_much
from tierlogic.page.views.drawing import draw, theme
from tierlogic.questions.ranges import RangesAnswer
from tierlogic.scenario import Reading, Scenario


def show_certainty(scenario: Scenario, asked: Asked) -> None:
    """Draw the fan and the table, or how to get them."""
    if asked.within is None:
        st.info(
            "Turn on ranges in the group “How sure is it”: dates then come as ranges of days.",
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
    draw(fan_chart(found, theme()), "Money over time, over all draws")
    st.caption(plain(fan_takeaway(found)))
    readings = READINGS if scenario.rules.contested else (scenario.reading,)
    for reading in readings:
        if len(readings) > 1:
            st.markdown(f"**{reading_heading(reading)}**")
        _show_table(found, reading)


def _show_table(found: RangesAnswer, reading: Reading) -> None:
    rows = [
        {
            "Tier": each.tier,
            "In the plan": each.planned,
            "By then in 10 %": each.earliest,
            "In 50 %": each.likely,
            "In 90 %": each.latest,
            "Most likely": each.most_likely,
            "Opens in": each.share,
        }
        for each in found.tiers[reading]
    ]
    dates = [name for name in rows[0] if name not in {"Tier", "Opens in"}] if rows else []
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        alt=f"When each tier opens over all draws, {if_reading(reading)}",
        column_config={
            **{name: st.column_config.DateColumn(name, format="D MMM YYYY") for name in dates},
            "Opens in": st.column_config.NumberColumn(
                "Opens in", format="percent", help="Share of the draws within the plan."
            ),
        },
    )
