"""Tables: unlocks with reasons and sources, days with a CSV, events, where the rules come from."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from tierlogic.answer import Answer
from tierlogic.exports import daily_csv
from tierlogic.links import Asked
from tierlogic.money import SYMBOLS
from tierlogic.page.views.certainty import show_certainty
from tierlogic.page.views.comparison import show_comparison
from tierlogic.page.views.evidence import show_evidence
from tierlogic.page.views.matters import show_matters
from tierlogic.page.views.sources import show_sources
from tierlogic.projection import Projection


def show_tables(answered: Answer, asked: Asked, today: date) -> None:
    """Draw the questions and the tables; only the one in front is computed."""
    scenario = answered.scenario
    views: dict[str, Callable[[], None]] = {
        "Unlocks": lambda: _unlocks(answered),
        "What matters": lambda: show_matters(scenario),
        "Compare": lambda: show_comparison(scenario, asked),
        "How sure": lambda: show_certainty(scenario, asked),
        "Daily figures": lambda: _days(answered),
        "Events": lambda: _events(answered),
        "Rules and sources": lambda: show_sources(answered, today),
        "In practice": show_evidence,
    }
    tabs = st.tabs(list(views), key="tables", on_change="rerun")
    for tab, show in zip(tabs, views.values(), strict=True):
        if tab.open:
            with tab:
                show()


def _unlocks(answered: Answer) -> None:
    ladder = answered.scenario.rules
    rows = []
    for tier, unlock in zip(ladder.tiers, answered.chosen.unlocks, strict=True):
        source = ladder.source_of(tier)
        rows.append(
            {
                "Tier": unlock.tier,
                "Opens": unlock.on,
                "Under the other reading": answered.other(unlock.tier).on,
                "Why": unlock.why,
                "Money met": unlock.money_met_on,
                "Wait over": unlock.wait_over_on,
                "Rule": tier.wording,
                "Source": source.url,
                "Link": source.url if source.url.startswith("https://") else None,
                "Confidence": source.confidence,
                "Read": source.read,
            }
        )
    dates = ("Opens", "Under the other reading", "Money met", "Wait over", "Read")
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        alt="Unlocks of every tier with their reasons and the sources of the rules",
        column_config={
            **{name: st.column_config.DateColumn(name, format="D MMM YYYY") for name in dates},
            "Why": st.column_config.TextColumn("Why", width="large"),
            "Source": st.column_config.TextColumn("Source", width="medium"),
            "Link": st.column_config.LinkColumn("Link", display_text="open"),
        },
    )


def _days(answered: Answer) -> None:
    projection = answered.chosen
    symbol = SYMBOLS[answered.scenario.rules.currency]
    money = ("used", "paid", "balance", "cost", "purchased", "recharged", "invoice_paid", "lapsed")
    tokens = [name for name in map(str, projection.daily) if name.startswith("tokens")]
    st.download_button(
        "Download CSV",
        lambda: daily_csv(projection),
        file_name=_file_name(projection),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    st.dataframe(
        projection.daily,
        alt="Every day of the plan: tier, money and tokens",
        column_config={
            "date": st.column_config.DateColumn("date", format="iso8601"),
            **{name: st.column_config.NumberColumn(name, format=f"{symbol}%.2f") for name in money},
            **{name: st.column_config.NumberColumn(name, format="localized") for name in tokens},
        },
    )


def _events(answered: Answer) -> None:
    events = answered.chosen.events
    if not events:
        st.caption("Nothing happens besides the unlocks.")
        return
    st.dataframe(
        pd.DataFrame([{"Date": event.on, "What happens": event.text} for event in events]),
        hide_index=True,
        alt="Events of the account by date",
        column_config={
            "Date": st.column_config.DateColumn("Date", format="D MMM YYYY"),
            "What happens": st.column_config.TextColumn("What happens", width="large"),
        },
    )


def _file_name(projection: Projection) -> str:
    return f"tierlogic-{projection.scenario.start}-{projection.scenario.reading}.csv"
