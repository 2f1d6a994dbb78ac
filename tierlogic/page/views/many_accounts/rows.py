"""Every account as a row: its tiers with their days, run-out and totals; and rows not read."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tierlogic.money import SYMBOLS
from tierlogic.page.many_accounts import Table
from tierlogic.page.markdown import plain
from tierlogic.page.views.many_accounts.opening import amounts, counts, dates, show_to_open
from tierlogic.rules.own import ladder_of

_MOST_SHOWN = 200
_SAID = {
    "account": "Account",
    "first_tier": "Tier on the first day",
    "last_tier": "On the last day",
    "next_tier": "Does not open",
}
_MONEY = {"used": "Used", "paid": "Paid", "balance": "Credit left"}
_TOKENS = {
    "tokens_wanted": "Tokens wanted",
    "tokens_served": "Served",
    "tokens_rate_limited": "Rate-limited",
    "tokens_over_cap": "Over cap",
    "tokens_unfunded": "Unfunded",
}


def show_unread(read: Table) -> None:
    """Say how many rows were projected, and which could not be read, and why."""
    count, unread = len(read.answers), read.unread
    st.markdown(f"**{plain(read.name)}**: {count:,} account{'' if count == 1 else 's'} projected.")
    if unread.empty:
        return
    words = f"{len(unread):,} row{' was' if len(unread) == 1 else 's were'}"
    with st.expander(f"{words} not read; the rest is used", icon=":material/warning:"):
        shown = unread.iloc[:_MOST_SHOWN].rename_axis("Row").reset_index()
        st.dataframe(
            shown.rename(columns={"account": "Account", "problem": "Why"}),
            hide_index=True,
            alt="Rows that could not be read, with their number and the reason",
            column_config={"Why": st.column_config.TextColumn("Why", width="large")},
        )
        if more := len(unread) - len(shown):
            st.caption(f"And {more:,} more.")


def show_rows(read: Table, ladder: str, today: date) -> None:
    """Draw the accounts of a ladder, a row each, with the days on which its tiers open."""
    rules = ladder_of(ladder, read.base.own_ladder if ladder == read.base.ladder else None)
    answers = read.answers[read.answers["ladder"] == ladder]
    tiers = {f"tier_{number}_on": tier for number, tier in enumerate(rules.tier_names) if number}
    said = {name: label for name, label in _SAID.items() if name in answers.columns}
    shown = answers[[*said, *tiers, "ran_out_on", *_MONEY, *_TOKENS]].rename(
        columns=said | tiers | {"ran_out_on": "Runs out"} | _MONEY | _TOKENS
    )
    shown = shown.round(dict.fromkeys(_TOKENS.values(), 0))
    # Of the lowest tier that does not open: what holds it, and how much money it lacks.
    place = len(said) + len(tiers)
    shown.insert(place, "Held by", _of_next_tier(answers, "held_by", rules.tier_names))
    shown.insert(place + 1, "Missing", _of_next_tier(answers, "missing", rules.tier_names))
    st.markdown("**All accounts**")
    st.caption(
        "A heading sorts by its column. Open makes a row the plan; Back brings the plan before."
    )
    show_to_open(
        read,
        shown.rename_axis("Row").reset_index(),
        today,
        key="all_accounts",
        name="Every account with the days on which its tiers open, its run-out and totals",
        columns=dates(*tiers.values(), "Runs out")
        | amounts(["Missing", *_MONEY.values()], SYMBOLS[rules.currency])
        | counts(_TOKENS.values()),
    )
    st.download_button(
        "Download all answers, CSV",
        lambda: read.answers.drop(columns="problem").to_csv(),
        file_name="dates.csv",
        mime="text/csv",
        key="download_answers",
        icon=":material/download:",
        on_click="ignore",
    )


def _of_next_tier(answers: pd.DataFrame, what: str, tiers: tuple[str, ...]) -> "pd.Series[Any]":
    """Take from each account what is said of the tier that does not open."""
    found: pd.Series[Any] = pd.Series(None, answers.index, dtype="object")
    for number, tier in enumerate(tiers):
        if number:
            found = found.mask(answers["next_tier"] == tier, answers[f"tier_{number}_{what}"])
    return found.astype("float64") if what == "missing" else found
