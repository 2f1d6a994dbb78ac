"""Answers kept for a while: a rerun that changes no input computes nothing anew."""

import functools

from tierlogic.answer import Answer, answer
from tierlogic.scenario import Scenario


@functools.lru_cache(maxsize=64)
def answer_to(scenario: Scenario) -> Answer:
    """Answer a scenario, or look the answer up; shared by all sessions, never changed.

    Raises:
        PlanTooLargeError: a ValueError; the plan costs more than the engine counts.
    """
    return answer(scenario)
