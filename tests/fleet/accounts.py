"""Accounts as rows, and a base for them: $1 a day is 200,000 tokens."""

import json
from typing import Any

import pandas as pd

import tierlogic as tl
from tests.answer.plans import on, plan, use

BASE = plan(usage=[use(1)])


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


def found(row: dict[str, Any], base: tl.Scenario | None = BASE) -> dict[str, Any]:
    """Project one row; what is missing is None."""
    (answer,) = tl.project_frame(frame(row), base).to_dict("records")
    return {str(name): None if pd.isna(value) else value for name, value in answer.items()}


def bought(day: int, amount: str, **repeat: Any) -> str:
    return json.dumps([{"on": on(day).isoformat(), "amount": amount, **repeat}])


def row_of(scenario: tl.Scenario) -> dict[str, Any]:
    """Write a whole scenario as a row: figures bare, lists and tables as JSON."""
    whole = scenario.model_dump(mode="json", exclude={"own_ladder", "own_limits"})
    return {
        name: json.dumps(value) if isinstance(value, list | dict) else value
        for name, value in whole.items()
    }
