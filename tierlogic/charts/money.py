"""The money chart: used, paid and credit beside the thresholds, and the days that tiers open."""

import functools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tierlogic.answer import reading_heading
from tierlogic.charts.actual import ROOM_ABOVE, Actual, actual_layers
from tierlogic.charts.layout import (
    LABEL_HEIGHT,
    STRIP,
    days_to_draw,
    rows_of_labels,
    rows_taken,
    ruler_with_room_above,
    spread,
)
from tierlogic.charts.parts import (
    ROW_TOP,
    colour_of_line,
    corners,
    dates,
    end_labels,
    expression,
    frame_layer,
    hover_layers,
    spec_of,
    staggered_text,
    texts,
    to_plot_end,
    x_day,
    y_of,
)
from tierlogic.charts.theme import Theme
from tierlogic.charts.words import day_in_short, money_in_short, tiers_in_short
from tierlogic.engine.block import Floats
from tierlogic.events import EventKind
from tierlogic.language import day_in_words
from tierlogic.money import SYMBOLS, amount_in_words
from tierlogic.projection import Projection, Unlock
from tierlogic.rules.gates import Since
from tierlogic.tier_in_words import counted_by, money_in_words

_HEIGHT = 320
_PLOT_HEIGHT = _HEIGHT - 66 - STRIP
"""Pixels, about: less the title and the days' axis."""
_NAMES = {"used": "Used", "paid": "Paid", "balance": "Credit"}
_SHOWN_UP_TO = 2
"""Thresholds are shown up to this many times the largest money,"""
_NEXT_SHOWN_UP_TO = 4
"""and the next one to reach up to this many times."""
_MOST_EVENT_MARKS = 90
_PILED_UP = 8
"""Pixels: thresholds closer than this share a label."""
_TICK = (
    "datum.value > 0 && datum.value < 1 ? '{symbol}' + format(datum.value, '.2f') : "
    "'{symbol}' + replace(format(datum.value, '~s'), 'G', 'B')"
)


def money_chart(
    projection: Projection,
    theme: Theme,
    other: Projection | None = None,
    actual: Actual | None = None,
) -> dict[str, Any]:
    """Draw used, paid and credit over time, the tiers' thresholds and the days that they open.

    Args:
        projection: one scenario's.
        theme: of the page.
        other: the projection under the other reading; the days on which its tiers open are
            marked lightly where they differ.
        actual: what was really used, before the plan or within it.

    Returns:
        A Vega-Lite spec whose `datasets` are frames: `days` (date, tier, used, paid, balance at
        the day's end; at most about 400 days), `thresholds` (amount, text), `unlocks` (date,
        label, text, row_narrow, row_wide), `other` (date, text, row_narrow, row_wide), `falls`
        and `reopenings` (as `other`: tiers that are lost, and that open again), `events` (date,
        text), `names` (what stands at the line
        ends: line, label, label_at, and for a line its last date and amount), `frame` (the
        corners of the plot), and with an actual line those of `Actual.frames`. Dates are
        datetime64, amounts in the ladder's currency.
    """
    frames = _Frames(projection, actual)
    return {
        **json.loads(_template(theme, frames.currency, has_actual=actual is not None)),
        "datasets": {
            "days": frames.days(),
            "frame": corners(
                projection.scenario, frames.ruler.bottom, frames.ruler.top, frames.days_before
            ),
            "thresholds": frames.thresholds(),
            "unlocks": frames.unlocks(),
            "other": frames.other_unlocks(other),
            "falls": frames.days_of("tier_lost"),
            "reopenings": frames.days_of("tier_reopened"),
            "events": frames.events(),
            "names": frames.names(),
            **(actual.frames(projection) if actual else {}),
        },
    }


def money_takeaway(projection: Projection) -> str:
    """Say in one sentence what the money chart shows of the plan."""
    parts = [
        *_said_of_unlocks(projection),
        *_said_of_credit(projection),
        *_said_of_the_next(projection),
    ]
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


