"""What a link asks beside its plan: a goal, ranges, the base of a comparison."""

from datetime import date

import pytest

import tierlogic as tl
from tierlogic.links import (
    NOTHING_ASKED,
    Asked,
    OpenedLink,
    open_link,
    parameters_of,
    to_parameters,
    to_query,
)

PLAN = tl.Scenario(ladder="openai/2024-10", limits="openai/2024-10", start=date(2026, 1, 1))
BY = date(2026, 6, 30)

ASKED = [
    Asked(goal=tl.Goal(by=BY, tier="Tier 4")),
    Asked(goal=tl.Goal(by=BY, tpm=2_000_000, model="gpt-4o")),
    Asked(goal=tl.Goal(by=BY, full_request=True)),
    Asked(within=tl.Ranges()),
    Asked(
        within=tl.Ranges(
            tokens=(-0.2, 0.5),
            price=(-1, 9),
            growth=(0, 0.125),
            output_share=(-0.05, 0),
            noise=0.3,
            lag_days=(0, 2),
            draws=500,
            seed=2**32 - 1,
        )
    ),
    Asked(others=(PLAN.but(days=30), PLAN.but(reading="paid")), base=2),
    Asked(others=(PLAN,), base=1, goal=tl.Goal(by=BY, tier="Tier 2"), within=tl.Ranges(seed=0)),
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: to_query(PLAN, asked)[-60:])
def test_what_is_asked_comes_back(asked: Asked) -> None:
    opened = open_link(parameters_of(to_query(PLAN, asked)))
    assert opened.problems == ()
    assert (opened.scenario, opened.asked) == (PLAN, asked)


def test_a_plan_alone_asks_nothing() -> None:
    assert open_link(to_parameters(PLAN)).asked == NOTHING_ASKED


def test_ranges_are_written_whole_and_absent_ones_never_change() -> None:
    written = set(to_parameters(PLAN, Asked(within=tl.Ranges()))) - set(to_parameters(PLAN))
    assert written == {
        *("range_tokens", "range_price", "range_growth", "range_output"),
        *("range_noise", "range_lag", "range_draws", "range_seed"),
    }
    assert opened("range_noise=0.3").asked.within == tl.Ranges(
        tokens=(0, 0),
        price=(0, 0),
        growth=(0, 0),
        output_share=(0, 0),
        noise=0.3,
        lag_days=None,
        draws=1000,
        seed=1,
    )


@pytest.mark.parametrize(
    ("given", "parameter", "says"),
    [
        ("by=soon&goal_tier=Tier+4", "by", "is no date"),
        ("by=2026-06-30&by=2026-06-30&goal_tier=Tier+4", "by", "stands 2 times"),
        ("goal_tier=Tier+4", "by", "is needed"),
        ("by=2026-06-30", "by", "exactly one of tier, tpm and full_request"),
        ("by=2026-06-30&goal_tier=Tier+4&goal_tpm=5", "by", "exactly one of"),
        ("by=2026-06-30&goal_tier=Tier+4&goal_model=gpt-4o", "by", "leave model out"),
        ("by=2026-06-30&goal_tpm=0", "goal_tpm", "must be at least 1"),
        ("by=2026-06-30&goal_request=half", "goal_request", "must be full"),
        ("by=2026-06-30&goal_tier=A&goal_tier=B", "goal_tier", "stands 2 times"),
        (f"by=2026-06-30&goal_tier={'x' * 81}", "goal_tier", "1 to 80 characters"),
    ],
)
def test_a_goal_that_cannot_be_is_named_and_left_out(given: str, parameter: str, says: str) -> None:
    link = opened(given)
    assert link.scenario == PLAN
    assert link.asked.goal is None
    assert says in next(p.message for p in link.problems if p.parameter == parameter)
    assert any("the goal is left out" in p.message for p in link.problems)


@pytest.mark.parametrize(
    ("given", "parameter", "says"),
    [
        ("range_tokens=0.1_0.5", "range_tokens", "without the plan itself"),
        ("range_tokens=0.5_-0.1", "range_tokens", "give the lower change first"),
        ("range_price=-1_9.01", "range_price", "stay within -1 and 9"),
        ("range_noise=1.01", "range_noise", "must be at most 1"),
        ("range_lag=2_1", "range_lag", "the least first"),
        ("range_lag=0_1.5", "range_lag", "must be a whole number"),
        ("range_draws=99", "range_draws", "must be at least 100"),
        ("range_draws=2001", "range_draws", "must be at most 2000"),
    ],
)
def test_ranges_that_cannot_be_are_named_and_left_out(
    given: str, parameter: str, says: str
) -> None:
    link = opened(given)
    assert link.scenario == PLAN
    assert link.asked.within is None
    assert says in next(p.message for p in link.problems if p.parameter == parameter)


@pytest.mark.parametrize(("given", "kept"), [("range_tokens=wide", (0, 0)), ("range_seed=x", None)])
def test_a_malformed_range_counts_as_absent(given: str, kept: tuple[int, int] | None) -> None:
    link = opened(given)
    assert link.problems
    assert link.asked.within == tl.Ranges(tokens=kept or (0, 0))


@pytest.mark.parametrize("base", ["c", "z", "A", "", "ab", "0"])
def test_a_base_that_is_no_plan_is_named(base: str) -> None:
    link = opened(f"b.days=30&base={base}")
    assert link.asked.base == 0
    (problem,) = link.problems
    assert problem.message == "must be the letter of a plan, a, b; a is used instead"


def test_no_letter_stands_before_what_is_asked_of_the_whole() -> None:
    assert "is not a parameter of a link" in opened("b.by=2026-06-30").problems[0].message


def opened(more: str) -> OpenedLink:
    return open_link(parameters_of(f"{to_query(PLAN)}&{more}"))
