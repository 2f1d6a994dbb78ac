"""Tables of accounts whose rows open as plans."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from tierlogic.language import language, number, say, speaking
from tierlogic.page import many_accounts
from tierlogic.page.dates import date_column


def show_to_open(
    read: many_accounts.Table,
    shown: pd.DataFrame,
    *,
    key: str,
    name: str,
    columns: dict[str, Any],
) -> None:
    """Draw a table in which each row has a button that opens it as the plan.

    Args:
        read: the table that came in.
        shown: what is drawn; the column "row" has the numbers of its rows.
        key: of the buttons.
        name: what a screen reader says.
        columns: how the others are shown.
    """

    def open_clicked() -> None:
        place = st.session_state[key].row
        if place < len(shown):
            row = int(shown["row"].iloc[place])
            many_accounts.open_row(read, row)
            # The browser stays where it was scrolled to.
            said = say(
                "Row {row} is the plan now; its answer is at the top of the page.",
                row=number(row),
            )
            st.toast(said, icon=":material/vertical_align_top:")

    button = st.column_config.ButtonColumn(
        say("Plan"),
        type="tertiary",
        pinned=True,
        key=key,
        # A click is answered before a run of the page speaks.
        on_click=speaking(language())(open_clicked),
    )
    label = f":material/input: {say('Open')}"
    st.dataframe(
        pd.concat([pd.Series(label, shown.index, name="open"), shown], axis="columns"),
        hide_index=True,
        alt=name,
        placeholder="",
        column_config=columns | {"open": button, "row": say("Row")},
    )


def dates(labels: Mapping[str, str]) -> dict[str, Any]:
    """Show columns as days, under labels."""
    return {name: date_column(label) for name, label in labels.items()}


def amounts(labels: Mapping[str, str], symbol: str) -> dict[str, Any]:
    """Show columns as amounts of a currency, under labels."""
    return {
        name: st.column_config.NumberColumn(label, format=f"{symbol}%.2f")
        for name, label in labels.items()
    }


def counts(labels: Mapping[str, str]) -> dict[str, Any]:
    """Show columns as whole numbers, under labels."""
    return {
        name: st.column_config.NumberColumn(label, format="localized")
        for name, label in labels.items()
    }
