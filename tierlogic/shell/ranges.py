"""tierlogic ranges: how sure the days are, over many draws of a plan."""

import argparse
from collections.abc import Sequence
from typing import Any

import pandas as pd
from pydantic import ValidationError

from tierlogic.answer import READINGS, if_reading
from tierlogic.exports.record import versions
from tierlogic.exports.words import day_or_not, link_to
from tierlogic.questions.ranges import RangesAnswer, ranges
from tierlogic.questions.ranges_drawn import MAX_DRAWS, MIN_DRAWS, Ranges
from tierlogic.questions.ranges_in_words import percent as percent_in_words
from tierlogic.questions.tier_range import TierRange
from tierlogic.scenario import Reading, problems
from tierlogic.shell.parser import Commands, add_command, add_forms, add_plan, percent
from tierlogic.shell.plans import read, tier_with_gates
from tierlogic.shell.printing import FORMS, Said, Table, say
from tierlogic.shell.refusals import RefusedError

_CHANGES = {
    "tokens": "of tokens per day, in percent: -20 50 is 20%% fewer to 50%% more",
    "price": "of all prices, in percent",
    "growth": "added to the growth per 30 days, in percentage points",
    "output_share": "added to the share of output, in percentage points",
}


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "ranges",
        "say how sure the days are, over many draws of a plan",
        [
            "tierlogic ranges LINK --tokens -20 50",
            "tierlogic ranges plan.json --tokens -20 50 --price -10 0 --noise 20 --lag 0 2",
        ],
        "The plan itself is what is expected; each range is its lowest and its highest change.",
    )
    add_plan(parser)
    for name, says in _CHANGES.items():
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            nargs=2,
            type=percent,
            metavar=("LOW", "HIGH"),
            default=(0.0, 0.0),
            help=says,
        )
    parser.add_argument(
        "--noise",
        type=percent,
        metavar="PERCENT",
        default=0.0,
        help="standard deviation of a day's tokens; the plan's own, if left out",
    )
    parser.add_argument(
        "--lag",
        nargs=2,
        type=int,
        metavar=("LEAST", "MOST"),
        help="days to an activation; the plan's own, if left out",
    )
    parser.add_argument(
        "--draws",
        type=int,
        metavar="N",
        default=Ranges().draws,
        help=f"{MIN_DRAWS} to {MAX_DRAWS:,}; %(default)s, if left out",
    )
    parser.add_argument(
        "--seed",
        type=int,
        metavar="N",
        default=Ranges().seed,
        help="the same seed gives the same figures; %(default)s, if left out",
    )
    parser.add_argument("--tier", help="what the first line is about; the next, if left out")
    add_forms(
        parser,
        FORMS,
        "table: the days of each tier, if left out; csv: the same; json: all of it with the money "
        "over time; markdown: a summary",
    )
    parser.set_defaults(command=_ranges)


def _ranges(arguments: argparse.Namespace) -> int:
    given = read(arguments.plan)
    tier = tier_with_gates(arguments.tier, given.scenario)
    found = ranges(given.scenario, _within(arguments), tier)
    return say(_said(found, given.address), arguments)


def _within(arguments: argparse.Namespace) -> Ranges:
    fields = {name: tuple(getattr(arguments, name)) for name in _CHANGES}
    lag_days = tuple(arguments.lag) if arguments.lag else None
    try:
        return Ranges.model_validate(
            {
                **fields,
                "noise": arguments.noise,
                "lag_days": lag_days,
                "draws": arguments.draws,
                "seed": arguments.seed,
            }
        )
    except ValidationError as error:
        said = [
            f"{_option(problem.field)}: {problem.message}{_unit(problem.field)}"
            for problem in problems(error)
        ]
        raise RefusedError("; ".join(said)) from error


def _option(field: str) -> str:
    name = field.partition(".")[0]
    return "--lag" if name == "lag_days" else f"--{name.replace('_', '-')}"


def _unit(field: str) -> str:
    return " (1 stands for 100%)" if field in {*_CHANGES, "noise"} else ""


def _said(found: RangesAnswer, address: str) -> Said:
    scenario = found.scenario
    contested = scenario.rules.contested
    shown: Sequence[Reading] = READINGS if contested else READINGS[:1]
    return Said(
        kind="ranges",
        sentences=[found.headline, found.basis],
        tables=[
            Table(
                (
                    if_reading(reading) if contested else "tier",
                    "in the plan",
                    "earliest",
                    "likely",
                    "latest",
                    "most likely",
                    "of the draws",
                ),
                [_row(each) for each in found.tiers[reading]],
            )
            for reading in shown
        ],
        figures=[
            {"reading": reading, **_figures(each)}
            for reading in READINGS
            for each in found.tiers[reading]
        ],
        record={
            "versions": versions(scenario),
            "link": link_to(scenario, address),
            "within": found.within.model_dump(),
            "headline": found.headline,
            "basis": found.basis,
            "tier": found.tier,
            "currency": scenario.rules.currency,
            "contested": contested,
            "readings": {
                reading: {
                    "tiers": [_figures(each) for each in found.tiers[reading]],
                    "money": _fan(found.fans[reading]),
                }
                for reading in READINGS
            },
        },
    )


def _row(each: TierRange) -> tuple[str, ...]:
    days = (each.planned, each.earliest, each.likely, each.latest, each.most_likely)
    return (each.tier, *map(day_or_not, days), percent_in_words(each.share))


def _fan(money: pd.DataFrame) -> list[dict[str, Any]]:
    days = pd.DatetimeIndex(money.index).date
    return [
        {"on": on, "low": low, "median": median, "high": high}
        for on, (low, median, high) in zip(days, money.to_numpy().tolist(), strict=True)
    ]


def _figures(each: TierRange) -> dict[str, Any]:
    return {
        "tier": each.tier,
        "planned": each.planned,
        "earliest": each.earliest,
        "likely": each.likely,
        "latest": each.latest,
        "most_likely": each.most_likely,
        "share_on_most_likely": each.share_on_most_likely,
        "share": each.share,
    }
