"""tierlogic target: what a tier or a limit takes by a date."""

import argparse
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from pydantic import ValidationError

from tierlogic.answer import if_reading
from tierlogic.exports.record import versions
from tierlogic.exports.words import link_to
from tierlogic.language import day_in_words
from tierlogic.money import amount_in_words
from tierlogic.questions.goal import Goal
from tierlogic.questions.target import Target, Way, Ways, target
from tierlogic.scenario import Purchase, Reading, problems
from tierlogic.shell.parser import Commands, add_command, add_forms, add_plan, day
from tierlogic.shell.plans import read
from tierlogic.shell.printing import FORMS, Said, Table, say
from tierlogic.shell.refusals import RefusedError

_WAYS = {
    "earliest": "earliest day",
    "tokens_per_day": "fewest tokens a day",
    "prepay": "least more credit now",
    "schedule": "cheapest purchases",
}
"""Fields of `Ways`, in words."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "target",
        "say what a tier or a limit takes by a date",
        [
            "tierlogic target LINK --tier 'Tier 4' --by 2026-12-31",
            "tierlogic target plan.json --tpm 2000000 --by 2026-12-31 --format json",
            "tierlogic target - --full-request --model gpt-4o --by 2026-12-31 < plan.json",
        ],
        "For both readings: the earliest day, the fewest tokens a day, the least credit more, "
        "and the cheapest purchases.",
    )
    add_plan(parser)
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--tier", metavar="TIER", help="a tier that is to be open")
    asked.add_argument(
        "--tpm", metavar="N", type=int, help="tokens per minute that are to be allowed"
    )
    asked.add_argument(
        "--full-request",
        action="store_true",
        help="a request of the model's whole context window is to fit in one minute's limit",
    )
    parser.add_argument("--model", help="whose limit is meant; the plan's first, if left out")
    parser.add_argument(
        "--by", metavar="DATE", type=day, required=True, help="the last day that is in time"
    )
    add_forms(
        parser,
        FORMS,
        "table: the ways and why, if left out; csv: the ways; json: all of it with the link of "
        "each plan found; markdown: a summary",
    )
    parser.set_defaults(command=_target)


def _target(arguments: argparse.Namespace) -> int:
    given = read(arguments.plan)
    try:
        goal = Goal(
            by=arguments.by,
            tier=arguments.tier,
            tpm=arguments.tpm,
            full_request=arguments.full_request,
            model=arguments.model,
        )
    except ValidationError as error:
        raise RefusedError("; ".join(problem.message for problem in problems(error))) from error
    return say(_said(target(given.scenario, goal), given.address), arguments)


def _said(found: Target, address: str) -> Said:
    scenario = found.scenario
    currency = scenario.rules.currency
    shown: list[Reading] = ["used", "paid"] if scenario.rules.contested else ["used"]
    by = f"by {day_in_words(found.goal.by)}"
    lowest = "" if found.goal.tier else f"; {found.tier} is the lowest that allows it"
    return Said(
        kind="target",
        sentences=[f"What it takes to reach {_goal_in_words(found)} {by}{lowest}:"],
        tables=[
            Table(
                (if_reading(reading) if len(shown) > 1 else "way", "takes", "why"),
                [
                    (words, _in_words(name, way, currency), way.why)
                    for name, words, way in _ways(found.by_reading[reading])
                ],
            )
            for reading in shown
        ],
        figures=[
            {
                "reading": reading,
                "way": name,
                "value": _as_text(way.value),
                "why": way.why,
                "link": _link(way, address),
            }
            for reading, ways in found.by_reading.items()
            for name, _, way in _ways(ways)
        ],
        record={
            "versions": versions(scenario),
            "link": link_to(scenario, address),
            "goal": found.goal.model_dump(),
            "tier": found.tier,
            "currency": currency,
            "contested": scenario.rules.contested,
            "readings": {
                reading: {
                    name: {
                        "value": _as_record(way.value),
                        "why": way.why,
                        "link": _link(way, address),
                    }
                    for name, _, way in _ways(ways)
                }
                for reading, ways in found.by_reading.items()
            },
        },
    )


def _ways(ways: Ways) -> Iterator[tuple[str, str, Way[Any]]]:
    for each in fields(ways):
        yield each.name, _WAYS[each.name], getattr(ways, each.name)


def _goal_in_words(found: Target) -> str:
    goal = found.goal
    if goal.tier:
        return goal.tier
    model = goal.model or found.scenario.usage[0].model
    if goal.tpm:
        return f"{goal.tpm:,} tokens per minute of {model}"
    return f"a request of the whole context window of {model}"


def _in_words(name: str, way: Way[Any], currency: str) -> str:
    value = way.value
    if value is None:
        return "not this way"
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, tuple):
        return "; ".join(_purchase_in_words(purchase, currency) for purchase in value) or "none"
    if name == "prepay":
        return amount_in_words(value, currency, cents=True)
    return f"{value:,.10g}"


def _purchase_in_words(purchase: Purchase, currency: str) -> str:
    return f"{amount_in_words(purchase.amount, currency)} on {day_in_words(purchase.on)}"


def _as_text(value: object) -> object:
    if isinstance(value, tuple):
        return "; ".join(f"{purchase.on} {purchase.amount}" for purchase in value)
    return value


def _as_record(value: object) -> object:
    if isinstance(value, tuple):
        return [{"on": purchase.on, "amount": purchase.amount} for purchase in value]
    return value


def _link(way: Way[Any], address: str) -> str | None:
    return link_to(way.plan, address) if way.plan else None
