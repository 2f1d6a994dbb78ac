"""What the charts' specs have in common. They hold nothing of a scenario: that is in their data."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from tierlogic.charts.layout import LABEL_COLUMN, WIDE_FROM
from tierlogic.charts.panel import ROW, WHOLE, Panel
from tierlogic.charts.theme import Theme
from tierlogic.engine.block import Ints
from tierlogic.language import date_format_for_d3, locale_for_d3, say
from tierlogic.projection import Projection
from tierlogic.scenario import Scenario

Columns = dict[str, Any]
"""A dataset as arrays by their names: frames take longer to make than all that is in them."""

WIDTH = 720
"""Pixels, where the page does not stretch the chart."""
AXIS_WIDTH = 42
"""Of both charts, so that they line up under each other."""

PLOT_END = f"width - {LABEL_COLUMN}"
"""Vega expression: where the horizon ends and the names of the lines begin."""

_HOVERED = "day"
_IS_HOVERED = alt.ParameterPredicate(param=_HOVERED, empty=False)

_DAYS_SHOWN = "(domain('x')[1] - domain('x')[0]) / 864e5"
_DAY_ON_AXIS = (
    "hours(datum.value) != 0 ? '' : timeFormat(datum.value, "
    f"{_DAYS_SHOWN} > 2200 ? {{year}} : {_DAYS_SHOWN} > 120 ? {{month}} : "
    "datum.index == 0 ? {day} : {day_of_a_year})"
)
"""Vega expression: a day without doubt of its year, and no hours on a very short horizon."""


def expression(vega: str) -> alt.ExprRef:
    """Let the browser compute a mark's property."""
    return alt.ExprRef(vega)


def x_day(**look: Any) -> alt.X:
    """Channel of days; all layers share the axis and scale of `frame_layer`."""
    return alt.X("date", type="temporal", title=None, **look)


def y_of(column: str, **look: Any) -> alt.Y:
    """Channel of a value; all layers share the axis and scale of `frame_layer`."""
    return alt.Y(column, type="quantitative", title=None, **look)


def to_plot_end() -> Any:
    """Channel x2 of what runs to the end of the horizon."""
    return alt.value(expression(PLOT_END))


def frame_layer(
    tick_label: str,
    what: str,
    log_ticks: Sequence[float] | None = None,
    panel: Panel = WHOLE,
) -> alt.Chart:
    """Span the plot by two invisible points, its corners, and say how its axes look.

    Args:
        tick_label: Vega expression that says a value.
        what: the values are, for a screen reader. Vega's own words keep the range of older data.
        log_ticks: values on the axis of a logarithmic scale; None: the scale is linear.
        panel: where the plot is.
    """
    # From the first day's start to the last one's end, with room for names to the right.
    days = x_day(
        scale=alt.Scale(
            domain=WHOLE.corners("toDate({}.date)"), nice=False, range=[0, expression(PLOT_END)]
        ),
        axis=alt.Axis(
            grid=False,
            tickCount=expression(f"width < {WIDE_FROM} ? 4 : 8"),
            labelExpr=_DAY_ON_AXIS.format(
                year=date_in_vega("y"),
                month=date_in_vega("yMMM"),
                day=date_in_vega("yMMMd"),
                day_of_a_year=date_in_vega("MMMd"),
            ),
            labelOverlap=True,
        ),
    )
    value = y_of(
        "value",
        scale=alt.Scale(
            type="log" if log_ticks else "linear",
            domain=panel.corners("{}.value"),
            nice=False,
            range=[expression(panel.foot), expression(panel.top)],
        ),
        axis=alt.Axis(
            description=say("Vertical axis: {what}", what=what),
            labelExpr=tick_label,
            values=list(log_ticks) if log_ticks else alt.Undefined,
            tickCount=alt.Undefined if log_ticks else 5,
            minExtent=AXIS_WIDTH,
            maxExtent=AXIS_WIDTH,
            orient="left",
            domain=False,
            grid=False,
            labelOverlap=True,
            labelFlush=False,
        ),
    )
    layer: alt.Chart = (
        alt.Chart(panel.data("frame"))
        .mark_point(opacity=0, size=1, aria=False, tooltip=None)
        .encode(days, value)
    )
    return layer


def hover_layers(
    theme: Theme, tooltip: Sequence[alt.Tooltip], lines: dict[str, str]
) -> list[alt.Chart]:
    """Mark the day nearest to the pointer on every line and tell what it holds.

    Args:
        theme: of the page.
        tooltip: of a row of `days`.
        lines: colour by column of `days`.
    """
    hover = alt.selection_point(
        name=_HOVERED,
        encodings=["x"],
        nearest=True,
        on="pointerover",
        clear="pointerout",
        empty=False,
    )
    days = alt.Chart(alt.NamedData("days"))
    sensor = (
        days.mark_rule(opacity=0, aria=False)
        .encode(x_day(), tooltip=list(tooltip))
        .add_params(hover)
    )
    rule = (
        days.mark_rule(color=theme.muted, strokeWidth=1, aria=False)
        .encode(x_day())
        .transform_filter(_IS_HOVERED)
    )
    return [rule, *hover_dots(lines), sensor]


def hover_dots(lines: dict[str, str]) -> list[alt.Chart]:
    """Mark the day nearest to the pointer on lines, where `hover_layers` are in the same chart.

    Args:
        lines: colour by column of `days`.
    """
    return [
        alt.Chart(alt.NamedData("days"))
        .mark_point(color=colour, filled=True, size=45, opacity=1, aria=False)
        .encode(x_day(), y_of(column))
        .transform_filter(_IS_HOVERED)
        for column, colour in lines.items()
    ]


