"""Part of the rules group: a ladder or limits file of one's own, and a file to start from."""

import streamlit as st

from tierlogic.language import kept_by_language, number, say
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
    st.file_uploader(
        say("Your own ladder or limits"),
        type="toml",
        key="own_file",
        max_upload_size=1,
        on_change=_take_file,
        help=say("A contract's or a reseller's rules, as a file like the ones below."),
    )
    st.caption(
        say("The file is kept in this session, and in the plan's link if it fits. Nowhere else.")
    )
    if faults := _refusal():
        listed = [f"- {plain(fault)}" for fault in faults[:_MOST_SHOWN]]
        more = len(faults) - _MOST_SHOWN
        rest = [f"- {say('and {count} more', count=number(more))}"] if more > 0 else []
        what = say("This file cannot be used. What you see is without it.")
        st.error("\n".join([what, "", *listed, *rest]), icon=":material/error:")
    if form.uses_own_rules():
        _say_what_is_not_known()
        st.button(
            say("Back to published rules"),
            key="leave_own_rules",
            icon=":material/undo:",
            on_click=form.leave_own_rules,
        )
    with st.container(horizontal=True):
        for rules, kind, label in (
            (form.chosen_ladder(), "ladder", say("Download this ladder")),
            (form.chosen_limits(), "limits", say("Download these limits")),
        ):
            st.download_button(
                label,
                _text(rules),
                file_name=f"{rules.provider}-{kind}-{rules.version}.toml",
                mime="application/toml",
                key=f"start_from_{kind}",
                icon=":material/download:",
                on_click="ignore",
                help=say("To start your own file from."),
            )


def _take_file() -> None:
    """Use the file that was uploaded; one that cannot be used is kept, to say why in the run."""
    state, file = st.session_state, st.session_state.own_file
    state.own_refused = None
    if file is None:
        return
    if _faults_in(file.getvalue()):
        state.own_refused = file
        return
    text = text_of(file.getvalue())
    rules = own_rules(text)
    if address.reopen_with(mark(text), pack(text)):
        return
    if isinstance(rules, Ladder):
        form.take_ladder(text)
    elif rules.provider in form.offered_providers():
        form.take_limits(text)
    else:
        state.own_refused = file


def _refusal() -> list[str]:
    """Say why the file that was uploaded last is not used; nothing where it is."""
    file = st.session_state.get("own_refused")
    if file is None:
        return []
    data = file.getvalue()
    faults = _faults_in(data) or (_has_no_ladder(own_rules(text_of(data)).provider),)
    return [fault.at(file.name) for fault in faults]


@kept_by_language(64)
def _faults_in(data: bytes) -> tuple[Fault, ...]:
    try:
        own_rules(text_of(data))
    except FaultyRulesError as error:
        return error.faults
    return ()


def _has_no_ladder(provider: str) -> Fault:
    says = say(
        "is of {provider}, which has no ladder here; upload its ladder first",
        provider=repr(provider),
    )
    return Fault("provider", says)


def _say_what_is_not_known() -> None:
    """Say what an own ladder lacks where nothing else is published of its provider."""
    ladder, table = form.chosen_ladder(), form.chosen_limits()
    if not table.rows:
        st.info(
            say(
                "No limits of {provider} are known, so none holds your tokens back. "
                "Upload its limits too.",
                provider=plain(table.provider),
            ),
            icon=":material/info:",
        )
    if ladder.provider not in providers():
        provider = plain(ladder.provider)
        st.caption(say("No prices of {provider} are known: give yours.", provider=provider))


def _text(rules: Ladder | LimitsTable) -> str:
    own = st.session_state[f"own_{'ladder' if isinstance(rules, Ladder) else 'limits'}"]
    return own if own is not None and own_rules(own) == rules else toml_of(rules)
