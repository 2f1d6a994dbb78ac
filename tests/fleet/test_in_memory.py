"""A small table of accounts in memory: bounded, and projected as a whole frame is."""

import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import tierlogic as tl
from tests.fleet.accounts import BASE, frame
from tierlogic.fleet.accounts_file import AccountsFileError
from tierlogic.fleet.in_memory import MOST_ROWS, project_accounts, read_accounts, scenario_of

SHORT = BASE.but(days=2)


def parquet(table: pa.Table) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


def csv(rows: int) -> bytes:
    return ("account,tokens_per_day\n" + "a,1\n" * rows).encode()


def test_rows_keep_the_numbers_that_they_have_in_the_file() -> None:
    read = read_accounts(b"account,tokens_per_day\na,1\nb\n\nc,3\n")
    assert read.frame["account"].to_dict() == {1: "a", 3: "c"}
    assert [(each.row, each.problem) for each in read.misread] == [
        (2, "has 1 cell, the heading has 2")
    ]
    assert scenario_of(read.frame, 3, SHORT).usage[0].tokens_per_day == 3


def test_parquet_is_read_as_csv_is() -> None:
    rows = frame({"account": "a", "tokens_per_day": 1}, {"account": "b", "tokens_per_day": 2})
    as_csv = read_accounts(rows.to_csv(index=False).encode())
    as_parquet = read_accounts(parquet(pa.Table.from_pandas(rows)))
    pd.testing.assert_frame_equal(
        project_accounts(as_csv.frame, SHORT), project_accounts(as_parquet.frame, SHORT)
    )


def test_a_table_may_have_so_many_rows_and_no_more() -> None:
    assert len(read_accounts(csv(MOST_ROWS)).frame) == MOST_ROWS
    for content in (csv(MOST_ROWS + 1), parquet(pa.table({"account": range(MOST_ROWS + 1)}))):
        with pytest.raises(AccountsFileError, match="the file has more than 5,000 rows"):
            read_accounts(content)


@pytest.mark.parametrize(("rows", "characters"), [(60, 1_000_000), (1, 60_000_000)])
def test_a_small_file_that_unpacks_to_very_much_is_refused(rows: int, characters: int) -> None:
    # One long text: it stands in the file once, packed, and in every row.
    content = parquet(pa.table({"account": [" " * characters] * rows}))
    assert len(content) < 5_000_000
    with pytest.raises(AccountsFileError, match="the file holds more than 50 MB, unpacked"):
        read_accounts(content)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "the file is empty"), (b"PAR1 and no more", "the file cannot be read: ")],
)
def test_what_holds_no_accounts_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(AccountsFileError, match=says):
        read_accounts(content)


def test_a_table_is_projected_as_a_whole_frame() -> None:
    rows = pd.DataFrame({"account": range(600), "tokens_per_day": range(-1, 599)})
    told: list[float] = []
    in_pieces = project_accounts(rows, SHORT, told.append)
    pd.testing.assert_frame_equal(in_pieces, tl.project_frame(rows, SHORT), check_exact=True)
    assert told == sorted(told)
    assert (len(told) > 1, told[-1]) == (True, 1.0)
    assert project_accounts(rows.iloc[:0], SHORT).empty
