"""What a command found, in the form that was asked for: printed, or written to a file."""

import argparse
import csv
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from tierlogic.exports.markdown import plain
from tierlogic.exports.record import as_json
from tierlogic.exports.words import is_clickable
from tierlogic.shell.refusals import FINE, RefusedError, one_line

FORMAT = 1
"""Of the JSON: a name in it never changes its meaning."""
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Table(NamedTuple):
    """A table in words."""

    heading: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Said:
    """What a command found, for people and for scripts."""

    kind: str
    """What the JSON calls it."""
    sentences: Sequence[str]
    """The answer in words; the first stands out."""
    tables: Sequence[Table]
    figures: Sequence[Mapping[str, object]]
    """Rows of the CSV, all with the same names."""
    record: Mapping[str, Any]
    """The JSON: dates, amounts as decimals, tokens as numbers."""
    link: str = ""
    """Of the plan that the command made; empty: it made none."""

    def as_table(self) -> str:
        """Return sentences and aligned tables for a terminal."""
        said = [*self.sentences, *([f"The plan: {self.link}"] if self.link else [])]
        sentences = "".join(f"{one_line(sentence)}\n" for sentence in said)
        tables = [aligned([table.heading, *table.rows]) for table in self.tables if table.rows]
        return "\n".join(part for part in (sentences, *tables) if part)

    def as_markdown(self) -> str:
        """Return the same as Markdown."""
        first, *others = self.sentences
        parts = [f"**{plain(first)}**"]
        if others:
            parts.append("\n".join(f"- {plain(sentence)}" for sentence in others))
        parts += [_markdown_table(table) for table in self.tables if table.rows]
        if self.link:
            # Escapes would break it: a link of one's own has none of what Markdown reads in it.
            clickable = is_clickable(self.link)
            parts.append(f"[The plan](<{self.link}>)" if clickable else f"The plan: `{self.link}`")
        return "\n\n".join(parts) + "\n"

    def as_csv(self) -> str:
        """Return the figures: dates as ISO, numbers exact."""
        file = io.StringIO()
        names = list(self.figures[0]) if self.figures else []
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        for row in self.figures:
            writer.writerow({name: _cell(value) for name, value in row.items()})
        return file.getvalue()

    def as_json(self) -> str:
        """Return everything."""
        return as_json({"tierlogic": self.kind, "format": FORMAT, **self.record})


FORMS: dict[str, Callable[[Said], str]] = {
    "table": Said.as_table,
    "csv": Said.as_csv,
    "json": Said.as_json,
    "markdown": Said.as_markdown,
}
"""What everything that a command says can be printed as, by name."""


def say(said: Said, arguments: argparse.Namespace) -> int:
    """Print what a command found as its arguments ask for; return the exit code."""
    return emit(FORMS[arguments.format](said), arguments.out, as_file=arguments.format != "table")


def emit(text: str, out: Path | None, *, as_file: bool) -> int:
    """Print a text, or write it to a file; return the exit code.

    Args:
        text: to print.
        out: the file; None: standard output.
        as_file: whether what is printed is for a file, not for a terminal.

    Raises:
        RefusedError: the file cannot be written.
    """
    if out:
        return write(text.encode(), out)
    if as_file and isinstance(sys.stdout, io.TextIOWrapper):
        # What is for a file goes there as it is, whatever the terminal's own letters and line ends.
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    sys.stdout.write(text)
    return FINE


def write(content: bytes, out: Path) -> int:
    """Write a file; return the exit code.

    Raises:
        RefusedError: the file cannot be written.
    """
    try:
        out.write_bytes(content)
    except OSError as error:
        raise RefusedError(f"--out: {out} cannot be written: {error.strerror}") from error
    return FINE


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Align the columns of some rows, two spaces apart."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )
    return "".join(f"{line}\n" for line in lines)


def _markdown_table(table: Table) -> str:
    heading, *rows = [[*map(plain, row)] for row in (table.heading, *table.rows)]
    ruled = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in ruled)


def _cell(value: object) -> object:
    """Write a value for a spreadsheet, which must not take a text for a formula."""
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value
