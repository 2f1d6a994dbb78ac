"""Every account as a row: its tiers with their days, run-out and totals; and rows not read."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tierlogic.exports.words import HELD_BY
from tierlogic.language import number, say, say_count, to_say
from tierlogic.money import SYMBOLS
from tierlogic.page.many_accounts import Table
from tierlogic.page.markdown import plain
from tierlogic.page.views.many_accounts.opening import amounts, counts, dates, show_to_open
from tierlogic.rules.own import ladder_of

_MOST_SHOWN = 200
_SAID = {
    "account": to_say("Account"),
    "first_tier": to_say("Tier on the first day"),
    "last_tier": to_say("On the last day"),
    "next_tier": to_say("Does not open"),
}
_MONEY = {
    "used": to_say("Used"),
    "paid": to_say("Paid"),
    "balance": to_say("Credit left"),
}
_TOKENS = {
    "tokens_wanted": to_say("Tokens wanted"),
    "tokens_served": to_say("Served"),
    "tokens_rate_limited": to_say("Rate-limited"),
    "tokens_over_cap": to_say("Over cap"),
    "tokens_unfunded": to_say("Unfunded"),
}


def show_unread(read: Table) -> None:
    """Say how many rows were projected, and which could not be read, and why."""
    count, unread = len(read.answers), read.unread
    st.markdown(
        say_count(
            "**{file}**: {count} account projected.",
            "**{file}**: {count} accounts projected.",
            count,
            file=plain(read.name),
        )
    )
    if unread.empty:
        return
    not_read = say_count(
        "{count} row was not read; the rest is used",
        "{count} rows were not read; the rest is used",
        len(unread),
    )
    with st.expander(not_read, icon=":material/warning:"):
        shown = unread.iloc[:_MOST_SHOWN].rename_axis("row").reset_index()
        st.dataframe(
            shown,
            hide_index=True,
            alt=say("Rows that could not be read, with their number and the reason"),
            placeholder="",
            column_config={
                "row": say("Row"),
                "account": say("Account"),
                "problem": st.column_config.TextColumn(say("Why"), width="large"),
            },
        )
        if more := len(unread) - len(shown):
            st.caption(say("And {count} more.", count=number(more)))


def show_rows(read: Table, ladder: str) -> None:
    """Draw the accounts of a ladder, a row each, with the days on which its tiers open."""
    rules = ladder_of(ladder, read.base.own_ladder if ladder == read.base.ladder else None)
    answers = read.answers[read.answers["ladder"] == ladder]
    tiers = {f"tier_{rank}_on": tier for rank, tier in enumerate(rules.tier_names) if rank}
    known = [name for name in _SAID if name in answers.columns]
    shown = answers[[*known, *tiers, "ran_out_on", *_MONEY, *_TOKENS]]
    shown = shown.round(dict.fromkeys(_TOKENS, 0))
    # Of the lowest tier that does not open: what holds it, and how much money it lacks.
    place = len(known) + len(tiers)
    held_by = _of_next_tier(answers, "held_by", rules.tier_names)
    shown.insert(place, "held_by", held_by.map(_said(HELD_BY)))
    shown.insert(place + 1, "missing", _of_next_tier(answers, "missing", rules.tier_names))
    st.markdown(f"**{say('All accounts')}**")
    st.caption(
        say(
            "A heading sorts by its column. Open makes a row the plan; Back brings the plan before."
        )
    )
    show_to_open(
        read,
        shown.rename_axis("row").reset_index(),
        key="all_accounts",
        name=say("Every account with the days on which its tiers open, its run-out and totals"),
        columns=_said(_SAID)
        | dates(tiers | {"ran_out_on": say("Runs out")})
        | {"held_by": say("Held by")}
        | amounts({"missing": say("Missing")} | _said(_MONEY), SYMBOLS[rules.currency])
        | counts(_said(_TOKENS)),
    )
    st.download_button(
        say("Download all answers, CSV"),
        lambda: read.answers.drop(columns="problem").to_csv(),
        file_name="dates.csv",
        mime="text/csv",
        key="download_answers",
        icon=":material/download:",
        on_click="ignore",
    )


def _said(words: Mapping[Any, str]) -> dict[str, str]:
    return {name: say(word) for name, word in words.items()}


def _of_next_tier(answers: pd.DataFrame, what: str, tiers: tuple[str, ...]) -> "pd.Series[Any]":
    """Take from each account what is said of the tier that does not open."""
    found: pd.Series[Any] = pd.Series(None, answers.index, dtype="object")
    for rank, tier in enumerate(tiers):
        if rank:
            found = found.mask(answers["next_tier"] == tier, answers[f"tier_{rank}_{what}"])
    return found.astype("float64") if what == "missing" else found
