"""Parsers of the commands: one-line errors, and the arguments that several commands share."""

import argparse
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from textwrap import fill
from typing import NoReturn, TypeAlias

from tierlogic.shell.refusals import REFUSED, one_line

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
"""Where commands are added."""

EXAMPLE_LINK = (
    "v=1&ladder=openai/2024-10&limits=openai/2025-09&start=2026-02-01"
    "&buy=2026-02-01_250&model=gpt-4o&tokens=2000000&input_price=2.5&output_price=10"
)
_PLAN = "a plan: its address, or what follows the ?, in quotes; a JSON plan file; -: standard input"


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        """End the process; a user's mistake is no traceback."""
        self.exit(REFUSED, f"{self.prog}: {one_line(message)}; see {self.prog} --help\n")


def add_command(
    commands: Commands, name: str, says: str, examples: Iterable[str] = (), more: str = ""
) -> Parser:
    """Add a command.

    Args:
        commands: where to.
        name: of the command.
        says: what it does, for the list of commands.
        examples: whole command lines; the plan in them stands as LINK.
        more: what its help says besides.
    """
    sentence = f"{says[0].upper()}{says[1:]}."
    return commands.add_parser(
        name,
        help=says,
        description=fill(f"{sentence} {more}".strip(), 79),
        epilog=examples_in_words(examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def examples_in_words(examples: Iterable[str]) -> str | None:
    """Write examples for the end of a help text."""
    lines = [f"  {example.replace('LINK', repr(EXAMPLE_LINK))}\n" for example in examples]
    if not lines:
        return None
    return f"{'examples' if len(lines) > 1 else 'example'}:\n{''.join(lines)}"


def add_plan(parser: argparse.ArgumentParser) -> None:
    """Let a command be about one plan."""
    parser.add_argument("plan", metavar="PLAN", help=_PLAN)


def add_plans(parser: argparse.ArgumentParser) -> None:
    """Let a command be about several plans."""
    parser.add_argument("plans", metavar="PLAN", nargs="+", help=_PLAN)


def add_forms(parser: argparse.ArgumentParser, forms: Iterable[str], says: str) -> None:
    """Let a command print in several forms, or write a file.

    Args:
        parser: of the command.
        forms: their names, "table" among them.
        says: what each form holds.
    """
    parser.add_argument("--format", choices=[*forms], default="table", help=says)
    parser.add_argument(
        "--csv", action="store_const", dest="format", const="csv", help="the same as --format csv"
    )
    add_out(parser)


def add_out(parser: argparse.ArgumentParser) -> None:
    """Let a command write a file."""
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="write there, in UTF-8, instead of printing"
    )


def day(text: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-01-31") from None


def percent(text: str) -> float:
    """Read a number of percent as a share."""
    try:
        share = Decimal(text.removesuffix("%")) / 100
    except InvalidOperation:
        share = Decimal("nan")
    if not share.is_finite():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of percent; write it as 20")
    return float(share)
