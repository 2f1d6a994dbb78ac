"""What the money chart draws, and where: its figures as columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil
from typing import Any

import numpy as np

from tierlogic.answer import reading_heading
from tierlogic.charts.actual import ROOM_ABOVE, Actual
from tierlogic.charts.layout import (
    LABEL_HEIGHT,
    rows_of_labels,
    rows_taken,
    ruler_with_room_above,
    spread,
)
from tierlogic.charts.panel import WHOLE, Panel
from tierlogic.charts.parts import Columns, corners, dates, texts
from tierlogic.charts.words import day_in_short, first_few, money_in_short, tiers_in_short
from tierlogic.engine.block import Floats, Ints
from tierlogic.events import EventKind
from tierlogic.language import day_in_words, say, to_say
from tierlogic.projection import Projection, Unlock
from tierlogic.rules.gates import Since
from tierlogic.tier_in_words import money_in_words

_NAMES = {
    "used": to_say("Used {amount}"),
    "paid": to_say("Paid {amount}"),
    "balance": to_say("Credit {amount}"),
}
_SHOWN_UP_TO = 2
"""Thresholds are shown up to this many times the largest money,"""
_NEXT_SHOWN_UP_TO = 10
"""and the next one to reach up to this many times."""
_MOST_EVENT_MARKS = 90
_PILED_UP = 8
"""Pixels: thresholds closer than this share a label."""


@dataclass(frozen=True)
class _Threshold:
    """An amount of money that opens a tier, or several."""

    amount: float
    tiers: tuple[str, ...]
    text: str
    is_reached: bool


class MoneyFrames:
    """The datasets of one chart."""

    def __init__(self, projection: Projection, actual: Actual | None, plot_height: int) -> None:
        """Read what `money_chart` is given, for a plot of so many pixels."""
        self.projection = projection
        self.actual = actual
        self.plot_height = plot_height
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
            self.plot_height,
        )

    @property
    def unlock_days(self) -> list[int]:
        """Days that are drawn whatever the horizon."""
        return [self._offset(day) for day, _ in self.opened]

    @property
    def payment_days(self) -> Ints:
        """Days that are drawn as long as they are few."""
        paid = self.money["paid"]
        return np.flatnonzero(np.diff(paid, prepend=paid[0]))

    def of_days(self, drawn: Ints) -> dict[str, Floats]:
        """The lines at each day's end."""
        return {line: amounts[drawn] for line, amounts in self.money.items()}

    def besides_days(self, other: Projection | None, panel: Panel = WHOLE) -> dict[str, Columns]:
        """All else, by the names of the datasets."""
        return {
            f"{panel.prefix}frame": self.corners(),
            "thresholds": self.thresholds(),
            "unlocks": self.unlocks(),
            "other": self.other_unlocks(other),
            "falls": self.days_of("tier_lost"),
            "reopenings": self.days_of("tier_reopened"),
            "events": self.events(),
            f"{panel.prefix}names": self.names(),
            **(self.actual.columns(self.projection) if self.actual else {}),
        }

    def corners(self) -> Columns:
        """The corners of the plot."""
        return corners(self.scenario, self.ruler.bottom, self.ruler.top, self.days_before)

    def thresholds(self) -> Columns:
        """The thresholds shown, lowest first."""
        return {
            "amount": np.array([each.amount for each in self.shown], dtype=float),
            "text": texts(each.text for each in self.shown),
        }

    def unlocks(self) -> Columns:
        """The days on which tiers with gates open, each once."""
        narrow, wide = self.rows
        return {
            "date": self._dates(day for day, _ in self.opened),
            "label": texts(self.labels),
            "text": texts(
                say(
                    "{tier}. {why}",
                    tier=tiers_in_short(_tiers(unlocks)),
                    why=unlocks[-1].why,
                )
                for _, unlocks in self.opened
            ),
            "row_narrow": narrow,
            "row_wide": wide,
        }

    def other_unlocks(self, other: Projection | None) -> Columns:
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
        return {
            "date": self._dates(day for day, _ in shown),
            "text": texts(
                say(
                    "{condition}: {tier} on {day}.",
                    condition=condition,
                    tier=tiers_in_short(tiers),
                    day=day_in_words(day),
                )
                for day, tiers in shown
            ),
            "row_narrow": np.full(len(shown), rows_taken(narrow)),
            "row_wide": np.full(len(shown), rows_taken(wide)),
        }

    def days_of(self, kind: EventKind) -> Columns:
        """The days with events of a kind, each once; their rules start under the labels too."""
        found = [event for event in self.projection.events if event.kind == kind]
        by_day = [(day, list(events)) for day, events in groupby(found, key=lambda event: event.on)]
        narrow, wide = self.rows
        return {
            "date": self._dates(day for day, _ in by_day),
            "text": texts(" ".join(event.text for event in events) for _, events in by_day),
            "row_narrow": np.full(len(by_day), rows_taken(narrow)),
            "row_wide": np.full(len(by_day), rows_taken(wide)),
        }

    def events(self) -> Columns:
        """The events, those of neighbouring days together where they would overlap."""
        stretch = ceil(self.scenario.days / _MOST_EVENT_MARKS)
        marks = [
            list(events)
            for _, events in groupby(
                self.projection.events, key=lambda event: self._offset(event.on) // stretch
            )
        ]
        return {
            "date": self._dates(events[0].on for events in marks),
            "text": texts(first_few([event.text for event in events]) for events in marks),
        }

    def names(self) -> Columns:
        """What stands right of the last day: lines and thresholds, apart from each other."""
        amounts = {line: float(amounts[-1]) for line, amounts in self.money.items()}
        lines = [
            (
                amount,
                line,
                say(_NAMES[line], amount=money_in_short(round(amount, 2), self.currency)),
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
        places = spread([self.ruler.place(at) for at, *_ in names], LABEL_HEIGHT / self.plot_height)
        return {
            "line": texts(line for _, line, *_ in names),
            "label": texts(label for _, _, label, _ in names),
            "label_at": np.array([self.ruler.value(place) for place in places]),
            "date": dates(self.scenario, [self.scenario.days - 1] * len(names)),
            "amount": np.array([amount for *_, amount in names]),
        }

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
            if (self.ruler.place(threshold.amount) - below) * self.plot_height < _PILED_UP:
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
                text=say(
                    "{tier}: {asks_for}",
                    tier=tiers_in_short(names),
                    asks_for=money_in_words(projection.scenario, tiers[0][1]),
                ),
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
