"""The way in for a table of accounts: what it may hold, and what becomes of it."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from tierlogic.exports.assumptions import plan_in_words, unusual_assumptions
from tierlogic.fleet.accounts_file import AccountsFileError
from tierlogic.fleet.columns import FrameError
from tierlogic.fleet.in_memory import MOST_ROWS, project_accounts, read_accounts
from tierlogic.language import number, say
from tierlogic.page import many_accounts
from tierlogic.page.markdown import plain
from tierlogic.page.turns import out_of_turn
from tierlogic.scenario import Scenario

_MOST_MEGABYTES = 2
_EXAMPLE = """\
account,first_payment,used_before,paid_before,opening_balance,tokens_per_day
shop,{day},40,60,20,1500000
search,{day},5,100,95,200000
support,,0,0,0,50000
"""


def show_upload() -> None:
    """Draw the upload, and project what comes by it."""
    base = many_accounts.base()
    file = st.file_uploader(
        say("A table of accounts, as CSV or Parquet"),
        type=["csv", "parquet"],
        max_upload_size=_MOST_MEGABYTES,
        key=f"accounts_file_{st.session_state.get('tables_forgotten', 0)}",
        help=say(
            "The first line names the columns: account, first_payment, used_before, paid_before, "
            "opening_balance, tokens_per_day, model and all other inputs of a plan, by their names "
            "in a scenario."
        ),
    )
    st.caption(
        say(
            "Up to {rows} rows and {size} MB; more is for the shell: "
            "`tierlogic fleet accounts.parquet --out dates.parquet --summary`. The table is held "
            "in memory while this page is open. It is not stored, and in no link; a row that you "
            "open becomes a plan, and its figures, but not its name, are then in the address.",
            rows=number(MOST_ROWS),
            size=number(_MOST_MEGABYTES),
        )
    )
    if file and file.file_id != st.session_state.get("accounts_file_read"):
        _read(file, base)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            say("Download an example"),
            _EXAMPLE.format(day=base.start),
            file_name="accounts.csv",
            mime="text/csv",
            key="example_accounts",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )
        if many_accounts.table():
            st.button(
                say("Forget the table"),
                key="forget_accounts",
                type="tertiary",
                icon=":material/delete:",
                on_click=_forget,
            )
    _say_base(base)
    fault: str | None = st.session_state.get("accounts_fault")
    if fault:
        st.error(plain(fault), icon=":material/error:")


def _say_base(base: Scenario) -> None:
    """Say what a row has that it does not say: the plan's, purchases too."""
    heading = say("What a row does not say is as in your plan")
    with st.expander(heading, icon=":material/edit_note:"):
        listed = [
            (say("Plan"), plan_in_words(base)),
            (say("Tiers"), base.rules.title),
            *unusual_assumptions(base),
        ]
        lines = [say("{name}: {value}", name=name, value=value) for name, value in listed]
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _read(file: UploadedFile, base: Scenario) -> None:
    """Project a file; one that cannot be read leaves the table before as it is."""
    state, bar = st.session_state, st.progress(0.0, say("Reading the table"))
    state.accounts_fault = None

    def tell(share: float) -> None:
        percent = number(share, ".0%")
        bar.progress(share, say("{percent} of the accounts are projected", percent=percent))

    try:
        with out_of_turn():
            accounts = read_accounts(file.getvalue())
            answers = project_accounts(accounts.frame, base, tell)
        many_accounts.keep(many_accounts.Table.of(file.name, base, accounts, answers))
    except (AccountsFileError, FrameError) as error:
        state.accounts_fault = say("{file}: {problem}.", file=file.name, problem=error)
    finally:
        bar.empty()
    state.accounts_file_read = file.file_id


def _forget() -> None:
    state = st.session_state
    many_accounts.keep(None)
    state.accounts_fault = None
    # The uploader begins anew as well.
    state.tables_forgotten = state.get("tables_forgotten", 0) + 1
