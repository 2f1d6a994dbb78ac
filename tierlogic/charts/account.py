"""The account chart: the money above the rates, on one axis of days and with one hover line."""

import json
from typing import Any

import altair as alt

from tierlogic.charts.actual import Actual
from tierlogic.charts.layout import STRIP, days_to_draw
from tierlogic.charts.money import (
    WHAT_MONEY_IS,
    money_layers,
    title_of_money,
    tooltip_of_money,
)
from tierlogic.charts.money_frames import MoneyFrames
from tierlogic.charts.panel import Panel
from tierlogic.charts.parts import (
    AXIS_WIDTH,
    days_columns,
    expression,
    hover_dots,
    spec_of,
    tooltip_of_a_day,
)
from tierlogic.charts.rates import (
    TITLE_OF_RATES,
    WHAT_RATES_ARE,
    colours_of_rates,
    rates_layers,
    tooltip_of_rates,
)
from tierlogic.charts.rates_frames import RatesFrames
from tierlogic.charts.theme import Theme
from tierlogic.language import kept_by_language, say
from tierlogic.projection import Projection

_HEIGHT = 456
_PANELS_HEIGHT = _HEIGHT - 66
"""Pixels, about: less the title and the days' axis."""
_GAP = 38
"""Pixels between the panels, for the title of the lower one."""
_MONEY_PART = 0.59
_MIDDLE = f"round({_MONEY_PART} * (height - {_GAP}))"
_MONEY_HEIGHT = round(_MONEY_PART * (_PANELS_HEIGHT - _GAP))
_MONEY = Panel(bottom=_MIDDLE)
_RATES = Panel(top=f"({_MIDDLE} + {_GAP})", prefix="rates_")


def account_chart(
    projection: Projection,
    theme: Theme,
    line: int = 0,
    other: Projection | None = None,
    actual: Actual | None = None,
) -> dict[str, Any]:
    """Draw the money chart above the rates chart: one axis of days, and one line under a pointer.

    Args:
        projection: one scenario's.
        theme: of the page.
        line: index of the usage line whose rates are drawn, as `rates_chart` takes it.
        other: the projection under the other reading, as `money_chart` takes it.
        actual: what was really used, as `money_chart` takes it.

    Returns:
        A Vega-Lite spec whose `datasets` are arrays by the names of their columns, for speed:
        `days` (date, tier, and the columns of both charts; at most about 400 days), and the others
        of both, those of the rates that share a name as `rates_frame` and `rates_names`.

    Raises:
        IndexError: the scenario has usage, but no such line.
    """
    days_before = actual.days_before(projection.scenario) if actual else 0
    money = MoneyFrames(projection, actual, _MONEY_HEIGHT - STRIP)
    rates = RatesFrames(
        projection, line, days_before, _PANELS_HEIGHT - _GAP - _MONEY_HEIGHT - STRIP
    )
    drawn = days_to_draw(
        projection.scenario.days,
        [*money.unlock_days, *rates.limit_changes],
        rather=money.payment_days,
        weight=rates.average,
    )
    spec = _template(
        theme,
        money.currency,
        is_log=rates.ruler.is_log,
        is_soft=rates.is_soft,
        has_actual=actual is not None,
    )
    return {
        **json.loads(spec),
        "datasets": {
            "days": days_columns(projection, drawn, money.of_days(drawn), rates.of_days(drawn)),
            **money.besides_days(other, _MONEY),
            **rates.besides_days(_RATES),
        },
    }


@kept_by_language(None)
def _template(theme: Theme, currency: str, *, is_log: bool, is_soft: bool, has_actual: bool) -> str:
    """The spec without its data."""
    tooltip = [*tooltip_of_a_day(), *tooltip_of_money(currency), *tooltip_of_rates(is_soft)]
    money = money_layers(theme, currency, tooltip, has_actual=has_actual, panel=_MONEY)
    rates = [
        _title_between(theme),
        *rates_layers(theme, is_log, _RATES),
        *hover_dots(colours_of_rates(theme)),
    ]
    return spec_of(
        theme,
        [alt.layer(*money), alt.layer(*rates)],
        are_panels=True,
        height=_HEIGHT,
        title=title_of_money(currency),
        description=say(
            "{money} Below, over the same days: {rates}",
            money=say(WHAT_MONEY_IS),
            rates=say(WHAT_RATES_ARE),
        ),
    )


def _title_between(theme: Theme) -> alt.Chart:
    """Name the lower panel as the chart's title names the upper one."""
    layer: alt.Chart = alt.Chart(alt.sequence(1)).mark_text(
        text=say(TITLE_OF_RATES),
        align="left",
        baseline="bottom",
        fontSize=14,
        fontWeight=600,
        color=theme.ink,
        x=-AXIS_WIDTH,
        y=expression(f"{_RATES.top} - 10"),
    )
    return layer
