"""The rates chart: tokens a minute that the tier grants, beside those that the plan needs."""

import json
from datetime import timedelta
from typing import Any

import altair as alt
import numpy as np

from tierlogic.capacity import per_minute
from tierlogic.charts.layout import LABEL_HEIGHT, STRIP, runs
from tierlogic.charts.panel import ROW, WHOLE, Panel
from tierlogic.charts.parts import (
    as_frames,
    colour_of_line,
    days_columns,
    end_labels,
    expression,
    frame_layer,
    hover_layers,
    spec_of,
    staggered_text,
    to_plot_end,
    tooltip_of_a_day,
    x_day,
    y_of,
)
from tierlogic.charts.rates_frames import RatesFrames, held_days, is_guarantee
from tierlogic.charts.theme import Theme
from tierlogic.counts import count_in_short
from tierlogic.engine.block import Bools
from tierlogic.events import days_over_the_cap
from tierlogic.language import day_in_words, kept_by_language, number, say, say_count, to_say
from tierlogic.projection import Projection
from tierlogic.scenario import Scenario

_HEIGHT = 250
_PLOT_HEIGHT = _HEIGHT - 66 - STRIP
"""Pixels, about: less the title and the days' axis."""
_LABEL_WIDTH = "6 * length(datum.label)"
"""Vega expression: pixels that a label takes, about."""
_ROUND = [step * 10.0**power for power in range(-3, 15) for step in (1, 3)]
"""Ticks of the logarithmic scale; those outside of it are not drawn."""
_TICK = "datum.value < 1 ? format(datum.value, '~r') : replace(format(datum.value, '~s'), 'G', 'B')"
TITLE_OF_RATES = to_say("Tokens per minute: limit and need")
WHAT_RATES_ARE = to_say(
    "Step chart over days: the tokens a minute that the tier in force allows, against "
    "those that the plan needs on average and in its busiest minute, with the days on "
    "which limits hold tokens back shaded, and what is needed above a guaranteed rate."
)


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
    frames = RatesFrames(projection, line, days_before, _PLOT_HEIGHT)
    return {
        **json.loads(_template(theme, frames.ruler.is_log, frames.is_soft)),
        "datasets": as_frames(
            {
                "days": days_columns(projection, frames.drawn, frames.of_days(frames.drawn)),
                **frames.besides_days(),
            }
        ),
    }


def rates_takeaway(projection: Projection, line: int = 0) -> str:
    """Say in one sentence what the rates chart shows.

    Raises:
        IndexError: the scenario has usage, but no such line.
    """
    scenario = projection.scenario
    rates = per_minute(projection, line) if scenario.usage else None
    if rates is None or not rates["tpm_peak"].any():
        return say("No usage is planned, so no rate is needed.")
    limit, peak = rates["tpm_limit"].to_numpy(), rates["tpm_peak"].to_numpy()
    is_soft = is_guarantee(scenario, line)
    unknown, below = np.isnan(limit), limit < peak
    if below.any():
        said = [_said_of_the_need(projection, below, is_soft)]
    else:
        said = [_said_of_the_grant(scenario, line, float(peak.max()), not unknown.all())]
    if unknown.any() and not unknown.all():
        when = _when(projection, unknown)
        said.append(
            say("the guaranteed rate is not known {when}", when=when)
            if is_soft and below.any()
            else say("it is not known {when}", when=when)
        )
    held_here = below & (not is_soft)
    held_elsewhere = int(np.count_nonzero(held_days(projection) & ~held_here))
    if held_elsewhere:
        said.append(
            say_count(
                "other limits hold tokens back on {count} day",
                "other limits hold tokens back on {count} days",
                held_elsewhere,
            )
        )
    over_cap = days_over_the_cap(projection.diary)
    if over_cap.any():
        when = _when(projection, over_cap)
        said.append(say("the monthly usage limit holds usage back {when}", when=when))
    return f"{'; '.join(said)}."


def _said_of_the_need(projection: Projection, below: Bools, is_soft: bool) -> str:
    """Say on which days the need is more than is granted."""
    has_peak = projection.scenario.peak_factor > 1
    need, when = say("the peak need") if has_peak else say("the need"), _when(projection, below)
    if not is_soft:
        return say("The limit is below {need} {when}", need=need, when=when)
    when = f"{when[0].upper()}{when[1:]}"
    # Without credit, or over the month's limit, nothing of it may be served.
    if not projection.daily["tokens_above_guaranteed"].to_numpy()[below].any():
        return say("{when} {need} passes what is guaranteed", when=when, need=need)
    return say(
        "{when} {need} passes what is guaranteed: served, but not assured", when=when, need=need
    )


def _said_of_the_grant(scenario: Scenario, line: int, most: float, is_known: bool) -> str:
    """Say that what is granted is enough for a need, or not known."""
    tokens, is_soft = count_in_short(most), is_guarantee(scenario, line)
    need = (
        say("the peak need of up to {tokens} tokens a minute", tokens=tokens)
        if scenario.peak_factor > 1
        else say("the need of up to {tokens} tokens a minute", tokens=tokens)
    )
    if is_known:
        return (
            say("The guaranteed rate covers {need}", need=need)
            if is_soft
            else say("The limit covers {need}", need=need)
        )
    sentence = (
        to_say("The guaranteed rate of {model} is not known, against {need}")
        if is_soft
        else to_say("The limit of {model} is not known, against {need}")
    )
    return say(sentence, model=scenario.usage[line].model, need=need)


