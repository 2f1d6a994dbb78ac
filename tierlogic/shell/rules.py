"""tierlogic rules: list, check and compare ladders and limits, and describe their files."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tierlogic.rules.catalog import ladders, limits, load_ladder, load_limits, load_provider
from tierlogic.rules.changes import changes
from tierlogic.rules.check import check_file
from tierlogic.rules.document import RulesFile
from tierlogic.rules.schema import schemas
from tierlogic.shell.clock import today
from tierlogic.shell.parser import Commands, add_command
from tierlogic.shell.printing import aligned
from tierlogic.shell.refusals import FAULTY, FINE, RefusedError, one_line

_EXAMPLES = (
    "tierlogic rules",
    "tierlogic rules diff openai/2024-10 openai/2026-05",
    "tierlogic rules check mine.toml",
)


def add(commands: Commands) -> None:
    """Add the command and its actions."""
    listing = add_command(
        commands, "rules", "list, check and compare ladders and limits", _EXAMPLES
    )
    listing.description = "List the ladders and the limits tables, or do one of these:"
    listing.usage = "%(prog)s [-h] [ACTION ...]"
    listing.set_defaults(command=_list)
    actions = listing.add_subparsers(metavar="ACTION", prog="tierlogic rules")

    checking = actions.add_parser("check", help="explain every error of a rules file")
    checking.add_argument("files", metavar="FILE", nargs="+", type=Path)
    checking.set_defaults(command=_check)

    comparing = actions.add_parser("diff", help="say what changed between two versions")
    for which in ("before", "after"):
        comparing.add_argument(which, metavar="ID", help="such as openai/2026-05")
    comparing.set_defaults(command=_diff)

    describing = actions.add_parser("schema", help="write the JSON Schemas of rules files")
    describing.add_argument("folder", metavar="FOLDER", type=Path)
    describing.set_defaults(command=_write_schemas)


def _list(_: argparse.Namespace) -> int:
    sys.stdout.write(_listed(today()))
    return FINE


def _listed(on: date) -> str:
    """List all rules: dates, days since the newest reading of a source, lowest confidence."""
    all_ladders = [_version(ladder, on) for ladder in map(load_ladder, ladders())]
    all_limits = [_version(table, on) for table in map(load_limits, limits())]
    heading = ("provider", "in force from", "read, days ago", "lowest confidence", "title")
    return "\n".join(
        aligned([(kind, *heading), *versions])
        for kind, versions in (("ladder", all_ladders), ("limits", all_limits))
    )


def _version(rules: RulesFile, on: date) -> tuple[str, ...]:
    """Describe a dated version."""
    read = max(rules.sources[key].read for _, key in rules.cited())
    return (
        rules.id,
        load_provider(rules.provider).name,
        rules.in_force_from.isoformat(),
        str((on - read).days),
        rules.confidence,
        rules.title,
    )


def _check(arguments: argparse.Namespace) -> int:
    code = FINE
    for file in arguments.files:
        faults = check_file(file)
        said = [fault.at(str(file)) for fault in faults] or [f"{file} is fine"]
        sys.stdout.write("".join(f"{one_line(line)}\n" for line in said))
        code = FAULTY if faults else code
    return code


def _diff(arguments: argparse.Namespace) -> int:
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
        raise RefusedError(
            f"there are no rules {unknown[0]!r}; there are {', '.join(known)}"
            if unknown
            else f"{both[0]} and {both[1]} are not both ladders, and not both limits tables"
        )
    sys.stdout.write("\n".join(said))
    return FINE


def _difference(kind: str, before: RulesFile, after: RulesFile, found: Sequence[str]) -> str:
    days = f"{before.in_force_from} -> {after.in_force_from}"
    lines = [f"{kind} {before.id} -> {after.id}, in force from {days}", *found]
    return "".join(f"{line}\n" for line in (lines if found else [*lines, "nothing changed"]))


def _write_schemas(arguments: argparse.Namespace) -> int:
    if not arguments.folder.is_dir():
        raise RefusedError(f"{arguments.folder}: is no folder")
    for name, text in schemas().items():
        (arguments.folder / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{arguments.folder / name}\n")
    return FINE
