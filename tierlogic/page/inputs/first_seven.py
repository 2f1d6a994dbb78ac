"""The seven inputs that a newcomer sees."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tierlogic.money import SYMBOLS
from tierlogic.page import form
from tierlogic.page.dates import date_field
from tierlogic.page.inputs.versions import version_picker
from tierlogic.page.live_slider import live_slider
from tierlogic.page.rooms import Rooms
from tierlogic.page.tokens import nearest_stop, short
from tierlogic.prices import known_models
from tierlogic.questions.date_map import TOKEN_STOPS
from tierlogic.rules.catalog import ladders, load_ladder, load_provider, prices_of, providers

_READINGS = {"used": "Only using it", "paid": "Buying it"}


def first_seven(rooms: Rooms, sliders: DeltaGenerator) -> None:
    """Draw tokens per day and prepay as sliders, and provider, rules, model, date and reading."""
    st.selectbox("Provider", form.offered_providers(), key="provider", format_func=_provider_name)
    version_picker(
        "Rules version",
        "ladder",
        ladders(),
        load_ladder,
        "The tiers and what opens each, as in force from a date.",
    )
    rooms.beneath("ladder")
    ladder = form.chosen_ladder()
    with sliders:
        _sliders(rooms, SYMBOLS[ladder.currency])
    if ladder.is_opaque:
        st.selectbox(
            "Your tier",
            ladder.tier_names,
            key="opening_tier",
            help="What opens a tier here is not public: choose the one you have.",
        )
    st.selectbox(
        "Model",
        _models(),
        key="model",
        accept_new_options=True,
        help="Choose one, or type any name that the API takes.",
    )
    rooms.beneath("usage.0.model")
    _exact_tokens(rooms)
    date_field(
        "First payment",
        "first_payment",
        help_text="First successful payment. Waiting days count from it; no tier opens before it.",
    )
    rooms.beneath("first_payment")
    st.segmented_control(
        "What counts toward a tier",
        _READINGS,
        key="reading",
        format_func=_READINGS.__getitem__,
        required=True,
        disabled=not ladder.contested,
        help=(
            "Documentation says paid, the limits page said spent, and users report both. "
            "The answer above always gives both dates."
        ),
    )


def _sliders(rooms: Rooms, symbol: str) -> None:
    tokens, prepay = st.columns(2, gap="medium")
    with tokens:
        live_slider(
            "Tokens per day",
            TOKEN_STOPS,
            key="tokens_stop",
            shown=short,
            help_text="Input and output together, on the first day.",
            unit=" tokens a day",
            on_change=_take_stop,
        )
    with prepay:
        live_slider(
            "Prepay now",
            form.PREPAY_STOPS,
            key="prepay",
            shown=lambda amount: f"{symbol}{amount:,}",
            help_text="Credit bought on the first day. Other purchases: group Payments.",
        )
        rooms.beneath("prepay")


def _exact_tokens(rooms: Rooms) -> None:
    st.number_input(
        "Exact tokens per day",
        0.0,
        1e13,
        None,
        step=1000.0,
        format="%.0f",
        key="tokens_per_day",
        on_change=_take_exact,
    )
    rooms.beneath("usage.0.tokens_per_day", "usage.0")


def _take_stop() -> None:
    st.session_state.tokens_per_day = float(st.session_state.tokens_stop)


def _take_exact() -> None:
    exact = st.session_state.tokens_per_day
    if exact is not None:
        st.session_state.tokens_stop = nearest_stop(exact)


def _models() -> list[str]:
    """Models with published limits first, then all that have a price, and the one chosen."""
    state = st.session_state
    table = form.chosen_limits()
    named = [name for name in table.models if "*" not in name]
    names = [*named, *known_models(prices_of(state.provider)), state.model]
    return list(dict.fromkeys(name for name in names if name))


def _provider_name(provider: str) -> str:
    return load_provider(provider).name if provider in providers() else provider
