"""The address of this very plan, with a copy button."""

import streamlit as st

from tierlogic.links import to_query
from tierlogic.scenario import Scenario


def show_share(scenario: Scenario) -> None:
    """Draw the link. What it shows stays the same, whatever rules and prices come later."""
    with st.popover("Share", icon=":material/share:"):
        st.markdown("This address opens the same plan with the same figures.")
        st.code(f"{st.context.url}?{to_query(scenario)}", language=None, wrap_lines=True)
        st.caption(
            "Amounts and dates are in the address, and so in logs and chats. "
            "Put no names or keys into the title."
        )
