"""tierlogic chart: one chart of a plan as a file."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tierlogic.answer import answer
from tierlogic.charts import DARK, LIGHT, Theme
from tierlogic.exports import PicturesMissingError, chart_data, chart_png, chart_svg
from tierlogic.exports.gallery import gallery
from tierlogic.links import Asked
from tierlogic.shell.parser import Commands, add_command, add_plan
from tierlogic.shell.plans import read, tier_with_gates
from tierlogic.shell.printing import write
from tierlogic.shell.refusals import RefusedError

_FORMS: dict[str, Callable[[dict[str, Any], Theme], bytes]] = {
    ".png": chart_png,
    ".svg": lambda chart, theme: chart_svg(chart, theme).encode(),
    ".zip": lambda chart, _theme: chart_data(chart),
}
"""What a chart can be written as, by the ending of the file's name."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "chart",
        "draw one chart of a plan into a file",
        [
            "tierlogic chart money LINK --out money.svg",
            "tierlogic chart map plan.json --tier 'Tier 4' --out map.png --dark",
        ],
        "A plan has money, rates (with several models also rates-2 and so on) and, with a tier to "
        "aim at, steps and map. A link that compares plans has compared-tiers, compared-money and "
        "compared-rates besides, one with ranges has ranges.",
    )
    parser.add_argument("name", metavar="CHART", help="its name")
    add_plan(parser)
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        required=True,
        help="the file; .png and .svg are pictures, .zip holds the figures as CSV",
    )
    parser.add_argument(
        "--tier", help="the tier that steps and map aim at; the next one, if left out"
    )
    parser.add_argument("--dark", action="store_true", help="for a dark background")
    parser.set_defaults(command=_chart)


def _chart(arguments: argparse.Namespace) -> int:
    out: Path = arguments.out
    form = _FORMS.get(out.suffix.lower())
    if form is None:
        raise RefusedError(f"--out: {out} ends in none of {', '.join(_FORMS)}")
    given = read(arguments.plan)
    answered = answer(given.scenario)
    tier = tier_with_gates(arguments.tier, given.scenario) or answered.next_tier
    charts = gallery(answered, Asked(others=given.scenarios[1:], within=given.within), tier)
    if arguments.name not in charts:
        raise RefusedError(
            f"CHART: this plan has no chart {arguments.name!r}; it has {', '.join(charts)}"
        )
    theme = DARK if arguments.dark else LIGHT
    try:
        drawn = form(charts[arguments.name].chart(theme), theme)
    except PicturesMissingError as error:
        raise RefusedError(f"--out: {error}; a .zip of the figures needs none") from error
    return write(drawn, out)
