"""tierlogic import: what providers and gateways export, read into a plan."""

import argparse
import sys
from datetime import date
from typing import Any

from pydantic import ValidationError

from tierlogic.exports.words import link_to
from tierlogic.imports import Deviation, Estimate, Imported, deviation, ends_within
from tierlogic.imports import read as read_files
from tierlogic.imports.base import known_provider, plain_plan
from tierlogic.imports.files import Progress
from tierlogic.imports.words import (
    account_in_words,
    bills_in_words,
    deviation_in_words,
    in_money,
    mix_in_words,
    pace_in_words,
)
from tierlogic.language import day_in_words
from tierlogic.projection import project
from tierlogic.rules.catalog import prices_of, providers
from tierlogic.scenario import Scenario, problems
from tierlogic.shell.clock import today
from tierlogic.shell.parser import Commands, add_command, add_forms
from tierlogic.shell.plans import read as read_plan
from tierlogic.shell.printing import FORMS, Said, Table, say
from tierlogic.shell.refusals import FAULTY, FINE, RefusedError, complain, one_line
from tierlogic.shell.status_line import is_watched, show_status

_LARGE = 5_000_000
"""Bytes of a file from which on its progress is shown."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "import",
        "read exports of usage, costs and payments into a plan",
        [
            "tierlogic import costs.csv usage.csv",
            "tierlogic import usage.json --base plan.json --format json",
        ],
        "Rows that cannot be read are named on standard error; the exit code is then 1.",
    )
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="what a provider or a gateway exports; -: standard input",
    )
    parser.add_argument(
        "--base",
        metavar="PLAN",
        help="the plan to put it into: a link, a JSON plan file, or -; without it, a year on the "
        "provider's newest rules",
    )
    parser.add_argument(
        "--provider",
        metavar="P",
        help="of which the files are read, such as openai; the base's, or the one that the files "
        "say most of, if left out",
    )
    add_forms(
        parser,
        FORMS,
        "table: what was read and the plan's link, if left out; csv: each day; json: all of it; "
        "markdown: a summary",
    )
    parser.set_defaults(command=_import)


def _import(arguments: argparse.Namespace) -> int:
    base = read_plan(arguments.base) if arguments.base else None
    provider = arguments.provider or (base and base.scenario.rules.provider)
    imported = read_files(
        [sys.stdin.buffer if file == "-" else file for file in arguments.files],
        today=today(),
        provider=_name_in_files(provider),
        currency=base and base.scenario.rules.currency,
        progress=_progress(),
    )
    plan = base.scenario if base else _plain_plan(provider, imported)
    try:
        scenario = imported.scenario(plan)
    except ValidationError as error:
        why = "; ".join(map(str, problems(error)))
        raise RefusedError(f"the files do not fit the plan: {why}") from error
    _name_unread(imported)
    link = link_to(scenario, base.address if base else "")
    beside = deviation(project(plan), imported) if ends_within(plan, imported) else None
    say(_said(imported, plan, scenario, link, beside), arguments)
    return FAULTY if imported.unread_count else FINE


def _name_in_files(provider: str | None) -> str | None:
    """The provider as the files name it; whatever is not one of ours is passed on."""
    return provider and (prices_of(provider) or provider)


def _plain_plan(provider: str | None, imported: Imported) -> Scenario:
    """A year on the newest rules of the files' provider."""
    named = provider or imported.provider
    known = known_provider(named)
    if known is None:
        what = f"{named!r} is not" if named else "no file says of which provider it is; give"
        raise RefusedError(f"--provider: {what} one of {', '.join(providers())}, or give --base")
    return plain_plan(known, imported.start or today())


def _progress() -> Progress:
    """Show how far large files are read, where somebody watches."""
    if not is_watched():
        return lambda _name, _read, _size: None
    shown: dict[str, int] = {}

    def show(name: str, read: int, size: int | None) -> None:
        if size is None or size < _LARGE:
            return
        percent = min(100, read * 100 // size)
        if shown.get(name) != percent:
            shown[name] = percent
            said = f"{one_line(name)}: {percent}%" if percent < 100 else ""
            show_status(said)

    return show


def _name_unread(imported: Imported) -> None:
    for row in imported.unread:
        complain(f"{row.file}, line {row.line}: {row.reason}")
    if more := imported.unread_count - len(imported.unread):
        complain(f"{more:,} more rows could not be read")


def _said(
    imported: Imported, plan: Scenario, scenario: Scenario, link: str, beside: Deviation | None
) -> Said:
    usage = imported.usage(scenario)
    return Said(
        kind="import",
        sentences=[
            *account_in_words(imported),
            *pace_in_words(imported),
            *mix_in_words(usage, plan.ladder),
            *bills_in_words(imported),
            *(deviation_in_words(beside) if beside else []),
            *imported.notes,
        ],
        tables=[
            Table(
                ("file", "format", "rows", "not read"),
                [
                    (file.name, file.format, f"{file.rows:,}", f"{file.unread:,}")
                    for file in imported.files
                ],
            ),
            Table(
                ("paid on", "amount"),
                [
                    (day_in_words(each.on), in_money(imported, each.amount))
                    for each in imported.payments
                ],
            ),
        ],
        figures=[
            {
                "date": day.on,
                "tokens": day.tokens,
                "billed": day.billed,
                "computed": day.computed,
                "difference": day.difference,
                "cause": day.cause,
            }
            for day in imported.each_day
        ],
        record=_record(imported, link, beside),
        link=link,
    )


def _record(imported: Imported, link: str, beside: Deviation | None) -> dict[str, Any]:
    pace = imported.pace
    return {
        "link": link,
        "files": [vars(file) for file in imported.files],
        "provider": imported.provider,
        "currency": imported.currency,
        "first_day": _day(imported, 0),
        "last_day": _day(imported, -1),
        "last_whole_day": imported.last_whole_day,
        "used": imported.used,
        "month_used": imported.month_used,
        "paid": imported.paid,
        "first_payment": imported.first_payment,
        "payments": [vars(payment) for payment in imported.payments],
        "pace": pace
        and {
            "tokens_per_day": _estimate(pace.tokens_per_day),
            "weekend_factor": _estimate(pace.weekend_factor),
            "growth_per_30_days": _estimate(pace.growth_per_30_days),
        },
        "models": imported.models.reset_index().to_dict("records"),
        "plan_against_actual": beside and [vars(tier) for tier in beside.tiers],
        "unread": [vars(row) for row in imported.unread],
        "unread_count": imported.unread_count,
        "notes": imported.notes,
    }


def _day(imported: Imported, place: int) -> date | None:
    return imported.each_day[place].on if imported.each_day else None


def _estimate(estimate: Estimate | None) -> dict[str, Any] | None:
    return vars(estimate) if estimate else None
