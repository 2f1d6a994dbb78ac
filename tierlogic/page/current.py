"""The plan that the form holds at this moment, and its answer."""

import re
from typing import Any

import streamlit as st
from pydantic import ValidationError

from tierlogic.answer import Answer
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.page import form
from tierlogic.page.answers import answer_to
from tierlogic.scenario import Problem, Scenario, problems

_PRICE_OF_A_LINE = re.compile(r"usage\.\d+\.price")


def current_answer() -> tuple[Answer, list[Problem]]:
    """Answer the plan of the form.

    Returns:
        The answer, and what is wrong with the form. Where only prices are missing, the answer is
        to the plan without the use that they would price; else to the last plan that held.
    """
    return _answer_to(form.plan())


def lacks_only_prices(found: list[Problem]) -> bool:
    """Whether nothing is wrong with the form but prices that nobody gave."""
    return all(_PRICE_OF_A_LINE.fullmatch(problem.field) for problem in found)


def _answer_to(content: dict[str, Any]) -> tuple[Answer, list[Problem]]:
    try:
        scenario = Scenario.model_validate(content)
        answered = answer_to(scenario)
    except ValidationError as error:
        found = problems(error)
        if not lacks_only_prices(found):
            return _last_good(), found
        # A provider's rules can be known without its prices.
        return _answer_to(_without_unpriced_use(content, found))[0], found
    except PlanTooLargeError as error:
        said = str(error).removeprefix("usage: ")
        return _last_good(), [Problem("usage.0.tokens_per_day", said)]
    st.session_state.last_good = scenario
    return answered, []


def _without_unpriced_use(content: dict[str, Any], found: list[Problem]) -> dict[str, Any]:
    unpriced = {int(problem.field.split(".")[1]) for problem in found}
    priced = [line for row, line in enumerate(content["usage"]) if row not in unpriced]
    return content | {"usage": priced}


def _last_good() -> Answer:
    return answer_to(st.session_state.last_good)
