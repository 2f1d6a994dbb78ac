"""The inputs: seven that a newcomer needs, the rest in named groups. Together: a scenario."""

import streamlit as st
from pydantic import ValidationError

from tierlogic.answer import Answer
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.page import form
from tierlogic.page.answers import answer_to
from tierlogic.page.inputs.account import account_group
from tierlogic.page.inputs.first_seven import first_seven
from tierlogic.page.inputs.payments import payments_group
from tierlogic.page.inputs.rules import rules_group
from tierlogic.page.inputs.usage import usage_group
from tierlogic.page.rooms import Rooms
from tierlogic.scenario import Problem, Scenario, problems


def show_inputs() -> tuple[Answer, bool]:
    """Draw every input, and answer the plan that they make.

    Returns:
        The answer, and whether it is to what the inputs say. Where they make no plan, the
        problems stand beside their fields and the answer is to the last plan that held.
    """
    form.follow()
    rooms = Rooms()
    first_seven(rooms)
    usage_group(rooms)
    payments_group(rooms)
    account_group(rooms)
    rules_group(rooms)
    try:
        scenario = Scenario.model_validate(form.plan())
        answered = answer_to(scenario)
    except ValidationError as error:
        rooms.say(problems(error))
    except PlanTooLargeError as error:
        rooms.say([Problem("usage", str(error))])
    else:
        st.session_state.last_good = scenario
        return answered, True
    return answer_to(st.session_state.last_good), False
