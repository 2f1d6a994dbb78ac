"""A file of accounts projected by all processors, part by part; a killed run goes on."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from tierlogic.fleet.accounts_file import ROWS_A_PART, Part, open_accounts
from tierlogic.fleet.columns import check_columns
from tierlogic.fleet.part import answers_schema, project_part
from tierlogic.fleet.parts import Parts
from tierlogic.fleet.result_files import ResultFiles
from tierlogic.scenario import Scenario

Progress = Callable[[float, int], None]
"""Called for every part: its share of the file, and its accounts; 0 where it was done before."""


class RunError(RuntimeError):
    """A run that cannot go on; what is done of it is kept."""


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
    processes: int = 1,
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
        processes: how many work at once.
        progress: is told how far the run is.
        seen: is given the answers, in their order, as they are written.

    Raises:
        AccountsFileError: the accounts cannot be read.
        FrameError: the columns are none of accounts.
        RunError: a process ended before its work.
        OSError: what was found cannot be written.
    """
    file = open_accounts(accounts)
    check_columns(file.schema.names, base)
    schema = answers_schema(file.schema, base)
    kept = Parts(answers.with_name(f"{answers.name}.parts"))
    kept.begin(_what_the_answers_hang_on(accounts, schema, base))
    work = _Work(kept, base, schema)
    undone = _undone(file.parts(), kept, progress)
    # A single part is done before another process would have started.
    first = [*islice(undone, 2)]
    parts = chain(first, undone)
    alone = processes == 1 or len(first) < 2
    for share, count in (
        _one_by_one(parts, work) if alone else _side_by_side(parts, work, processes)
    ):
        progress(share, count)
    with ResultFiles(answers, rejects, schema, file.schema.names) as files:
        for found in kept.in_order():
            files.add(found)
            seen(found.answers)
    kept.end()
    return Done(files.projected, files.rejected)


class _Work(NamedTuple):
    """What is to be done with a part."""

    kept: Parts
    base: Scenario | None
    schema: pa.Schema

    def do(self, part: Part) -> int:
        """Project a part and keep it; return the number of its accounts."""
        self.kept.keep(part.number, project_part(part, self.base, self.schema))
        return len(part.rows) + len(part.misread)


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


def _one_by_one(parts: Iterator[Part], work: _Work) -> Iterator[tuple[float, int]]:
    for part in parts:
        yield part.share, work.do(part)


def _side_by_side(
    parts: Iterator[Part], work: _Work, processes: int
) -> Iterator[tuple[float, int]]:
    """Give the parts to processes; yield the share and the accounts of each that is done."""
    # Spawned, not forked: a fork copies locks that another thread may hold.
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _become_a_worker)
    waiting: dict[Future[int], float] = {}
    try:
        for part in parts:
            waiting[pool.submit(work.do, part)] = part.share
            # One part for each to work at, and one to go on with: so much is read ahead.
            while len(waiting) >= 2 * processes:
                yield from _ended(waiting)
        while waiting:
            yield from _ended(waiting)
    except BrokenProcessPool as error:
        raise RunError(
            "a process ended before its work, perhaps for want of memory; what is done is kept: "
            "run the same command again, with fewer processes"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _ended(waiting: dict[Future[int], float]) -> Iterator[tuple[float, int]]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield waiting.pop(future), future.result()


def _become_a_worker() -> None:
    """Leave Ctrl-C to the parent, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
