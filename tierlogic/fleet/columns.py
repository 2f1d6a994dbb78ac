"""The columns of a frame of accounts, and the scenario of each row.

Columns are named as the scenario's fields. Those of the first usage line stand bare, those of the
second as "model.2", as in a link. What holds several figures is JSON.
"""

import json
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from tierlogic.language import number, say
from tierlogic.links.names import numbered
from tierlogic.scenario import MAX_USAGE_LINES, Problem, Scenario, UsageLine, problems

ACCOUNT = "account"
"""Column that is only carried along: it says whose row it is."""
NEEDED = ("ladder", "limits", "start")
"""Columns without which no row is read, where there is no base."""
_IN_JSON = ("purchases", "past", "lacks", "auto_recharge", "noise", "usage")
_ONLY_IN_THE_BASE = ("own_ladder", "own_limits")
_PLAIN = tuple(
    field for field in Scenario.model_fields if field not in {*_IN_JSON, *_ONLY_IN_THE_BASE}
)
_PRICES = {"input_price": "input", "cached_price": "cached_input", "output_price": "output"}
_OF_A_LINE = (*(field for field in UsageLine.model_fields if field != "price"), *_PRICES)
_LINES = {
    numbered(name, number): (number, name)
    for number in range(1, MAX_USAGE_LINES + 1)
    for name in _OF_A_LINE
}
"""Column -> the number of a usage line, and what of it the column says."""
_OF_THE_MODEL = {"price", "context_window"}
"""What is looked up for a model: another model in a row has its own."""

COLUMNS = (ACCOUNT, *_PLAIN, *_IN_JSON, *_LINES)
"""Every column that a frame of accounts may have."""

_Values = dict[str, Any]


class FrameError(ValueError):
    """A frame that holds no accounts: names the column and the fix."""


def check_columns(names: Sequence[Hashable], base: Scenario | None) -> None:
    """Check the names of a frame's columns.

    Raises:
        FrameError: one is not known, stands twice, or is missing.
    """
    for name in names:
        if name in _ONLY_IN_THE_BASE:
            raise FrameError(
                say(
                    "column {column}: a file of one's own is for the base; give it there",
                    column=repr(name),
                )
            )
        if name not in COLUMNS:
            raise FrameError(
                say(
                    "column {column} is not known; check its spelling or leave it out "
                    "({account} is for what names the row)",
                    column=repr(name),
                    account=repr(ACCOUNT),
                )
            )
        if names.count(name) > 1:
            raise FrameError(
                say(
                    "column {column} stands {times} times; leave one of them",
                    column=repr(name),
                    times=number(names.count(name)),
                )
            )
    for name in NEEDED:
        if base is None and name not in names:
            raise FrameError(
                say(
                    "column {column} is missing; add it, or give a base scenario",
                    column=repr(name),
                )
            )
    of_lines = [name for name in names if name in _LINES]
    if "usage" in names and of_lines:
        raise FrameError(
            say(
                "columns {column} and {other_column} say the same; leave one of them out",
                column=repr("usage"),
                other_column=repr(of_lines[0]),
            )
        )


def scenarios_of(frame: pd.DataFrame, base: Scenario | None) -> Iterator[Scenario | str]:
    """Yield the scenario of each row, or why it has none."""
    reader = _Reader(base)
    names = [str(name) for name in frame.columns if name != ACCOUNT]
    columns = [_values(frame[name]) for name in names]
    for row in zip(*columns, strict=True) if names else [()] * len(frame):
        given = zip(names, row, strict=True)
        yield reader.read({name: value for name, value in given if value is not None})


def _values(column: "pd.Series[Any]") -> list[Any]:
    """Return a column as Python's own values, with None for one that is missing."""
    values: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return values


class _Reader:
    """Makes scenarios of rows; what a row does not say is the base's."""

    def __init__(self, base: Scenario | None) -> None:
        self._base = dict(base) if base else {}
        lines = base.usage if base else ()
        self._base_lines: dict[int, _Values] = {
            number: {field: getattr(line, field) for field in line.model_fields_set}
            for number, line in enumerate(lines, start=1)
        }

    def read(self, row: _Values) -> Scenario | str:
        """Read one row, without the columns in which it has nothing."""
        content, lines = dict(self._base), dict[int, _Values]()
        for column, value in row.items():
            if column in _LINES:
                number, name = _LINES[column]
                lines.setdefault(number, {})[name] = value
            elif column in _IN_JSON:
                try:
                    content[column] = _from_json(value)
                except (ValueError, RecursionError) as error:
                    return say("{column}: is no JSON ({reason})", column=column, reason=error)
            else:
                content[column] = value
        numbers = sorted({*self._base_lines, *lines}) if lines else []
        if lines:
            content["usage"] = [self._line(number, lines.get(number, {})) for number in numbers]
        try:
            return Scenario.model_validate(content)
        except ValidationError as error:
            return "; ".join(str(_in_columns(problem, numbers)) for problem in problems(error))

    def _line(self, number: int, given: _Values) -> _Values:
        base = self._base_lines.get(number, {})
        if given.get("model", base.get("model")) != base.get("model"):
            base = {field: value for field, value in base.items() if field not in _OF_THE_MODEL}
        line = {**base, **{name: value for name, value in given.items() if name not in _PRICES}}
        price = {_PRICES[name]: value for name, value in given.items() if name in _PRICES}
        if price:
            line["price"] = {**dict(base.get("price") or {}), **price}
        return line


def _from_json(value: object) -> object:
    """Read JSON; what is a list or a table already stays one."""
    if isinstance(value, str):
        # Amounts stay the text that they were, and so exact.
        return json.loads(value, parse_float=str)
    return value.tolist() if isinstance(value, np.ndarray) else value


def _in_columns(problem: Problem, numbers: Sequence[int]) -> Problem:
    """Name a problem of a usage line by its column."""
    field, *way = problem.field.split(".")
    if field != "usage" or len(way) < 2 or not numbers:
        return problem
    names = {f"price.{part}": name for name, part in _PRICES.items()} | {"price": "input_price"}
    name = names.get(".".join(way[1:]), way[1])
    return Problem(numbered(name, numbers[int(way[0])]), problem.message, problem.given)
