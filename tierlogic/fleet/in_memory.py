"""A table of accounts that is small enough to be projected in memory while somebody waits."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from tierlogic.fleet.accounts_file import AccountsFileError, Misread, open_accounts
from tierlogic.fleet.columns import check_columns, scenarios_of
from tierlogic.fleet.frame import project_frame
from tierlogic.language import number, say
from tierlogic.scenario import Scenario

MOST_ROWS = 5_000
"""Some seconds."""
_MOST_BYTES = 50_000_000
"""Unpacked: a small Parquet file may hold very much."""
_ROWS_AT_ONCE = 250

Progress = Callable[[float], None]
"""Called with the share that is done, from 0 to 1."""


@dataclass(frozen=True)
class Accounts:
    """A table as it came in. Its index is the number of the row, counted from 1."""

    frame: pd.DataFrame
    misread: tuple[Misread, ...]
    """Rows that are none."""


def read_accounts(content: bytes) -> Accounts:
    """Read a Parquet or CSV file of MOST_ROWS rows at most.

    Raises:
        AccountsFileError: it cannot be read, or is too large.
    """
    tables: list[pa.Table] = []
    rows: list[int] = []
    misread: list[Misread] = []
    held = 0
    file = open_accounts(content)
    if file.unpacked > _MOST_BYTES:
        raise _too_large()
    # So few at a time that a long text, which a small Parquet file may repeat, stays small.
    for part in file.parts(max(1, min(MOST_ROWS, _MOST_BYTES // max(file.unpacked, 1)))):
        tables.append(part.accounts)
        rows += part.rows
        misread += part.misread
        if len(rows) + len(misread) > MOST_ROWS:
            raise AccountsFileError(
                say("the file has more than {most} rows", most=number(MOST_ROWS))
            )
        held += part.accounts.nbytes
        if held > _MOST_BYTES:
            raise _too_large()
    together = pa.concat_tables([file.schema.empty_table(), *tables])
    return Accounts(
        together.to_pandas(use_threads=False).set_axis(pd.Index(rows, name="row", dtype="int64")),
        tuple(misread),
    )


def project_accounts(
    accounts: pd.DataFrame, base: Scenario, progress: Progress = lambda _: None
) -> pd.DataFrame:
    """Project as `project_frame`, and tell how far it is; what that raises may end the work.

    Raises:
        FrameError: the columns are none of accounts.
    """
    names = [*accounts.columns]
    check_columns(names, base)
    found = []
    for first in range(0, max(len(accounts), 1), _ROWS_AT_ONCE):
        found.append(project_frame(accounts.iloc[first : first + _ROWS_AT_ONCE], base))
        progress(min(1.0, (first + _ROWS_AT_ONCE) / max(len(accounts), 1)))
    return pd.concat(found)


def scenario_of(accounts: pd.DataFrame, row: int, base: Scenario) -> Scenario:
    """Return the scenario of a row that can be read, by its number."""
    (scenario,) = scenarios_of(accounts.loc[[row]], base)
    if isinstance(scenario, str):
        raise AssertionError(f"row {row} was projected, so it can be read: {scenario}")
    return scenario


def _too_large() -> AccountsFileError:
    most = number(_MOST_BYTES // 1_000_000)
    return AccountsFileError(say("the file holds more than {most} MB, unpacked", most=most))
