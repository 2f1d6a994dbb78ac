"""The shell commands: project a link, look into the rules, serve the page."""

import argparse
import io
import os
import runpy
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn
from urllib.parse import urldefrag

from tierlogic.answer import (
    IF_READING,
    READINGS,
    Answer,
    answer,
    full_request_in_words,
    headline,
    reasons,
)
from tierlogic.calendar import day_in_words
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.exports import (
    calendar_ics,
    daily_csv,
    html_report,
    markdown_summary,
    projection_json,
)
from tierlogic.links import LinkError, from_query
from tierlogic.money import amount_in_words
from tierlogic.projection import Unlock
from tierlogic.rules.catalog import (
    RulesError,
    ladders,
    limits,
    load_ladder,
    load_limits,
    load_provider,
)
from tierlogic.rules.changes import changes
from tierlogic.rules.check import check_file
from tierlogic.rules.document import RulesFile
from tierlogic.rules.schema import schemas

_FAULTY, _REFUSED, _BROKEN_PIPE, _INTERRUPTED = 1, 2, 141, 130
"""Exit codes; the last two are those of a shell: 128 and the signal's number."""


_PACKAGE = Path(__file__).parent
INSTALLED_PAGE, _PAGE_OF_CHECKOUT = _PACKAGE / "served" / "app.py", _PACKAGE.parent / "app.py"
"""Where pip puts the page, with its settings beside it, and where a checkout has it."""

_FORMS: dict[str, Callable[[Answer, date, str], str]] = {
    "table": lambda answered, _today, _address: _in_words(answered),
    "csv": lambda answered, _today, _address: daily_csv(answered.chosen),
    "json": lambda answered, _today, address: projection_json(answered, address),
    "markdown": lambda answered, _today, address: markdown_summary(answered, address),
    "ics": calendar_ics,
    "html": html_report,
}
"""What a plan can be printed as, by name: each from its answer, the day and the page's address."""

_EXAMPLE_LINK = (
    "v=1&ladder=openai/2024-10&limits=openai/2025-09&start=2026-02-01"
    "&buy=2026-02-01_250&model=gpt-4o&tokens=2000000&input_price=2.5&output_price=10"
)
_EXAMPLE = f"""\
example:
  tierlogic project '{_EXAMPLE_LINK}'
"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(_REFUSED, f"{self.prog}: {_one_line(message)}; see {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        argv: the arguments; None: those of the process.

    Raises:
        SystemExit: the arguments cannot be read, or ask for help.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.command(arguments)
        sys.stdout.flush()
    except RulesError as error:
        return _refuse(str(error))
    except BrokenPipeError:
        _leave_standard_output()
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="tierlogic",
        description="When will the next LLM usage tier open?",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    projecting = commands.add_parser(
        "project",
        help="say when the tiers of a plan open, and why",
        description="Say when the tiers of a plan open, and why, under both readings.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    projecting.add_argument(
        "link",
        metavar="LINK",
        help="the plan's address, or what follows its ?, in quotes; -: standard input",
    )
    projecting.add_argument(
        "--format",
        choices=_FORMS,
        default="table",
        help="table: the answer and a table, if left out; csv: the daily figures; json: all "
        "unlocks, events and totals; markdown: a summary; ics: a calendar; html: a report",
    )
    projecting.add_argument(
        "--csv", action="store_const", dest="format", const="csv", help="the same as --format csv"
    )
    projecting.add_argument(
        "--out", metavar="FILE", type=Path, help="write there, in UTF-8, instead of printing"
    )
    projecting.set_defaults(command=_project)

    _add_rules(commands.add_parser("rules", help="list, check and compare ladders and limits"))

    serving = commands.add_parser("page", help="serve the page and open it in the browser")
    serving.add_argument("--port", type=int, help="8501 or the next free one, if left out")
    serving.add_argument("--no-browser", action="store_true", help="only serve it")
    serving.set_defaults(command=_page)
    return parser


def _add_rules(listing: argparse.ArgumentParser) -> None:
    listing.description = "List the ladders and the limits tables, or do one of these:"
    listing.usage = "%(prog)s [-h] [ACTION ...]"
    listing.set_defaults(command=_list_rules)
    actions = listing.add_subparsers(metavar="ACTION", prog="tierlogic rules")

    checking = actions.add_parser("check", help="explain every error of a rules file")
    checking.add_argument("files", metavar="FILE", nargs="+", type=Path)
    checking.set_defaults(command=_check_rules)

    comparing = actions.add_parser("diff", help="say what changed between two versions")
    for which in ("before", "after"):
        comparing.add_argument(which, metavar="ID", help="such as openai/2026-05")
    comparing.set_defaults(command=_diff_rules)

    describing = actions.add_parser("schema", help="write the JSON Schemas of rules files")
    describing.add_argument("folder", metavar="FOLDER", type=Path)
    describing.set_defaults(command=_write_schemas)


def _project(arguments: argparse.Namespace) -> int:
    try:
        address, query = _split(sys.stdin.read() if arguments.link == "-" else arguments.link)
        if "=" not in query:
            return _refuse(f"LINK: holds no plan; give a link such as {_EXAMPLE_LINK}")
        answered = answer(from_query(query))
    except LinkError as error:
        return _refuse(str(error))
    except PlanTooLargeError as error:
        return _refuse(f"tokens: {error}")
    except UnicodeError:
        return _refuse("LINK: is not text in UTF-8")
    text = _FORMS[arguments.format](answered, datetime.now(UTC).date(), address)
    if arguments.out:
        return _write(arguments.out, text)
    if arguments.format != "table" and isinstance(sys.stdout, io.TextIOWrapper):
        # What is for a file goes there as it is, whatever the terminal's own letters and line ends.
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    sys.stdout.write(text)
    return 0


def _write(file: Path, text: str) -> int:
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        return _refuse(f"--out: {file} cannot be written: {error.strerror}")
    return 0


def _list_rules(_: argparse.Namespace) -> int:
    sys.stdout.write(_listed(today=datetime.now(UTC).date()))
    return 0


def _listed(today: date) -> str:
    """List all rules: dates, days since the newest reading of a source, lowest confidence."""
    all_ladders = [_version(ladder, today) for ladder in map(load_ladder, ladders())]
    all_limits = [_version(table, today) for table in map(load_limits, limits())]
    heading = ("provider", "in force from", "read, days ago", "lowest confidence", "title")
    return "\n".join(
        _table([(kind, *heading), *versions])
        for kind, versions in (("ladder", all_ladders), ("limits", all_limits))
    )


def _check_rules(arguments: argparse.Namespace) -> int:
    code = 0
    for file in arguments.files:
        faults = check_file(file)
        said = [fault.at(str(file)) for fault in faults] or [f"{file} is fine"]
        sys.stdout.write("".join(f"{_one_line(line)}\n" for line in said))
        code = _FAULTY if faults else code
    return code


def _diff_rules(arguments: argparse.Namespace) -> int:
    both = (arguments.before, arguments.after)
    said = []
    if set(both) <= set(ladders()):
        before, after = map(load_ladder, both)
        said.append(_difference("ladder", before, after, changes(before, after)))
    if set(both) <= set(limits()):
        old, new = map(load_limits, both)
        said.append(_difference("limits", old, new, changes(old, new)))
    if not said:
        known = sorted({*ladders(), *limits()})
        unknown = [wanted for wanted in both if wanted not in known]
        return _refuse(
            f"there are no rules {unknown[0]!r}; there are {', '.join(known)}"
            if unknown
            else f"{both[0]} and {both[1]} are not both ladders, and not both limits tables"
        )
    sys.stdout.write("\n".join(said))
    return 0


def _difference(kind: str, before: RulesFile, after: RulesFile, found: Sequence[str]) -> str:
    days = f"{before.in_force_from} -> {after.in_force_from}"
    lines = [f"{kind} {before.id} -> {after.id}, in force from {days}", *found]
    return "".join(f"{line}\n" for line in (lines if found else [*lines, "nothing changed"]))


def _write_schemas(arguments: argparse.Namespace) -> int:
    if not arguments.folder.is_dir():
        return _refuse(f"{arguments.folder}: is no folder")
    for name, text in schemas().items():
        (arguments.folder / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{arguments.folder / name}\n")
    return 0


def _page(arguments: argparse.Namespace) -> int:
    app = INSTALLED_PAGE if INSTALLED_PAGE.is_file() else _PAGE_OF_CHECKOUT
    options = ["--server.headless=true"] if arguments.no_browser else []
    if arguments.port is not None:
        options.append(f"--server.port={arguments.port}")
    # As python -m streamlit would: it takes over this process, its signals and its exit code.
    sys.argv = ["streamlit", "run", str(app), *options]
    runpy.run_module("streamlit", run_name="__main__")
    return 0


def _split(link: str) -> tuple[str, str]:
    """Split a link into the page's address, empty where it has none, and the query."""
    without_fragment = urldefrag(link.strip()).url
    address, mark, query = without_fragment.partition("?")
    # A question mark behind an equals sign stands in a value, such as a title.
    return (address, query) if mark and "=" not in address else ("", without_fragment)