@kept_by_language(None)
def _template(theme: Theme, is_log: bool, is_soft: bool) -> str:
    """The spec without its data."""
    tooltip = [*tooltip_of_a_day(), *tooltip_of_rates(is_soft)]
    return spec_of(
        theme,
        [
            *rates_layers(theme, is_log),
            *hover_layers(theme, tooltip, colours_of_rates(theme)),
        ],
        height=_HEIGHT,
        title=say(TITLE_OF_RATES),
        description=say(WHAT_RATES_ARE),
    )


def rates_layers(theme: Theme, is_log: bool, panel: Panel = WHOLE) -> list[alt.Chart]:
    """Draw the limit and the need.

    Args:
        theme: of the page.
        is_log: whether the scale is logarithmic.
        panel: where they are drawn.
    """
    lines = {"limit": theme.ink, "average": theme.first, "peak": theme.second}
    # All layers of a panel share one scale of colours.
    colours = {**lines, "held": theme.second, "above": theme.third}
    return [
        frame_layer(_TICK, say("tokens per minute"), _ROUND if is_log else None, panel),
        _shaded("notes", panel, color=theme.muted, opacity=0.09),
        _shaded("held", panel, color=theme.shade, opacity=0.16),
        alt.Chart(alt.NamedData("above"))
        .mark_area(color=theme.third, opacity=0.3, interpolate="step-after", aria=False)
        .encode(
            x_day(),
            y_of("need_at"),
            alt.Y2("limit_at"),
            detail=alt.Detail("run", type="nominal"),
        ),
        _names_of_marks(theme, colours, panel),
        alt.Chart(alt.NamedData("window"))
        .mark_rule(color=theme.muted, strokeDash=[2, 3], strokeWidth=1.25, x=0, aria=False)
        .encode(y_of("at"), x2=to_plot_end()),
        _need(theme.second, y_of("peak_at"), strokeDash=[5, 3]),
        _need(theme.first, y_of("average_at")),
        alt.Chart(alt.NamedData("limit"))
        .mark_line(color=theme.ink, strokeWidth=2.5, interpolate="step-after", aria=False)
        .encode(x_day(), y_of("limit_at"), detail=alt.Detail("run", type="nominal")),
        end_labels(theme, colours, panel),
        staggered_text("notes", theme.muted, panel),
    ]


def colours_of_rates(theme: Theme) -> dict[str, str]:
    """Colour the lines, by their columns of `days`."""
    return {"limit_at": theme.ink, "average_at": theme.first, "peak_at": theme.second}


def _shaded(data: str, panel: Panel, **style: Any) -> alt.Chart:
    layer: alt.Chart = (
        alt.Chart(alt.NamedData(data))
        .mark_rect(aria=False, **style)
        .encode(x_day(), alt.X2("until"), **panel.from_top_to_bottom)
    )
    return layer


def _need(colour: str, y: alt.Y, **style: Any) -> alt.Chart:
    line: alt.Chart = (
        alt.Chart(alt.NamedData("need"))
        .mark_line(color=colour, strokeWidth=1.75, interpolate="step-after", aria=False, **style)
        .encode(x_day(), y)
    )
    return line


def _names_of_marks(theme: Theme, colours: dict[str, str], panel: Panel) -> alt.Chart:
    """Name what is shaded in the strip under the plot; a name that meets another stands above."""
    layer: alt.Chart = (
        alt.Chart(alt.NamedData("marks"))
        .mark_text(
            align="left",
            baseline="middle",
            dx=expression(f"min(4, width - {_LABEL_WIDTH} - scale('x', datum.date))"),
            fontSize=11,
            y=expression(f"{panel.strip} - {LABEL_HEIGHT} * max(0, {ROW})"),
        )
        .encode(
            x_day(),
            text=alt.Text("label", type="nominal"),
            color=colour_of_line(theme, colours),
        )
    )
    return layer


def tooltip_of_rates(is_soft: bool) -> list[alt.Tooltip]:
    """Say what a row of `days` holds of rates."""
    limit = say("Guaranteed") if is_soft else say("Limit")
    above = {"above": say("Above guaranteed")} if is_soft else {}
    needs = {"average": say("Average need"), "peak": say("Peak need"), **above}
    held = say("Rate-limited")
    return [
        alt.Tooltip("limit_text", type="nominal", title=limit),
        *(
            alt.Tooltip(column, type="quantitative", title=title, format=",.1~f")
            for column, title in needs.items()
        ),
        alt.Tooltip("rate_limited", type="quantitative", title=held, format=",.0f"),
    ]


def _when(projection: Projection, days: Bools) -> str:
    """Say on which days something holds, with its dates."""
    scenario = projection.scenario
    spans = runs(days)
    first, after = spans[0][0], spans[-1][1]

    def said(day: int) -> str:
        return day_in_words(scenario.start + timedelta(days=day))

    if len(spans) > 1:
        return say(
            "on {count} days between {first} and {last}",
            count=number(int(np.count_nonzero(days))),
            first=said(first),
            last=said(after - 1),
        )
    if first == 0:
        if after == scenario.days:
            return say("on every day")
        return say("until {day}", day=said(after))
    if after == scenario.days:
        return say("from {day} on", day=said(first))
    return say("from {first} until {after}", first=said(first), after=said(after))
