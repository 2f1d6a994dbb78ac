"""The inputs: seven that a newcomer needs, the rest in named groups. Together: a scenario."""

import streamlit as st
from pydantic import ValidationError
from streamlit.delta_generator import DeltaGenerator

from tierlogic.answer import Answer
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.page import form
from tierlogic.page.answers import answer_to
from tierlogic.page.inputs.account import account_group
from tierlogic.page.inputs.certainty import certainty_group
from tierlogic.page.inputs.first_seven import first_seven
from tierlogic.page.inputs.payments import payments_group
from tierlogic.page.inputs.rules import rules_group
from tierlogic.page.inputs.usage import usage_group
from tierlogic.page.rooms import Rooms
from tierlogic.scenario import Problem, Scenario, problems


def show_inputs(sliders: DeltaGenerator) -> tuple[Answer, list[str]]:
    """Draw every input, and answer the plan that they make.

    Args:
        sliders: where what is dragged goes, beside the charts that follow it.

    Returns:
        The answer, and what is wrong with the inputs. Where something is, it stands beside its
        field too, and the answer is to the last plan that held.
    """
    form.follow()
    rooms = Rooms()
    first_seven(rooms, sliders)
    usage_group(rooms)
    payments_group(rooms)
    account_group(rooms)
    rules_group(rooms)
    certainty_group()
    try:
        scenario = Scenario.model_validate(form.plan())
        answered = answer_to(scenario)
    except ValidationError as error:
        found = problems(error)
    except PlanTooLargeError as error:
        found = [Problem("usage.0.tokens_per_day", str(error).removeprefix("usage: "))]
    else:
        st.session_state.last_good = scenario
        return answered, []
    said = rooms.say(found, prepays=bool(st.session_state.prepay))
    return answer_to(st.session_state.last_good), said
