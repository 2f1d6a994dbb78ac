"""What is asked of the plan as values of the page's widgets, and back: target, ranges, others."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import streamlit as st
from pydantic import ValidationError

from tierlogic.language import say
from tierlogic.links import Asked
from tierlogic.links.names import MOST_PLANS
from tierlogic.page.percents import to_percent, to_share
from tierlogic.questions.goal import Goal
from tierlogic.questions.ranges_drawn import Ranges
from tierlogic.rules.catalog import provider_of
from tierlogic.scenario import Problem, Scenario, problems

PLAN, TARGET, USAGE = "plan", "target", "usage"
TIER, TPM, FULL_REQUEST = "tier", "tpm", "full_request"

_GOAL = ("goal_by", "goal_kind", "goal_tier", "goal_tpm", "goal_model")
_CHANGES = ("tokens", "price", "growth", "output_share")
_RANGES = (*(f"range_{field}" for field in _CHANGES), "range_noise", "range_lag_days")
WIDGETS = ("mode", *_GOAL, "ranges_on", *_RANGES, "kept", "base")

_DAYS_TO_A_GOAL = 90
_USUAL = Ranges(tokens=(-0.2, 0.3), noise=0.2)
"""Ranges to begin with."""


def fill(asked: Asked, scenario: Scenario) -> None:
    """Put what is asked into the widgets."""
    state = st.session_state
    state.mode = TARGET if asked.goal else PLAN
    goal = asked.goal or _usual_goal(scenario)
    state.goal_by, state.goal_model = goal.by, goal.model
    state.goal_kind = TIER if goal.tier else FULL_REQUEST if goal.full_request else TPM
    state.goal_tier = goal.tier or scenario.rules.tier_names[-1]
    state.goal_tpm = goal.tpm or 1_000_000
    state.ranges_on = asked.within is not None
    _fill_ranges(asked.within or _usual_ranges(scenario))
    state.kept, state.base = asked.others, asked.base


def asked() -> Asked:
    """Read the widgets. A goal or ranges that cannot be are left out; their problems say why."""
    state = st.session_state
    return Asked(
        others=state.kept,
        base=min(state.base, len(state.kept)),
        goal=None if goal_problems() else _goal(),
        within=None if range_problems() else _within(),
    )


def goal_problems() -> list[Problem]:
    """What is wrong with the goal; nothing where none is asked."""
    state = st.session_state
    if state.mode == TARGET and state.goal_kind == TPM and state.goal_tpm is None:
        return [Problem("tpm", say("is needed"))]
    return _problems(_goal)


def range_problems() -> list[Problem]:
    """What is wrong with the ranges; nothing where none are asked."""
    return _problems(_within)


def keep(scenario: Scenario) -> None:
    """Keep a plan to compare with."""
    st.session_state.kept = (*st.session_state.kept, scenario)


def leave_out(place: int) -> None:
    """Forget one of the plans that are kept; places count from 0."""
    state = st.session_state
    state.kept = (*state.kept[:place], *state.kept[place + 1 :])
    if state.base > place:
        state.base = state.base - 1 if state.base > place + 1 else 0


def has_room() -> bool:
    """Whether one more plan can be kept beside the present one."""
    return len(st.session_state.kept) < MOST_PLANS - 1


def _usual_goal(scenario: Scenario) -> Goal:
    by = min(scenario.start + timedelta(days=_DAYS_TO_A_GOAL), scenario.last_day)
    return Goal(by=by, tier=scenario.rules.tier_names[-1])


def _usual_ranges(scenario: Scenario) -> Ranges:
    ladder = scenario.rules
    observed = provider_of(ladder).observed_lag_days
    lag = ladder.lag_days if ladder.lag_days[1] else observed
    return _USUAL.model_copy(update={"lag_days": lag})


def _goal() -> Goal | None:
    state = st.session_state
    if state.mode != TARGET:
        return None
    content: dict[str, Any] = {"by": state.goal_by}
    if state.goal_kind == TIER:
        content["tier"] = state.goal_tier
    else:
        content["model"] = state.goal_model
        content |= {"tpm": state.goal_tpm} if state.goal_kind == TPM else {"full_request": True}
    return Goal.model_validate(content)


def _fill_ranges(within: Ranges) -> None:
    state = st.session_state
    for field in _CHANGES:
        low, high = getattr(within, field)
        state[f"range_{field}"] = (to_percent(low), to_percent(high))
    state.range_noise = to_percent(within.noise)
    state.range_lag_days = within.lag_days or (0, 0)
    state.range_lag_is_known = within.lag_days is not None
    state.range_draws, state.range_seed = within.draws, within.seed


def _within() -> Ranges | None:
    state = st.session_state
    if not state.ranges_on:
        return None
    changes = {field: tuple(map(to_share, state[f"range_{field}"])) for field in _CHANGES}
    lag = tuple(state.range_lag_days)
    return Ranges.model_validate(
        {
            **changes,
            "noise": to_share(state.range_noise),
            "lag_days": lag if state.range_lag_is_known or lag != (0, 0) else None,
            "draws": state.range_draws,
            "seed": state.range_seed,
        }
    )


def _problems(read: Callable[[], object]) -> list[Problem]:
    try:
        read()
    except ValidationError as error:
        return problems(error)
    return []
