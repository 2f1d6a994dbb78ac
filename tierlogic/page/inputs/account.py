"""Group: what an account that exists has used and paid so far."""

import streamlit as st

from tierlogic.money import MAX_AMOUNT, SYMBOLS
from tierlogic.page import form
from tierlogic.page.dates import date_field
from tierlogic.page.inputs.group import group
from tierlogic.page.rooms import Rooms
from tierlogic.rules.ladder import Ladder


def account_group(rooms: Rooms) -> None:
    """Draw the start of the plan and what the account brings."""
    state = st.session_state
    with group("The account so far", ":material/history:") as is_opened:
        if not is_opened:
            return
        st.caption("For an account that exists: what it has used and paid before the plan starts.")
        st.toggle("This account exists already", key="account_exists")
        off = not state.account_exists
        ladder = form.chosen_ladder()
        symbol = SYMBOLS[ladder.currency]
        date_field(
            "Plan starts",
            "start",
            help_text="A new account starts on the day of its first payment.",
            disabled=off,
        )
        rooms.beneath("start")
        left, right = st.columns(2)
        with left:
            _amount("used_before", f"Used so far, {symbol}", rooms, off=off)
            _amount("opening_balance", f"Credit balance, {symbol}", rooms, off=off)
        with right:
            _amount("paid_before", f"Paid so far, {symbol}", rooms, off=off)
            if any(
                gate.counts == "purchased" for tier in ladder.tiers for gate in tier.money_gates
            ):
                label = f"Of that for credit, {symbol}"
                _amount("purchased_before", label, rooms, off=off, placeholder="All of it")
            _amount("month_used_before", f"Used this month, {symbol}", rooms, off=off)
        if not ladder.is_opaque:
            st.selectbox(
                "Present tier",
                ladder.tier_names,
                None,
                key="opening_tier",
                placeholder="Not known",
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
        st.toggle(f"{fact.capitalize()}: yes", key=form.fact_key(fact))
    rooms.beneath("lacks")
    clocks = {gate.days_since for tier in ladder.tiers for gate in tier.waiting_gates}
    if "account creation" in clocks:
        date_field("Account created", "account_created", disabled=off)
        rooms.beneath("account_created")
    if any(gate.over != "lifetime" for tier in ladder.tiers for gate in tier.money_gates):
        st.markdown("**Before the plan, day by day**")
        st.caption("This ladder counts a window of time: enter what falls into it.")
        state.past_now = st.data_editor(
            state.past_opened,
            key=f"past_{state.tables_opened}",
            num_rows="dynamic",
            hide_index=True,
            disabled=off,
            alt="What was used and purchased before the plan, by date",
            column_config={
                "on": st.column_config.DateColumn("Date", required=True),
                "used": st.column_config.NumberColumn("Used", min_value=0),
                "purchased": st.column_config.NumberColumn("Purchased", min_value=0),
            },
        )
        rooms.beneath("past")