def tooltip_of_a_day() -> list[alt.Tooltip]:
    """Say which day a row of `days` is, and its tier."""
    return [
        tooltip_of_the_date(),
        alt.Tooltip("tier", type="nominal", title=say("Tier")),
    ]


def end_labels(theme: Theme, colours: dict[str, str], panel: Panel = WHOLE) -> alt.Chart:
    """Name the lines in the column right of the last day: rows of `names`."""
    layer: alt.Chart = (
        alt.Chart(panel.data("names"))
        .mark_text(align="left", baseline="middle", dx=7, fontSize=11, fontWeight=600, limit=130)
        .encode(
            y_of("label_at"),
            x=alt.value(expression(PLOT_END)),
            text=alt.Text("label", type="nominal"),
            description=alt.Description("label", type="nominal"),
            color=colour_of_line(theme, colours),
        )
    )
    return layer


def tooltip_of_the_date() -> alt.Tooltip:
    """Say the date of a row of `days`."""
    return alt.Tooltip(
        "date", type="temporal", title=say("Day"), format=date_format_for_d3("yMMMEd")
    )


def date_in_vega(parts: str) -> str:
    """Write a date's format, whose parts are as of `date_format_for_d3`, for a Vega expression."""
    return json.dumps(date_format_for_d3(parts), ensure_ascii=False)


def colour_of_line(theme: Theme, colours: dict[str, str]) -> alt.Color:
    """Colour a row by its line; what is no line is muted."""
    scale = alt.Scale(domain=[*colours, "threshold"], range=[*colours.values(), theme.muted])
    return alt.Color("line", type="nominal", legend=None, scale=scale)


def staggered_text(data: str, colour: str, panel: Panel = WHOLE) -> alt.Chart:
    """Write labels at the top of the plot, each in its row, from its day to the right."""
    layer: alt.Chart = (
        alt.Chart(alt.NamedData(data))
        .mark_text(
            align="left",
            baseline="top",
            dx=4,
            fontSize=11,
            fontWeight=600,
            color=colour,
            y=expression(f"{panel.row_top} + 2"),
            opacity=expression(f"{ROW} < 0 ? 0 : 1"),
            limit=expression("max(40, width - scale('x', datum.date) - 4)"),
        )
        .encode(
            x_day(),
            text=alt.Text("label", type="nominal"),
            description=alt.Description("label", type="nominal"),
        )
    )
    return layer


def spec_of(
    theme: Theme,
    layers: Sequence[alt.Chart | alt.LayerChart | alt.FacetChart],
    *,
    height: int,
    title: str,
    description: str,
    are_panels: bool = False,
) -> str:
    """Put layers together as the text of a Vega-Lite spec.

    Panels share their days and have scales of values and colours of their own.
    """
    scales: Literal["independent", "shared"] = "independent" if are_panels else "shared"
    chart = (
        alt.layer(*layers)
        .resolve_scale(y=scales, color=scales)
        .properties(
            width=WIDTH,
            height=height,
            title=alt.TitleParams(
                title, anchor="start", frame="bounds", fontSize=14, fontWeight=600, offset=10
            ),
            autosize=alt.AutoSizeParams(type="fit", contains="padding"),
            padding={"left": 2, "right": 4, "top": 4, "bottom": 4},
            description=description,
        )
        .configure(locale=locale_for_d3() or alt.Undefined)
        .configure_axis(
            labelColor=theme.muted,
            titleColor=theme.muted,
            gridColor=theme.grid,
            tickColor=theme.grid,
            domainColor=theme.grid,
            labelFontSize=11,
        )
        .configure_title(color=theme.ink)
        # Vega would look at every row of every layer: only lines and points may be no number.
        .configure_mark(invalid=None)
        .configure_point(invalid="filter")
        .configure_line(invalid="break-paths-show-domains")
        .configure_area(invalid="break-paths-show-domains")
        .configure_view(stroke=None)
    )
    return json.dumps(chart.to_dict())


def corners(scenario: Scenario, bottom: float, top: float, days_before: int = 0) -> Columns:
    """Make the frame of a plot: from the first day's start to the last one's end.

    Args:
        scenario: whose days they are.
        bottom: the lowest value.
        top: the highest value.
        days_before: how many days the plot shows before the scenario's first.
    """
    days = [-days_before, scenario.days]
    return {"date": dates(scenario, days), "value": np.array([bottom, top], dtype=float)}


def as_frames(datasets: Mapping[str, Columns]) -> dict[str, pd.DataFrame]:
    """Make a chart's datasets frames, for who reads them."""
    return {name: pd.DataFrame(columns) for name, columns in datasets.items()}


def days_columns(projection: Projection, drawn: Ints, *columns: Columns) -> Columns:
    """Make the columns of the days that are drawn: date, tier, and what else they have."""
    together = {name: values for some in columns for name, values in some.items()}
    return {
        "date": dates(projection.scenario, drawn),
        "tier": projection.daily["tier"].array[drawn],
        **together,
    }


def dates(scenario: Scenario, days: Sequence[int] | np.ndarray[Any, Any]) -> Any:
    """Return days counted from the start as datetime64."""
    start = np.datetime64(scenario.start, "D")
    return (start + np.asarray(days, dtype="timedelta64[D]")).astype("datetime64[ms]")


def texts(of: Iterable[str]) -> Any:
    """Make a column of text, also where there is none: an empty one would count as numbers."""
    return np.array(list(of), dtype=object)
