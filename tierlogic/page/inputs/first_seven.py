"""The seven inputs that a newcomer sees."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tierlogic.counts import count_in_short
from tierlogic.language import kept_by_language, say, to_say
from tierlogic.money import amount_in_words
from tierlogic.page import form
from tierlogic.page.dates import date_field
from tierlogic.page.inputs.versions import version_picker
from tierlogic.page.live_slider import live_slider
from tierlogic.page.rooms import Rooms
from tierlogic.page.tokens import nearest_stop
from tierlogic.page.views.following import FOLLOWERS
from tierlogic.prices import known_models
from tierlogic.questions.date_map import TOKEN_STOPS
from tierlogic.rules.catalog import ladders, load_ladder, load_provider, prices_of, providers

_READINGS = {"used": to_say("Only using it"), "paid": to_say("Buying it")}


def first_seven(rooms: Rooms, sliders: Sequence[DeltaGenerator]) -> None:
    """Draw tokens per day and prepay as sliders, and provider, rules, model, date and reading."""
    st.selectbox(
        say("Provider"), form.offered_providers(), key="provider", format_func=_provider_name
    )
    version_picker(
        say("Rules version"),
        "ladder",
        ladders(),
        load_ladder,
        say("The tiers and what opens each, as in force from a date."),
    )
    rooms.beneath("ladder")
    ladder = form.chosen_ladder()
    _sliders(rooms, sliders, ladder.currency)
    if ladder.is_opaque:
        st.selectbox(
            say("Your tier"),
            ladder.tier_names,
            key="opening_tier",
            help=say("What opens a tier here is not public: choose the one you have."),
        )
    st.selectbox(
        say("Model"),
        _models(),
        key="model",
        accept_new_options=True,
        help=say("Choose one, or type any name that the API takes."),
    )
    rooms.beneath("usage.0.model")
    _exact_tokens(rooms)
    date_field(
        say("First payment"),
        "first_payment",
        help_text=say(
            "First successful payment. Waiting days count from it; no tier opens before it."
        ),
    )
    # What was paid needs this date; it has a room of its own once its group is opened.
    rooms.beneath("first_payment", "paid_before")
    st.segmented_control(
        say("What counts toward a tier"),
        _READINGS,
        key="reading",
        format_func=lambda reading: say(_READINGS[reading]),
        required=True,
        disabled=not ladder.contested,
        help=(
            say(
                "Documentation says paid, the limits page said spent, and users report both. "
                "The answer above always gives both dates."
            )
            if ladder.contested
            else say("Nobody contests the rules of this provider: there is nothing to choose.")
        ),
    )


def _sliders(rooms: Rooms, places: Sequence[DeltaGenerator], currency: str) -> None:
    tokens, prepay = places
    with tokens:
        live_slider(
            say("Tokens per day"),
            TOKEN_STOPS,
            key="tokens_stop",
            texts=_tokens(),
            read_aloud=_tokens_a_day(),
            exact=_beside_the_stop(),
            help_text=say("Input and output together, on the first day."),
            followers=FOLLOWERS,
            on_change=_take_stop,
        )
    with prepay:
        live_slider(
            say("Prepay now"),
            form.PREPAY_STOPS,
            key="prepay",
            texts=_amounts(currency),
            help_text=say("Credit bought on the first day. Other purchases: group Payments."),
            followers=FOLLOWERS,
        )
        rooms.beneath("prepay")


@kept_by_language(None)
def _tokens() -> list[str]:
    return [count_in_short(tokens) for tokens in TOKEN_STOPS]


@kept_by_language(None)
def _tokens_a_day() -> list[str]:
    return [say("{tokens} tokens a day", tokens=tokens) for tokens in _tokens()]


@kept_by_language(None)
def _amounts(currency: str) -> list[str]:
    return [amount_in_words(amount, currency) for amount in form.PREPAY_STOPS]


def _beside_the_stop() -> tuple[str, str] | None:
    """Name the exact tokens per day where they are not those of the slider's stop."""
    exact, stop = st.session_state.tokens_per_day, st.session_state.tokens_stop
    if exact is None or exact == stop:
        return None
    tokens = count_in_short(exact)
    return tokens, say("{tokens} tokens a day", tokens=tokens)


def _exact_tokens(rooms: Rooms) -> None:
    st.number_input(
        say("Exact tokens per day"),
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
