"""One part of a file, projected: a table of answers, and the rows that have none."""

import json
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa

from tierlogic.fleet.accounts_file import Part
from tierlogic.fleet.columns import ACCOUNT
from tierlogic.fleet.frame import project_frame
from tierlogic.scenario import Scenario

_TYPES = {"M": pa.date32(), "f": pa.float64(), "O": pa.string()}
"""By the kind of a pandas column."""


class Projected(NamedTuple):
    """What was found of a part."""

    answers: pa.Table
    rejects: list[list[str]]
    """Rows without an answer: the number, why, and the cells as they came in."""


def answers_schema(accounts: pa.Schema, base: Scenario | None) -> pa.Schema:
    """Return the columns of the answers to a file: the row, its account, and what is said of it.

    Raises:
        FrameError: the file's columns are none of accounts.
    """
    answers = project_frame(pd.DataFrame(columns=accounts.names), base)
    account = [(ACCOUNT, accounts.field(ACCOUNT).type)] if ACCOUNT in accounts.names else []
    said = [
        (name, _TYPES[answers[name].dtype.kind])
        for name in answers.columns
        if name not in {ACCOUNT, "problem"}
    ]
    return pa.schema([("row", pa.int64()), *account, *said])


def project_part(part: Part, base: Scenario | None, schema: pa.Schema) -> Projected:
    """Project a part; what comes out has the schema of the answers."""
    answers = project_frame(part.accounts.to_pandas(use_threads=False), base)
    given = {"row": pa.array(part.rows, pa.int64())}
    if ACCOUNT in schema.names:
        given[ACCOUNT] = part.accounts.column(ACCOUNT)
    columns = [
        given[name] if name in given else pa.Array.from_pandas(answers[name]).cast(kind)
        for name, kind in zip(schema.names, schema.types, strict=True)
    ]
    table = pa.Table.from_arrays(columns, schema=schema)
    return Projected(
        table.filter(pa.array(answers["problem"].isna())), _rejects(part, answers["problem"])
    )


def _rejects(part: Part, problems: "pd.Series[str]") -> list[list[str]]:
    unread = [
        (
            part.rows[place],
            problem,
            [_as_text(cell) for cell in part.accounts.slice(place, 1).to_pylist()[0].values()],
        )
        for place, problem in enumerate(problems)
        if not pd.isna(problem)
    ]
    misread = [(each.row, each.problem, list(each.cells)) for each in part.misread]
    return [[str(row), problem, *cells] for row, problem, cells in sorted([*unread, *misread])]


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    return json.dumps(cell, default=str) if isinstance(cell, list | dict) else str(cell)
