"""Group: purchases on other days, billing and auto-recharge."""

import streamlit as st

from tierlogic.language import say, to_say
from tierlogic.money import MAX_AMOUNT, SYMBOLS
from tierlogic.page import form
from tierlogic.page.dates import date_field
from tierlogic.page.inputs.group import group
from tierlogic.page.rooms import Rooms
from tierlogic.scenario import FIRST_DAY, LAST_DAY, MAX_DAYS

_BILLINGS = {"prepaid": to_say("Prepaid credit"), "monthly_invoice": to_say("Monthly invoice")}
_REPEATS = {"week": to_say("week"), "month": to_say("month")}
_BOUGHT = {
    None: to_say("Once"),
    "week": to_say("Every week"),
    "month": to_say("Every month"),
}
_ON, _AMOUNT, _EVERY = "one_more_on", "one_more_amount", "one_more_every"


def payments_group(rooms: Rooms) -> None:
    """Draw the table of purchases, the billing and the auto-recharge."""
    state = st.session_state
    symbol = SYMBOLS[form.chosen_ladder().currency]
    with group(to_say("Payments"), ":material/payments:") as is_opened:
        if not is_opened:
            return
        st.caption(say("Purchases on other days, and what the provider charges by itself."))
        _one_more(symbol)
        st.data_editor(
            form.opened_table("purchases"),
            key=form.editor("purchases"),
            num_rows="dynamic",
            hide_index=True,
            alt=say("Purchases of credit by date"),
            placeholder="",
            # As wide as a phone of 360 pixels, which leaves 261 to the four.
            column_config={
                "on": st.column_config.DateColumn(
                    say("Date"), min_value=FIRST_DAY, max_value=LAST_DAY, required=True, width=80
                ),
                "amount": st.column_config.NumberColumn(
                    symbol,
                    min_value=0.01,
                    max_value=MAX_AMOUNT,
                    step=0.01,
                    format="%.10g",
                    required=True,
                    width=58,
                ),
                "every": st.column_config.SelectboxColumn(
                    say("Per"),
                    options=list(_REPEATS),
                    format_func=lambda every: say(_REPEATS[str(every)]),
                    width=54,
                    help=say("Empty: it is bought once."),
                ),
                "times": st.column_config.NumberColumn(
                    say("Times"),
                    min_value=1,
                    max_value=MAX_DAYS,
                    step=1,
                    width=68,
                    help=say("The first counted. Empty: until the last day."),
                ),
            },
        )
        rooms.beneath("purchases")
        st.segmented_control(
            say("Billing"),
            _BILLINGS,
            key="billing",
            format_func=lambda billing: say(_BILLINGS[billing]),
            required=True,
            help=say(
                "Prepaid credit is bought first and then used. An invoice of a month's use is "
                "paid on the next 1st."
            ),
        )
        off = state.billing == "monthly_invoice"
        st.toggle(
            say("Auto-recharge"),
            key="recharges",
            disabled=off,
            help=say("The provider buys credit by itself whenever the balance is low."),
        )
        off = off or not state.recharges
        with st.container(horizontal=True):
            st.number_input(
                say("When under, {symbol}", symbol=symbol),
                0.0,
                float(MAX_AMOUNT),
                None,
                step=5.0,
                key="recharge_below",
                disabled=off,
                width=140,
            )
            st.number_input(
                say("Buy, {symbol}", symbol=symbol),
                0.01,
                float(MAX_AMOUNT),
                None,
                step=5.0,
                key="recharge_amount",
                disabled=off,
                width=140,
            )
            st.number_input(
                say("Most a month, {symbol}", symbol=symbol),
                0.0,
                float(MAX_AMOUNT),
                None,
                step=50.0,
                key="recharge_limit",
                disabled=off,
                placeholder=say("no limit"),
                width=140,
            )
        rooms.beneath("auto_recharge", "billing")


def _one_more(symbol: str) -> None:
    """Draw fields for one more purchase: on a phone easier to fill than a table's cells."""
    state = st.session_state
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=132):
            date_field(say("Buy on"), _ON)
        st.number_input(
            say("Amount, {symbol}", symbol=symbol),
            0.01,
            float(MAX_AMOUNT),
            None,
            step=10.0,
            key=_AMOUNT,
            width=132,
        )
        st.selectbox(
            say("Repeats"),
            list(_BOUGHT),
            key=_EVERY,
            format_func=lambda every: say(_BOUGHT[every]),
            width=132,
        )
        st.button(
            say("Add purchase"),
            key="add_purchase",
            icon=":material/add:",
            on_click=_add,
            disabled=not (state.get(_ON) and state.get(_AMOUNT)),
        )


def _add() -> None:
    state = st.session_state
    form.add_purchase(state[_ON], state[_AMOUNT], state[_EVERY])
    state[_ON] = state[_AMOUNT] = state[_EVERY] = None