def _in_words(answered: Answer) -> str:
    sentences = [
        headline(answered),
        *(
            f"{IF_READING[reading].capitalize()}: {sentence}"
            for reading, sentence in reasons(answered)
        ),
        full_request_in_words(answered),
    ]
    return (
        "".join(f"{sentence}\n" for sentence in sentences if sentence) + f"\n{_unlocks(answered)}"
    )


def _unlocks(answered: Answer) -> str:
    """Lay out the unlocks: a date for each reading, the rest under the scenario's own."""
    by_reading = [answered.by_reading[reading].unlocks for reading in READINGS]
    rows = [
        (
            own.tier,
            _day(used.on),
            _day(paid.on),
            _held_by(own),
            _missing(own, answered.scenario.rules.currency),
        )
        for own, used, paid in zip(answered.chosen.unlocks, *by_reading, strict=True)
    ]
    reading = answered.scenario.reading
    heading = ("if used counts", "if paid counts", f"held by ({reading})", f"missing ({reading})")
    return _table([("tier", *heading), *rows])


def _day(day: date | None) -> str:
    return day_in_words(day) if day else "not in this plan"


def _held_by(unlock: Unlock) -> str:
    return "money and waiting" if unlock.held_by == "both" else unlock.held_by or "-"


def _missing(unlock: Unlock, currency: str) -> str:
    return amount_in_words(unlock.missing, currency, cents=True) if unlock.missing else "-"


def _version(rules: RulesFile, today: date) -> tuple[str, ...]:
    """Describe a dated version."""
    read = max(rules.sources[key].read for _, key in rules.cited())
    return (
        rules.id,
        load_provider(rules.provider).name,
        rules.in_force_from.isoformat(),
        str((today - read).days),
        rules.confidence,
        rules.title,
    )


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Align the columns of some rows, two spaces apart."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "".join(f"{line}\n" for line in lines)


def _refuse(message: str) -> int:
    sys.stderr.write(f"tierlogic: {_one_line(message)}\n")
    return _REFUSED


def _one_line(text: str) -> str:
    """Escape line ends and whatever else could steer a terminal."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def _leave_standard_output() -> None:
    # Nobody reads on: what is left must not fail again when the interpreter flushes at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
