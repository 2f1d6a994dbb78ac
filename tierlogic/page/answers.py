"""Answers kept for a while: a rerun that changes no input computes nothing anew.

They are shared by all sessions, and never changed.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tierlogic.answer import Answer, answer
from tierlogic.language import kept_by_language, language, number, say, say_count
from tierlogic.page.turns import out_of_turn
from tierlogic.questions.compare import Comparison, compare
from tierlogic.questions.date_map import DateMap, date_map
from tierlogic.questions.goal import Goal
from tierlogic.questions.ranges import RangesAnswer, ranges
from tierlogic.questions.ranges_drawn import Ranges
from tierlogic.questions.sensitivity import Sensitivity, sensitivity
from tierlogic.questions.sooner import Sooner, sooner
from tierlogic.questions.target import Target, target
from tierlogic.scenario import Scenario

MOST_TRIALS = 1_500
"""Plans that a search for a target projects at most, about."""


@contextmanager
def _progress(words: str) -> Iterator[DeltaGenerator]:
    """Show a bar. A rerun that is asked for meanwhile ends the work where it moves the bar."""
    bar = st.progress(0.0, words)
    try:
        with out_of_turn():
            yield bar
    finally:
        bar.empty()


class _Run(threading.local):
    """What this run of the page, a thread of its own, asked last: it asks for each of its parts."""

    asked: tuple[str, Scenario] | None = None
    answered: Answer


_run = _Run()


def answer_to(scenario: Scenario) -> Answer:
    """Answer a scenario, or look the answer up.

    Raises:
        PlanTooLargeError: a ValueError; the plan costs more than the engine counts.
    """
    asked = language(), scenario
    if _run.asked != asked:
        _run.answered, _run.asked = _answer_to(scenario), asked
    return _run.answered


@kept_by_language(16)
def _answer_to(scenario: Scenario) -> Answer:
    return answer(scenario)


@kept_by_language(16)
def sooner_than(scenario: Scenario) -> Sooner | None:
    """Find what brings the next tier forward most, or look it up; errors as those of `answer`."""
    return sooner(answer_to(scenario))


@kept_by_language(16)
def target_of(scenario: Scenario, goal: Goal) -> Target:
    """Find what a goal takes, or look it up; errors as those of `target`."""
    with _progress(say("Looking for what it takes")) as bar:

        def tell(tried: int) -> None:
            words = say_count("Tried {count} plan", "Tried {count} plans", tried)
            bar.progress(min(tried / MOST_TRIALS, 1.0), words)

        return target(scenario, goal, progress=tell)


@kept_by_language(16)
def ranges_of(scenario: Scenario, within: Ranges) -> RangesAnswer:
    """Draw a plan within ranges, or look it up; errors as those of `ranges`."""
    words = say("Drawing {count} plans", count=number(within.draws))
    with _progress(words) as bar:
        return ranges(scenario, within, progress=bar.progress)


@kept_by_language(16)
def sensitivity_of(scenario: Scenario, tier: str | None) -> Sensitivity:
    """Find what matters to a plan, or look it up; errors as those of `sensitivity`."""
    return sensitivity(scenario, tier)


@kept_by_language(16)
def map_of(scenario: Scenario, tier: str | None) -> DateMap:
    """Map a tier's day, or look it up; errors as those of `date_map`."""
    with _progress(say("Drawing the map")) as bar:
        return date_map(scenario, tier, progress=bar.progress)


@kept_by_language(16)
def comparison_of(scenarios: tuple[Scenario, ...], base: int) -> Comparison:
    """Compare plans, or look it up; errors as those of `compare`."""
    return compare(scenarios, base)
