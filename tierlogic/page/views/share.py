"""The address of this very plan, with a copy button, and the plan as a file."""

import streamlit as st

from tierlogic.language import number, say
from tierlogic.links import MAX_ADDRESS, PLAN_FILE, Asked, as_query, is_mark, to_parameters
from tierlogic.page.address import parameters_within_an_address
from tierlogic.page.views.reproduce import show_reproduce
from tierlogic.plan_file import to_plan_file
from tierlogic.scenario import Scenario


def show_share(scenario: Scenario, asked: Asked) -> None:
    """Draw the link. What it shows stays the same, whatever rules and prices come later."""
    icon = ":material/share:"
    with st.popover(
        say("Share"), type="tertiary", icon=icon, key="Share", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        parameters = parameters_within_an_address(scenario, asked)
        own_rules = [
            parameters[name][0] for name in ("own_ladder", "own_limits") if name in parameters
        ]
        if PLAN_FILE in parameters:
            st.warning(
                say(
                    "This plan is too long for an address, which has {count} characters at most. "
                    "Share the plan file: a reload opens the plan only from there.",
                    count=number(MAX_ADDRESS),
                ),
                icon=":material/link_off:",
            )
        elif any(is_mark(value) for value in own_rules):
            st.warning(
                say(
                    "Your own rules file is too long for a link: teammates must upload it too, "
                    "and so must you after a reload. The plan file holds it."
                ),
                icon=":material/link_off:",
            )
        else:
            st.markdown(say("This address opens the same plan with the same figures."))
        if PLAN_FILE not in parameters:
            address = f"{st.context.url}?{as_query(parameters)}"
            st.code(address, language=None, wrap_lines=True)
        st.download_button(
            say("Plan file (JSON)"),
            lambda: to_plan_file(to_parameters(scenario, asked)),
            file_name="tierlogic-plan.json",
            mime="application/json",
            key="download_plan",
            icon=":material/download:",
            on_click="ignore",
            help=say("Holds the same as the address. Open reads it."),
        )
        with st.expander(say("Reproduce this in a shell or in Python"), icon=":material/terminal:"):
            show_reproduce(scenario)
        what = (
            say(
                "Amounts and dates are in the address, your own rules too, "
                "and so in logs and chats."
            )
            if own_rules
            else say("Amounts and dates are in the address, and so in logs and chats.")
        )
        advice = say(
            "A link cannot be taken back. Put no names or keys into the title: "
            "it is the only free text."
        )
        st.caption(f"{what} {advice}")
