"""Group: horizon, limits version, when the provider looks at the account, rules of one's own."""

import streamlit as st

from tierlogic.language import say, say_count, to_say
from tierlogic.page import form
from tierlogic.page.inputs.group import group
from tierlogic.page.inputs.own_rules import own_rules_part
from tierlogic.page.inputs.versions import version_picker
from tierlogic.page.rooms import Rooms
from tierlogic.rules.catalog import limits, load_limits, provider_of
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.words import lag_in_words
from tierlogic.scenario import MAX_TITLE

_EVALUATIONS = {"daily": to_say("Every day"), "at_payment": to_say("Only at a payment")}


def rules_group(rooms: Rooms) -> None:
    """Draw the horizon, the limits version, the evaluation, the title and one's own rules."""
    state = st.session_state
    with group(to_say("Rules and time"), ":material/rule:") as is_opened:
        if not is_opened:
            return
        st.caption(
            say("How far to look, which limits hold, and when the provider looks at the account.")
        )
        st.select_slider(
            say("Horizon, days"), _horizons(state.days), key="days", format_func=_days_in_words
        )
        rooms.beneath("days")
        version_picker(
            say("Limits version"),
            "limits",
            limits(),
            load_limits,
            say("Tokens and requests a minute by model and tier, as in force from a date."),
        )
        rooms.beneath("limits")
        st.segmented_control(
            say("Evaluated"),
            _EVALUATIONS,
            key="evaluated",
            format_func=lambda evaluated: say(_EVALUATIONS[evaluated]),
            required=True,
            help=say("Users report that waiting alone does not open a tier, a new payment does."),
        )
        st.number_input(
            say("Delay of an upgrade, days"),
            0,
            365,
            None,
            step=1,
            key="lag_days",
            help=_about_the_delay(form.chosen_ladder()),
        )
        rooms.beneath("lag_days")
        st.text_input(say("Title of the plan"), max_chars=MAX_TITLE, key="title")
        rooms.beneath("title")
        own_rules_part()
        rooms.beneath("own_ladder", "own_limits")


def _horizons(chosen: int) -> list[int]:
    """Stops from 30 days to 3 years, and the one chosen, which a link may set anywhere."""
    return sorted({30, 45, 60, 90, 120, 150, 180, 270, 365, 450, 540, 730, 900, 1095, chosen})


def _about_the_delay(ladder: Ladder) -> str:
    """Say what the ladder itself asks for, or else what users saw."""
    observed = provider_of(ladder).observed_lag_days
    if ladder.lag_days[1]:
        return say(
            "By these rules an earned tier comes {when}; a longer delay counts instead.",
            when=lag_in_words(ladder.lag_days),
        )
    if observed:
        return say("Users report that an earned tier comes {when}.", when=lag_in_words(observed))
    return say("Days between an evaluation and the tier that it opens.")


def _days_in_words(days: int) -> str:
    years, rest = divmod(days, 365)
    if rest or not years:
        return say_count("{count} day", "{count} days", days)
    return say_count("{count} year", "{count} years", years)
