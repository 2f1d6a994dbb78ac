"""A date field: one that may be left empty, within what a scenario allows."""

import streamlit as st

from tierlogic.scenario import FIRST_DAY, LAST_DAY


def date_field(
    label: str, key: str, *, help_text: str | None = None, disabled: bool = False
) -> None:
    """Draw a date input for a key of session state."""
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
