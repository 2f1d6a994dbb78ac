"""The plan that the form holds at this moment, and its answer."""

import streamlit as st
from pydantic import ValidationError

from tierlogic.answer import Answer
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.page import form
from tierlogic.page.answers import answer_to
from tierlogic.scenario import Problem, Scenario, problems


def current_answer() -> tuple[Answer, list[Problem]]:
    """Answer the plan of the form.

    Returns:
        The answer, and what is wrong with the form. Where something is, the answer is to the last
        plan that held.
    """
    try:
        scenario = Scenario.model_validate(form.plan())
        answered = answer_to(scenario)
    except ValidationError as error:
        return _last_good(), problems(error)
    except PlanTooLargeError as error:
        said = str(error).removeprefix("usage: ")
        return _last_good(), [Problem("usage.0.tokens_per_day", said)]
    st.session_state.last_good = scenario
    return answered, []


def _last_good() -> Answer:
    return answer_to(st.session_state.last_good)