@functools.cache
def _template(theme: Theme, currency: str, *, has_actual: bool) -> str:
    """The spec without its data."""
    thresholds, names = alt.NamedData("thresholds"), alt.NamedData("names")
    colours = {"used": theme.first, "paid": theme.second, "balance": theme.third}
    return spec_of(
        theme,
        [
            frame_layer(_TICK.format(symbol=SYMBOLS[currency]), currency),
            alt.Chart(thresholds)
            .mark_rule(color=theme.muted, strokeWidth=1, opacity=0.55, x=0, aria=False)
            .encode(y_of("amount"), x2=to_plot_end()),
            alt.Chart(alt.NamedData("other"))
            .mark_rule(color=theme.muted, strokeDash=[1, 4], strokeWidth=1.5, aria=False)
            .encode(
                x_day(),
                y=alt.value(expression(f"{ROW_TOP} + 4")),
                y2=alt.value(expression("height")),
            ),
            _rule("unlocks", theme.ink, strokeWidth=1, opacity=0.8),
            _rule("falls", theme.second, strokeDash=[6, 4], strokeWidth=1.5),
            _rule("reopenings", theme.ink, strokeWidth=1, opacity=0.8),
            _line(theme.third, "balance", strokeDash=[5, 3], strokeWidth=1.75),
            _line(theme.second, "paid", strokeWidth=1.75),
            _line(theme.first, "used", strokeWidth=2.5, interpolate="linear"),
            alt.Chart(names)
            .mark_point(filled=True, size=28, opacity=1, aria=False)
            .encode(
                x_day(),
                y_of("amount"),
                color=colour_of_line(theme, colours),
            ),
            end_labels(theme, colours),
            staggered_text("unlocks", theme.ink),
            *hover_layers(theme, _tooltip_of_a_day(SYMBOLS[currency]), colours),
            *(actual_layers(theme) if has_actual else []),
            _wide_sensor("thresholds", "Threshold").encode(
                y_of("amount"), x=alt.value(0), x2=to_plot_end()
            ),
            _wide_sensor("other", "Other reading").encode(x_day()),
            _wide_sensor("unlocks", "Opens").encode(x_day()),
            _wide_sensor("falls", "Lost").encode(x_day()),
            _wide_sensor("reopenings", "Opens again").encode(x_day()),
            alt.Chart(alt.NamedData("events"))
            .mark_point(
                shape="triangle-up",
                size=55,
                filled=True,
                color=theme.ink,
                opacity=1,
                aria=False,
                y=expression(f"height - {STRIP // 2}"),
            )
            .encode(x_day(), tooltip=[_tooltip_of_text("Event")]),
        ],
        height=_HEIGHT,
        title=f"Money over time, {currency}",
        description=(
            "Line chart over days: money used, money paid and credit left, with the amounts that "
            "tiers ask for as horizontal lines, and the days that tiers open as vertical lines, "
            "dashed where a tier is lost."
        ),
    )


def _line(colour: str, column: str, **style: Any) -> alt.Chart:
    style = {"interpolate": "step-after", **style}
    layer: alt.Chart = (
        alt.Chart(alt.NamedData("days"))
        .mark_line(color=colour, aria=False, **style)
        .encode(x_day(), y_of(column))
    )
    return layer


def _rule(data: str, colour: str, **style: Any) -> alt.Chart:
    """Mark days by lines from under the labels to the bottom."""
    layer: alt.Chart = (
        alt.Chart(alt.NamedData(data))
        .mark_rule(color=colour, aria=False, **style)
        .encode(
            x_day(),
            y=alt.value(expression(ROW_TOP)),
            y2=alt.value(expression("height")),
        )
    )
    return layer


def _wide_sensor(data: str, title: str) -> alt.Chart:
    """An unseen rule that is easier to point at than the thin one below it."""
    layer: alt.Chart = (
        alt.Chart(alt.NamedData(data))
        .mark_rule(opacity=0, strokeWidth=6, aria=False)
        .encode(tooltip=[_tooltip_of_text(title)])
    )
    return layer


