"""The address of this very plan, with a copy button."""

from urllib.parse import urlencode

import streamlit as st

from tierlogic.links import is_mark
from tierlogic.page.address import parameters_within_an_address
from tierlogic.scenario import Scenario


def show_share(scenario: Scenario) -> None:
    """Draw the link. What it shows stays the same, whatever rules and prices come later."""
    parameters = parameters_within_an_address(scenario)
    own_rules = [parameters[name][0] for name in ("own_ladder", "own_limits") if name in parameters]
    with st.popover("Share", icon=":material/share:"):
        if any(is_mark(value) for value in own_rules):
            st.warning(
                "Your own rules file is too long for a link: teammates must upload it too, "
                "and so must you after a reload.",
                icon=":material/link_off:",
            )
        else:
            st.markdown("This address opens the same plan with the same figures.")
        query = urlencode(parameters, doseq=True, safe="/:")
        st.code(f"{st.context.url}?{query}", language=None, wrap_lines=True)
        too = ", your own rules too" if own_rules else ""
        st.caption(
            f"Amounts and dates are in the address{too}, and so in logs and chats. "
            "Put no names or keys into the title."
        )
