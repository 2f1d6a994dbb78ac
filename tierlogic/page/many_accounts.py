"""A table of many accounts in this session, and the view that takes the place of the plan's.

While that view is open, no input of the plan is drawn: the plan is in the address, and opens from
there again. The table is in the session's memory and nowhere else.
"""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from tierlogic.fleet.in_memory import Accounts, scenario_of
from tierlogic.fleet.summary import to_act_on
from tierlogic.links import to_parameters
from tierlogic.page import address
from tierlogic.scenario import Scenario


@dataclass(frozen=True)
class Table:
    """A table that was read and projected. Frames have the number of the row as their index."""

    name: str
    """Of its file."""
    base: Scenario
    accounts: Accounts
    answers: pd.DataFrame
    """Of the rows that can be read."""
    unread: pd.DataFrame
    """Columns account and problem: the rows that cannot."""
    to_act_on: pd.DataFrame

    @staticmethod
    def of(name: str, base: Scenario, accounts: Accounts, answers: pd.DataFrame) -> "Table":
        """Take apart what was found, and sum it up."""
        sound = answers[answers["problem"].isna()]
        return Table(
            name=name,
            base=base,
            accounts=accounts,
            answers=sound,
            unread=_unread(accounts, answers),
            to_act_on=to_act_on(sound),
        )


def _unread(accounts: Accounts, answers: pd.DataFrame) -> pd.DataFrame:
    columns = ["account", "problem"]
    refused = answers[answers["problem"].notna()].reindex(columns=columns)
    misread = pd.DataFrame(
        [(None, each.problem) for each in accounts.misread],
        pd.Index([each.row for each in accounts.misread], name="row", dtype="int64"),
        columns,
        dtype="object",
    )
    return pd.concat([refused.astype("object"), misread]).sort_index()


def table() -> Table | None:
    """The table that was read last; None: none, or it was forgotten."""
    read: Table | None = st.session_state.get("many_accounts")
    return read


def keep(read: Table | None) -> None:
    """Keep a table in place of the one before; None: forget that."""
    st.session_state.many_accounts = read
    st.session_state.opened_account = None


def is_open() -> bool:
    """Whether the view is open. An address that comes from outside closes it."""
    state = st.session_state
    if state.get("many_accounts_open") and address.came_from_outside():
        show_plan()
    return bool(state.get("many_accounts_open"))


def show_view(scenario: Scenario) -> None:
    """Open the view; what the rows of a table do not say is this plan's from now on."""
    state = st.session_state
    state.many_accounts_open = True
    state.many_accounts_base = scenario.but(title="")


def show_view_again() -> None:
    """Open the view as it was."""
    st.session_state.many_accounts_open = True


def base() -> Scenario:
    """The plan from which the view was opened."""
    opened_from: Scenario = st.session_state.many_accounts_base
    return opened_from


def show_plan() -> None:
    """Close the view; the plan opens from the address."""
    st.session_state.many_accounts_open = False
    address.reopen()


def open_row(read: Table, row: int) -> None:
    """Open an account as the plan, and close the view."""
    state, scenario = st.session_state, scenario_of(read.accounts.frame, row, read.base)
    state.many_accounts_open = False
    state.opened_account = row
    address.open_plan(to_parameters(scenario))


def opened_row() -> int | None:
    """The number of the row that was opened last."""
    row: int | None = st.session_state.get("opened_account")
    return row
