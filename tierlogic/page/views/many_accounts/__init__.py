"""Many accounts: a table goes in; tiers over time, the accounts to act on, and every row."""

import streamlit as st

from tierlogic.language import number, say, say_count
from tierlogic.page import many_accounts
from tierlogic.page.markdown import plain
from tierlogic.page.views.many_accounts.figures import show_tiers_over_time, show_to_act_on
from tierlogic.page.views.many_accounts.rows import show_rows, show_unread
from tierlogic.page.views.many_accounts.upload import show_upload


def show_many_accounts() -> None:
    """Draw the view that takes the place of the plan's."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(say("Many accounts"), anchor=False, width="content")
        st.caption(say("One row an account: when each tier opens, and which accounts to act on."))
        st.button(
            say("Back to the plan"),
            key="back_to_plan",
            icon=":material/arrow_back:",
            on_click=many_accounts.show_plan,
        )
    show_upload()
    read = many_accounts.table()
    if read is None:
        return
    show_unread(read)
    if read.answers.empty:
        return
    ladder = _choose_ladder(read)
    show_tiers_over_time(read, ladder)
    show_to_act_on(read)
    show_rows(read, ladder)


def show_way_back() -> None:
    """Say which row the plan was opened from, and offer the way back to its table."""
    read, row = many_accounts.table(), many_accounts.opened_row()
    if read is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if row is not None:
            where = say("Opened from row {row} of {file}.", row=number(row), file=plain(read.name))
            st.caption(where, width="content")
        st.button(
            say_count("Back to {count} account", "Back to {count} accounts", len(read.answers)),
            key="back_to_accounts",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=many_accounts.show_view_again,
        )


def _choose_ladder(read: many_accounts.Table) -> str:
    """The ladder whose accounts are shown: the one that most are on, to begin with."""
    counts = read.answers["ladder"].value_counts()
    ladders = [str(ladder) for ladder in counts.index]
    if len(ladders) == 1:
        return ladders[0]

    def counted(ladder: str) -> str:
        return say_count(
            "{ladder}: {count} account",
            "{ladder}: {count} accounts",
            int(counts[ladder]),
            ladder=ladder,
        )

    return st.selectbox(
        say("Rules"),
        ladders,
        format_func=counted,
        key="many_accounts_ladder",
        width=340,
    )
