"""The rates chart: tokens a minute that the tier grants, beside those that the plan needs."""

import functools
import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from math import ceil, isfinite
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tierlogic.capacity import per_minute
from tierlogic.charts.layout import (
    LABEL_HEIGHT,
    MOST_DAYS_DRAWN,
    STRIP,
    Ruler,
    days_to_draw,
    joined,
    rows_of_labels,
    rows_taken,
    ruler_with_room_above,
    runs,
    spread,
)
from tierlogic.charts.parts import (
    ROW,
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
from tierlogic.charts.words import count_in_short
from tierlogic.engine.block import Bools, Floats, Ints
from tierlogic.language import day_in_words
from tierlogic.projection import Projection
from tierlogic.scenario import Scenario

_HEIGHT = 250
_PLOT_HEIGHT = _HEIGHT - 66 - STRIP
"""Pixels, about: less the title and the days' axis."""
_WEEK = 7
"""Days at the end whose largest need is named: a weekend says little of the plan."""
_LOG_OVER = 30
"""Largest value over the smallest positive one from which on the scale is logarithmic."""
_LABEL_WIDTH = "6 * length(datum.label)"
"""Vega expression: pixels that a label takes, about."""
_ROUND = [step * 10.0**power for power in range(-3, 15) for step in (1, 3)]
"""Ticks of the logarithmic scale; those outside of it are not drawn."""
_TICK = "datum.value < 1 ? format(datum.value, '~r') : replace(format(datum.value, '~s'), 'G', 'B')"


def rates_chart(
    projection: Projection, theme: Theme, line: int = 0, days_before: int = 0
) -> dict[str, Any]:
    """Draw the per-minute token limit of one usage line's model against the rates it needs.

    Args:
        projection: one scenario's.
        theme: of the page.
        line: index of the usage line; lines that share its limits are summed.
        days_before: how many days the plot shows before the scenario's first, so that it lies
            under a money chart that shows them.

    Returns:
        A Vega-Lite spec whose `datasets` are frames: `days` (date, tier, limit_text, average,
        peak, above, rate_limited, limit_at, average_at, peak_at; at most about 400 days), `limit`
        (date, limit_at, run), `need` (date, average_at, peak_at), `above` (date, limit_at,
        need_at, run: what is needed above a soft limit), `held` (date, until: rate-limited days,
        of any line), `marks` (date, line, label, row_narrow, row_wide: the names of the two),
        `notes` (date, until, label, row_narrow, row_wide: days without a limit to draw),
        `window` (at, text), `names` (line, label, label_at: what stands at the line ends),
        `frame` (the corners of the plot). Dates are datetime64, rates in tokens a minute; a
        column in _at says where they are drawn, peak_at nowhere where the peak is the average.

    Raises:
        IndexError: the scenario has usage, but no such line.
    """
    frames = _Frames(projection, line, days_before)
    return {
        **json.loads(_template(theme, frames.ruler.is_log, frames.is_soft)),
        "datasets": {
            "days": frames.days(),
            "frame": corners(
                projection.scenario, frames.ruler.bottom, frames.ruler.top, days_before
            ),
            "limit": frames.limit_line(),
            "need": frames.need_lines(),
            "above": frames.above(),
            "held": frames.held(),
            "marks": frames.marks(),
            "notes": frames.notes(),
            "window": frames.window_line(),
            "names": frames.names(),
        },
    }


def rates_takeaway(projection: Projection, line: int = 0) -> str:
    """Say in one sentence what the rates chart shows.

    Raises:
        IndexError: the scenario has usage, but no such line.
    """
    scenario = projection.scenario
    if not scenario.usage:
        return "No usage is planned, so no rate is needed."
    rates = per_minute(projection, line)
    limit, peak = rates["tpm_limit"].to_numpy(), rates["tpm_peak"].to_numpy()
    need = "the peak need" if scenario.peak_factor > 1 else "the need"
    need_in_full = f"{need} of up to {count_in_short(peak.max())} tokens a minute"
    is_soft = _is_soft(scenario, line)
    grant = "guaranteed rate" if is_soft else "limit"
    unknown, below = np.isnan(limit), limit < peak
    if unknown.all():
        said = f"The {grant} of {scenario.usage[line].model} is not known, against {need_in_full}"
    elif below.any() and is_soft:
        when = _when(projection, below)
        said = f"{when[0].upper()}{when[1:]} {need} passes what is guaranteed"
        # Without credit, or over the month's limit, nothing of it may be.
        if projection.daily["tokens_above_guaranteed"].to_numpy()[below].any():
            said += ": served, but not assured"
    elif below.any():
        said = f"The limit is below {need} {_when(projection, below)}"
    else:
        said = f"The {grant} covers {need_in_full}"
    if unknown.any() and not unknown.all():
        it = f"the {grant}" if is_soft and below.any() else "it"
        said += f"; {it} is not known {_when(projection, unknown)}"
    held_here = below & (not is_soft)
    held_elsewhere = np.count_nonzero(_is_held(projection) & ~held_here)
    if held_elsewhere:
        days = "1 day" if held_elsewhere == 1 else f"{held_elsewhere} days"
        said += f"; other limits hold tokens back on {days}"
    return f"{said}."


@functools.cache
def _template(theme: Theme, is_log: bool, is_soft: bool) -> str:
    """The spec without its data."""
    lines = {"limit": theme.ink, "average": theme.first, "peak": theme.second}
    # All layers of a chart share one scale of colours.
    colours = {**lines, "held": theme.second, "above": theme.third}
    return spec_of(
        theme,
        [
            frame_layer(_TICK, "tokens per minute", _ROUND if is_log else None),
            alt.Chart(alt.NamedData("notes"))
            .mark_rect(color=theme.muted, opacity=0.09, aria=False)
            .encode(x_day(), alt.X2("until")),
            alt.Chart(alt.NamedData("held"))
            .mark_rect(color=theme.shade, opacity=0.16, aria=False)
            .encode(x_day(), alt.X2("until")),
            alt.Chart(alt.NamedData("above"))
            .mark_area(color=theme.third, opacity=0.3, interpolate="step-after", aria=False)
            .encode(
                x_day(),
                y_of("need_at"),
                alt.Y2("limit_at"),
                detail=alt.Detail("run", type="nominal"),
            ),
            _names_of_marks(theme, colours),
            alt.Chart(alt.NamedData("window"))
            .mark_rule(color=theme.muted, strokeDash=[2, 3], strokeWidth=1.25, x=0, aria=False)
            .encode(y_of("at"), x2=to_plot_end()),
            _need(theme.second, y_of("peak_at"), strokeDash=[5, 3]),
            _need(theme.first, y_of("average_at")),
            alt.Chart(alt.NamedData("limit"))
            .mark_line(color=theme.ink, strokeWidth=2.5, interpolate="step-after", aria=False)
            .encode(x_day(), y_of("limit_at"), detail=alt.Detail("run", type="nominal")),
            end_labels(theme, colours),
            staggered_text("notes", theme.muted),
            *hover_layers(
                theme,
                _tooltip_of_a_day(is_soft),
                {f"{line}_at": colour for line, colour in lines.items()},
            ),
        ],
        height=_HEIGHT,
        title="Tokens per minute: limit and need",
        description=(
            "Step chart over days: the tokens a minute that the tier in force allows, against "
            "those that the plan needs on average and in its busiest minute, with the days on "
            "which limits hold tokens back shaded, and what is needed above a guaranteed rate."
        ),
    )


def _need(colour: str, y: alt.Y, **style: Any) -> alt.Chart:
    line: alt.Chart = (
        alt.Chart(alt.NamedData("need"))
        .mark_line(color=colour, strokeWidth=1.75, interpolate="step-after", aria=False, **style)
        .encode(x_day(), y)
    )
    return line


def _names_of_marks(theme: Theme, colours: dict[str, str]) -> alt.Chart:
    """Name what is shaded in the strip under the plot; a name that meets another stands above."""
    layer: alt.Chart = (
        alt.Chart(alt.NamedData("marks"))
        .mark_text(
            align="left",
            baseline="middle",
            dx=expression(f"min(4, width - {_LABEL_WIDTH} - scale('x', datum.date))"),
            fontSize=11,
            y=expression(f"height - {STRIP // 2} - {LABEL_HEIGHT} * max(0, {ROW})"),
        )
        .encode(
            x_day(),
            text=alt.Text("label", type="nominal"),
            color=colour_of_line(theme, colours),
        )
    )
    return layer


def _tooltip_of_a_day(is_soft: bool) -> list[alt.Tooltip]:
    limit = "Guaranteed" if is_soft else "Limit"
    above = alt.Tooltip("above", type="quantitative", title="Above guaranteed", format=",.1~f")
    return [
        alt.Tooltip("date", type="temporal", title="Day", format="%a %-d %b %Y"),
        alt.Tooltip("tier", type="nominal", title="Tier"),
        alt.Tooltip("limit_text", type="nominal", title=limit),
        alt.Tooltip("average", type="quantitative", title="Average need", format=",.1~f"),
        alt.Tooltip("peak", type="quantitative", title="Peak need", format=",.1~f"),
        *([above] if is_soft else []),
        alt.Tooltip("rate_limited", type="quantitative", title="Rate-limited", format=",.0f"),
    ]


class _Frames:
    """The frames of one chart: what a line's limits grant and what is needed, day by day."""

    def __init__(self, projection: Projection, line: int, days_before: int) -> None:
        self.projection = projection
        self.scenario = scenario = projection.scenario
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
            self.is_soft = _is_soft(scenario, line)
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

    def days(self) -> pd.DataFrame:
        """What a pointer finds: of stretches too short to see, the day that needs most."""
        drawn, changes = self.drawn, self.limit_changes
        words = np.array([_limit_in_words(self.limit[first]) for first in changes], dtype=object)
        finite = np.where(np.isfinite(self.limit), self.limit, np.nan)
        return pd.DataFrame(
            {
                "date": dates(self.scenario, drawn),
                "tier": self.projection.daily["tier"].array[drawn],
                "limit_text": words[np.searchsorted(changes, drawn, side="right") - 1],
                "average": self.average[drawn],
                "peak": self.peak[drawn],
                "above": self.not_guaranteed[drawn],
                "rate_limited": self.projection.daily["tokens_rate_limited"].to_numpy()[drawn],
                "limit_at": self._at(finite[drawn]),
                "average_at": self._at(self.average[drawn]),
                "peak_at": self._at(self._peak_if_any(drawn)),
            }
        )

    def limit_line(self) -> pd.DataFrame:
        """Corners of the limit's steps; a run ends where the limit is no number."""
        days: list[int] = []
        limits: list[float] = []
        in_runs: list[int] = []
        for run, spans in enumerate(self._finite_runs()):
            for first, after in spans:
                days += [first, after]
                limits += [self.limit[first]] * 2
                in_runs += [run] * 2
        return pd.DataFrame(
            {
                "date": dates(self.scenario, days),
                "limit_at": self._at(np.array(limits, dtype=float)),
                "run": np.array(in_runs, dtype=np.int64),
            }
        )

    def need_lines(self) -> pd.DataFrame:
        """Corners of the need's steps, up to the end of the last day."""
        drawn = np.flatnonzero(np.diff(self.average, prepend=np.nan) != 0)
        if drawn.size > MOST_DAYS_DRAWN:
            drawn = days_to_draw(self.scenario.days, [], weight=self.average)[1:-1]
        days = np.array([0, *drawn[1:], self.scenario.days])
        ends = np.append(drawn, drawn[-1])
        if not self.scenario.usage:
            days, ends = days[:0], ends[:0]
        return pd.DataFrame(
            {
                "date": dates(self.scenario, days),
                "average_at": self._at(self.average[ends]),
                "peak_at": self._at(self._peak_if_any(ends)),
            }
        )

    def above(self) -> pd.DataFrame:
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
        return pd.DataFrame(
            {
                "date": dates(self.scenario, days),
                "limit_at": self._at(self.limit[corner]),
                "need_at": self._at(self.peak[corner]),
                "run": np.array(in_runs, dtype=np.int64),
            }
        )

    def held(self) -> pd.DataFrame:
        """Runs of days on which rate limits hold tokens back."""
        held = self._runs_to_see(_is_held(self.projection))
        return pd.DataFrame(
            {
                "date": dates(self.scenario, [first for first, _ in held]),
                "until": dates(self.scenario, [after for _, after in held]),
            }
        )

    def marks(self) -> pd.DataFrame:
        """Names of what is shaded, each at its longest run of days."""
        shaded = (
            ("held", "rate-limited", _is_held(self.projection)),
            ("above", "above the guaranteed rate", self.not_guaranteed > 0),
        )
        marks = sorted(
            (max(self._runs_to_see(days), key=lambda run: run[1] - run[0])[0], line, label)
            for line, label, days in shaded
            if days.any()
        )
        labels = [label for *_, label in marks]
        narrow, wide = rows_of_labels([first / self.days_shown for first, *_ in marks], labels)
        return pd.DataFrame(
            {
                "date": dates(self.scenario, [first for first, *_ in marks]),
                "line": texts(line for _, line, _ in marks),
                "label": texts(labels),
                "row_narrow": narrow,
                "row_wide": wide,
            }
        )

    def notes(self) -> pd.DataFrame:
        """Days without a limit to draw, and why."""
        narrow, wide = self.rows
        return pd.DataFrame(
            {
                "date": dates(self.scenario, [first for first, *_ in self.noted]),
                "until": dates(self.scenario, [after for _, after, _ in self.noted]),
                "label": texts(note for *_, note in self.noted),
                "row_narrow": narrow,
                "row_wide": wide,
            }
        )

    def window_line(self) -> pd.DataFrame:
        """The tokens of one request as large as the model takes."""
        windows = [self.context_window] if self.context_window else []
        return pd.DataFrame(
            {
                "at": np.array(windows, dtype=float),
                "text": texts(f"A full request: {window:,} tokens" for window in windows),
            }
        )

    def names(self) -> pd.DataFrame:
        """What stands right of the last day, apart from each other."""
        need = "Average need" if self.has_peak else "Need"
        ends = [("average", need, self.average[-_WEEK:].max())] if self.scenario.usage else []
        if self.has_peak and self.scenario.usage:
            ends.append(("peak", "Peak need", self.peak[-_WEEK:].max()))
        if isfinite(self.limit[-1]):
            grant = "Guaranteed" if self.is_soft else "Limit"
            ends.append(("limit", grant, self.limit[-1]))
        named = [(value, line, f"{name} {count_in_short(value)}") for line, name, value in ends]
        if self.context_window:
            size = count_in_short(self.context_window)
            named.append((self.context_window, "threshold", f"Full {size} request"))
        named.sort(key=lambda name: name[0])
        places = self._at(np.array([value for value, *_ in named], dtype=float))
        apart = spread([self.ruler.place(at) for at in places], LABEL_HEIGHT / _PLOT_HEIGHT)
        return pd.DataFrame(
            {
                "line": texts(line for _, line, _ in named),
                "label": texts(label for *_, label in named),
                "label_at": np.array([self.ruler.value(place) for place in apart], dtype=float),
            }
        )

    def _noted(self) -> list[tuple[int, int, str]]:
        if not self.scenario.usage:
            return [(0, self.scenario.days, "no usage planned")]
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
            return ruler_with_room_above(1, above, _PLOT_HEIGHT)
        smallest, largest = float(positive.min()), float(positive.max())
        is_log = largest > _LOG_OVER * smallest
        return ruler_with_room_above(
            largest, above, _PLOT_HEIGHT, smallest=smallest / 1.5 if is_log else None
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


def _is_soft(scenario: Scenario, line: int) -> bool:
    """Whether more than the line's limits is served, only not guaranteed."""
    row = scenario.limits_table.row_for(scenario.usage[line].model)
    return row is not None and row.soft


def _is_held(projection: Projection) -> Bools:
    return projection.daily["tokens_rate_limited"].to_numpy() > 0


def _spans(limit: Floats) -> list[tuple[int, int]]:
    """Runs of days with one limit, each as its first day and the day after its last."""
    same = (limit[1:] == limit[:-1]) | (np.isnan(limit[1:]) & np.isnan(limit[:-1]))
    edges = [0, *(np.flatnonzero(~same) + 1).tolist(), limit.size]
    return list(pairwise(edges))


def _note(limit: float) -> str:
    if np.isnan(limit):
        return "limit not known"
    return "no limit" if limit > 0 else "not available"


def _limit_in_words(limit: float) -> str:
    return f"{limit:,.0f}" if isfinite(limit) and limit > 0 else _note(limit).removeprefix("limit ")


def _when(projection: Projection, days: Bools) -> str:
    """Say on which days something holds, with its dates."""
    scenario = projection.scenario
    spans = runs(days)
    first, after = spans[0][0], spans[-1][1]

    def said(day: int) -> str:
        return day_in_words(scenario.start + timedelta(days=day))

    if len(spans) > 1:
        count = np.count_nonzero(days)
        return f"on {count} days between {said(first)} and {said(after - 1)}"
    if first == 0:
        return f"until {said(after)}" if after < scenario.days else "on every day"
    if after == scenario.days:
        return f"from {said(first)} on"
    return f"from {said(first)} until {said(after)}"
