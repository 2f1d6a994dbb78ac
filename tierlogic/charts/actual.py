"""What was really used and paid, on the money chart: lines to their last day, and what comes."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tierlogic.charts.layout import LABEL_HEIGHT, days_to_draw
from tierlogic.charts.panel import WHOLE, Panel
from tierlogic.charts.parts import Columns, expression, texts, tooltip_of_the_date, x_day, y_of
from tierlogic.charts.theme import Theme
from tierlogic.charts.words import money_in_short
from tierlogic.language import day_in_words, say
from tierlogic.money import amount_in_words
from tierlogic.projection import Projection
from tierlogic.scenario import Scenario

ROOM_ABOVE = LABEL_HEIGHT + 4
"""Pixels that the name of its end takes above the line."""
_LABEL_WIDTH = 96


@dataclass(frozen=True)
class Actual:
    """What came of an account so far, beside a plan."""

    money: pd.DataFrame
    """Used and paid to each day's end over the account's lifetime, index "date"; one day at least.

    Paid is no number where nobody told payments.
    """
    now: Projection | None = None
    """How it goes on from there; None: as the plan says, which starts after the last day."""

    @property
    def first_day(self) -> date:
        """The first day that is drawn."""
        return _day(self.money.index[0])

    @property
    def largest(self) -> float:
        """The most money on its lines."""
        ahead = float(self.now.daily["used"].max()) if self.now else 0.0
        return max(float(np.nanmax(self.money.to_numpy())), ahead)

    def days_before(self, plan: Scenario) -> int:
        """How many days before a plan its line begins."""
        return max(0, (plan.start - self.first_day).days)

    def columns(self, projection: Projection) -> dict[str, Columns]:
        """Return the datasets `actual`, `actual_end` (date, amount, label), `now` (date, amount).

        Those of `actual` are date, amount (used), paid and planned, the plan's used; planned is no
        number on days that the plan does not have.
        """
        shown = self.money.iloc[days_to_draw(len(self.money), [])]
        last, amount = self.money.index[-1], self._last_used
        currency = projection.scenario.rules.currency
        label = say("Actual {amount}", amount=money_in_short(round(amount, 2), currency))
        return {
            "actual": {
                "date": _dates(shown.index),
                "amount": shown["used"].to_numpy(),
                "paid": shown["paid"].to_numpy(),
                "planned": projection.daily["used"].reindex(shown.index).to_numpy(),
            },
            "actual_end": {
                "date": _dates(pd.DatetimeIndex([last])),
                "amount": np.array([amount]),
                "label": texts([label]),
            },
            "now": self._ahead(last, amount),
        }

    @property
    def _last_used(self) -> float:
        return float(self.money["used"].iloc[-1])

    def _ahead(self, last: pd.Timestamp, amount: float) -> Columns:
        """The line from the last day on; empty where the plan itself goes on from there."""
        if self.now is None:
            return {"date": _dates(pd.DatetimeIndex([])), "amount": np.array([])}
        ahead = self.now.daily["used"].iloc[days_to_draw(self.now.scenario.days, [])]
        return {
            "date": _dates(ahead.index.insert(0, last)),
            "amount": np.array([amount, *ahead.to_numpy()]),
        }


def actual_layers(theme: Theme, panel: Panel = WHOLE) -> list[alt.Chart]:
    """Draw the line, where it goes, its end's name, and what a day of it tells."""
    actual, end = alt.Chart(alt.NamedData("actual")), alt.Chart(alt.NamedData("actual_end"))
    place = (x_day(), y_of("amount"))
    # Left above its point and under the labels of the tiers, but never over the axis.
    left = "scale('x', datum.date)"
    near = f"{left} < {_LABEL_WIDTH}"
    text: dict[str, Any] = {
        "align": expression(f"{near} ? 'left' : 'right'"),
        "dx": expression(f"{near} ? 4 - {left} : -7"),
        "dy": -4,
        "baseline": "bottom",
    }
    return [
        alt.Chart(alt.NamedData("now"))
        .mark_line(color=theme.ink, strokeDash=[2, 3], strokeWidth=1.75, aria=False)
        .encode(*place),
        actual.mark_line(
            color=theme.ink, strokeWidth=1, interpolate="step-after", aria=False
        ).encode(x_day(), y_of("paid")),
        actual.mark_line(color=theme.ink, strokeWidth=2.5, aria=False).encode(*place),
        end.mark_point(filled=True, size=45, color=theme.ink, opacity=1, aria=False).encode(*place),
        end.mark_text(color=theme.ink, fontSize=11, fontWeight=600, **text).encode(
            *place,
            text=alt.Text("label", type="nominal"),
            description=alt.Description("label", type="nominal"),
        ),
        actual.transform_calculate(
            said_paid=_said_if_known("paid", say("not in the files")),
            said_planned=_said_if_known("planned", say("not in the plan")),
        )
        .mark_rule(opacity=0, strokeWidth=3, aria=False)
        .encode(
            x_day(),
            **panel.from_top_to_bottom,
            tooltip=[
                tooltip_of_the_date(),
                alt.Tooltip("amount", type="quantitative", title=say("Used"), format=",.2f"),
                alt.Tooltip("said_planned", type="nominal", title=say("Planned")),
                alt.Tooltip("said_paid", type="nominal", title=say("Paid")),
            ],
        ),
    ]


def _said_if_known(column: str, otherwise: str) -> str:
    """Vega expression: an amount, or words where it is no number."""
    return f"isFinite(datum.{column}) ? format(datum.{column}, ',.2f') : {json.dumps(otherwise)}"


def actual_takeaway(actual: Actual, projection: Projection) -> str:
    """Say in one sentence how far the actual line reaches, and how it lies beside the plan."""
    scenario = projection.scenario
    currency = scenario.rules.currency
    last, used = _day(actual.money.index[-1]), float(actual.money["used"].iloc[-1])
    day, amount = day_in_words(last), amount_in_words(used, currency, cents=True)
    if not scenario.start <= last <= scenario.last_day:
        return say("Actual, to the end of {day}: {amount} used.", day=day, amount=amount)
    planned = float(projection.daily["used"].iloc[(last - scenario.start).days])
    return say(
        "Actual, to the end of {day}: {amount} used, {planned} planned.",
        day=day,
        amount=amount,
        planned=amount_in_words(planned, currency, cents=True),
    )


def _day(stamp: Any) -> date:
    day: date = pd.Timestamp(stamp).date()
    return day


def _dates(index: pd.Index) -> Any:
    return index.to_numpy().astype("datetime64[ms]")