def _tooltip_of_text(title: str) -> alt.Tooltip:
    return alt.Tooltip("text", type="nominal", title=title)


def _tooltip_of_a_day(symbol: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("date", type="temporal", title="Day", format="%a %-d %b %Y"),
        alt.Tooltip("tier", type="nominal", title="Tier"),
        *(
            alt.Tooltip(column, type="quantitative", title=f"{name}, {symbol}", format=",.2f")
            for column, name in _NAMES.items()
        ),
    ]


@dataclass(frozen=True)
class _Threshold:
    """An amount of money that opens a tier, or several."""

    amount: float
    tiers: tuple[str, ...]
    text: str
    is_reached: bool


class _Frames:
    """The frames of one chart."""

    def __init__(self, projection: Projection, actual: Actual | None) -> None:
        self.projection = projection
        self.scenario = projection.scenario
        self.days_before = actual.days_before(self.scenario) if actual else 0
        self.currency = projection.scenario.rules.currency
        self.money: dict[str, Floats] = {line: projection.daily[line].to_numpy() for line in _NAMES}
        self.largest = max(
            actual.largest if actual else 0.0,
            *(float(amounts.max()) for amounts in self.money.values()),
        )
        self.shown = self._thresholds_shown()
        self.opened = list(_opened_by_day(projection))
        self.labels = [
            f"{tiers_in_short(_tiers(unlocks))} · {day_in_short(day, self.scenario.days)}"
            for day, unlocks in self.opened
        ]
        days_shown = self.scenario.days + self.days_before
        self.rows = rows_of_labels(
            [self._offset(day) / days_shown for day, _ in self.opened], self.labels
        )
        self.ruler = ruler_with_room_above(
            max([self.largest, *(threshold.amount for threshold in self.shown)]) or 1.0,
            rows_taken(*self.rows) * LABEL_HEIGHT + 8 + (ROOM_ABOVE if actual else 0),
            _PLOT_HEIGHT,
        )

    def days(self) -> pd.DataFrame:
        """Few enough days to draw, with all unlocks and, if they are few, all payments."""
        paid = self.money["paid"]
        drawn = days_to_draw(
            self.scenario.days,
            [self._offset(day) for day, _ in self.opened],
            rather=np.flatnonzero(np.diff(paid, prepend=paid[0])),
        )
        return pd.DataFrame(
            {
                "date": dates(self.scenario, drawn),
                "tier": self.projection.daily["tier"].array[drawn],
                **{line: amounts[drawn] for line, amounts in self.money.items()},
            }
        )

    def thresholds(self) -> pd.DataFrame:
        """The thresholds shown, lowest first."""
        return pd.DataFrame(
            {
                "amount": np.array([each.amount for each in self.shown], dtype=float),
                "text": texts(each.text for each in self.shown),
            }
        )

    def unlocks(self) -> pd.DataFrame:
        """The days on which tiers with gates open, each once."""
        narrow, wide = self.rows
        return pd.DataFrame(
            {
                "date": self._dates(day for day, _ in self.opened),
                "label": texts(self.labels),
                "text": texts(
                    f"{tiers_in_short(_tiers(unlocks))}. {unlocks[-1].why}"
                    for _, unlocks in self.opened
                ),
                "row_narrow": narrow,
                "row_wide": wide,
            }
        )

    def other_unlocks(self, other: Projection | None) -> pd.DataFrame:
        """The days on which the other reading opens tiers, where this one does not.

        The rules start under the labels of this reading, so the rows count those.
        """
        mine = {unlock.tier: unlock.on for unlock in self.projection.unlocks}
        differing = [
            (day, [unlock.tier for unlock in unlocks if unlock.on != mine.get(unlock.tier)])
            for day, unlocks in (_opened_by_day(other) if other else ())
            if self.scenario.start <= day <= self.scenario.last_day
        ]
        shown = [(day, tiers) for day, tiers in differing if tiers]
        condition = reading_heading(other.scenario.reading) if other else ""
        narrow, wide = self.rows
        return pd.DataFrame(
            {
                "date": self._dates(day for day, _ in shown),
                "text": texts(
                    f"{condition}: {tiers_in_short(tiers)} on {day_in_words(day)}"
                    for day, tiers in shown
                ),
                "row_narrow": np.full(len(shown), rows_taken(narrow)),
                "row_wide": np.full(len(shown), rows_taken(wide)),
            }
        )

    def days_of(self, kind: EventKind) -> pd.DataFrame:
        """The days with events of a kind, each once; their rules start under the labels too."""
        found = [event for event in self.projection.events if event.kind == kind]
        by_day = [(day, list(events)) for day, events in groupby(found, key=lambda event: event.on)]
        narrow, wide = self.rows
        return pd.DataFrame(
            {
                "date": self._dates(day for day, _ in by_day),
                "text": texts(" ".join(event.text for event in events) for _, events in by_day),
                "row_narrow": np.full(len(by_day), rows_taken(narrow)),
                "row_wide": np.full(len(by_day), rows_taken(wide)),
            }
        )

    def events(self) -> pd.DataFrame:
        """The events, those of neighbouring days together where they would overlap."""
        stretch = ceil(self.scenario.days / _MOST_EVENT_MARKS)
        marks = [
            list(events)
            for _, events in groupby(
                self.projection.events, key=lambda event: self._offset(event.on) // stretch
            )
        ]
        return pd.DataFrame(
            {
                "date": self._dates(events[0].on for events in marks),
                "text": texts(
                    " ".join(event.text for event in events[:3])
                    + (f" And {len(events) - 3} more." if len(events) > 3 else "")
                    for events in marks
                ),
            }
        )

    def names(self) -> pd.DataFrame:
        """What stands right of the last day: lines and thresholds, apart from each other."""
        amounts = {line: float(amounts[-1]) for line, amounts in self.money.items()}
        lines = [
            (
                amount,
                line,
                f"{_NAMES[line]} {money_in_short(round(amount, 2), self.currency)}",
                amount,
            )
            for line, amount in reversed(amounts.items())
        ]
        thresholds = [
            (
                sum(each.amount for each in together) / len(together),
                "threshold",
                _label(together, self.currency),
                np.nan,
            )
            for together in self._close_thresholds()
        ]
        names = sorted([*lines, *thresholds], key=lambda name: name[0])
        places = spread([self.ruler.place(at) for at, *_ in names], LABEL_HEIGHT / _PLOT_HEIGHT)
        return pd.DataFrame(
            {
                "line": texts(line for _, line, *_ in names),
                "label": texts(label for _, _, label, _ in names),
                "label_at": np.array([self.ruler.value(place) for place in places]),
                "date": dates(self.scenario, [self.scenario.days - 1] * len(names)),
                "amount": np.array([amount for *_, amount in names]),
            }
        )

    def _thresholds_shown(self) -> list[_Threshold]:
        """Thresholds near the money, and the next one unless it would squash the lines."""
        thresholds = _thresholds(self.projection)
        following = next((each for each in thresholds if not each.is_reached), None)
        return [
            each
            for each in thresholds
            if each.amount <= _SHOWN_UP_TO * self.largest
            or (
                each is following
                and (each.amount <= _NEXT_SHOWN_UP_TO * self.largest or self.largest == 0)
            )
        ]

    def _close_thresholds(self) -> list[list[_Threshold]]:
        """The thresholds shown, together where their labels would pile up far from them."""
        together: list[list[_Threshold]] = []
        for threshold in self.shown:
            below = self.ruler.place(together[-1][-1].amount) if together else -1.0
            if (self.ruler.place(threshold.amount) - below) * _PLOT_HEIGHT < _PILED_UP:
                together[-1].append(threshold)
            else:
                together.append([threshold])
        return together

    def _dates(self, days: Iterable[date]) -> Any:
        return dates(self.scenario, [self._offset(day) for day in days])

    def _offset(self, day: date) -> int:
        return (day - self.scenario.start).days


