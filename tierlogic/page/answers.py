"""Answers kept for a while: a rerun that changes no input computes nothing anew."""

import functools

from tierlogic.answer import Answer, answer
from tierlogic.scenario import Scenario


@functools.lru_cache(maxsize=64)
def answer_to(scenario: Scenario) -> Answer:
    """Answer a scenario, or look the answer up; shared by all sessions, never changed.

    Raises:
        PlanTooLargeError: a ValueError; a day would cost more than 10^9 dollars.
    """
    return answer(scenario)
