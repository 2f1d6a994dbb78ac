"""tierlogic compare: several plans side by side."""

import argparse
from decimal import Decimal
from math import isnan
from typing import Any

from tierlogic.exports.record import versions
from tierlogic.exports.words import link_to
from tierlogic.questions.compare import Comparison, compare
from tierlogic.shell.parser import Commands, add_command, add_forms, add_plans
from tierlogic.shell.plans import Given, read
from tierlogic.shell.printing import FORMS, Said, Table, say
from tierlogic.shell.refusals import RefusedError

_MONEY, _TOKENS = ("paid", "unused"), ("tokens_not_served",)


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "compare",
        "put two to six plans side by side",
        [
            "tierlogic compare plan.json other.json",
            "tierlogic compare a.json b.json c.json --base 2 --format markdown",
        ],
        "Give each plan, or the one link of a comparison.",
    )
    add_plans(parser)
    parser.add_argument(
        "--base",
        metavar="N",
        type=int,
        default=1,
        help="number of the plan that the others stand beside; 1, the first, if left out",
    )
    add_forms(
        parser,
        FORMS,
        "table: days and sums beside the base, if left out; csv: when each tier opens; json: all "
        "of it with each plan's link; markdown: a summary",
    )
    parser.set_defaults(command=_compare)


def _compare(arguments: argparse.Namespace) -> int:
    given = [read(plan) for plan in arguments.plans]
    scenarios = [scenario for each in given for scenario in each.scenarios]
    if len(scenarios) > 1 and not 1 <= arguments.base <= len(scenarios):
        raise RefusedError(f"--base: is {arguments.base}; give 1 to {len(scenarios)}")
    compared = compare(scenarios, arguments.base - 1)
    return say(_said(compared, _links(given)), arguments)


def _links(given: list[Given]) -> list[str]:
    return [link_to(scenario, each.address) for each in given for scenario in each.scenarios]


def _said(compared: Comparison, links: list[str]) -> Said:
    base = compared.names[compared.base]
    table = compared.in_words.T
    differs = [
        f"{name}: {', '.join(inputs)}."
        for name, inputs in zip(compared.names, compared.inputs, strict=True)
        if inputs
    ]
    unlocks = compared.unlocks.astype(object).where(compared.unlocks.notna(), None)
    return Said(
        kind="comparison",
        sentences=[f"Beside {base}:", *differs, *compared.notes],
        tables=[
            Table(
                ("", *compared.names),
                [(str(row.Index), *map(str, row[1:])) for row in table.itertuples()],
            )
        ],
        figures=[
            {
                "plan": row["plan"] + 1,
                "name": row["name"],
                "tier": row["tier"],
                "on": row["on"],
                "on_other_reading": row["on_other_reading"],
                "days_later": _whole(row["days_later"]),
            }
            for row in unlocks.to_dict("records")
        ],
        record={
            "base": compared.base + 1,
            "notes": compared.notes,
            "plans": [_plan(compared, plan, link) for plan, link in enumerate(links)],
        },
    )


def _plan(compared: Comparison, plan: int, link: str) -> dict[str, Any]:
    scenario, sums = compared.scenarios[plan], compared.differences.iloc[plan]
    unlocks = compared.unlocks[compared.unlocks["plan"] == plan]
    return {
        "name": compared.names[plan],
        "link": link,
        "versions": versions(scenario),
        "reading": scenario.reading,
        "currency": scenario.rules.currency,
        "differs": compared.inputs[plan],
        "unlocks": [
            {
                "tier": row["tier"],
                "on": row["on"],
                "on_other_reading": row["on_other_reading"],
                "days_later": _whole(row["days_later"]),
            }
            for row in unlocks.to_dict("records")
        ],
        **{name: _amount(sums[name]) for each in _MONEY for name in (each, f"{each}_more")},
        **{name: float(sums[name]) for each in _TOKENS for name in (each, f"{each}_more")},
    }


def _whole(days: float | None) -> int | None:
    return None if days is None or isnan(days) else int(days)


def _amount(amount: float) -> Decimal | None:
    return None if isnan(amount) else Decimal(str(float(amount)))
