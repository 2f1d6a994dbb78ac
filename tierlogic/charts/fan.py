"""The fan: the money that counts over many draws, and the days between which tiers open."""

import json
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from tierlogic.charts.layout import LABEL_HEIGHT, STRIP, ruler_with_room_above, spread
from tierlogic.charts.parts import (
    corners,
    dates,
    end_labels,
    expression,
    frame_layer,
    hover_layers,
    spec_of,
    texts,
    to_plot_end,
    tooltip_of_the_date,
    x_day,
    y_of,
)
from tierlogic.charts.theme import Theme
from tierlogic.charts.words import (
    day_in_short,
    has_doubt_of_the_year,
    money_in_short,
    tiers_in_short,
)
from tierlogic.language import kept_by_language, say, short_span_in_words
from tierlogic.money import SYMBOLS
from tierlogic.questions.ranges import RangesAnswer, money_counted
from tierlogic.questions.ranges_in_words import opens, percent
from tierlogic.questions.tier_range import TierRange
from tierlogic.rules.gates import Money, Since
from tierlogic.scenario import Reading

_HEIGHT = 340
_PLOT_HEIGHT = _HEIGHT - 66 - STRIP
_ROW_HEIGHT = 18
"""Pixels from one tier's bar to the next."""
_SHOWN_UP_TO = 2
"""Thresholds are shown up to this many times the largest money."""
_TICK = (
    "datum.value > 0 && datum.value < 1 ? '{symbol}' + format(datum.value, '.2f') : "
    "'{symbol}' + replace(format(datum.value, '~s'), 'G', 'B')"
)
_Y_OF_ROW = f"{_ROW_HEIGHT} * datum.row + {_ROW_HEIGHT // 2}"


def fan_chart(
    answered: RangesAnswer, theme: Theme, reading: Reading | None = None
) -> dict[str, Any]:
    """Draw the money of most draws as a band, and for each tier the days between which it opens.

    Args:
        answered: of `ranges`.
        theme: of the page.
        reading: whose draws; None: the scenario's.

    Returns:
        A Vega-Lite spec whose `datasets` are frames: `days` (date, low, median, high), `bars`
        (date, until, likely, label, text, row, and on which side of it the label stands),
        `thresholds` (amount), `names` (line, label, label_at), `frame` (the corners of the
        plot). Dates are datetime64, amounts in the ladder's currency.
    """
    shown = reading or answered.scenario.reading
    frames = _Frames(answered, shown)
    return {
        **json.loads(_template(theme, answered.scenario.rules.currency, frames.money)),
        "datasets": {
            "days": answered.fans[shown].reset_index(),
            "frame": pd.DataFrame(
                corners(answered.scenario, frames.ruler.bottom, frames.ruler.top)
            ),
            "thresholds": frames.thresholds(),
            "bars": frames.bars(),
            "names": frames.names(),
        },
    }


def fan_takeaway(answered: RangesAnswer, reading: Reading | None = None) -> str:
    """Say in one sentence what the fan shows of the tier that is asked for."""
    if answered.tier is None or answered.scenario.rules.is_opaque:
        return answered.headline
    found = answered.tier_range(answered.tier, reading or answered.scenario.reading)
    last = answered.scenario.last_day
    return say("{tier} {opens}.", tier=found.tier, opens=opens(found, last))


