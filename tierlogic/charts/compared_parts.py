"""What the charts of a comparison have in common: one axis of days, a look and a name a plan.

A plan has one colour in all of them. Plans go by their letters in the specs, since names are data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tierlogic.charts.layout import LABEL_COLUMN
from tierlogic.charts.parts import expression, y_of
from tierlogic.charts.theme import Theme
from tierlogic.engine.block import Bools, Floats, Ints
from tierlogic.links.names import LETTERS
from tierlogic.questions.compare import Comparison, name_of_letter
from tierlogic.scenario import Scenario


@dataclass(frozen=True)
class Span:
    """The days of all plans together."""

    start: date
    days: int

    @staticmethod
    def of(comparison: Comparison) -> "Span":
        """From the first start to the last end."""
        start = min(scenario.start for scenario in comparison.scenarios)
        last = max(scenario.last_day for scenario in comparison.scenarios)
        return Span(start, (last - start).days + 1)

    def offset(self, day: date) -> int:
        """Count a day from the first start."""
        return (day - self.start).days

    def dates(self, days: Sequence[int] | Ints) -> Any:
        """Return days counted from the first start as datetime64."""
        start = np.datetime64(self.start, "D")
        return (start + np.asarray(days, dtype="timedelta64[D]")).astype("datetime64[ms]")

    def corners(self, bottom: float, top: float) -> pd.DataFrame:
        """Make the frame of a plot: from the first start to the end of the last day."""
        return pd.DataFrame({"date": self.dates([0, self.days]), "value": [bottom, top]})

    def holds(self, scenario: Scenario) -> Bools:
        """Which of the days, and the end of the last one, are a plan's own."""
        first = self.offset(scenario.start)
        own = np.zeros(self.days + 1, dtype=bool)
        own[first : first + scenario.days] = True
        return own

    def spread_out(self, scenario: Scenario, values: Floats) -> Floats:
        """Put a plan's values among all days; the last one holds up to that day's end."""
        first = self.offset(scenario.start)
        whole = np.full(self.days + 1, np.nan)
        whole[first : first + scenario.days] = values
        whole[first + scenario.days] = values[-1]
        return whole


def labels_of_plans(comparison: Comparison) -> list[str]:
    """Letter and name, or the name alone where it holds the letter: "A · Buy $250", "Plan B"."""
    return [
        name if name == name_of_letter(letter) else f"{letter.upper()} · {name}"
        for letter, name in zip(LETTERS, comparison.names, strict=False)
    ]


def colours_of_plans(theme: Theme, plans: int) -> dict[str, str]:
    """Colour by letter: the theme's three, and again."""
    three = (theme.first, theme.second, theme.third)
    return {letter: three[place % 3] for place, letter in enumerate(LETTERS[:plans])}


def plan_names(theme: Theme, colours: dict[str, str], *, wide: bool = False) -> alt.Chart:
    """Write the names of the plans in their colours: rows of `names`."""
    scale = alt.Scale(domain=[*colours, "threshold"], range=[*colours.values(), theme.muted])
    limit = "width" if wide else LABEL_COLUMN - 8
    layer: alt.Chart = (
        alt.Chart(alt.NamedData("names"))
        .mark_text(
            align="left",
            baseline="middle",
            dx=0 if wide else 7,
            fontSize=12 if wide else 11,
            fontWeight=600,
            limit=expression(str(limit)),
        )
        .encode(
            y_of("label_at"),
            text=alt.Text("label", type="nominal"),
            color=alt.Color("line", type="nominal", legend=None, scale=scale),
        )
    )
    return layer
