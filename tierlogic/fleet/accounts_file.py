"""A file of accounts, Parquet or CSV, read part by part from front to back."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from tierlogic.language import say, say_count

ROWS_A_PART = 4096
"""Accounts that are read, projected and kept together."""
_PARQUET = b"PAR1"
_BUFFER = 1 << 20
"""Bytes of a column."""
_DELIMITERS = ",;\t"


Source = Path | bytes
"""A file, or all that is in one."""


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

    @property
    def unpacked(self) -> int:
        """Bytes that it says to hold; a value that stands in many rows may count once."""

    def parts(self, rows_a_part: int = ROWS_A_PART) -> Iterator[Part]:
        """Read it, so many rows at a time; the parts of a file are always the same.

        Raises:
            AccountsFileError: it cannot be read on.
        """


def open_accounts(source: Source) -> AccountsFile:
    """Open a Parquet or CSV file; its content says which it is.

    Raises:
        AccountsFileError: it cannot be read, or has no columns.
    """
    try:
        with _opened(source) as file:
            is_parquet = file.read(len(_PARQUET)) == _PARQUET
        return _ParquetAccounts(source) if is_parquet else _CsvAccounts(source)
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(source, error) from error


def _opened(source: Source) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


class _ParquetAccounts:
    def __init__(self, source: Source) -> None:
        self._source = source
        with _opened(source) as raw, pq.ParquetFile(raw) as file:
            self.schema: pa.Schema = file.schema_arrow
            said = file.metadata
            self._count: int = said.num_rows
            groups = map(said.row_group, range(said.num_row_groups))
            self.unpacked: int = sum(group.total_byte_size for group in groups)

    def parts(self, rows_a_part: int = ROWS_A_PART) -> Iterator[Part]:
        first = 1
        try:
            # Through a buffer: a row group may be larger than memory.
            with (
                _opened(self._source) as raw,
                pq.ParquetFile(raw, buffer_size=_BUFFER) as file,
            ):
                # In one thread: the processes that project need the others.
                batches = file.iter_batches(rows_a_part, use_threads=False)
                for number, batch in enumerate(batches):
                    rows = [*range(first, first + len(batch))]
                    first += len(batch)
                    table = pa.Table.from_batches([batch])
                    yield Part(number, table, rows, len(batch) / self._count)
        except (OSError, pa.ArrowException) as error:
            raise _unreadable(self._source, error) from error


class _CsvAccounts:
    def __init__(self, source: Source) -> None:
        self._source = source
        with _opened(source) as raw:
            text = io.TextIOWrapper(raw, "utf-8-sig", errors="backslashreplace", newline="")
            heading = text.readline(1 << 20)
            self.unpacked = raw.seek(0, io.SEEK_END)
        self._delimiter = max(_DELIMITERS, key=heading.count)
        names = next(csv.reader([heading], delimiter=self._delimiter), [])
        if not any(names):
            raise AccountsFileError(
                say("{file} is empty; its first line names the columns", file=_named(source))
            )
        self.schema = pa.schema([(name.strip(), pa.string()) for name in names])

    def parts(self, rows_a_part: int = ROWS_A_PART) -> Iterator[Part]:
        number, rows, before = 0, _Rows(self.schema), 0
        try:
            with _opened(self._source) as raw:
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
                    if rows.count == rows_a_part:
                        yield rows.part(number, (raw.tell() - before) / self.unpacked)
                        number, before = number + 1, raw.tell()
        except OSError as error:
            raise _unreadable(self._source, error) from error
        if rows.count:
            yield rows.part(number, (self.unpacked - before) / self.unpacked)


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
            self.misread(say("is not text in UTF-8"), cells)
            return
        if len(cells) != len(self._schema):
            wants = say_count(
                "has {count} cell, the heading has {columns}",
                "has {count} cells, the heading has {columns}",
                len(cells),
                columns=len(self._schema),
            )
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


def _named(source: Source) -> str:
    return say("the file") if isinstance(source, bytes) else str(source)


def _unreadable(source: Source, error: Exception) -> AccountsFileError:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return AccountsFileError(
        say("{file} cannot be read: {reason}", file=_named(source), reason=said)
    )
