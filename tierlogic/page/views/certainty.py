"""How sure it is: the days of every tier over many draws, and the money as a fan."""

from dataclasses import asdict

import pandas as pd
import streamlit as st

from tierlogic.answer import READINGS, if_reading, reading_heading
from tierlogic.charts.fan import fan_chart, fan_takeaway
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.language import number, say
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
    days = {
        "planned": say("In your plan"),
        "earliest": say("{share} of the plans by", share=number(0.1, ".0%")),
        "likely": say("Half of the plans by"),
        "latest": say("{share} of the plans by", share=number(0.9, ".0%")),
        "most_likely": say("Most likely"),
    }
    st.dataframe(
        pd.DataFrame([asdict(each) for each in found.tiers[reading]]),
        hide_index=True,
        placeholder=say("not in plan"),
        alt=say("When each tier opens over all draws, {condition}", condition=if_reading(reading)),
        column_order=["tier", *days, "share"],
        column_config={
            "tier": say("Tier"),
            **{name: date_column(label) for name, label in days.items()},
            "share": st.column_config.NumberColumn(
                say("Plans that open it"),
                format="percent",
                help=say("Share of the drawn plans in which the tier opens."),
            ),
        },
    )