@kept_by_language(None)
def _template(theme: Theme, currency: str, money: Money) -> str:
    """The spec without its data."""
    colour = theme.second if money == "paid" else theme.first
    days = alt.Chart(alt.NamedData("days"))
    return spec_of(
        theme,
        [
            frame_layer(_TICK.format(symbol=SYMBOLS[currency]), currency),
            alt.Chart(alt.NamedData("thresholds"))
            .mark_rule(color=theme.muted, strokeWidth=1, opacity=0.55, x=0, aria=False)
            .encode(y_of("amount"), x2=to_plot_end()),
            days.mark_area(color=colour, opacity=0.25, aria=False).encode(
                x_day(), y_of("low"), alt.Y2("high")
            ),
            days.mark_line(color=colour, strokeWidth=2.5, aria=False).encode(
                x_day(), y_of("median")
            ),
            end_labels(theme, {"median": colour}),
            *hover_layers(theme, _tooltip_of_a_day(), {"median": colour}),
            alt.Chart(alt.NamedData("bars"))
            .mark_rule(color=theme.ink, strokeWidth=1, strokeDash=[1, 4], opacity=0.7, aria=False)
            .encode(
                _x_of("likely"),
                y=alt.value(expression(_Y_OF_ROW)),
                y2=alt.value(expression("height")),
            ),
            _bars(theme),
            alt.Chart(alt.NamedData("bars"))
            .mark_tick(
                orient="vertical",
                color=theme.ink,
                thickness=3,
                size=_ROW_HEIGHT - 5,
                opacity=1,
                aria=False,
                y=expression(_Y_OF_ROW),
            )
            .encode(_x_of("likely")),
            _bar_labels(theme, "right"),
            _bar_labels(theme, "left"),
        ],
        height=_HEIGHT,
        title=currency,
        description=say(
            "Fan chart over days: the money that counts, with its median over all draws as a line "
            "in a band that leaves out the lowest and the highest tenth, and the amounts that "
            "tiers ask for as horizontal lines. Bars at the top span the days between which tiers "
            "open, with a mark on the most likely day."
        ),
    )


def _x_of(column: str) -> alt.X:
    """Channel of another column of days, on the axis that all layers share."""
    return alt.X(column, type="temporal", title=None)


def _bars(theme: Theme) -> alt.Chart:
    layer: alt.Chart = (
        alt.Chart(alt.NamedData("bars"))
        .mark_rule(
            color=theme.ink,
            strokeWidth=7,
            opacity=0.4,
            strokeCap="round",
            aria=False,
            y=expression(_Y_OF_ROW),
        )
        .encode(
            x_day(),
            alt.X2("until"),
            tooltip=[alt.Tooltip("text", type="nominal", title=say("Opens"))],
        )
    )
    return layer


def _bar_labels(theme: Theme, side: Literal["left", "right"]) -> alt.Chart:
    """Name the bars on the side where there is more room."""
    is_left = side == "left"
    layer: alt.Chart = (
        alt.Chart(alt.NamedData("bars"))
        .mark_text(
            align="right" if is_left else "left",
            baseline="middle",
            dx=-9 if is_left else 9,
            fontSize=11,
            fontWeight=600,
            color=theme.ink,
            y=expression(_Y_OF_ROW),
        )
        .encode(_x_of("date" if is_left else "until"), text=alt.Text("label", type="nominal"))
        .transform_filter(f"datum.side == '{side}'")
    )
    return layer


def _tooltip_of_a_day() -> list[alt.Tooltip]:
    names = {
        "high": say("In 9 of 10 draws up to"),
        "median": say("Median"),
        "low": say("In 1 of 10 draws up to"),
    }
    return [
        tooltip_of_the_date(),
        *(
            alt.Tooltip(column, type="quantitative", title=name, format=",.2f")
            for column, name in names.items()
        ),
    ]


