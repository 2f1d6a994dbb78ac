"""What the rates chart draws, and where: its figures as columns."""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, isfinite
from typing import Any

import numpy as np

from tierlogic.capacity import per_minute
from tierlogic.charts.layout import (
    LABEL_HEIGHT,
    MOST_DAYS_DRAWN,
    Ruler,
    days_to_draw,
    joined,
    rows_of_labels,
    rows_taken,
    ruler_with_room_above,
    runs,
    spread,
)
from tierlogic.charts.panel import WHOLE, Panel
from tierlogic.charts.parts import Columns, corners, dates, texts
from tierlogic.counts import count_in_short
from tierlogic.engine.block import Bools, Floats, Ints
from tierlogic.language import number, say
from tierlogic.projection import Projection
from tierlogic.scenario import Scenario

_WEEK = 7
"""Days at the end whose largest need is named: a weekend says little of the plan."""
_LOG_OVER = 30
"""Largest value over the smallest positive one from which on the scale is logarithmic."""


class RatesFrames:
    """The datasets of one chart: what a line's limits grant and what is needed, day by day."""

    def __init__(
        self, projection: Projection, line: int, days_before: int, plot_height: int
    ) -> None:
        """Read what `rates_chart` is given, for a plot of so many pixels."""
        self.projection = projection
        self.plot_height = plot_height
        self.scenario = scenario = projection.scenario
        self.days_before = days_before
        self.days_shown = scenario.days + days_before
        nothing = np.zeros(scenario.days)
        self.has_peak = scenario.peak_factor > 1
        self.limit: Floats = np.full(scenario.days, np.nan)
        self.average: Floats = nothing
        self.peak: Floats = nothing
        self.context_window: int | None = None
        self.is_soft = False
        if scenario.usage:
            rates = per_minute(projection, line)
            self.limit = rates["tpm_limit"].to_numpy()
            self.average = rates["tpm_average"].to_numpy()
            self.peak = rates["tpm_peak"].to_numpy()
            self.context_window = scenario.usage[line].context_window
            self.is_soft = is_guarantee(scenario, line)
        self.not_guaranteed: Floats = np.where(
            self.is_soft & (self.limit < self.peak), self.peak - self.limit, 0.0
        )
        self.spans = _spans(self.limit)
        self.limit_changes: Ints = np.array([first for first, _ in self.spans])
        self.drawn = days_to_draw(scenario.days, self.limit_changes, weight=self.average)
        self.noted = self._noted()
        self.rows = rows_of_labels(
            [first / self.days_shown for first, *_ in self.noted],
            [note for *_, note in self.noted],
        )
        self.ruler = self._ruler()

    def of_days(self, drawn: Ints) -> dict[str, Any]:
        """What a pointer finds: of stretches too short to see, the day that needs most."""
        changes = self.limit_changes
        words = np.array([_limit_in_words(self.limit[first]) for first in changes], dtype=object)
        finite = np.where(np.isfinite(self.limit), self.limit, np.nan)
        return {
            "limit_text": words[np.searchsorted(changes, drawn, side="right") - 1],
            "average": self.average[drawn],
            "peak": self.peak[drawn],
            "above": self.not_guaranteed[drawn],
            "rate_limited": self.projection.daily["tokens_rate_limited"].to_numpy()[drawn],
            "limit_at": self._at(finite[drawn]),
            "average_at": self._at(self.average[drawn]),
            "peak_at": self._at(self._peak_if_any(drawn)),
        }

    def besides_days(self, panel: Panel = WHOLE) -> dict[str, Columns]:
        """All else, by the names of the datasets."""
        return {
            f"{panel.prefix}frame": self.corners(),
            "limit": self.limit_line(),
            "need": self.need_lines(),
            "above": self.above(),
            "held": self.held(),
            "marks": self.marks(),
            "notes": self.notes(),
            "window": self.window_line(),
            f"{panel.prefix}names": self.names(),
        }

    def corners(self) -> Columns:
        """The corners of the plot."""
        return corners(self.scenario, self.ruler.bottom, self.ruler.top, self.days_before)

    def limit_line(self) -> Columns:
        """Corners of the limit's steps; a run ends where the limit is no number."""
        days: list[int] = []
        limits: list[float] = []
        in_runs: list[int] = []
        for run, spans in enumerate(self._finite_runs()):
            for first, after in spans:
                days += [first, after]
                limits += [self.limit[first]] * 2
                in_runs += [run] * 2
        return {
            "date": dates(self.scenario, days),
            "limit_at": self._at(np.array(limits, dtype=float)),
            "run": np.array(in_runs, dtype=np.int64),
        }

    def need_lines(self) -> Columns:
        """Corners of the need's steps, up to the end of the last day."""
        drawn = np.flatnonzero(np.diff(self.average, prepend=np.nan) != 0)
        if drawn.size > MOST_DAYS_DRAWN:
            drawn = days_to_draw(self.scenario.days, [], weight=self.average)[1:-1]
        days = np.array([0, *drawn[1:], self.scenario.days])
        ends = np.append(drawn, drawn[-1])
        if not self.scenario.usage:
            days, ends = days[:0], ends[:0]
        return {
            "date": dates(self.scenario, days),
            "average_at": self._at(self.average[ends]),
            "peak_at": self._at(self._peak_if_any(ends)),
        }

    def above(self) -> Columns:
        """Corners of what is needed above a soft limit; a run ends with its last day."""
        until = np.append(self.drawn[1:], self.scenario.days)
        days: list[int] = []
        at: list[int] = []
        in_runs: list[int] = []
        for run, (first, after) in enumerate(runs(self.not_guaranteed[self.drawn] > 0)):
            days += [*self.drawn[first:after], until[after - 1]]
            at += [*self.drawn[first:after], self.drawn[after - 1]]
            in_runs += [run] * (after - first + 1)
        corner = np.array(at, dtype=np.int64)
        return {
            "date": dates(self.scenario, days),
            "limit_at": self._at(self.limit[corner]),
            "need_at": self._at(self.peak[corner]),
            "run": np.array(in_runs, dtype=np.int64),
        }

    def held(self) -> Columns:
        """Runs of days on which rate limits hold tokens back."""
        held = self._runs_to_see(held_days(self.projection))
        return {
            "date": dates(self.scenario, [first for first, _ in held]),
            "until": dates(self.scenario, [after for _, after in held]),
        }

    def marks(self) -> Columns:
        """Names of what is shaded, each at its longest run of days."""
        shaded = (
            ("held", say("rate-limited"), held_days(self.projection)),
            ("above", say("above the guaranteed rate"), self.not_guaranteed > 0),
        )
        marks = sorted(
            (max(self._runs_to_see(days), key=lambda run: run[1] - run[0])[0], line, label)
            for line, label, days in shaded
            if days.any()
        )
        labels = [label for *_, label in marks]
        narrow, wide = rows_of_labels([first / self.days_shown for first, *_ in marks], labels)
        return {
            "date": dates(self.scenario, [first for first, *_ in marks]),
            "line": texts(line for _, line, _ in marks),
            "label": texts(labels),
            "row_narrow": narrow,
            "row_wide": wide,
        }

    def notes(self) -> Columns:
        """Days without a limit to draw, and why."""
        narrow, wide = self.rows
        return {
            "date": dates(self.scenario, [first for first, *_ in self.noted]),
            "until": dates(self.scenario, [after for _, after, _ in self.noted]),
            "label": texts(note for *_, note in self.noted),
            "row_narrow": narrow,
            "row_wide": wide,
        }

    def window_line(self) -> Columns:
        """The tokens of one request as large as the model takes."""
        windows = [self.context_window] if self.context_window else []
        return {
            "at": np.array(windows, dtype=float),
            "text": texts(
                say("A full request: {tokens} tokens", tokens=number(window)) for window in windows
            ),
        }

    def names(self) -> Columns:
        """What stands right of the last day, apart from each other."""
        named: list[tuple[float, str, str]] = []
        if self.scenario.usage:
            named += self._names_of_need()
        if isfinite(self.limit[-1]):
            tokens = count_in_short(self.limit[-1])
            grant = (
                say("Guaranteed {tokens}", tokens=tokens)
                if self.is_soft
                else say("Limit {tokens}", tokens=tokens)
            )
            named.append((self.limit[-1], "limit", grant))
        if self.context_window:
            size = count_in_short(self.context_window)
            full = say("Full {tokens} request", tokens=size)
            named.append((self.context_window, "threshold", full))
        named.sort(key=lambda name: name[0])
        places = self._at(np.array([value for value, *_ in named], dtype=float))
        apart = spread([self.ruler.place(at) for at in places], LABEL_HEIGHT / self.plot_height)
        return {
            "line": texts(line for _, line, _ in named),
            "label": texts(label for *_, label in named),
            "label_at": np.array([self.ruler.value(place) for place in apart], dtype=float),
        }

    def _names_of_need(self) -> list[tuple[float, str, str]]:
        average, peak = self.average[-_WEEK:].max(), self.peak[-_WEEK:].max()
        tokens = count_in_short(average)
        if not self.has_peak:
            return [(average, "average", say("Need {tokens}", tokens=tokens))]
        return [
            (average, "average", say("Average need {tokens}", tokens=tokens)),
            (peak, "peak", say("Peak need {tokens}", tokens=count_in_short(peak))),
        ]

    def _noted(self) -> list[tuple[int, int, str]]:
        if not self.scenario.usage:
            return [(0, self.scenario.days, say("no usage planned"))]
        return [
            (first, after, _note(self.limit[first]))
            for first, after in self.spans
            if not (isfinite(self.limit[first]) and self.limit[first] > 0)
        ]

    def _runs_to_see(self, days: Bools) -> list[tuple[int, int]]:
        invisible = ceil(self.scenario.days / MOST_DAYS_DRAWN) - 1
        return joined(runs(days), gap=invisible)

    def _ruler(self) -> Ruler:
        limits = self.limit[np.isfinite(self.limit)]
        drawn = np.concatenate([limits, self.average, self.peak, [self.context_window or 0]])
        positive = drawn[drawn > 0]
        above = rows_taken(*self.rows) * LABEL_HEIGHT + 12
        if not positive.size:
            return ruler_with_room_above(1, above, self.plot_height)
        smallest, largest = float(positive.min()), float(positive.max())
        is_log = largest > _LOG_OVER * smallest
        return ruler_with_room_above(
            largest, above, self.plot_height, smallest=smallest / 1.5 if is_log else None
        )

    def _at(self, values: Floats) -> Floats:
        """Where values are drawn: a logarithmic scale has no place for 0, so at its foot."""
        return np.maximum(values, self.ruler.bottom)

    def _peak_if_any(self, days: Ints) -> Floats:
        return self.peak[days] if self.has_peak else np.full(len(days), np.nan)

    def _finite_runs(self) -> Iterator[list[tuple[int, int]]]:
        run: list[tuple[int, int]] = []
        for first, after in self.spans:
            if isfinite(self.limit[first]):
                run.append((first, after))
            elif run:
                yield run
                run = []
        if run:
            yield run


def is_guarantee(scenario: Scenario, line: int) -> bool:
    """Whether more than the line's limits is served, only not guaranteed."""
    row = scenario.limits_table.row_for(scenario.usage[line].model)
    return row is not None and row.soft


def held_days(projection: Projection) -> Bools:
    """Tell on which days limits, of any line, hold tokens back."""
    return projection.daily["tokens_rate_limited"].to_numpy() > 0


def _spans(limit: Floats) -> list[tuple[int, int]]:
    """Runs of days with one limit, each as its first day and the day after its last."""
    same = (limit[1:] == limit[:-1]) | (np.isnan(limit[1:]) & np.isnan(limit[:-1]))
    edges = [0, *(np.flatnonzero(~same) + 1).tolist(), limit.size]
    return list(pairwise(edges))


def _note(limit: float) -> str:
    """Say why a limit is not drawn."""
    return say("limit not known") if np.isnan(limit) else _limit_in_words(limit)


def _limit_in_words(limit: float) -> str:
    if np.isnan(limit):
        return say("not known")
    if limit == np.inf:
        return say("no limit")
    return number(limit, ",.0f") if limit > 0 else say("not available")
