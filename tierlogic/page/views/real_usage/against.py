"""Plan against actual: how many days early or late each tier now looks."""

import pandas as pd
import streamlit as st

from tierlogic.imports.words import deviation_in_words
from tierlogic.page import actuals
from tierlogic.page.markdown import plain
from tierlogic.projection import Projection


def show_plan_against_actual(projection: Projection) -> None:
    """Draw both for each tier, where the files tell some of the plan's days."""
    found = actuals.beside(projection)
    if found is None:
        return
    st.markdown("**The open plan against what came of it**")
    sentences = deviation_in_words(found)
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
    rows = [(tier.tier, tier.planned, tier.now, tier.days) for tier in found.tiers]
    dates = ("Planned", "Now looks")
    st.dataframe(
        pd.DataFrame(rows, columns=["Tier", *dates, "Days later"]).astype({"Days later": "Int64"}),
        hide_index=True,
        alt="Each tier: the day it was planned to open, the day it now looks to open, days later",
        column_config={
            name: st.column_config.DateColumn(name, format="D MMM YYYY") for name in dates
        },
    )
