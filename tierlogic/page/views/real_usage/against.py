"""Plan against actual: how many days early or late each tier now looks."""

import pandas as pd
import streamlit as st

from tierlogic.imports.words import late_in_words, money_beside_plan
from tierlogic.page import actuals
from tierlogic.page.markdown import plain
from tierlogic.projection import Projection


def show_plan_against_actual(projection: Projection) -> None:
    """Draw both for each tier, where the files tell some of the plan's days."""
    found = actuals.beside(projection)
    if found is None:
        return
    st.markdown("**The open plan against what came of it**")
    st.markdown(plain(money_beside_plan(found)))
    rows = [
        (tier.tier, tier.planned, tier.now, "" if tier.days is None else late_in_words(tier.days))
        for tier in found.tiers
    ]
    dates = ("Planned", "Now looks")
    st.dataframe(
        pd.DataFrame(rows, columns=["Tier", *dates, "Difference"]),
        hide_index=True,
        placeholder="not in plan",
        alt="Each tier: the day planned, the day it now looks to open, and how much later that is",
        column_config={
            name: st.column_config.DateColumn(name, format="localized") for name in dates
        },
    )
