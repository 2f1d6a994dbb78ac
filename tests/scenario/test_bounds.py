"""Both sides of the bounds of every number and date: the table is bounds.toml."""

import math
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import tierlogic as tl
from tests.scenario.plans import WHOLE, with_changes

TABLE: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "bounds.toml").read_text(encoding="utf-8")
)["bounds"]
NUMBERS = [row["field"] for row in TABLE if "2100-12-31" not in row["most"]]
AMOUNTS = [row for row in TABLE if row["most"] == "at most 10,000,000"]


def rows(key: str) -> list[Any]:
    return [
        pytest.param(row, value, id=f"{row['field']}={value}")
        for row in TABLE
        for value in row[key]
    ]


def the_problem(plan: dict[str, Any]) -> tl.Problem:
    with pytest.raises(ValidationError) as caught:
        tl.Scenario.model_validate(plan)
    (problem,) = tl.problems(caught.value)
    return problem


@pytest.mark.parametrize(("row", "value"), rows("allowed"))
def test_what_stands_on_a_bound_is_allowed(row: dict[str, Any], value: Any) -> None:
    changes = {**row.get("also", {}), row["field"]: value}
    scenario: Any = tl.Scenario.model_validate(with_changes(changes))
    for part in row["field"].split("."):
        scenario = scenario[int(part)] if part.isdigit() else getattr(scenario, part)
    assert scenario == (type(scenario)(value) if isinstance(value, str) else value)


@pytest.mark.parametrize(("row", "value"), rows("too_small"))
def test_what_is_too_small_is_refused(row: dict[str, Any], value: Any) -> None:
    problem = the_problem(with_changes({row["field"]: value}))
    assert (problem.field, problem.given) == (row["field"], str(value))
    assert row["least"] in problem.message


@pytest.mark.parametrize(("row", "value"), rows("too_large"))
def test_what_is_too_large_is_refused(row: dict[str, Any], value: Any) -> None:
    problem = the_problem(with_changes({row["field"]: value}))
    assert (problem.field, problem.given) == (row["field"], str(value))
    assert row["most"] in problem.message


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf], ids=str)
@pytest.mark.parametrize("field", NUMBERS)
def test_a_number_is_finite(field: str, value: float) -> None:
    problem = the_problem(with_changes({field: value}))
    assert (problem.field, problem.given) == (field, str(value))
    assert problem.message == "must be a finite number"


@pytest.mark.parametrize("row", AMOUNTS, ids=lambda row: row["field"])
def test_an_amount_is_in_whole_cents(row: dict[str, Any]) -> None:
    also = row.get("also", {})
    tl.Scenario.model_validate(with_changes({**also, row["field"]: "5.010"}))
    problem = the_problem(with_changes({**also, row["field"]: "5.001"}))
    assert (problem.field, problem.given) == (row["field"], "5.001")
    assert problem.message == "must have 2 decimal places at most"


@pytest.mark.parametrize(
    "field", ["days", "lag_days", "purchases.0.times", "usage.0.context_window"]
)
def test_a_count_is_whole(field: str) -> None:
    problem = the_problem(with_changes({field: 1.5}))
    assert (problem.field, problem.given) == (field, "1.5")
    assert "whole number" in problem.message


def test_the_table_has_every_number_and_date() -> None:
    words = {
        "ladder",
        "limits",
        "own_ladder",
        "own_limits",
        "reading",
        "opening_tier",
        "lacks",
        "billing",
        "evaluated",
        "title",
        "purchases.0.every",
        "usage.0.model",
    }
    assert set(leaves(tl.Scenario, WHOLE)) - words == {row["field"] for row in TABLE}


def leaves(model: type[BaseModel], content: Any, prefix: str = "") -> list[str]:
    """Dotted paths of all values of the whole plan, which must hold every field there is."""
    parts: dict[str, type[BaseModel]] = {
        "purchases": tl.Purchase,
        "past": tl.PastDay,
        "auto_recharge": tl.AutoRecharge,
        "noise": tl.Noise,
        "usage": tl.UsageLine,
        "price": tl.Price,
    }
    found = []
    for name in model.model_fields:
        value = content[name]
        if name not in parts:
            found.append(prefix + name)
        elif isinstance(value, list):
            found += leaves(parts[name], value[0], f"{prefix}{name}.0.")
        else:
            found += leaves(parts[name], value, f"{prefix}{name}.")
    return found
