"""A comparison's money and rate limits: one line a plan in one chart of each.

There are three colours, then the same three dashed. The first plan's line is the widest, so that
plans that run together still show.
"""

import json
from collections.abc import Sequence
from itertools import groupby
from math import isfinite
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tierlogic.capacity import per_minute
from tierlogic.charts.compared_parts import Span, colours_of_plans, labels_of_plans, plan_names
from tierlogic.charts.layout import (
    LABEL_HEIGHT,
    STRIP,
    Ruler,
    days_to_draw,
    ruler_with_room_above,
    spread,
)
from tierlogic.charts.parts import (
    PLOT_END,
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
from tierlogic.charts.words import money_in_short, tiers_in_short
from tierlogic.counts import count_in_short
from tierlogic.engine.block import Floats, Ints
from tierlogic.language import kept_by_language, say
from tierlogic.links.names import LETTERS
from tierlogic.money import SYMBOLS, amount_in_words
from tierlogic.projection import Projection
from tierlogic.questions.compare import Comparison
from tierlogic.rules.gates import Since

_HEIGHT = 300
_PLOT_HEIGHT = _HEIGHT - 66 - STRIP
"""Pixels, about: less the title and the days' axis."""
_WIDTHS = (4.0, 3.0, 2.0, 2.75, 2.25, 1.5)
_DASH = [6, 4]
_SHOWN_UP_TO = 2
"""Thresholds are shown up to this many times the largest money, and the first one always."""
_PILED_UP = 10
"""Pixels: thresholds closer than this share a label."""
_LOG_OVER = 30
"""Largest limit over the smallest positive one from which on the scale is logarithmic."""
_ROUND = [step * 10.0**power for power in range(15) for step in (1, 3)]
"""Ticks of the logarithmic scale; those outside of it are not drawn."""
_MONEY_TICK = (
    "datum.value > 0 && datum.value < 1 ? '{symbol}' + format(datum.value, '.2f') : "
    "'{symbol}' + replace(format(datum.value, '~s'), 'G', 'B')"
)
_RATE_TICK = "replace(format(datum.value, '~s'), 'G', 'B')"

_Threshold = tuple[float, tuple[str, ...]]
"""An amount, and the tiers that ask for it."""


def compared_money_chart(comparison: Comparison, theme: Theme) -> dict[str, Any]:
    """Draw the money of all plans that counts towards tiers, used or paid by each one's reading.

    Plans in another currency than the base's are left out; thresholds stand there if all plans
    drawn share a ladder.

    Returns:
        A Vega-Lite spec whose `datasets` are frames: `lines` (date; for each plan's letter its
        money at the day's end, NaN outside of the plan; at most about 400 days), `days` (the
        same, and <letter>_text), `thresholds` (amount), `names` (line, label, label_at: what
        stands at the line ends), `frame` (the corners of the plot). Dates are datetime64, amounts
        in the base's currency.
    """
    frames = _MoneyFrames(comparison)
    return {
        **json.loads(_money_template(theme, frames.currency, len(comparison.scenarios))),
        "datasets": {
            "lines": frames.lines(),
            "frame": frames.span.corners(frames.ruler.bottom, frames.ruler.top),
            "days": frames.days(),
            "thresholds": frames.thresholds(),
            "names": frames.names(),
        },
    }


def compared_rates_chart(comparison: Comparison, theme: Theme, line: int = 0) -> dict[str, Any]:
    """Draw the per-minute token limit in force of one usage line in all plans.

    Args:
        comparison: of any plans; one without such a line has no limit to draw.
        theme: of the page.
        line: index of the usage line in every plan.

    Returns:
        A Vega-Lite spec whose `datasets` are frames: `lines` (date; for each plan's letter where
        its limit is drawn, NaN where it is not known or there is none), `days` (the same, and
        <letter>_text), `names` (line, label, label_at), `frame` (the corners of the plot).
    """
    frames = _RateFrames(comparison, line)
    return {
        **json.loads(_rates_template(theme, frames.ruler.is_log, len(comparison.scenarios))),
        "datasets": {
            "lines": frames.lines(),
            "frame": frames.span.corners(frames.ruler.bottom, frames.ruler.top),
            "days": frames.days(),
            "names": frames.names(),
        },
    }


def compared_money_takeaway(comparison: Comparison) -> str:
    """Say in one sentence what each plan's money is in the end."""
    return _in_the_end(_MoneyFrames(comparison))


def compared_rates_takeaway(comparison: Comparison, line: int = 0) -> str:
    """Say in one sentence what each plan's tier allows in the end."""
    return _in_the_end(_RateFrames(comparison, line))


# Specs


@kept_by_language(None)
def _money_template(theme: Theme, currency: str, plans: int) -> str:
    rules = (
        alt.Chart(alt.NamedData("thresholds"))
        .mark_rule(color=theme.muted, strokeWidth=1, opacity=0.55, x=0, aria=False)
        .encode(y_of("amount"), x2=to_plot_end())
    )
    return spec_of(
        theme,
        [
            frame_layer(_MONEY_TICK.format(symbol=SYMBOLS[currency]), currency),
            rules,
            *_plan_layers(theme, plans),
        ],
        height=_HEIGHT,
        title=say("{currency} that counts, used or paid", currency=currency),
        description=say(
            "Line chart over days, a line for each plan: the money that its rules count, used or "
            "paid, with the amounts that tiers ask for as horizontal lines."
        ),
    )


@kept_by_language(None)
def _rates_template(theme: Theme, is_log: bool, plans: int) -> str:
    return spec_of(
        theme,
        [
            frame_layer(_RATE_TICK, say("tokens per minute"), _ROUND if is_log else None),
            *_plan_layers(theme, plans),
        ],
        height=_HEIGHT,
        title=say("Tokens per minute allowed"),
        description=say(
            "Step chart over days, a line for each plan: the tokens a minute that its tier in "
            "force allows."
        ),
    )


def _plan_layers(theme: Theme, plans: int) -> list[alt.Chart]:
    """Lines of all plans, their names, and what a pointer finds."""
    colours = colours_of_plans(theme, plans)
    tooltip = [
        tooltip_of_the_date(),
        *(
            alt.Tooltip(f"{letter}_text", type="nominal", title=letter.upper())
            for letter in colours
        ),
    ]
    return [
        *(
            alt.Chart(alt.NamedData("lines"))
            .mark_line(
                color=colour,
                strokeWidth=_WIDTHS[place],
                strokeDash=_dash(place),
                interpolate="step-after",
                aria=False,
            )
            .encode(x_day(), y_of(letter))
            for place, (letter, colour) in enumerate(colours.items())
        ),
        plan_names(theme, colours).encode(x=alt.value(expression(PLOT_END))),
        *hover_layers(theme, tooltip, colours),
    ]


def _dash(place: int) -> list[int]:
    return _DASH if place >= 3 else [1, 0]


# Frames


class _LineFrames:
    """Frames of a chart with one line a plan: values by day, and what a pointer finds."""

    def __init__(self, comparison: Comparison, values: Sequence[Floats]) -> None:
        self.comparison = comparison
        self.span = Span.of(comparison)
        plans = list(zip(comparison.scenarios, values, strict=True))
        self.values = [self.span.spread_out(scenario, of_days) for scenario, of_days in plans]
        self.holds = [self.span.holds(scenario) for scenario in comparison.scenarios]
        self.is_drawn = [bool(np.isfinite(of_days).any()) for _, of_days in plans]
        self.last = [float(of_days[-1]) for _, of_days in plans]
        self.drawn = _days_drawn(self.span, self.values)

    def lines(self) -> pd.DataFrame:
        """Where the lines go, up to the end of each plan's last day."""
        columns = {
            letter: self.at(values[self.drawn])
            for letter, values in zip(LETTERS, self.values, strict=False)
        }
        return pd.DataFrame({"date": self.span.dates(self.drawn), **columns})

    def days(self) -> pd.DataFrame:
        """What a pointer finds."""
        days = self.drawn[:-1]
        columns: dict[str, Any] = {"date": self.span.dates(days)}
        for plan, (letter, name) in enumerate(zip(LETTERS, self.comparison.names, strict=False)):
            values, own = self.values[plan][days], self.holds[plan][days]
            columns[letter] = self.at(np.where(own, values, np.nan))
            columns[f"{letter}_text"] = texts(
                f"{name}: {self.said(plan, value)}" if is_own else ""
                for value, is_own in zip(values, own, strict=True)
            )
        return pd.DataFrame(columns)

    def at(self, values: Floats) -> Floats:
        """Where values are drawn."""
        return values

    def said(self, plan: int, value: float) -> str:
        """Say a plan's value of one day."""
        raise NotImplementedError


class _MoneyFrames(_LineFrames):
    """Frames of the money chart."""

    def __init__(self, comparison: Comparison) -> None:
        self.currency = comparison.scenarios[comparison.base].rules.currency
        self.counted = [_counted(projection) for projection in comparison.projections]
        super().__init__(
            comparison,
            [
                projection.daily[counted].to_numpy()
                if projection.scenario.rules.currency == self.currency
                else np.full(projection.scenario.days, np.nan)
                for projection, counted in zip(comparison.projections, self.counted, strict=True)
            ],
        )
        self.largest = float(np.nanmax(np.concatenate(self.values)))
        self.shown = self._thresholds_shown()
        self.ruler = ruler_with_room_above(
            max([self.largest, *(amount for amount, _ in self.shown)]) or 1.0, 8, _PLOT_HEIGHT
        )

    def said(self, plan: int, value: float) -> str:
        if np.isnan(value):
            return say("in {currency}", currency=self.comparison.scenarios[plan].rules.currency)
        amount = amount_in_words(value, self.currency, cents=True)
        if self.counted[plan] == "used":
            return say("{amount} used", amount=amount)
        return say("{amount} paid", amount=amount)

    def thresholds(self) -> pd.DataFrame:
        return pd.DataFrame({"amount": np.array([amount for amount, _ in self.shown], dtype=float)})

    def names(self) -> pd.DataFrame:
        ends = [
            (self.last[plan], LETTERS[plan], label)
            for plan, label in enumerate(labels_of_plans(self.comparison))
            if self.is_drawn[plan]
        ]
        thresholds = [
            (together[0][0], "threshold", _threshold_label(together, self.currency))
            for together in self._close_thresholds()
        ]
        return _apart([*ends, *thresholds], self.ruler)

    def _close_thresholds(self) -> list[list[_Threshold]]:
        """The thresholds shown, together where their labels would pile up."""
        close: list[list[_Threshold]] = []
        for amount, tiers in self.shown:
            below = self.ruler.place(close[-1][-1][0]) if close else -1.0
            if (self.ruler.place(amount) - below) * _PLOT_HEIGHT < _PILED_UP:
                close[-1].append((amount, tiers))
            else:
                close.append([(amount, tiers)])
        return close

    def _thresholds_shown(self) -> list[_Threshold]:
        """Amounts that tiers ask for, near the plans' money, lowest first."""
        drawn = [
            scenario
            for scenario, is_drawn in zip(self.comparison.scenarios, self.is_drawn, strict=True)
            if is_drawn
        ]
        if len({scenario.ladder for scenario in drawn}) > 1:
            return []
        gated = [
            (gate.amount, tier.name)
            for tier in drawn[0].rules.tiers
            for gate in tier.money_gates[:1]
            if gate.over == "lifetime" or isinstance(gate.over, Since)
        ]
        found = [
            (float(amount), tuple(name for _, name in pairs))
            for amount, pairs in groupby(sorted(gated), key=lambda pair: pair[0])
        ]
        return [each for each in found if each[0] <= _SHOWN_UP_TO * self.largest] or found[:1]


class _RateFrames(_LineFrames):
    """Frames of the rates chart."""

    def __init__(self, comparison: Comparison, line: int) -> None:
        self.has_line = [line < len(scenario.usage) for scenario in comparison.scenarios]
        super().__init__(
            comparison, [_limit(projection, line) for projection in comparison.projections]
        )
        self.ruler = self._ruler()

    def at(self, values: Floats) -> Floats:
        """A logarithmic scale has no place for 0, so at its foot; nothing where no number is."""
        return np.maximum(np.where(np.isfinite(values), values, np.nan), self.ruler.bottom)

    def said(self, plan: int, value: float) -> str:
        if not self.has_line[plan]:
            return say("no such usage")
        if np.isnan(value):
            return say("not known")
        if value == np.inf:
            return say("no limit")
        if value == 0:
            return say("not available")
        return say("{tokens} a minute", tokens=count_in_short(value))

    def names(self) -> pd.DataFrame:
        """The plans' names where their lines end; what has no line there says why."""
        named = []
        for plan, label in enumerate(labels_of_plans(self.comparison)):
            letter, last = LETTERS[plan], self.last[plan]
            if isfinite(last):
                named.append((max(last, self.ruler.bottom), letter, label))
            else:
                at = self.ruler.bottom if np.isnan(last) else self.ruler.top
                named.append((at, letter, f"{letter.upper()} {self.said(plan, last)}"))
        return _apart(named, self.ruler)

    def _ruler(self) -> Ruler:
        limits = np.concatenate(self.values)
        positive = limits[np.isfinite(limits) & (limits > 0)]
        if not positive.size:
            return ruler_with_room_above(1, 12, _PLOT_HEIGHT)
        smallest, largest = float(positive.min()), float(positive.max())
        is_log = largest > _LOG_OVER * smallest
        return ruler_with_room_above(
            largest, 12, _PLOT_HEIGHT, smallest=smallest / 1.5 if is_log else None
        )


def _in_the_end(frames: _LineFrames) -> str:
    said = "; ".join(
        f"{name}: {frames.said(plan, frames.last[plan])}"
        for plan, name in enumerate(frames.comparison.names)
    )
    return say("On each plan's last day: {plans}.", plans=said)


def _counted(projection: Projection) -> str:
    """Which money a plan's tiers count: its reading's, or what all of its ladder's gates say."""
    rules = projection.scenario.rules
    gates = [gate for tier in rules.tiers for gate in tier.money_gates]
    if rules.contested or not gates:
        return projection.scenario.reading
    return "used" if gates[0].counts == "used" else "paid"


def _threshold_label(together: Sequence[_Threshold], currency: str) -> str:
    names = tiers_in_short([tier for _, tiers in together for tier in tiers])
    amounts = [money_in_short(amount, currency) for amount, _ in together]
    return f"{names} · {amounts[0]}" + (f"–{amounts[-1]}" if len(amounts) > 1 else "")  # noqa: RUF001


def _limit(projection: Projection, line: int) -> Floats:
    if line >= len(projection.scenario.usage):
        return np.full(projection.scenario.days, np.nan)
    return per_minute(projection, line)["tpm_limit"].to_numpy()


def _days_drawn(span: Span, lines: Sequence[Floats]) -> Ints:
    """Few enough days to draw: the ends of plans, bends of lines if they are few, and others."""
    ends: list[int] = []
    bends = np.zeros(span.days + 1, dtype=bool)
    for values in lines:
        numbers = np.flatnonzero(~np.isnan(values))
        ends += [*numbers[:1], *numbers[-1:]]
        steps = np.diff(np.nan_to_num(values, posinf=0), prepend=0, append=0)
        bends |= np.abs(np.diff(steps)) > 1e-6
    return days_to_draw(span.days + 1, ends, np.flatnonzero(bends))


def _apart(named: Sequence[tuple[float, str, str]], ruler: Ruler) -> pd.DataFrame:
    """Make the names right of the last day, apart from each other: value, line, label."""
    ascending = sorted(named, key=lambda name: name[0])
    places = [ruler.place(value) for value, *_ in ascending]
    apart = spread(places, LABEL_HEIGHT / _PLOT_HEIGHT)
    return pd.DataFrame(
        {
            "line": texts(line for _, line, _ in ascending),
            "label": texts(label for *_, label in ascending),
            "label_at": np.array([ruler.value(place) for place in apart], dtype=float),
        }
    )
