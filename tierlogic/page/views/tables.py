"""What is shown below the charts and the cards: questions and tables, one at a time."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from tierlogic.answer import Answer
from tierlogic.exports import daily_csv
from tierlogic.language import say, to_say
from tierlogic.links import Asked
from tierlogic.money import SYMBOLS
from tierlogic.page.dates import date_column
from tierlogic.page.views.certainty import show_certainty
from tierlogic.page.views.comparison import show_comparison
from tierlogic.page.views.evidence import show_evidence
from tierlogic.page.views.matters import TITLE, show_matters
from tierlogic.page.views.sources import show_sources
from tierlogic.page.views.unlocks import show_unlocks
from tierlogic.projection import Projection

_MONEY = {
    "used": to_say("Used"),
    "paid": to_say("Paid"),
    "balance": to_say("Credit"),
    "cost": to_say("Cost of the day"),
    "purchased": to_say("Bought"),
    "recharged": to_say("Auto-recharged"),
    "invoice_paid": to_say("Invoice paid"),
    "lapsed": to_say("Credit lapsed"),
}
_TOKENS = {
    "tokens_wanted": (to_say("Tokens wanted"), to_say("What the plan would use.")),
    "tokens_served": (to_say("Served"), to_say("What it gets.")),
    "tokens_rate_limited": (
        to_say("Rate-limited"),
        to_say("Held back by a limit of the tier."),
    ),
    "tokens_over_cap": (
        to_say("Over cap"),
        to_say("Held back by the tier's monthly usage limit."),
    ),
    "tokens_unfunded": (
        to_say("Unfunded"),
        to_say("Held back since the credit has run out."),
    ),
    "tokens_above_guaranteed": (
        to_say("Above guaranteed"),
        to_say("Served, but beyond what a soft limit guarantees."),
    ),
}
_ALWAYS = ("tier", "used", "paid", "balance", "cost", "tokens_wanted", "tokens_served")
"""Columns that are shown even where they hold only 0."""
_FORMATS = {"USD": "dollar", "EUR": "euro"}
"""Amounts as the reader's browser writes them; another currency has its symbol in front."""


def show_tables(answered: Answer, asked: Asked, today: date) -> None:
    """Draw the questions and the tables; only the one in front is computed."""
    scenario = answered.scenario
    views: dict[str, Callable[[], None]] = {
        to_say("Unlocks"): lambda: show_unlocks(answered),
        TITLE: lambda: show_matters(scenario),
        to_say("Compare"): lambda: show_comparison(scenario, asked),
        to_say("How sure"): lambda: show_certainty(scenario, asked),
        to_say("Daily figures"): lambda: _days(answered),
        to_say("Events"): lambda: _events(answered),
        to_say("Rules and sources"): lambda: show_sources(answered, today),
        to_say("In practice"): show_evidence,
    }
    first = next(iter(views))
    # Tabs would look the same, but draw all of their panels anew at every step of a slider.
    chosen = st.segmented_control(
        say("What is shown below"),
        views,
        default=first,
        format_func=say,
        required=True,
        key="tables",
        label_visibility="collapsed",
    )
    views[chosen or first]()


def _days(answered: Answer) -> None:
    projection = answered.chosen
    currency = answered.scenario.rules.currency
    st.download_button(
        say("Download CSV"),
        lambda: daily_csv(projection),
        file_name=_file_name(projection),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    daily = projection.daily
    st.caption(say("What is 0 on every day has no column here; the CSV has it."))
    st.dataframe(
        daily,
        column_order=[name for name in map(str, daily) if name in _ALWAYS or daily[name].any()],
        alt=say("Every day of the plan: tier, money and tokens"),
        column_config={
            "date": date_column(say("Day")),
            "tier": st.column_config.TextColumn(say("Tier")),
            **{
                name: st.column_config.NumberColumn(
                    say(label), format=_FORMATS.get(currency, f"{SYMBOLS[currency]}%.2f")
                )
                for name, label in _MONEY.items()
            },
            **{
                name: st.column_config.NumberColumn(
                    say(label), format="localized", help=say(help_text)
                )
                for name, (label, help_text) in _TOKENS.items()
            },
        },
    )


def _events(answered: Answer) -> None:
    events = answered.chosen.events
    if not events:
        st.caption(say("Nothing happens besides the unlocks."))
        return
    st.dataframe(
        pd.DataFrame([{"Date": event.on, "What happens": event.text} for event in events]),
        hide_index=True,
        alt=say("Events of the account by date"),
        column_config={
            "Date": date_column(say("Date")),
            "What happens": st.column_config.TextColumn(say("What happens"), width="large"),
        },
    )


def _file_name(projection: Projection) -> str:
    return f"tierlogic-{projection.scenario.start}-{projection.scenario.reading}.csv"
