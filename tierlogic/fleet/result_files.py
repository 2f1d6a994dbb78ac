"""The files that come out: answers as Parquet or CSV, and the rows without one as CSV."""

import csv
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from tierlogic.fleet.part import Projected

FORMS = (".parquet", ".csv")
"""How the name of a file of answers may end."""
_ROWS_A_GROUP = 65_536


class ResultFiles:
    """Both files while they are written, part after part, under names of drafts."""

    def __init__(self, answers: Path, rejects: Path, schema: pa.Schema, cells: list[str]) -> None:
        """Begin both files.

        Args:
            answers: where to; a name that ends in .csv makes CSV of it.
            rejects: where to.
            schema: of the answers.
            cells: names of the columns that came in.
        """
        self._answers_at, self._rejects_at = answers, rejects
        self._answers = (
            pyarrow.csv.CSVWriter(
                _draft(answers),
                schema,
                write_options=pyarrow.csv.WriteOptions(quoting_style="needed"),
            )
            if answers.suffix == ".csv"
            else pq.ParquetWriter(_draft(answers), schema)
        )
        self._group: list[pa.Table] = []
        self._rejects = _draft(rejects).open("w", encoding="utf-8", newline="")
        self._rejected = csv.writer(self._rejects, lineterminator="\n")
        self._rejected.writerow(["row", "problem", *cells])
        self.projected, self.rejected = 0, 0

    def add(self, found: Projected) -> None:
        """Write the next part."""
        self._group.append(found.answers)
        self.projected += len(found.answers)
        self.rejected += len(found.rejects)
        self._rejected.writerows(found.rejects)
        if sum(map(len, self._group)) >= _ROWS_A_GROUP:
            self._write_group()

    def __enter__(self) -> Self:
        """Write in a with block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put both files into place; of rejects only where there are any."""
        if error is None:
            self._write_group()
        self._answers.close()
        self._rejects.close()
        if error is not None:
            _draft(self._rejects_at).unlink()
            _draft(self._answers_at).unlink()
            return
        if self.rejected:
            _draft(self._rejects_at).replace(self._rejects_at)
        else:
            _draft(self._rejects_at).unlink()
            self._rejects_at.unlink(missing_ok=True)
        _draft(self._answers_at).replace(self._answers_at)

    def _write_group(self) -> None:
        if self._group:
            self._answers.write_table(pa.concat_tables(self._group).combine_chunks())
            self._group = []


def _draft(place: Path) -> Path:
    return place.with_name(f"{place.name}.draft")
