"""A file of accounts projected part by part; a killed run goes on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from tierlogic.fleet.accounts_file import ROWS_A_PART, Part, open_accounts
from tierlogic.fleet.columns import check_columns
from tierlogic.fleet.part import answers_schema
from tierlogic.fleet.parts import Parts
from tierlogic.fleet.result_files import ResultFiles
from tierlogic.fleet.work import Way, Work, one_by_one
from tierlogic.scenario import Scenario

Progress = Callable[[float, int], None]
"""Called for every part: its share of the file, and its accounts; 0 where it was done before."""


class Done(NamedTuple):
    """What came of a run."""

    projected: int
    rejected: int


def project_file(
    accounts: Path,
    answers: Path,
    rejects: Path,
    base: Scenario | None = None,
    *,
    way: Way = one_by_one,
    progress: Progress = lambda _share, _accounts: None,
    seen: Callable[[pa.Table], None] = lambda _answers: None,
) -> Done:
    """Project a file of accounts into a file of answers.

    Memory does not grow with the file. What is done is kept beside the answers; the same call goes
    on from there, and the files that come out are the same as without a break.

    Args:
        accounts: Parquet or CSV, with the columns of `project_frame`.
        answers: what comes out: CSV where the name ends so, else Parquet.
        rejects: rows that cannot be read, as CSV: the number, why, and the cells.
        base: says what a row does not say.
        way: how the work is done, here or elsewhere.
        progress: is told how far the run is.
        seen: is given the answers, in their order, as they are written.

    Raises:
        AccountsFileError: the accounts cannot be read.
        FrameError: the columns are none of accounts.
        RunError: a way cannot go on.
        OSError: what was found cannot be written.
    """
    file = open_accounts(accounts)
    check_columns(file.schema.names, base)
    schema = answers_schema(file.schema, base)
    kept = Parts(answers.with_name(f"{answers.name}.parts"))
    kept.begin(_what_the_answers_hang_on(accounts, schema, base))
    undone = _undone(file.parts(), kept, progress)
    for share, count in way(undone, Work(kept, base, schema)):
        progress(share, count)
    with ResultFiles(answers, rejects, schema, file.schema.names) as files:
        for found in kept.in_order():
            files.add(found)
            seen(found.answers)
    kept.end()
    return Done(files.projected, files.rejected)


def _what_the_answers_hang_on(
    accounts: Path, schema: pa.Schema, base: Scenario | None
) -> dict[str, object]:
    file = accounts.stat()
    return {
        "size": file.st_size,
        "changed": file.st_mtime_ns,
        "rows a part": ROWS_A_PART,
        "answers": str(schema),
        "base": base and base.model_dump_json(),
    }


def _undone(parts: Iterator[Part], kept: Parts, progress: Progress) -> Iterator[Part]:
    for part in parts:
        if kept.has(part.number):
            progress(part.share, 0)
        else:
            yield part
