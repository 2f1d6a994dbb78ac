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

from tierlogic.calendar import day_in_words
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
from tierlogic.projection import Projection

_HEIGHT = 250
_PLOT_HEIGHT = _HEIGHT - 66 - STRIP
"""Pixels, about: less the title and the days' axis."""
_WEEK = 7
"""Days at the end whose largest need is named: a weekend says little of the plan."""
_LOG_OVER = 30
"""Largest value over the smallest positive one from which on the scale is logarithmic."""
_ROUND = [step * 10.0**power for power in range(-3, 15) for step in (1, 3)]
"""Ticks of the logarithmic scale; those outside of it are not drawn."""
_TICK = "datum.value < 1 ? format(datum.value, '~r') : replace(format(datum.value, '~s'), 'G', 'B')"


def rates_chart(projection: Projection, theme: Theme, line: int = 0) -> dict[str, Any]:
    """Draw the per-minute token limit of one usage line's model against the rates it needs.

    Args:
        projection: one scenario's.
        theme: of the page.
        line: index of the usage line; lines that share its limits are summed.

    Returns:
        A Vega-Lite spec whose `datasets` are frames: `days` (date, tier, limit_text, average,
        peak, rate_limited, limit_at, average_at, peak_at; at most about 400 days), `limit` (date,
        limit_at, run), `need` (date, average_at, peak_at), `held` (date, until, label:
        rate-limited days, of any line), `notes` (date, until, label, row_narrow, row_wide: days
        without a limit to draw), `window` (at, text), `names` (line, label, label_at: what stands
        at the line ends), `frame` (the corners of the plot). Dates are datetime64, rates in
        tokens a minute; a column in _at says where they are drawn, peak_at nowhere where the
        peak is the average.

    Raises:
        IndexError: the scenario has usage, but no such line.
    """
    frames = _Frames(projection, line)
    return {
        **json.loads(_template(theme, frames.ruler.is_log)),
        "datasets": {
            "frame": corners(projection.scenario, frames.ruler.bottom, frames.ruler.top),
            "days": frames.days(),
            "limit": frames.limit_line(),
            "need": frames.need_lines(),
            "held": frames.held(),
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
    unknown, below = np.isnan(limit), limit < peak
    if unknown.all():
        said = f"The limit of {scenario.usage[line].model} is not known, against {need_in_full}"
    elif below.any():
        said = f"The limit is below {need} {_when(projection, below)}"
    else:
        said = f"The limit covers {need_in_full}"
    if unknown.any() and not unknown.all():
        said += f"; it is not known {_when(projection, unknown)}"
    held_elsewhere = np.count_nonzero(_is_held(projection) & ~below)
    if held_elsewhere:
        days = "1 day" if held_elsewhere == 1 else f"{held_elsewhere} days"
        said += f"; other limits hold tokens back on {days}"
    return f"{said}."


@functools.cache
def _template(theme: Theme, is_log: bool) -> str:
    """The spec without its data."""
    colours = {"limit": theme.ink, "average": theme.first, "peak": theme.second}
    held, notes = alt.NamedData("held"), alt.NamedData("notes")
    return spec_of(
        theme,
        [
            frame_layer(_TICK, _ROUND if is_log else None),
            alt.Chart(notes)
            .mark_rect(color=theme.muted, opacity=0.09, aria=False)
            .encode(x_day(), alt.X2("until")),
            alt.Chart(held)
            .mark_rect(color=theme.shade, opacity=0.16, aria=False)
            .encode(x_day(), alt.X2("until")),
            alt.Chart(held)
            .mark_text(
                align="left",
                baseline="middle",
                dx=4,
                fontSize=11,
                color=theme.second,
                y=expression(f"height - {STRIP // 2}"),
            )
            .encode(x_day(), text=alt.Text("label", type="nominal")),
            alt.Chart(alt.NamedData("window"))
            .mark_rule(color=theme.muted, strokeDash=[2, 3], strokeWidth=1.25, x=0)
            .encode(
                y_of("at"),
                x2=to_plot_end(),
                description=alt.Description("text", type="nominal"),
            ),
            _need(theme.second, y_of("peak_at"), strokeDash=[5, 3]),
            _need(theme.first, y_of("average_at")),
            alt.Chart(alt.NamedData("limit"))
            .mark_line(color=theme.ink, strokeWidth=2.5, interpolate="step-after", aria=False)
            .encode(x_day(), y_of("limit_at"), detail=alt.Detail("run", type="nominal")),
            end_labels(theme, colours),
            staggered_text("notes", theme.muted),
            *hover_layers(
                theme,
                _tooltip_of_a_day(),
                {f"{line}_at": colour for line, colour in colours.items()},
            ),
        ],
        height=_HEIGHT,
        title="Tokens per minute",
        description=(
            "Step chart over days: the tokens a minute that the tier in force allows, against "
            "those that the plan needs on average and in its busiest minute, with the days on "
            "which limits hold tokens back shaded."
        ),
    )


def _need(colour: str, y: alt.Y, **style: Any) -> alt.Chart:
    line: alt.Chart = (
        alt.Chart(alt.NamedData("need"))
        .mark_line(color=colour, strokeWidth=1.75, interpolate="step-after", aria=False, **style)
        .encode(x_day(), y)
    )
    return line


def _tooltip_of_a_day() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("date", type="temporal", title="Day", format="%a %-d %b %Y"),
        alt.Tooltip("tier", type="nominal", title="Tier"),
        alt.Tooltip("limit_text", type="nominal", title="Limit"),
        alt.Tooltip("average", type="quantitative", title="Average need", format=",.1~f"),
        alt.Tooltip("peak", type="quantitative", title="Peak need", format=",.1~f"),
        alt.Tooltip("rate_limited", type="quantitative", title="Rate-limited", format=",.0f"),
    ]


class _Frames:
    """The frames of one chart: what a line's limits grant and what is needed, day by day."""

    def __init__(self, projection: Projection, line: int) -> None:
        self.projection = projection
        self.scenario = scenario = projection.scenario
        nothing = np.zeros(scenario.days)
        self.has_peak = scenario.peak_factor > 1
        self.limit: Floats = np.full(scenario.days, np.nan)
        self.average: Floats = nothing
        self.peak: Floats = nothing
        self.context_window: int | None = None
        if scenario.usage:
            rates = per_minute(projection, line)
            self.limit = rates["tpm_limit"].to_numpy()
            self.average = rates["tpm_average"].to_numpy()
            self.peak = rates["tpm_peak"].to_numpy()
            self.context_window = scenario.usage[line].context_window
        self.spans = _spans(self.limit)
        self.noted = self._noted()
        self.rows = rows_of_labels(
            [first / scenario.days for first, *_ in self.noted], [note for *_, note in self.noted]
        )
        self.ruler = self._ruler()

    def days(self) -> pd.DataFrame:
        """What a pointer finds: of stretches too short to see, the day that needs most."""
        changes = np.array([first for first, _ in self.spans])
        drawn = days_to_draw(self.scenario.days, changes, weight=self.average)
        words = np.array([_limit_in_words(self.limit[first]) for first in changes], dtype=object)
        finite = np.where(np.isfinite(self.limit), self.limit, np.nan)
        return pd.DataFrame(
            {
                "date": dates(self.scenario, drawn),
                "tier": self.projection.daily["tier"].array[drawn],
                "limit_text": words[np.searchsorted(changes, drawn, side="right") - 1],
                "average": self.average[drawn],
                "peak": self.peak[drawn],
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

    def held(self) -> pd.DataFrame:
        """Runs of days on which rate limits hold tokens back; the longest has the label."""
        invisible = ceil(self.scenario.days / MOST_DAYS_DRAWN) - 1
        held = joined(runs(_is_held(self.projection)), gap=invisible)
        longest = max(held, key=lambda run: run[1] - run[0], default=None)
        return pd.DataFrame(
            {
                "date": dates(self.scenario, [first for first, _ in held]),
                "until": dates(self.scenario, [after for _, after in held]),
                "label": texts("rate-limited" if run == longest else "" for run in held),
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
            ends.append(("limit", "Limit", self.limit[-1]))
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
