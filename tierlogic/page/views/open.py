"""A plan from a file."""

import streamlit as st

from tierlogic.language import say
from tierlogic.page.address import open_plan
from tierlogic.page.markdown import plain
from tierlogic.plan_file import PlanFileError, read_plan_file


def show_open() -> None:
    """Draw the way in for a plan file."""
    st.file_uploader(
        say("A plan file (JSON)"),
        type="json",
        key="plan_file",
        max_upload_size=1,
        on_change=_take_file,
        help=say("The file that Share offers. It opens as the link would."),
    )
    if refusal := _refusal():
        st.error(plain(refusal), icon=":material/error:")


def _take_file() -> None:
    state, file = st.session_state, st.session_state.plan_file
    state.refused_plan_file = None
    if file is None:
        return
    try:
        open_plan(read_plan_file(file.getvalue()))
    except PlanFileError:
        state.refused_plan_file = file


def _refusal() -> str | None:
    """Say why the file that was chosen last is no plan; None: it is one, or there is none."""
    file = st.session_state.get("refused_plan_file")
    if file is None:
        return None
    try:
        read_plan_file(file.getvalue())
    except PlanFileError as error:
        return f"{file.name}: {error}"
    return None
