"""Group: purchases on other days, billing and auto-recharge."""

import streamlit as st

from tierlogic.money import MAX_AMOUNT, SYMBOLS
from tierlogic.page import form
from tierlogic.page.inputs.group import group
from tierlogic.page.rooms import Rooms
from tierlogic.scenario import FIRST_DAY, LAST_DAY, MAX_DAYS

_BILLINGS = {"prepaid": "Prepaid credit", "monthly_invoice": "Monthly invoice"}
_REPEATS = ("week", "month")


def payments_group(rooms: Rooms) -> None:
    """Draw the table of purchases, the billing and the auto-recharge."""
    state = st.session_state
    symbol = SYMBOLS[form.chosen_ladder().currency]
    with group("Payments", ":material/payments:") as is_opened:
        if not is_opened:
            return
        st.caption("Purchases on other days, and what the provider charges by itself.")
        state.purchases_now = st.data_editor(
            state.purchases_opened,
            key=f"purchases_{state.tables_opened}",
            num_rows="dynamic",
            hide_index=True,
            alt="Purchases of credit by date",
            column_config={
                "on": st.column_config.DateColumn(
                    "Date", min_value=FIRST_DAY, max_value=LAST_DAY, required=True
                ),
                "amount": st.column_config.NumberColumn(
                    "Amount",
                    min_value=0.01,
                    max_value=MAX_AMOUNT,
                    step=0.01,
                    format=f"{symbol}%.2f",
                    required=True,
                ),
                "every": st.column_config.SelectboxColumn("Repeats every", options=_REPEATS),
                "times": st.column_config.NumberColumn(
                    "Times",
                    min_value=1,
                    max_value=MAX_DAYS,
                    step=1,
                    help="The first counted. Empty: until the last day.",
                ),
            },
        )
        rooms.beneath("purchases")
        st.segmented_control(
            "Billing",
            _BILLINGS,
            key="billing",
            format_func=_BILLINGS.__getitem__,
            required=True,
        )
        off = state.billing == "monthly_invoice"
        st.toggle("Auto-recharge", key="recharges", disabled=off)
        off = off or not state.recharges
        with st.container(horizontal=True):
            st.number_input(
                f"When under, {symbol}",
                0.0,
                float(MAX_AMOUNT),
                None,
                step=5.0,
                key="recharge_below",
                disabled=off,
                width=140,
            )
            st.number_input(
                f"Buy, {symbol}",
                0.01,
                float(MAX_AMOUNT),
                None,
                step=5.0,
                key="recharge_amount",
                disabled=off,
                width=140,
            )
            st.number_input(
                f"Most a month, {symbol}",
                0.0,
                float(MAX_AMOUNT),
                None,
                step=50.0,
                key="recharge_limit",
                disabled=off,
                placeholder="no limit",
                width=140,
            )
        rooms.beneath("auto_recharge", "billing")
