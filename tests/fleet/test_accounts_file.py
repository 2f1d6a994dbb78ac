"""Files of accounts: what can be read is read, and what cannot is named by its row."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.fleet.accounts import BASE
from tierlogic.fleet.accounts_file import ROWS_A_PART, AccountsFileError, Part, open_accounts
from tierlogic.fleet.part import answers_schema, project_part


def parts_of(path: Path) -> list[Part]:
    return list(open_accounts(path).parts())


def csv_file(folder: Path, text: str | bytes) -> Path:
    path = folder / "accounts.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_file_says_how_its_cells_are_parted(tmp_path: Path, mark: str) -> None:
    text = "account,tokens_per_day\r\na,1\r\n\r\nb, \r\n".replace(",", mark)
    (part,) = parts_of(csv_file(tmp_path, f"\ufeff{text}"))
    assert part.accounts.to_pylist() == [
        {"account": "a", "tokens_per_day": "1"},
        {"account": "b", "tokens_per_day": None},
    ]
    # Blank lines are no rows.
    assert (part.rows, part.misread) == ([1, 2], [])


def test_rows_that_are_none_are_named_and_stop_no_other(tmp_path: Path) -> None:
    text = b'account,tokens_per_day\na,1\nb\nc\xff,3\nd,4,5\n"e\nf",6\n'
    (part,) = parts_of(csv_file(tmp_path, text))
    assert part.accounts.column("account").to_pylist() == ["a", "e\nf"]
    assert part.rows == [1, 5]
    assert [(each.row, each.problem) for each in part.misread] == [
        (2, "has 1 cell, the heading has 2"),
        (3, "is not text in UTF-8"),
        (4, "has 3 cells, the heading has 2"),
    ]


def test_row_groups_do_not_change_the_parts(tmp_path: Path) -> None:
    rows = pa.table({"account": range(2 * ROWS_A_PART + 1)})
    for size in (100_000, 1000):
        path = tmp_path / f"{size}.parquet"
        pq.write_table(rows, path, row_group_size=size)
    large, small = (parts_of(tmp_path / f"{size}.parquet") for size in (100_000, 1000))
    assert [len(part.rows) for part in large] == [ROWS_A_PART, ROWS_A_PART, 1]
    assert large[2].rows == [2 * ROWS_A_PART + 1]
    assert [part.accounts.to_pydict() for part in small] == [
        part.accounts.to_pydict() for part in large
    ]
    assert sum(part.share for part in large) == pytest.approx(1)


def test_the_shares_of_a_csv_file_make_the_whole(tmp_path: Path) -> None:
    text = "account\n" + "a\n" * (ROWS_A_PART + 5)
    parts = parts_of(csv_file(tmp_path, text))
    assert [part.number for part in parts] == [0, 1]
    assert sum(part.share for part in parts) == pytest.approx(1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty; its first line names the columns"),
        (b"\n\n", "is empty"),
        (b"PAR1 and nothing of the kind", "cannot be read: "),
    ],
)
def test_a_file_of_no_accounts_says_so(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(AccountsFileError, match=words):
        open_accounts(csv_file(tmp_path, content))


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(AccountsFileError, match="No such file"):
        open_accounts(tmp_path / "accounts.parquet")


def test_parquet_brings_types_and_lists(tmp_path: Path) -> None:
    # $250 bought on day 1, $1 a day used: decimals, dates, whole numbers with gaps, structs.
    path = tmp_path / "accounts.parquet"
    purchase = {"on": pd.Timestamp("2024-01-01").date(), "amount": 250.0}
    pq.write_table(
        pa.table(
            {
                "account": pa.array([11, None], pa.int64()),
                "purchases": pa.array([[purchase], None]),
                "tokens_per_day": pa.array([None, 400_000], pa.int64()),
                "used_before": pa.array(["12.50", None]).cast(pa.decimal128(8, 2)),
            }
        ),
        path,
    )
    file = open_accounts(path)
    (part,) = file.parts()
    found = project_part(part, BASE, answers_schema(file.schema, BASE))
    assert found.rejects == []
    assert found.answers.select(["row", "account", "used", "purchased"]).to_pylist() == [
        {"row": 1, "account": 11, "used": 42.5, "purchased": 250.0},
        {"row": 2, "account": None, "used": 0.0, "purchased": 0.0},
    ]


def test_rejects_have_the_row_as_it_came(tmp_path: Path) -> None:
    path = csv_file(tmp_path, 'account,tokens_per_day,purchases\na,-1,"[ ]"\nb\nc,1,\n')
    file = open_accounts(path)
    (part,) = file.parts()
    found = project_part(part, BASE, answers_schema(file.schema, BASE))
    assert found.answers.column("row").to_pylist() == [3]
    (first, why, *cells), second = found.rejects
    assert (first, cells) == ("1", ["a", "-1", "[ ]"])
    assert why.startswith("tokens_per_day: must be at least 0 (given: -1)")
    assert second == ["2", "has 1 cell, the heading has 3", "b"]
