"""tierlogic fleet: a file of accounts, projected."""

import argparse
import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from time import monotonic

import pyarrow as pa

from tierlogic.fleet.on_dask import LOCAL, dask_way
from tierlogic.fleet.on_processes import on_processes
from tierlogic.fleet.result_files import FORMS as FILES
from tierlogic.fleet.run import project_file
from tierlogic.fleet.summary import Summary
from tierlogic.fleet.work import Way
from tierlogic.shell.fleet_in_words import said
from tierlogic.shell.parser import Commands, add_command
from tierlogic.shell.plans import read
from tierlogic.shell.printing import FORMS, emit
from tierlogic.shell.refusals import FAULTY, FINE, RefusedError, complain
from tierlogic.shell.status_line import is_watched, show_status

_LISTED = 10
"""Accounts to act on that are listed, for each reason; all are counted."""
_BAR = 20


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "fleet",
        "project a file of accounts, one row an account",
        [
            "tierlogic fleet accounts.parquet --out dates.parquet",
            "tierlogic fleet accounts.csv --out dates.csv --base plan.json --summary",
            "tierlogic fleet accounts.csv --out dates.csv --summary --format markdown",
            "tierlogic fleet accounts.parquet --out dates.parquet --dask tcp://10.0.0.1:8786",
        ],
        "Columns are named as the scenario's fields; docs/fleet.md has them all. Rows that cannot "
        "be read go to a file of rejects, with the reason, and the exit code is then 1. A run "
        "that was ended early goes on where it was when the same command runs again.",
    )
    parser.add_argument("accounts", metavar="ACCOUNTS", type=Path, help="a Parquet or CSV file")
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        required=True,
        help="the answers; a name in .parquet or .csv says what they are written as",
    )
    parser.add_argument(
        "--rejects",
        metavar="FILE",
        type=Path,
        help="rows that cannot be read, as CSV; without it, beside the answers",
    )
    parser.add_argument(
        "--base",
        metavar="PLAN",
        help="says what a row does not say: a link, a JSON plan file, or -",
    )
    parser.add_argument(
        "--processes",
        metavar="N",
        type=_count,
        default=_processors(),
        help="how many work at once; all processors if left out",
    )
    parser.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="let the workers of a Dask scheduler do it, such as tcp://10.0.0.1:8786; "
        f"{LOCAL}: of a cluster of --processes workers on this machine",
    )
    parser.add_argument(
        "--summary",
        action="store_true",
        help="say how many accounts are at each tier by month, and which to act on",
    )
    parser.add_argument(
        "--format", choices=[*FORMS], default="table", help="what is printed, not the answers"
    )
    parser.set_defaults(command=_fleet)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1024")
    return int(text)


def _processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _fleet(arguments: argparse.Namespace) -> int:
    if arguments.out.suffix not in FILES:
        raise RefusedError(f"--out: {arguments.out} must end in {' or '.join(FILES)}")
    rejects: Path = arguments.rejects or arguments.out.with_suffix(".rejects.csv")
    places = {"ACCOUNTS": arguments.accounts, "--out": arguments.out, "--rejects": rejects}
    if len({path.resolve() for path in places.values()}) < len(places):
        raise RefusedError(f"{', '.join(places)} must be files of their own")
    base = read(arguments.base).scenario if arguments.base else None
    summary = Summary(_LISTED) if arguments.summary else None
    try:
        with _way(arguments) as way:
            done = project_file(
                arguments.accounts,
                arguments.out,
                rejects,
                base,
                way=way,
                progress=_Bar().advance if is_watched() else _silent,
                seen=lambda answers: _look(summary, answers),
            )
    except OSError as error:
        raise RefusedError(f"--out: {arguments.out} cannot be written: {error.strerror}") from error
    except KeyboardInterrupt:
        complain("ended early; what is done is kept, and the same command goes on from there")
        raise
    found = said(done, arguments.out, rejects, summary)
    emit(FORMS[arguments.format](found), None, as_file=arguments.format != "table")
    return FAULTY if done.rejected else FINE


def _way(arguments: argparse.Namespace) -> AbstractContextManager[Way]:
    if arguments.dask:
        return dask_way(arguments.dask, arguments.processes)
    return nullcontext(on_processes(arguments.processes))


def _silent(_share: float, _accounts: int) -> None:
    """Nobody watches."""


def _look(summary: Summary | None, answers: pa.Table) -> None:
    if summary:
        summary.add(answers.to_pandas(date_as_object=False))


class _Bar:
    """How far a run is, and the time it will still take, where somebody watches."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._done_before = self._done = 0.0
        self._accounts = 0

    def advance(self, share: float, accounts: int) -> None:
        """Show that a part is done."""
        if accounts:
            self._done += share
            self._accounts += accounts
        else:
            self._done_before += share
        whole = self._done_before + self._done
        if whole > 1 - 1e-9:
            show_status("")
            return
        filled = round(whole * _BAR)
        said = f"[{'#' * filled}{'.' * (_BAR - filled)}] {whole:.0%}"
        if self._accounts:
            took = monotonic() - self._began
            left = took * (1 - whole) / self._done
            said += f", {self._accounts / took:,.0f} accounts a second, {_time(left)} left"
        show_status(said)


def _time(seconds: float) -> str:
    minutes, hours = seconds / 60, seconds / 3600
    if hours >= 1.5:
        return f"{hours:.0f} hours"
    return f"{minutes:.0f} min" if minutes >= 1.5 else f"{seconds:.0f} s"
