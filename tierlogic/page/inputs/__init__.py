"""The inputs: seven that a newcomer needs, the rest in named groups. Together: a scenario."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tierlogic.page.inputs.account import account_group
from tierlogic.page.inputs.certainty import certainty_group
from tierlogic.page.inputs.first_seven import first_seven
from tierlogic.page.inputs.payments import payments_group
from tierlogic.page.inputs.rules import rules_group
from tierlogic.page.inputs.usage import usage_group
from tierlogic.page.rooms import Rooms
from tierlogic.scenario import Problem


def show_inputs(found: list[Problem], sliders: DeltaGenerator) -> list[str]:
    """Draw every input.

    Args:
        found: what is wrong with them.
        sliders: where what is dragged goes, beside the charts that follow it.

    Returns:
        What is wrong, in words. It stands beside the fields too.
    """
    rooms = Rooms()
    first_seven(rooms, sliders)
    usage_group(rooms)
    payments_group(rooms)
    account_group(rooms)
    rules_group(rooms)
    certainty_group()
    return rooms.say(found, prepays=bool(st.session_state.prepay))
