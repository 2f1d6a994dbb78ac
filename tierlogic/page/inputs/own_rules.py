"""Part of the rules group: a ladder or limits file of one's own, and a file to start from."""

import streamlit as st

from tierlogic.links import mark, pack
from tierlogic.page import address, form
from tierlogic.page.markdown import plain
from tierlogic.rules.catalog import providers, toml_of
from tierlogic.rules.faults import Fault, FaultyRulesError
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable
from tierlogic.rules.own import own_rules, text_of

_MOST_SHOWN = 50


def own_rules_part() -> None:
    """Draw the upload, what is wrong with the file, the way back, and the files to start from."""
    state = st.session_state
    st.file_uploader(
        "Your own ladder or limits",
        type="toml",
        key="own_file",
        max_upload_size=1,
        on_change=_take_file,
        help="A contract's or a reseller's rules, as a file like the ones below.",
    )
    st.caption("The file is kept in this session, and in the plan's link if it fits. Nowhere else.")
    faults: list[str] = state.get("own_faults", [])
    if faults:
        listed = [f"- {plain(fault)}" for fault in faults[:_MOST_SHOWN]]
        more = len(faults) - _MOST_SHOWN
        rest = [f"- and {more:,} more"] if more > 0 else []
        what = "This file cannot be used. What you see is without it."
        st.error("\n".join([what, "", *listed, *rest]), icon=":material/error:")
    if form.uses_own_rules():
        _say_what_is_not_known()
        st.button(
            "Back to published rules",
            key="leave_own_rules",
            icon=":material/undo:",
            on_click=form.leave_own_rules,
        )
    with st.container(horizontal=True):
        for rules, kind, what in (
            (form.chosen_ladder(), "ladder", "this ladder"),
            (form.chosen_limits(), "limits", "these limits"),
        ):
            st.download_button(
                f"Download {what}",
                _text(rules),
                file_name=f"{rules.provider}-{kind}-{rules.version}.toml",
                mime="application/toml",
                key=f"start_from_{kind}",
                icon=":material/download:",
                on_click="ignore",
                help="To start your own file from.",
            )


def _take_file() -> None:
    """Use the file that was uploaded, or list its faults."""
    state, file = st.session_state, st.session_state.own_file
    state.own_faults = []
    if file is None:
        return
    try:
        text = text_of(file.getvalue())
        rules = own_rules(text)
        if address.reopen_with(mark(text), pack(text)):
            return
        _take(rules, text)
    except FaultyRulesError as error:
        state.own_faults = [fault.at(file.name) for fault in error.faults]


def _take(rules: Ladder | LimitsTable, text: str) -> None:
    if isinstance(rules, Ladder):
        form.take_ladder(text)
    elif rules.provider in form.offered_providers():
        form.take_limits(text)
    else:
        says = f"is of {rules.provider!r}, which has no ladder here; upload its ladder first"
        raise FaultyRulesError([Fault("provider", says)])


def _say_what_is_not_known() -> None:
    """Say what an own ladder lacks where nothing else is published of its provider."""
    ladder, table = form.chosen_ladder(), form.chosen_limits()
    if not table.rows:
        st.info(
            f"No limits of {plain(table.provider)} are known, so none holds your tokens back. "
            "Upload its limits too.",
            icon=":material/info:",
        )
    if ladder.provider not in providers():
        st.caption(f"No prices of {plain(ladder.provider)} are known: give yours.")


def _text(rules: Ladder | LimitsTable) -> str:
    own = st.session_state[f"own_{'ladder' if isinstance(rules, Ladder) else 'limits'}"]
    return own if own is not None and own_rules(own) == rules else toml_of(rules)
