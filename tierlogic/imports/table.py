"""CSV and its kin: a header, then rows, whatever the delimiter and the decimal mark."""

import csv
import re
from collections.abc import Iterator
from itertools import chain, islice

from tierlogic.complaints import shortened
from tierlogic.imports.files import Text
from tierlogic.imports.records import ImportFileError
from tierlogic.imports.rows import Row, column_name, has_decimal_commas, slashed_dates
from tierlogic.language import number, say, say_count

MAX_COLUMNS = 500
_SAMPLE = 1_000
_DELIMITERS = "\t;,|"
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*$')


class Table:
    """The rows of one file that is a table.

    Raises:
        ImportFileError: it has no header, one column, or far too many.
    """

    def __init__(self, text: Text, first: str) -> None:
        """Read the header, from its first line on, and a sample of the rows."""
        self._text = text
        delimiter = self._delimiter(first)
        self._reader = csv.reader(self._rest(first), delimiter=delimiter, skipinitialspace=True)
        header = next(self._records(), (0, list[str]()))[1]
        if len(header) > MAX_COLUMNS:
            raise ImportFileError(
                say(
                    "{file} has {columns} columns; {most} is the most",
                    file=text.name,
                    columns=number(len(header)),
                    most=number(MAX_COLUMNS),
                )
            )
        if len(header) < 2:
            raise ImportFileError(
                say(
                    "{file} is no table that can be read: its first line has one column only",
                    file=text.name,
                )
            )
        self.columns = [column_name(name) for name in header]
        self._sample = list(islice(self._records(), _SAMPLE))
        cells = [cell.strip() for _, record in self._sample for cell in record]
        self._slashed = slashed_dates(cells)
        self._decimal_comma = has_decimal_commas(cells) or (
            delimiter == ";" and not any(re.fullmatch(r"\d+\.\d+", cell) for cell in cells)
        )

    def rows(self) -> Iterator[Row]:
        """Yield each row that fits the header."""
        width = len(self.columns)
        for line, record in chain(self._sample, self._records()):
            if len(record) != width:
                if any(record):
                    why = say_count(
                        "has {count} cell where the header has {width}",
                        "has {count} cells where the header has {width}",
                        len(record),
                        width=width,
                    )
                    self._text.leave_out(line, why)
                continue
            cells = dict(zip(self.columns, record, strict=True))
            yield Row(line, cells, self._decimal_comma, self._slashed)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            try:
                record = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                why = say("is no row of a table: {reason}", reason=error)
                self._text.leave_out(self._text.line, why)
                continue
            if record:
                yield self._text.line, record

    def _rest(self, first: str) -> Iterator[str]:
        if not _SEPARATOR_LINE.match(first):
            yield first
        yield from self._text.lines()

    def _delimiter(self, first: str) -> str:
        if stated := _SEPARATOR_LINE.match(first):
            return stated[1]
        bare = re.sub(r'"[^"]*"', "", first)
        most = max(_DELIMITERS, key=bare.count)
        if not bare.count(most):
            raise ImportFileError(
                say(
                    "{file} begins with {found}: neither a table's header nor JSON",
                    file=self._text.name,
                    found=repr(shortened(first.strip())),
                )
            )
        return most
