"""A slider that the page follows while its thumb is held; Streamlit's own sends on release only.

The value of a live slider is in session state under its key, as a plain value: the slider shows
what is there, and a message of the browser changes it, if it names a stop. While the thumb is
held, a message runs only the fragments that follow the slider, and waits until they have answered
the last: `answer_held` tells it so. Its release runs the whole page.
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
_ANSWERED = st.components.v2.component(
    "tierlogic_answered", js=text_beside(__file__, "answered.js")
)


def live_slider(
    label: str,
    stops: Sequence[int],
    *,
    key: str,
    texts: Sequence[str],
    help_text: str,
    followers: Sequence[str],
    read_aloud: Sequence[str] | None = None,
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
        on_change: called before the run in which the value is a new one.
    """
    state, scale = st.session_state, _scale(stops)
    widget = f"{key}_slider"
    _SLIDER(
        key=widget,
        data={
            "label": label,
            "help": help_text,
            "help_name": say("Help for {input}", input=label),
            "texts": texts,
            "read_aloud": read_aloud,
            "least": scale[0],
            "most": scale[-1],
            "step": scale.step,
            "value": scale[stops.index(state[key])],
            "at": _number_of(state.get(widget, {}).get("moved")),
            "session": state.setdefault("slider_session", token_hex(4)),
        },
        on_moved_change=partial(_take, key, stops, followers, on_change),
    )


def answer_held() -> None:
    """Tell the sliders that the page has answered; call it once what should follow is drawn."""
    _ANSWERED(key="answered", data={"at": st.session_state.get("heard", 0)}, height=1)


def is_held() -> bool:
    """Whether this run answers a thumb that is still held."""
    return bool(st.session_state.pop("held", False))


def _take(
    key: str, stops: Sequence[int], followers: Sequence[str], on_change: Callable[[], None]
) -> None:
    """Take a message of the browser, which may be any."""
    state, scale = st.session_state, _scale(stops)
    moved = state[f"{key}_slider"].get("moved")
    state.heard = max(_number_of(moved), state.get("heard", 0))
    if not isinstance(moved, dict) or moved.get("to") not in scale:
        return
    state.held = moved.get("held") is True
    state[key] = stops[scale.index(moved["to"])]
    on_change()
    if state.held:
        st.rerun(followers)


def _scale(stops: Sequence[int]) -> range:
    """Where the stops are on the slider: at their values, or at equal distances."""
    return stops if isinstance(stops, range) else range(len(stops))


def _number_of(moved: Any) -> int:
    """The number of a message, 0 where there is none."""
    at = moved.get("at") if isinstance(moved, dict) else None
    return at if type(at) is int else 0