class _Frames:
    """The frames of one chart."""

    def __init__(self, answered: RangesAnswer, reading: Reading) -> None:
        self.scenario, self.reading = answered.scenario, reading
        self.currency = answered.scenario.rules.currency
        self.money = money_counted(answered.scenario.rules, reading)
        self.fan = answered.fans[reading]
        self.largest = float(self.fan["high"].max())
        self.opening = [
            (key, list(tiers))
            for key, tiers in groupby(
                (found for found in answered.tiers[reading] if found.earliest),
                key=lambda found: (found.earliest, found.latest, found.most_likely, found.share),
            )
        ]
        self.shown = self._thresholds_shown()
        self.ruler = ruler_with_room_above(
            max([self.largest, *(amount for amount, _ in self.shown)]) or 1.0,
            len(self.opening) * _ROW_HEIGHT + 6,
            _PLOT_HEIGHT,
        )

    def thresholds(self) -> pd.DataFrame:
        """The thresholds shown, lowest first."""
        return pd.DataFrame({"amount": np.array([amount for amount, _ in self.shown], dtype=float)})

    def bars(self) -> pd.DataFrame:
        """Tiers that open on the same days share a bar."""
        last = self.scenario.last_day
        rows = [
            (tiers[0].earliest or last, tiers[0].latest or last, tiers[0].most_likely or last)
            for _, tiers in self.opening
        ]
        return pd.DataFrame(
            {
                "date": self._dates(first for first, _, _ in rows),
                "until": self._dates(until for _, until, _ in rows),
                "likely": self._dates(likely for _, _, likely in rows),
                "label": texts(self._label(tiers) for _, tiers in self.opening),
                "text": texts(
                    say(
                        "{tier} {opens}.",
                        tier=tiers_in_short([found.tier for found in tiers]),
                        opens=opens(tiers[0], last),
                    )
                    for _, tiers in self.opening
                ),
                "side": texts(self._side(first, until) for first, until, _ in rows),
                "row": np.arange(len(rows)),
            }
        )

    def names(self) -> pd.DataFrame:
        """What stands right of the last day, apart from each other."""
        high, median, low = self.fan.iloc[-1][["high", "median", "low"]].tolist()
        named = [(median, "median", say("Median {amount}", amount=self._short(median)))]
        if abs(high - median) >= 0.01:
            named.append((high, "threshold", say("High {amount}", amount=self._short(high))))
        if abs(low - median) >= 0.01:
            named.append((low, "threshold", say("Low {amount}", amount=self._short(low))))
        named += [(amount, "threshold", self._name(amount, tiers)) for amount, tiers in self.shown]
        named.sort(key=lambda name: name[0])
        places = spread(
            [self.ruler.place(amount) for amount, *_ in named], LABEL_HEIGHT / _PLOT_HEIGHT
        )
        return pd.DataFrame(
            {
                "line": texts(line for _, line, _ in named),
                "label": texts(label for *_, label in named),
                "label_at": np.array([self.ruler.value(place) for place in places]),
            }
        )

    def _thresholds_shown(self) -> list[tuple[float, list[str]]]:
        """Thresholds near the money; without any money, the first one."""
        asked = [
            (float(gate.amount), tier.name)
            for tier in self.scenario.rules.tiers
            for gate in tier.money_gates[:1]
            if gate.over == "lifetime" or isinstance(gate.over, Since)
        ]
        asked.sort(key=lambda each: each[0])
        by_amount = [
            (amount, [name for _, name in same])
            for amount, same in groupby(asked, key=lambda each: each[0])
        ]
        near = [each for each in by_amount if each[0] <= _SHOWN_UP_TO * self.largest]
        return near if self.largest else by_amount[:1]

    def _short(self, amount: float) -> str:
        return money_in_short(round(amount, 2), self.currency)

    def _name(self, amount: float, tiers: list[str]) -> str:
        return f"{tiers_in_short(tiers)} · {money_in_short(amount, self.currency)}"

    def _label(self, tiers: list[TierRange]) -> str:
        found = tiers[0]
        if found.earliest is None:
            raise AssertionError("a bar has its first day")
        span = _span_in_short(found.earliest, found.latest, self.scenario.days)
        share = f" · {percent(found.share)}" if found.share < 1 else ""
        return f"{tiers_in_short([each.tier for each in tiers])} · {span}{share}"

    def _side(self, first: date, until: date) -> str:
        room_left = (first - self.scenario.start).days
        return "left" if room_left > (self.scenario.last_day - until).days else "right"

    def _dates(self, days: Iterable[date]) -> Any:
        return dates(self.scenario, [(day - self.scenario.start).days for day in days])


def _span_in_short(first: date, last: date | None, days: int) -> str:
    """Say a span of days: "12–19 Dec", "from 12 Dec" where it does not end within the plan."""  # noqa: RUF002
    if last is None:
        return say("from {day}", day=day_in_short(first, days))
    return short_span_in_words(first, last, with_year=has_doubt_of_the_year(days))
