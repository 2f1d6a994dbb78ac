"""tierlogic sensitivity: what one step of each input gains or loses."""

import argparse

from tierlogic.exports.record import versions
from tierlogic.exports.words import day_or_not, link_to
from tierlogic.questions.sensitivity import Sensitivity, sensitivity
from tierlogic.shell.parser import Commands, add_command, add_forms, add_plan
from tierlogic.shell.plans import read, tier_with_gates
from tierlogic.shell.printing import FORMS, Said, Table, say


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "sensitivity",
        "say how many days one step of each input gains or loses",
        ["tierlogic sensitivity LINK", "tierlogic sensitivity plan.json --tier 'Tier 5'"],
        "The largest effect stands first.",
    )
    add_plan(parser)
    parser.add_argument("--tier", help="the tier aimed at; the next, if left out")
    add_forms(
        parser,
        FORMS,
        "table: the steps, if left out; csv: the same; json: all of it with the link of each "
        "step; markdown: a summary",
    )
    parser.set_defaults(command=_sensitivity)


def _sensitivity(arguments: argparse.Namespace) -> int:
    given = read(arguments.plan)
    tier = tier_with_gates(arguments.tier, given.scenario)
    return say(_said(sensitivity(given.scenario, tier), given.address), arguments)


def _said(found: Sensitivity, address: str) -> Said:
    scenario, most = found.scenario, found.saturation
    steps = [(each, link_to(each.scenario, address)) for each in found.effects]
    return Said(
        kind="sensitivity",
        sentences=[found.summary, *([most.text] if most else [])],
        tables=[
            Table(
                ("step", "effect", f"{found.tier} opens"),
                [(each.change, each.result, day_or_not(each.on)) for each in found.effects],
            )
        ],
        figures=[
            {
                "change": each.change,
                "on": each.on,
                "days": each.days,
                "kind": each.kind,
                "link": link,
            }
            for each, link in steps
        ],
        record={
            "versions": versions(scenario),
            "link": link_to(scenario, address),
            "reading": scenario.reading,
            "currency": scenario.rules.currency,
            "tier": found.tier,
            "on": found.on,
            "summary": found.summary,
            "effects": [
                {
                    "change": each.change,
                    "on": each.on,
                    "days": each.days,
                    "kind": each.kind,
                    "text": each.text,
                    "link": link,
                }
                for each, link in steps
            ],
            "saturation": most
            and {
                "more": most.more,
                "on": most.on,
                "text": most.text,
                "link": link_to(most.scenario, address),
            },
        },
    )
