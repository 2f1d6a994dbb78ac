"""Tables of accounts whose rows open as plans."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tierlogic.page import many_accounts

_OPEN = "Open"


def show_to_open(
    read: many_accounts.Table,
    shown: pd.DataFrame,
    today: date,
    *,
    key: str,
    name: str,
    columns: dict[str, Any],
) -> None:
    """Draw a table in which each row has a button that opens it as the plan.

    Args:
        read: the table that came in.
        shown: what is drawn; the column "Row" has the numbers of its rows.
        today: the day of the visit.
        key: of the buttons.
        name: what a screen reader says.
        columns: how columns are shown.
    """

    def open_clicked() -> None:
        place = st.session_state[key].row
        if place < len(shown):
            row = int(shown["Row"].iloc[place])
            many_accounts.open_row(read, row, today)
            # The browser stays where it was scrolled to.
            said = f"Row {row:,} is the plan now; its answer is at the top of the page."
            st.toast(said, icon=":material/vertical_align_top:")

    button = st.column_config.ButtonColumn(
        "Plan", type="tertiary", pinned=True, key=key, on_click=open_clicked
    )
    st.dataframe(
        pd.concat(
            [pd.Series(":material/input: Open", shown.index, name=_OPEN), shown], axis="columns"
        ),
        hide_index=True,
        alt=name,
        placeholder="",
        column_config=columns | {_OPEN: button},
    )


def dates(*names: str) -> dict[str, Any]:
    """Show columns as days."""
    return {name: st.column_config.DateColumn(name, format="localized") for name in names}


def amounts(names: Iterable[str], symbol: str) -> dict[str, Any]:
    """Show columns as amounts of a currency."""
    return {name: st.column_config.NumberColumn(name, format=f"{symbol}%.2f") for name in names}


def counts(names: Iterable[str]) -> dict[str, Any]:
    """Show columns as whole numbers."""
    return {name: st.column_config.NumberColumn(name, format="localized") for name in names}
