"""Every chart of a plan, and of what is asked of it, by a short name for files and for a shell."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tierlogic.answer import Answer
from tierlogic.capacity import lines_by_row
from tierlogic.charts import (
    Theme,
    compared_money_chart,
    compared_rates_chart,
    lanes_chart,
    money_chart,
    rates_chart,
)
from tierlogic.charts.date_map import date_map_chart
from tierlogic.charts.fan import fan_chart
from tierlogic.charts.sensitivity import sensitivity_chart
from tierlogic.exports.words import other_reading
from tierlogic.language import say
from tierlogic.links import NOTHING_ASKED, Asked
from tierlogic.questions.compare import Comparison, compare
from tierlogic.questions.date_map import date_map
from tierlogic.questions.ranges import ranges
from tierlogic.questions.ranges_drawn import Ranges
from tierlogic.questions.sensitivity import sensitivity


@dataclass(frozen=True)
class Picture:
    """A chart that can be drawn."""

    title: str
    chart: Callable[[Theme], dict[str, Any]]
    """Makes the spec with its frames; what it rests on is computed then, and not before."""


def gallery(
    answered: Answer, asked: Asked = NOTHING_ASKED, tier: str | None = None
) -> dict[str, Picture]:
    """List the charts of a plan by name: money, rates, and those of what is asked.

    Args:
        answered: a scenario's answer.
        asked: with other plans also compared-tiers, compared-money and compared-rates; with
            ranges also ranges.
        tier: with one also steps and map, which aim at it.
    """
    return {
        **_of_plan(answered),
        **(_of_comparison(answered, asked) if asked.others else {}),
        **(_of_ranges(answered, asked.within) if asked.within else {}),
        **(_of_tier(answered, tier) if tier else {}),
    }


def _of_plan(answered: Answer) -> dict[str, Picture]:
    """Money, and the rates of each row of limits that the plan draws on."""
    projection, usage = answered.chosen, answered.scenario.usage
    other = answered.by_reading[other_reading(answered.scenario)]

    def rates(line: int) -> Picture:
        title = say("Tokens per minute: {model}", model=usage[line].model)
        return Picture(title, lambda theme: rates_chart(projection, theme, line))

    money = Picture(say("Money over time"), lambda theme: money_chart(projection, theme, other))
    return {
        "money": money,
        **{
            f"rates-{line + 1}" if line else "rates": rates(line)
            for line, *_ in lines_by_row(answered.scenario)
        },
    }


def _of_comparison(answered: Answer, asked: Asked) -> dict[str, Picture]:
    @cache
    def found() -> Comparison:
        return compare([answered.scenario, *asked.others], asked.base)

    return {
        "compared-tiers": Picture(
            say("Tiers over time, plan by plan"), lambda theme: lanes_chart(found(), theme)
        ),
        "compared-money": Picture(
            say("Money over time, plan by plan"), lambda theme: compared_money_chart(found(), theme)
        ),
        "compared-rates": Picture(
            say("Tokens per minute, plan by plan"),
            lambda theme: compared_rates_chart(found(), theme),
        ),
    }


def _of_ranges(answered: Answer, within: Ranges) -> dict[str, Picture]:
    return {
        "ranges": Picture(
            say("Money over time, over all draws"),
            lambda theme: fan_chart(ranges(answered.scenario, within), theme),
        )
    }


def _of_tier(answered: Answer, tier: str) -> dict[str, Picture]:
    return {
        "steps": Picture(
            say("{tier}, days sooner or later for each step", tier=tier),
            lambda theme: sensitivity_chart(sensitivity(answered.scenario, tier), theme),
        ),
        "map": Picture(
            say("{tier} by tokens per day and prepay now", tier=tier),
            lambda theme: date_map_chart(date_map(answered.scenario, tier), theme),
        ),
    }
