"""tierlogic project: when the tiers of a plan open, and why."""

import argparse
from collections.abc import Callable
from datetime import date

from tierlogic.answer import (
    READINGS,
    Answer,
    answer,
    headline,
    reading_heading,
    reasons,
)
from tierlogic.exports import (
    calendar_ics,
    daily_csv,
    html_report,
    markdown_summary,
    projection_json,
)
from tierlogic.exports.words import day_or_not, held_by
from tierlogic.full_request_in_words import full_request_in_words
from tierlogic.money import shortfall_in_words
from tierlogic.projection import Unlock
from tierlogic.shell.clock import today
from tierlogic.shell.parser import Commands, add_command, add_forms, add_plan
from tierlogic.shell.plans import read
from tierlogic.shell.printing import aligned, emit

_FORMS: dict[str, Callable[[Answer, date, str], str]] = {
    "table": lambda answered, _today, _address: _in_words(answered),
    "csv": lambda answered, _today, _address: daily_csv(answered.chosen),
    "json": lambda answered, _today, address: projection_json(answered, address),
    "markdown": lambda answered, _today, address: markdown_summary(answered, address),
    "ics": calendar_ics,
    "html": html_report,
}
"""What a plan can be printed as, by name: each from its answer, the day and the page's address."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "project",
        "say when the tiers of a plan open, and why, under both readings",
        ["tierlogic project LINK", "tierlogic project plan.json --format html --out plan.html"],
    )
    add_plan(parser)
    add_forms(
        parser,
        _FORMS,
        "table: the answer and a table, if left out; csv: the daily figures; json: all "
        "unlocks, events and totals; markdown: a summary; ics: a calendar; html: a report",
    )
    parser.set_defaults(command=_project)


def _project(arguments: argparse.Namespace) -> int:
    given = read(arguments.plan)
    text = _FORMS[arguments.format](answer(given.scenario), today(), given.address)
    return emit(text, arguments.out, as_file=arguments.format != "table")


def _in_words(answered: Answer) -> str:
    sentences = [
        headline(answered),
        *(f"{reading_heading(reading)}: {sentence}" for reading, sentence in reasons(answered)),
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
            day_or_not(used.on),
            day_or_not(paid.on),
            held_by(own),
            _missing(own, answered.scenario.rules.currency),
        )
        for own, used, paid in zip(answered.chosen.unlocks, *by_reading, strict=True)
    ]
    reading = answered.scenario.reading
    heading = ("if used counts", "if paid counts", f"held by ({reading})", f"missing ({reading})")
    return aligned([("tier", *heading), *rows])


def _missing(unlock: Unlock, currency: str) -> str:
    return shortfall_in_words(unlock.missing, currency, cents=True) if unlock.missing else "-"
