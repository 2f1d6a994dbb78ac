"""Group: what an account that exists has used and paid so far."""

import streamlit as st

from tierlogic.language import say, to_say
from tierlogic.money import MAX_AMOUNT, SYMBOLS
from tierlogic.page import form
from tierlogic.page.dates import date_field
from tierlogic.page.inputs.group import group
from tierlogic.page.rooms import Rooms
from tierlogic.rules.ladder import Ladder


def account_group(rooms: Rooms) -> None:
    """Draw the start of the plan and what the account brings."""
    state = st.session_state
    with group(to_say("The account so far"), ":material/history:") as is_opened:
        if not is_opened:
            return
        st.caption(
            say("For an account that exists: what it has used and paid before the plan starts.")
        )
        st.toggle(say("This account exists already"), key="account_exists")
        off = not state.account_exists
        ladder = form.chosen_ladder()
        symbol = SYMBOLS[ladder.currency]
        date_field(
            say("Plan starts"),
            "start",
            help_text=say("A new account starts on the day of its first payment."),
            disabled=off,
        )
        rooms.beneath("start")
        left, right = st.columns(2)
        with left:
            used = say("Used so far, {symbol}", symbol=symbol)
            _amount("used_before", used, rooms, off=off)
            balance = say("Credit balance, {symbol}", symbol=symbol)
            _amount("opening_balance", balance, rooms, off=off)
        with right:
            paid = say("Paid so far, {symbol}", symbol=symbol)
            _amount("paid_before", paid, rooms, off=off)
            if any(
                gate.counts == "purchased" for tier in ladder.tiers for gate in tier.money_gates
            ):
                for_credit = say("Of that for credit, {symbol}", symbol=symbol)
                all_of_it = say("All of it")
                _amount("purchased_before", for_credit, rooms, off=off, placeholder=all_of_it)
            of_month = say("Used this month, {symbol}", symbol=symbol)
            _amount("month_used_before", of_month, rooms, off=off)
        if not ladder.is_opaque:
            st.selectbox(
                say("Present tier"),
                ladder.tier_names,
                None,
                key="opening_tier",
                placeholder=say("Not known"),
                disabled=off,
            )
            rooms.beneath("opening_tier")
        _what_the_ladder_asks(ladder, rooms, off=off)


def _amount(key: str, label: str, rooms: Rooms, *, off: bool, placeholder: str = "") -> None:
    st.number_input(
        label,
        0.0,
        float(MAX_AMOUNT),
        None,
        step=10.0,
        key=key,
        placeholder=placeholder,
        disabled=off,
    )
    rooms.beneath(key)


def _what_the_ladder_asks(ladder: Ladder, rooms: Rooms, *, off: bool) -> None:
    """Draw the inputs that only some ladders need."""
    state = st.session_state
    for fact in ladder.facts:
        state.setdefault(form.fact_key(fact), True)
        st.toggle(say("{fact}: yes", fact=fact.capitalize()), key=form.fact_key(fact))
    rooms.beneath("lacks")
    clocks = {gate.days_since for tier in ladder.tiers for gate in tier.waiting_gates}
    if "account creation" in clocks:
        date_field(say("Account created"), "account_created", disabled=off)
        rooms.beneath("account_created")
    if any(gate.over != "lifetime" for tier in ladder.tiers for gate in tier.money_gates):
        st.markdown(f"**{say('Before the plan, day by day')}**")
        st.caption(say("This ladder counts a window of time: enter what falls into it."))
        st.data_editor(
            form.opened_table("past"),
            key=form.editor("past"),
            num_rows="dynamic",
            hide_index=True,
            disabled=off,
            alt=say("What was used and purchased before the plan, by date"),
            placeholder="",
            column_config={
                "on": st.column_config.DateColumn(say("Date"), required=True),
                "used": st.column_config.NumberColumn(say("Used"), min_value=0),
                "purchased": st.column_config.NumberColumn(say("Purchased"), min_value=0),
            },
        )
        rooms.beneath("past")
