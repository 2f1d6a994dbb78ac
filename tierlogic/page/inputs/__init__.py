"""The inputs: seven that a newcomer needs, the rest in named groups. Together: a scenario."""

from collections.abc import Sequence

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


def show_inputs(found: list[Problem], sliders: Sequence[DeltaGenerator]) -> list[str]:
    """Draw every input.

    Args:
        found: what is wrong with them.
        sliders: where the two that are dragged go, above the charts that follow them.

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
