"""A named group of inputs: its widgets are made once somebody opens it, and kept from then on.

A group that nobody opened costs a rerun nothing; its inputs hold what the plan was opened with.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def group(label: str, icon: str) -> Iterator[bool]:
    """Draw a group, and say whether its inputs are to be drawn in it."""
    opened: set[str] = st.session_state.setdefault("opened_groups", set())
    with st.expander(label, icon=icon, key=label, on_change="rerun") as drawn:
        if drawn.open:
            opened.add(label)
        yield label in opened
