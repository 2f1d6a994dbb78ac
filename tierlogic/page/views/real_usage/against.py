"""Plan against actual: how many days early or late each tier now looks."""

import pandas as pd
import streamlit as st

from tierlogic.imports.words import late_in_words, money_beside_plan
from tierlogic.language import say
from tierlogic.page import actuals
from tierlogic.page.dates import date_column
from tierlogic.page.markdown import plain
from tierlogic.projection import Projection


def show_plan_against_actual(projection: Projection) -> None:
    """Draw both for each tier, where the files tell some of the plan's days."""
    found = actuals.beside(projection)
    if found is None:
        return
    st.markdown(f"**{say('The open plan against what came of it')}**")
    st.markdown(plain(money_beside_plan(found)))
    rows = [
        (tier.tier, tier.planned, tier.now, "" if tier.days is None else late_in_words(tier.days))
        for tier in found.tiers
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=["tier", "planned", "now", "late"]),
        hide_index=True,
        placeholder=say("not in plan"),
        alt=say(
            "Each tier: the day planned, the day it now looks to open, and how much later that is"
        ),
        column_config={
            "tier": say("Tier"),
            "planned": date_column(say("Planned")),
            "now": date_column(say("Now looks")),
            "late": say("Difference"),
        },
    )
