"""Plans that cannot be, and what is said of each: the table is broken.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import tierlogic as tl
from tests.scenario.plans import WHOLE, with_changes

TABLE: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "broken.toml").read_text(encoding="utf-8")
)["broken"]
NOW = "2024-01-01"


def problems_of(plan: dict[str, Any]) -> list[tl.Problem]:
    with pytest.raises(ValidationError) as caught:
        tl.Scenario.model_validate(plan)
    return tl.problems(caught.value)


def test_the_plan_is_fine_before_it_is_broken() -> None:
    assert tl.Scenario.model_validate(WHOLE).title == "Every field"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["name"])
def test_a_broken_plan_is_named(row: dict[str, Any]) -> None:
    changes = {path: None if value == "null" else value for path, value in row["change"].items()}
    (problem,) = problems_of(with_changes(changes))
    assert problem.field == row["field"]
    assert problem.given == row.get("given")
    for words in row["words"]:
        assert words in problem.message


def test_half_a_character_is_shown_by_its_number() -> None:
    (problem,) = problems_of(with_changes({"title": "\ud800"}))
    assert problem.given == "\\ud800"


@pytest.mark.parametrize(
    "field", ["ladder", "limits", "start", "purchases.0.on", "purchases.0.amount"]
)
def test_what_is_left_out_is_asked_for(field: str) -> None:
    plan = with_changes({})
    *way, last = field.split(".")
    place: Any = plan
    for part in way:
        place = place[int(part) if part.isdigit() else part]
    del place[last]
    (problem,) = problems_of(plan)
    assert str(problem) == f"{field}: is needed"


@pytest.mark.parametrize(
    "changes",
    [
        {"purchased_before": "60"},
        {"past.0.used": "40.50"},
        {"past.0.purchased": "50"},
        {"past.0.purchased": "60", "purchased_before": None},
        {"month_used_before": "40.50"},
        {"first_payment": "2024-01-01"},
        # The past day of 30 Dec is of the month of this start: all that is known, or nothing said.
        {"start": "2023-12-31", "month_used_before": "1.50"},
        {"start": "2023-12-31", "month_used_before": "0"},
        # It is of another month than this one.
        {"start": "2024-01-01", "month_used_before": "1.49"},
    ],
)
def test_parts_may_be_all_of_what_came_before(changes: dict[str, Any]) -> None:
    scenario = tl.Scenario.model_validate(with_changes(changes))
    assert scenario.title == "Every field"


def test_every_problem_is_listed() -> None:
    found = problems_of(
        with_changes({"days": 0, "usage.0.output_share": 2, "auto_recharge.below": "-1"})
    )
    assert [str(problem) for problem in found] == [
        "days: must be at least 1 (given: 0)",
        "auto_recharge.below: must be at least 0 (given: -1)",
        "usage.0.output_share: must be at most 1 (given: 2)",
    ]


def test_the_second_purchase_is_named_as_the_second() -> None:
    purchases = [{"on": "2024-01-01", "amount": 5}, {"on": "2023-12-31", "amount": 5}]
    (problem,) = problems_of(with_changes({"purchases": purchases}))
    assert problem.field == "purchases.1.on"


def test_the_second_line_is_named_as_the_second() -> None:
    lines = [{"model": "gpt-4", "tokens_per_day": 1}, {"model": "nobody", "tokens_per_day": 1}]
    (problem,) = problems_of(with_changes({"usage": lines}))
    assert problem.field == "usage.1.price"
    assert "'nobody'" in problem.message


def test_400_purchases_at_most() -> None:
    purchase = {"on": NOW, "amount": 5}
    tl.Scenario.model_validate(with_changes({"purchases": [purchase] * 400}))
    (problem,) = problems_of(with_changes({"purchases": [purchase] * 401}))
    assert (problem.field, problem.message) == ("purchases", "must have 400 entries at most")


def test_400_purchases_at_most_with_their_repeats() -> None:
    # A purchase a week, the first on the first day: the 400th falls 399 * 7 = 2,793 days later,
    # on day 2,794. Seven more days hold the 401st.
    weekly = {"purchases": [{"on": NOW, "amount": 5, "every": "week"}]}
    fits = tl.Scenario.model_validate(with_changes({**weekly, "days": 2800}))
    assert sum(1 for _ in fits.payments()) == 400
    (problem,) = problems_of(with_changes({**weekly, "days": 2801}))
    assert problem.field == "purchases.0"
    assert "more than 400 once repeats are counted" in problem.message
    assert "shorten the horizon" in problem.message


def test_repeats_after_the_last_day_do_not_count() -> None:
    after = {"on": "2024-01-31", "amount": 5, "every": "week", "times": 3660}
    scenario = tl.Scenario.model_validate(with_changes({"purchases": [after] * 400}))
    assert list(scenario.payments()) == []


def test_8_usage_lines_at_most() -> None:
    line = WHOLE["usage"][0]
    tl.Scenario.model_validate(with_changes({"usage": [line] * 8}))
    (problem,) = problems_of(with_changes({"usage": [line] * 9}))
    assert (problem.field, problem.message) == ("usage", "must have 8 entries at most")


def test_a_title_of_80_characters_is_fine() -> None:
    assert len(tl.Scenario.model_validate(with_changes({"title": "a" * 80})).title) == 80


def test_a_model_name_has_80_characters_at_most() -> None:
    tl.Scenario.model_validate(with_changes({"usage.0.model": "m" * 80}))
    (problem,) = problems_of(with_changes({"usage.0.model": "m" * 81}))
    assert (problem.field, problem.message) == (
        "usage.0.model",
        "must have 80 characters at most",
    )
