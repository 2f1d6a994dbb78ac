"""Group: what an account that exists has used and paid so far."""

import streamlit as st

from tierlogic.money import MAX_AMOUNT
from tierlogic.page.dates import date_field
from tierlogic.page.rooms import Rooms
from tierlogic.rules.catalog import load_ladder


def account_group(rooms: Rooms) -> None:
    """Draw the start of the plan and what the account brings."""
    state = st.session_state
    with st.expander("The account so far", icon=":material/history:"):
        st.caption("For an account that exists: what it has used and paid before the plan starts.")
        st.toggle("This account exists already", key="account_exists")
        off = not state.account_exists
        date_field(
            "Plan starts",
            "start",
            help_text="A new account starts on the day of its first payment.",
            disabled=off,
        )
        rooms.beneath("start")
        left, right = st.columns(2)
        for column, key, label in (
            (left, "used_before", "Used so far, $"),
            (right, "paid_before", "Paid so far, $"),
            (left, "opening_balance", "Credit balance, $"),
            (right, "month_used_before", "Used this month, $"),
        ):
            with column:
                st.number_input(label, 0.0, float(MAX_AMOUNT), step=10.0, key=key, disabled=off)
                rooms.beneath(key)
        st.selectbox(
            "Present tier",
            load_ladder(state.ladder).tier_names,
            None,
            key="opening_tier",
            placeholder="Not known",
            disabled=off,
        )
        rooms.beneath("opening_tier")
