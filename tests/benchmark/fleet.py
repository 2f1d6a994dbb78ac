"""Files of accounts through tierlogic fleet: speed, memory and the plain engine beside them."""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tests import plain_engine
from tests.benchmark.engine import scenarios
from tests.browser.chromium import ROOT
from tierlogic.fleet.accounts_file import ROWS_A_PART
from tierlogic.shell.refusals import FAULTY, FINE

SIZES, QUICK_SIZES = (10_000, 100_000, 1_000_000), (10_000, 40_000)
PROCESSES = 2
GIBIBYTE = 2**30
(BASE,) = scenarios(1)


@dataclass(frozen=True)
class Ran:
    """One file of accounts, projected."""

    accounts: int
    seconds: float
    processor_seconds: float
    """Of all processes together."""
    bytes: float
    """Most memory of all processes together, what they share counted once."""


def speed_of_files(*, quick: bool) -> Iterator[str]:
    """Compare files of accounts of one year with each other, and with the plain engine."""
    yield f"tierlogic fleet on {PROCESSES} processes, accounts of one year with one usage line"
    plain = _plain_accounts_a_second(20 if quick else 40)
    yield f"  plain engine, one by one (baseline): {plain:,.1f} accounts a second of a processor"
    start = _run(2 * ROWS_A_PART, write=_write_unreadable_rows)
    yield f"  to start: {start.seconds:.1f} s, left out of the speeds below"
    smallest: float | None = None
    for size in QUICK_SIZES if quick else SIZES:
        ran = _run(size)
        speed = ran.accounts / (ran.processor_seconds - start.processor_seconds)
        smallest = smallest or speed
        in_all = ran.accounts / (ran.seconds - start.seconds)
        yield (
            f"  {size:,} accounts: {speed:,.0f} a second of a processor, "
            f"{speed / plain:,.0f} times the baseline, {speed / smallest:.2f} of the smallest "
            f"file's; {in_all:,.0f} a second in all; "
            f"{ran.bytes / GIBIBYTE:.2f} GiB at most"
        )


def overhead_of_dask(*, quick: bool) -> Iterator[str]:
    """Compare a local Dask cluster with as many processes, on the same accounts."""
    small, large = (10_000, 30_000) if quick else (20_000, 200_000)
    # Both start their processes for the small file too: the difference is the work alone.
    here, there = (
        _more_work(_run(small, *options), _run(large, *options))
        for options in ((), ("--dask", "local"))
    )
    yield (
        f"Dask on this machine, {PROCESSES} workers, {large:,} accounts instead of {small:,}: "
        f"{there.processor_seconds / here.processor_seconds:.2f} times the processor time of "
        f"{PROCESSES} processes (baseline), {there.seconds / here.seconds:.2f} times the time"
    )


def accounts(first: int, count: int) -> pd.DataFrame:
    """Accounts whose money, tokens, growth, dates and reading vary."""
    chance = np.random.default_rng(first)
    start = pd.Timestamp("2026-01-01")
    cents = {
        "used_before": (0, 20_000),
        "paid_before": (500, 50_000),
        "opening_balance": (0, 30_000),
    }
    monthly = chance.integers(5, 500, count)
    return pd.DataFrame(
        {
            "account": [f"account-{number}" for number in range(first, first + count)],
            "reading": chance.choice(["used", "paid"], count),
            "first_payment": start - pd.to_timedelta(chance.integers(0, 60, count), "D"),
            **{name: chance.integers(*bounds, count) / 100 for name, bounds in cents.items()},
            "purchases": [
                f'[{{"on": "2026-01-01", "amount": {amount}, "every": "month"}}]'
                for amount in monthly
            ],
            "tokens_per_day": chance.uniform(1e5, 2e7, count),
            "growth_per_30_days": chance.uniform(-0.2, 0.5, count),
        }
    )


def _write_accounts(path: Path, count: int) -> None:
    writer: pq.ParquetWriter | None = None
    for first in range(0, count, 100_000):
        table = pa.Table.from_pandas(accounts(first, min(100_000, count - first)))
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def _plain_accounts_a_second(count: int) -> float:
    sample = scenarios(count)
    began = process_time()
    for scenario in sample:
        plain_engine.project(scenario)
    return count / (process_time() - began)


def _more_work(small: Ran, large: Ran) -> Ran:
    return Ran(
        large.accounts - small.accounts,
        large.seconds - small.seconds,
        large.processor_seconds - small.processor_seconds,
        large.bytes,
    )


def _write_unreadable_rows(path: Path, count: int) -> None:
    """Write rows that make every process start, and leave it nothing to project."""
    path.write_text("account,tokens_per_day\n" + "cut off\n" * count, "utf-8")


def _run(count: int, *more: str, write: Callable[[Path, int], None] = _write_accounts) -> Ran:
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "accounts"
        base = Path(folder) / "base.txt"
        base.write_text(BASE.but(purchases=()).to_query(), "utf-8")
        write(given, count)
        command = ["fleet", str(given), "--out", str(Path(folder) / "dates.parquet")]
        options = ["--base", str(base), "--processes", str(PROCESSES), *more]
        spent, began = _processor_seconds(), perf_counter()
        ran = subprocess.Popen(
            [sys.executable, "-m", "tierlogic", *command, *options],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        most = 0
        while True:
            try:
                ran.wait(timeout=0.25)
                break
            except subprocess.TimeoutExpired:
                most = max(most, _bytes_of(ran.pid))
        if ran.returncode not in {FINE, FAULTY}:
            raise RuntimeError(f"the run ended with {ran.returncode}")
        return Ran(count, perf_counter() - began, _processor_seconds() - spent, most)


def _processor_seconds() -> float:
    """Of all processes that this one has waited for, and theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _bytes_of(session: int) -> int:
    """Memory of all processes of a session."""
    found = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int((entry / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                lines = (entry / "smaps_rollup").read_text().splitlines()
                (share,) = (line for line in lines if line.startswith("Pss:"))
                found += int(share.split()[1]) * 1024
        except (OSError, ValueError, IndexError):
            continue
    return found
