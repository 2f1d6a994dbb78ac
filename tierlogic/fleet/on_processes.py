"""Parts of a file on several processes of this machine."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

from tierlogic.fleet.accounts_file import Part
from tierlogic.fleet.work import RunError, Way, Work, one_by_one


def on_processes(processes: int) -> Way:
    """Give the parts to so many processes."""

    def way(parts: Iterator[Part], work: Work) -> Iterator[tuple[float, int]]:
        # A single part is done before another process would have started.
        first = [*islice(parts, 2)]
        undone = chain(first, parts)
        if processes == 1 or len(first) < 2:
            return one_by_one(undone, work)
        return _side_by_side(undone, work, processes)

    return way


def _side_by_side(parts: Iterator[Part], work: Work, processes: int) -> Iterator[tuple[float, int]]:
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
