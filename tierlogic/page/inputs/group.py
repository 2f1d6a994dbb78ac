"""A named group of inputs: its widgets are made once somebody opens it, and kept from then on.

A group that nobody opened costs a rerun nothing; its inputs hold what the plan was opened with.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from tierlogic.language import say


@contextmanager
def group(name: str, icon: str) -> Iterator[bool]:
    """Draw a group, and say whether its inputs are to be drawn in it.

    Args:
        name: in English, marked by `to_say`; also the key under which the page remembers it.
        icon: as `st.expander` takes it.
    """
    opened: set[str] = st.session_state.setdefault("opened_groups", set())
    with st.expander(say(name), icon=icon, key=name, on_change="rerun") as drawn:
        if drawn.open:
            opened.add(name)
        yield name in opened
