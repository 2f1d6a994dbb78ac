"""Group: how far what is uncertain may lie from the plan."""

import streamlit as st

from tierlogic.language import say, to_say
from tierlogic.page import asking
from tierlogic.page.inputs.group import group
from tierlogic.page.markdown import plain

_USUALLY = 100.0
_CHANGES = {
    "range_tokens": (to_say("Tokens per day, % fewer to % more"), -100.0, 900.0),
    "range_price": (to_say("Prices, % lower to % higher"), -100.0, 900.0),
    "range_growth": (to_say("Growth per 30 days, points less to more"), -100.0, 1000.0),
    "range_output_share": (to_say("Output share, points less to more"), -100.0, 100.0),
}


def certainty_group() -> None:
    """Draw the ranges; the plan itself is what is expected."""
    state = st.session_state
    with group(to_say("How sure is it"), ":material/ssid_chart:") as is_opened:
        if not is_opened:
            return
        st.caption(say("Ranges around the plan. Dates then come as ranges too, from 1,000 draws."))
        st.toggle(say("Draw ranges in place of single dates"), key="ranges_on")
        off = not state.ranges_on
        for key, (label, least, most) in _CHANGES.items():
            low, high = state[key]
            # A link may ask for more than the hand usually does.
            st.slider(
                say(label),
                least if low < -_USUALLY else max(least, -_USUALLY),
                most if high > _USUALLY else min(most, _USUALLY),
                step=1.0,
                format="%d",
                key=key,
                disabled=off,
            )
        st.slider(
            say("Day-to-day noise of tokens, %"),
            0.0,
            100.0,
            step=1.0,
            format="%d",
            key="range_noise",
            disabled=off,
        )
        st.slider(
            say("Delay of an upgrade, least to most days"),
            0,
            max(30, state.range_lag_days[1]),
            key="range_lag_days",
            disabled=off,
        )
        for problem in asking.range_problems():
            label, *_ = _CHANGES.get(f"range_{problem.field}", [to_say("Ranges")])
            st.error(plain(f"{say(label)}: {problem.message}"), icon=":material/error:")
