"""Charts: Altair, pure functions of a projection, as Vega-Lite specs with named frames.

A spec is built once for each theme and variant and holds nothing of a scenario; only its
`datasets` change from call to call, so that a page swaps data instead of drawing anew. The first
of them is the chart as a table, what a reader looks for in its first columns.
"""

from tierlogic.charts.account import account_chart
from tierlogic.charts.actual import Actual, actual_takeaway
from tierlogic.charts.compare import (
    compared_money_chart,
    compared_money_takeaway,
    compared_rates_chart,
    compared_rates_takeaway,
)
from tierlogic.charts.lanes import lanes_chart, lanes_takeaway
from tierlogic.charts.money import money_chart, money_takeaway
from tierlogic.charts.rates import rates_chart, rates_takeaway
from tierlogic.charts.theme import DARK, LIGHT, Theme, theme_of

__all__ = [
    "DARK",
    "LIGHT",
    "Actual",
    "Theme",
    "account_chart",
    "actual_takeaway",
    "compared_money_chart",
    "compared_money_takeaway",
    "compared_rates_chart",
    "compared_rates_takeaway",
    "lanes_chart",
    "lanes_takeaway",
    "money_chart",
    "money_takeaway",
    "rates_chart",
    "rates_takeaway",
    "theme_of",
]
