"""Dates in fields and in tables."""

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from tierlogic.language import is_english
from tierlogic.scenario import FIRST_DAY, LAST_DAY


def date_field(
    label: str, key: str, *, help_text: str | None = None, disabled: bool = False
) -> None:
    """Draw a date input for a key of session state: it may be left empty."""
    st.date_input(
        label,
        None,
        FIRST_DAY,
        LAST_DAY,
        key=key,
        format="YYYY-MM-DD",
        help=help_text,
        disabled=disabled,
    )


def date_column(label: str) -> ColumnConfig:
    """Show a table's column as days, in the words of the page: 21 Dec 2026."""
    # Streamlit has the names of months in English, and in the language of the browser.
    form = "D MMM YYYY" if is_english() else "localized"
    return st.column_config.DateColumn(label, format=form)
