"""The command line: the commands, and how one of them runs."""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.evidence_reports import ReportError
from tierlogic.fleet.accounts_file import AccountsFileError
from tierlogic.fleet.columns import FrameError
from tierlogic.fleet.work import RunError
from tierlogic.imports import ImportFileError
from tierlogic.links import LinkError
from tierlogic.questions.compare import CompareError
from tierlogic.questions.goal import GoalError
from tierlogic.rules.catalog import RulesError
from tierlogic.shell import (
    chart,
    compare,
    completion,
    evidence,
    fleet,
    importing,
    link,
    page,
    project,
    ranges,
    rules,
    sensitivity,
    target,
)
from tierlogic.shell.parser import Parser, examples_in_words
from tierlogic.shell.refusals import BROKEN_PIPE, INTERRUPTED, RefusedError, refuse

_EXAMPLES = (
    "tierlogic project LINK",
    "tierlogic target plan.json --tier 'Tier 4' --by 2026-12-31",
    "tierlogic import costs.csv usage.csv",
)
_COMMANDS = (
    project,
    target,
    compare,
    ranges,
    sensitivity,
    chart,
    importing,
    fleet,
    link,
    evidence,
    rules,
    page,
    completion,
)
_REFUSALS = (
    RefusedError,
    AccountsFileError,
    CompareError,
    FrameError,
    GoalError,
    ImportFileError,
    LinkError,
    ReportError,
    RulesError,
    RunError,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for problems found, 2 for bad input.

    Args:
        argv: the arguments; None: those of the process.

    Raises:
        SystemExit: the arguments cannot be read, or ask for help.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        try:
            arguments = command_line().parse_args(argv)
            code: int = arguments.command(arguments)
        finally:
            sys.stdout.flush()
    except _REFUSALS as error:
        return refuse(str(error))
    except PlanTooLargeError as error:
        return refuse(f"tokens: {error}")
    except BrokenPipeError:
        _leave_standard_output()
        return BROKEN_PIPE
    except OSError as error:
        _leave_standard_output()
        return refuse(f"what was found cannot be written: {error.strerror}")
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def command_line() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = Parser(
        prog="tierlogic",
        description="When will the next LLM usage tier open?",
        epilog=(examples_in_words(_EXAMPLES) or "")
        + "\nexit codes: 0; 1 where something is wrong in what was read; 2 for bad usage or input",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    for command in _COMMANDS:
        command.add(commands)
    return parser


def _leave_standard_output() -> None:
    # Nobody reads on: what is left must not fail again when the interpreter flushes at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