def _thresholds(projection: Projection) -> list[_Threshold]:
    """All of a ladder's amounts, lowest first; tiers that ask for the same share one."""
    gated = [
        (gate.amount, tier, unlock)
        for tier, unlock in zip(projection.scenario.rules.tiers, projection.unlocks, strict=True)
        for gate in tier.money_gates[:1]
        if gate.over == "lifetime" or isinstance(gate.over, Since)
    ]
    found = []
    for amount, same in groupby(sorted(gated, key=lambda gate: gate[0]), key=lambda gate: gate[0]):
        tiers = list(same)
        names = tuple(tier.name for _, tier, _ in tiers)
        found.append(
            _Threshold(
                amount=float(amount),
                tiers=names,
                text=f"{tiers_in_short(names)}: {money_in_words(projection.scenario, tiers[0][1])}",
                is_reached=all(unlock.money_met_on for _, _, unlock in tiers),
            )
        )
    return found


def _label(together: list[_Threshold], currency: str) -> str:
    names = tiers_in_short([tier for each in together for tier in each.tiers])
    amounts = [money_in_short(each.amount, currency) for each in together]
    return f"{names} · {amounts[0]}" + (f"–{amounts[-1]}" if len(amounts) > 1 else "")  # noqa: RUF001


def _opened_by_day(projection: Projection) -> Iterator[tuple[date, list[Unlock]]]:
    """Tiers with gates by the day that they open, both in order."""
    opened = [(unlock.on, unlock) for unlock in projection.unlocks[1:] if unlock.on]
    for day, unlocks in groupby(sorted(opened, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        yield day, [unlock for _, unlock in unlocks]


def _tiers(unlocks: list[Unlock]) -> list[str]:
    return [unlock.tier for unlock in unlocks]


def _said_of_unlocks(projection: Projection) -> Iterator[str]:
    """The highest tier that opens after the start."""
    scenario = projection.scenario
    gated = list(zip(scenario.rules.tiers, projection.unlocks, strict=True))[1:]
    later = [(tier, unlock) for tier, unlock in gated if unlock.on and unlock.on > scenario.start]
    if not later:
        if all(unlock.on for _, unlock in gated):
            yield f"every tier is open from {day_in_words(scenario.start)} on"
        return
    tier, unlock = later[-1]
    gates = tier.money_gates
    if len(gates) == 1 and unlock.on and unlock.money_met_on == unlock.on:
        amount = amount_in_words(gates[0].amount, scenario.rules.currency)
        counted = counted_by(gates[0], scenario)
        yield f"{counted} reaches {amount} on {day_in_words(unlock.on)} and opens {tier.name}"
    elif unlock.on:
        yield f"{tier.name} opens on {day_in_words(unlock.on)}"


def _said_of_credit(projection: Projection) -> Iterator[str]:
    """The first day that the credit does not pay for, and whether it stays the only one."""
    ran_out = [event.on for event in projection.events if event.kind == "credit_ran_out"]
    if not ran_out:
        return
    if len(ran_out) > 1:
        how = "for the first time "
    elif projection.daily["tokens_unfunded"].to_numpy()[-1] == 0:
        how = "for a while "
    else:
        how = ""
    yield f"the credit runs out {how}on {day_in_words(ran_out[0])}"


def _said_of_the_next(projection: Projection) -> Iterator[str]:
    """The lowest tier that does not open."""
    last = day_in_words(projection.scenario.last_day)
    currency = projection.scenario.rules.currency
    for unlock in projection.unlocks:
        if unlock.on is None:
            if unlock.held_by is None:
                yield f"what opens {unlock.tier} is not public"
            elif unlock.missing:
                short = amount_in_words(unlock.missing, currency)
                yield f"{unlock.tier} is still {short} short on {last}"
            else:
                yield f"{unlock.tier} has its money but is not open by {last}"
            return
