"""The parts of a run that are done, kept on disk: so a killed run goes on where it was."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tierlogic.fleet.part import Projected

_REJECTS = b"rejects"


class Parts:
    """A folder of parts. Each is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        """Keep them in this folder."""
        self._folder = folder

    def begin(self, run: object) -> None:
        """Go on with the parts of the same run; those of another are deleted.

        Args:
            run: all that the answers hang on.
        """
        mark, said = self._folder / "run.json", json.dumps(run).encode()
        if not mark.exists() or mark.read_bytes() != said:
            self.end()
            self._folder.mkdir()
            _write(mark, said)

    def end(self) -> None:
        """Delete the folder."""
        if self._folder.exists():
            shutil.rmtree(self._folder)

    def has(self, number: int) -> bool:
        """Whether a part is done."""
        return self._file(number).exists()

    def keep(self, number: int, found: Projected) -> None:
        """Keep what was found of a part."""
        rejects = json.dumps(found.rejects)
        stream = pa.BufferOutputStream()
        pq.write_table(found.answers.replace_schema_metadata({_REJECTS: rejects}), stream)
        _write(self._file(number), stream.getvalue())

    def in_order(self) -> Iterator[Projected]:
        """Yield what was found, part after part."""
        for file in sorted(self._folder.glob("*.parquet")):
            answers = pq.read_table(file, use_threads=False)
            rejects: list[list[str]] = json.loads(answers.schema.metadata[_REJECTS])
            yield Projected(answers.replace_schema_metadata(), rejects)

    def _file(self, number: int) -> Path:
        return self._folder / f"{number:08}.parquet"


def _write(file: Path, content: Any) -> None:
    """Write a file that is never there by half, whatever kills the process."""
    draft = file.with_suffix(".draft")
    draft.write_bytes(content)
    draft.replace(file)
