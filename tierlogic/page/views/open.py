"""A plan from a file."""

from datetime import date

import streamlit as st

from tierlogic.page.address import open_plan
from tierlogic.page.markdown import plain
from tierlogic.plan_file import PlanFileError, read_plan_file


def show_open(today: date) -> None:
    """Draw the way in for a plan file."""
    st.file_uploader(
        "A plan file (JSON)",
        type="json",
        key="plan_file",
        max_upload_size=1,
        on_change=_take_file,
        args=(today,),
        help="The file that Share offers. It opens as the link would.",
    )
    fault: str | None = st.session_state.get("plan_file_fault")
    if fault:
        st.error(plain(fault), icon=":material/error:")


def _take_file(today: date) -> None:
    state, file = st.session_state, st.session_state.plan_file
    state.plan_file_fault = None
    if file is None:
        return
    try:
        open_plan(read_plan_file(file.getvalue()), today)
    except PlanFileError as error:
        state.plan_file_fault = f"{file.name}: {error}"
