"""A slider that the page follows while its thumb is held; Streamlit's own sends on release only.

The value of a live slider is in session state under its key, as a plain value: the slider shows
what is there, and a message of the browser changes it, if it names a stop. While the thumb is
held, a message runs only the fragments that follow the slider; its release runs the whole page.

A slider's own message breaks off the run that it finds. One that is sent while another of the same
thumb is under way must not: it goes by `carry_held`, which stands in a fragment, and waits its turn
on the server. So the server works on one value while the browser draws the one before it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from secrets import token_hex
from typing import Any

import streamlit as st

from tierlogic.language import say
from tierlogic.page.beside import text_beside

_SLIDER = st.components.v2.component(
    "tierlogic_live_slider",
    html=text_beside(__file__, "slider.html"),
    css=text_beside(__file__, "slider.css"),
    js=text_beside(__file__, "slider.js"),
)
_CARRIER = st.components.v2.component("tierlogic_carrier", js=text_beside(__file__, "carrier.js"))


def live_slider(
    label: str,
    stops: Sequence[int],
    *,
    key: str,
    texts: Sequence[str],
    help_text: str,
    followers: Sequence[str],
    read_aloud: Sequence[str] | None = None,
    exact: tuple[str, str] | None = None,
    on_change: Callable[[], None] = lambda: None,
) -> None:
    """Draw a slider over some stops for the value in session state, which is one of them.

    Args:
        label: what stands above it.
        stops: all values, least first; a range, or values at equal distances on the slider.
        key: where the value is in session state.
        texts: each stop as it stands above the thumb.
        help_text: what the sign beside the label says.
        followers: keys of the fragments that follow the thumb while it is held.
        read_aloud: each stop as a screen reader says it; None: as it stands above the thumb.
        exact: what the value is called, above the thumb and by a screen reader, where it lies
            beside the stop that stands for it; None: it is the stop.
        on_change: called before the run in which the value is a new one.
    """
    state, scale = st.session_state, _scale(stops)
    widget = f"{key}_slider"
    takers = state.setdefault("live_sliders", {})
    takers[key] = partial(_take, key, stops, followers, on_change)
    _SLIDER(
        key=widget,
        data={
            "slider": key,
            "label": label,
            "help": help_text,
            "help_name": say("Help for {input}", input=label),
            "texts": texts,
            "read_aloud": read_aloud,
            "least": scale[0],
            "most": scale[-1],
            "step": scale.step,
            "exact": exact,
            "value": scale[stops.index(state[key])],
            "at": _heard(),
            "session": state.setdefault("slider_session", token_hex(4)),
        },
        on_moved_change=partial(_hear, widget),
    )


def carry_held() -> None:
    """Tell the sliders what has been answered, and carry what a held thumb says meanwhile.

    Call it in one of the fragments that follow, once what should follow is drawn.
    """
    _CARRIER(
        key="carrier",
        data={"at": _heard()},
        height=1,
        on_moved_change=partial(_hear, "carrier"),
    )


def is_held() -> bool:
    """Whether this run answers a thumb that is still held."""
    return bool(st.session_state.pop("held", False))


def _hear(component: str) -> None:
    """Take a message of the browser, which may be any; one older than the last says nothing."""
    state = st.session_state
    moved = state[component].get("moved")
    if not isinstance(moved, dict) or not _is_newer(moved.get("at")):
        return
    state.heard = moved["at"]
    taker = state.get("live_sliders", {}).get(str(moved.get("slider")))
    if taker:
        taker(moved.get("to"), is_held=moved.get("held") is True)


def _is_newer(at: Any) -> bool:
    return type(at) is int and at > _heard()


def _heard() -> int:
    """The number of the last message that was taken, 0 before the first."""
    heard: int = st.session_state.get("heard", 0)
    return heard


def _take(
    key: str,
    stops: Sequence[int],
    followers: Sequence[str],
    on_change: Callable[[], None],
    to: Any,
    *,
    is_held: bool,
) -> None:
    """Put a slider where the browser says, if that is a stop of it."""
    state, scale = st.session_state, _scale(stops)
    if to not in scale:
        return
    state.held = is_held
    state[key] = stops[scale.index(to)]
    on_change()
    if is_held:
        st.rerun(followers)


def _scale(stops: Sequence[int]) -> range:
    """Where the stops are on the slider: at their values, or at equal distances."""
    return stops if isinstance(stops, range) else range(len(stops))
