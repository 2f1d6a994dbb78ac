"""Group: how the tokens are made up, how they change, what they cost, and further models."""

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from tierlogic.language import number, say, to_say
from tierlogic.money import SYMBOLS
from tierlogic.page import form
from tierlogic.page.dates import date_field
from tierlogic.page.inputs.group import group
from tierlogic.page.markdown import plain
from tierlogic.page.rooms import Rooms
from tierlogic.scenario import MAX_USAGE_LINES

_GROUP = to_say("Usage and prices")


def usage_group(rooms: Rooms) -> None:
    """Draw the make-up, the growth and the prices of the first line, then the other lines."""
    _open_for_a_missing_price()
    with group(_GROUP, ":material/data_usage:") as is_opened:
        if not is_opened:
            return
        st.caption(say("How the tokens are made up, how they change, and what they cost."))
        left, right = st.columns(2, vertical_alignment="bottom")
        with left:
            st.slider(
                say("Output share"),
                0.0,
                1.0,
                step=0.01,
                format="percent",
                key="output_share",
                help=say("The part of the tokens that the model writes; the rest is input."),
            )
        with right:
            st.slider(
                say("Cached share of input"),
                0.0,
                1.0,
                step=0.01,
                format="percent",
                key="cached_share",
                help=say(
                    "The part of the input that the provider has in its cache, at a lower price."
                ),
            )
        left, right = st.columns(2, vertical_alignment="bottom")
        with left:
            st.number_input(
                say("Growth per 30 days, %"),
                -90.0,
                1000.0,
                None,
                step=5.0,
                key="growth_percent",
                help=say("How much more is used 30 days on; it grows a little every day."),
            )
        with right:
            st.number_input(
                say("Weekend factor"),
                0.0,
                10.0,
                None,
                step=0.1,
                key="weekend_factor",
                help=say("Tokens on a Saturday or Sunday over those on other days. 0: none."),
            )
        left, right = st.columns(2, vertical_alignment="bottom")
        with left:
            st.number_input(
                say("Active hours a day"),
                0.1,
                24.0,
                None,
                step=1.0,
                key="active_hours",
                help=say(
                    "The tokens of a day are used in so many hours: the fewer, the more a minute."
                ),
            )
        with right:
            st.number_input(
                say("Peak factor"),
                1.0,
                1000.0,
                None,
                step=0.5,
                key="peak_factor",
                help=say("The busiest minute over the average minute."),
            )
        left, _ = st.columns(2)
        with left:
            st.number_input(
                say("Day-to-day noise, %"),
                0.0,
                100.0,
                None,
                step=5.0,
                key="noise_percent",
                help=say("How far a day's tokens lie from their mean: the standard deviation."),
            )
        rooms.beneath(
            *("active_hours", "peak_factor", "weekend_factor", "noise"),
            "usage.0.growth_per_30_days",
        )
        symbol = plain(SYMBOLS[form.chosen_ladder().currency])
        st.markdown(f"**{say('Price, {symbol} per million tokens', symbol=symbol)}**")
        with st.container(horizontal=True):
            for key, label in (
                ("input_price", say("Input")),
                ("cached_price", say("Cached input")),
                ("output_price", say("Output")),
            ):
                st.number_input(
                    label, 0.0, 10_000.0, None, step=0.1, format="%.4g", key=key, width=165
                )
        rooms.beneath("usage.0.price")
        with st.container(horizontal=True):
            st.number_input(
                say("Tokens per request"),
                1.0,
                1e8,
                None,
                step=100.0,
                format="%.0f",
                key="tokens_per_request",
                help=say("Lets limits on requests bind. Empty: they do not."),
                width=200,
            )
            st.number_input(
                say("Context window, tokens"),
                1,
                10**9,
                None,
                step=1000,
                key="context_window",
                help=say("The largest request that should fit in one minute's limit."),
                width=200,
            )
        rooms.beneath("usage.0.tokens_per_request", "usage.0.context_window")
        left, right = st.columns(2)
        with left:
            date_field(say("Starts"), "starts")
        with right:
            date_field(say("Ends"), "ends")
        rooms.beneath("usage.0.starts", "usage.0.ends")
        _more_lines(rooms)


def _open_for_a_missing_price() -> None:
    """Open the group, once for a model without a known price: its fields are in there."""
    state = st.session_state
    priceless = state.model if state.input_price is None else None
    if priceless and priceless != state.get("priceless_model"):
        state[_GROUP] = True
    state.priceless_model = priceless


def _more_lines(rooms: Rooms) -> None:
    st.markdown(say("**More usage lines** (up to {count})", count=number(MAX_USAGE_LINES - 1)))
    st.data_editor(
        form.opened_table("lines"),
        key=form.editor("lines"),
        num_rows="dynamic",
        hide_index=True,
        alt=say("Further usage lines, one model a row"),
        placeholder="",
        column_config={
            "model": st.column_config.TextColumn(say("Model"), required=True),
            "tokens_per_day": st.column_config.NumberColumn(
                say("Tokens per day"),
                min_value=0,
                max_value=1e13,
                required=True,
                format="localized",
            ),
            "output_share": _share_column(say("Output share"), 0.25),
            "cached_share": _share_column(say("Cached share"), 0.0),
            "growth_percent": st.column_config.NumberColumn(
                say("Growth, % per 30 days"), min_value=-90, max_value=1000, default=0.0
            ),
            "input_price": _price_column(say("Input, per million")),
            "cached_price": _price_column(say("Cached input, per million")),
            "output_price": _price_column(say("Output, per million")),
            "starts": st.column_config.DateColumn(say("Starts")),
            "ends": st.column_config.DateColumn(say("Ends")),
            "tokens_per_request": st.column_config.NumberColumn(
                say("Tokens per request"), min_value=1, max_value=1e8
            ),
            "context_window": st.column_config.NumberColumn(
                say("Context window"), min_value=1, max_value=10**9
            ),
        },
    )
    rooms.beneath("usage")


def _share_column(label: str, default: float) -> ColumnConfig:
    return st.column_config.NumberColumn(
        label, min_value=0.0, max_value=1.0, step=0.01, default=default, format="percent"
    )


def _price_column(label: str) -> ColumnConfig:
    return st.column_config.NumberColumn(label, min_value=0.0, max_value=10_000.0)
