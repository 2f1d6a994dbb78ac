"""A file of accounts, Parquet or CSV, read part by part from front to back."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

ROWS_A_PART = 4096
"""Accounts that are read, projected and kept together."""
_PARQUET = b"PAR1"
_BUFFER = 1 << 20
"""Bytes of a column."""
_DELIMITERS = ",;\t"


class AccountsFileError(ValueError):
    """A file that holds no accounts; says what is wrong with it."""


@dataclass(frozen=True)
class Misread:
    """A row that is none."""

    row: int
    problem: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Some rows of a file. They are counted from 1, without the heading and blank lines."""

    number: int
    accounts: pa.Table
    rows: list[int]
    """In step with the accounts."""
    share: float
    """Of the whole file, from 0 to 1."""
    misread: list[Misread] = field(default_factory=list)


class AccountsFile(Protocol):
    """A file of accounts."""

    @property
    def schema(self) -> pa.Schema:
        """Its columns."""

    def parts(self) -> Iterator[Part]:
        """Read it, ROWS_A_PART rows at a time; the parts of a file are always the same.

        Raises:
            AccountsFileError: it cannot be read on.
        """


def open_accounts(path: Path) -> AccountsFile:
    """Open a Parquet or CSV file; its content says which it is.

    Raises:
        AccountsFileError: it cannot be read, or has no columns.
    """
    try:
        with path.open("rb") as file:
            is_parquet = file.read(len(_PARQUET)) == _PARQUET
        return _ParquetAccounts(path) if is_parquet else _CsvAccounts(path)
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path, error) from error


class _ParquetAccounts:
    def __init__(self, path: Path) -> None:
        self._path = path
        with pq.ParquetFile(path) as file:
            self.schema: pa.Schema = file.schema_arrow
            self._count: int = file.metadata.num_rows

    def parts(self) -> Iterator[Part]:
        first = 1
        try:
            # Through a buffer: a row group may be larger than memory.
            with pq.ParquetFile(self._path, buffer_size=_BUFFER) as file:
                # In one thread: the processes that project need the others.
                batches = file.iter_batches(ROWS_A_PART, use_threads=False)
                for number, batch in enumerate(batches):
                    rows = [*range(first, first + len(batch))]
                    first += len(batch)
                    table = pa.Table.from_batches([batch])
                    yield Part(number, table, rows, len(batch) / self._count)
        except (OSError, pa.ArrowException) as error:
            raise _unreadable(self._path, error) from error


class _CsvAccounts:
    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open(encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
            heading = file.readline(1 << 20)
        self._delimiter = max(_DELIMITERS, key=heading.count)
        names = next(csv.reader([heading], delimiter=self._delimiter), [])
        if not any(names):
            raise AccountsFileError(f"{path}: is empty; its first line names the columns")
        self.schema = pa.schema([(name.strip(), pa.string()) for name in names])

    def parts(self) -> Iterator[Part]:
        number, rows, before = 0, _Rows(self.schema), 0
        try:
            size = self._path.stat().st_size
            with self._path.open("rb") as raw:
                # A row that is no UTF-8 is named, and stops no other.
                text = io.TextIOWrapper(raw, "utf-8-sig", errors="surrogateescape", newline="")
                reader = csv.reader(text, delimiter=self._delimiter)
                next(reader)
                while True:
                    try:
                        cells = next(reader)
                    except StopIteration:
                        break
                    except csv.Error as error:
                        rows.misread(str(error), [])
                    else:
                        rows.add(cells)
                    if rows.count == ROWS_A_PART:
                        yield rows.part(number, (raw.tell() - before) / size)
                        number, before = number + 1, raw.tell()
        except OSError as error:
            raise _unreadable(self._path, error) from error
        if rows.count:
            yield rows.part(number, (size - before) / size)


class _Rows:
    """Rows of a CSV file while a part is filled."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._seen = 0
        self._begin()

    def _begin(self) -> None:
        self._good: list[list[str]] = []
        self._rows: list[int] = []
        self._misread: list[Misread] = []

    @property
    def count(self) -> int:
        return len(self._good) + len(self._misread)

    def add(self, cells: list[str]) -> None:
        if not cells:
            return
        try:
            "".join(cells).encode()
        except UnicodeEncodeError:
            self.misread("is not text in UTF-8", cells)
            return
        if len(cells) != len(self._schema):
            wants = f"has {len(cells)} cells, the heading has {len(self._schema)}"
            self.misread(wants, cells)
            return
        self._seen += 1
        self._good.append(cells)
        self._rows.append(self._seen)

    def misread(self, problem: str, cells: list[str]) -> None:
        self._seen += 1
        shown = tuple(cell.encode(errors="backslashreplace").decode() for cell in cells)
        self._misread.append(Misread(self._seen, problem, shown))

    def part(self, number: int, share: float) -> Part:
        columns = zip(*self._good, strict=True) if self._good else [[]] * len(self._schema)
        arrays = [
            pa.array([cell.strip() or None for cell in column], pa.string()) for column in columns
        ]
        part = Part(
            number,
            pa.Table.from_arrays(arrays, schema=self._schema),
            self._rows,
            share,
            self._misread,
        )
        self._begin()
        return part


def _unreadable(path: Path, error: Exception) -> AccountsFileError:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return AccountsFileError(f"{path} cannot be read: {said}")
