"""A table that is edited on the page: the rows that it was opened with, and the edits since.

Its rows are read from what the editor reports, so that the plan is known before the table is drawn.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import isnan
from typing import Any, Literal

import pandas as pd

Kind = Literal["date", "number", "text"]
Columns = Mapping[str, Kind]
Row = dict[str, Any]
"""Values by column; None in an empty cell."""

_DTYPES = {"date": "datetime64[s]", "number": "float64", "text": "object"}


def rows_of(opened: Sequence[Row], edits: Mapping[str, Any], columns: Columns) -> list[Row]:
    """Apply edits to the rows that a table was opened with.

    Args:
        opened: the rows.
        edits: as `st.data_editor` keeps them in session state; empty before it is drawn.
        columns: the kind of every column.
    """
    rows = [dict(row) for row in opened]
    for place, cells in edits.get("edited_rows", {}).items():
        if place < len(rows):
            rows[place] |= _read(cells, columns)
    deleted = set(edits.get("deleted_rows", ()))
    empty = dict.fromkeys(columns)
    return [
        *(row for place, row in enumerate(rows) if place not in deleted),
        *(empty | _read(cells, columns) for cells in edits.get("added_rows", ())),
    ]


def frame_of(rows: Sequence[Row], columns: Columns) -> pd.DataFrame:
    """Return rows as the frame that an editor opens."""
    return pd.DataFrame(list(rows), columns=list(columns)).astype(
        {name: _DTYPES[kind] for name, kind in columns.items()}
    )


def _read(cells: Mapping[str, Any], columns: Columns) -> Row:
    return {name: _value(cells[name], kind) for name, kind in columns.items() if name in cells}


def _value(told: object, kind: Kind) -> date | float | str | None:
    """Read a cell as the browser sends it; what is none of its kind is an empty cell."""
    if told is None:
        return None
    try:
        if kind == "text":
            return str(told)
        if kind == "date":
            return date.fromisoformat(str(told)[:10])
        number = float(str(told))
    except ValueError:
        return None
    return None if isnan(number) else number
