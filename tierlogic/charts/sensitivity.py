"""What matters: a bar for each step, left where a tier opens sooner and right where later."""

import json
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from tierlogic.charts.parts import expression, spec_of, texts
from tierlogic.charts.theme import Theme
from tierlogic.language import day_in_words, kept_by_language, say
from tierlogic.questions.sensitivity import Effect, Sensitivity, days_moved_in_words

_MOST_BARS = 12
_ROW_HEIGHT = 36
"""Pixels: the step in words, and the bar under it."""
_ABOVE_AND_BELOW = 62
"""Pixels of the title and of the axis."""
_LEAST_SPAN = 7
"""Days that the axis reaches to either side at least."""
_WORDS_AT = f"{_ROW_HEIGHT} * datum.row + 9"
_BAR_AT = f"{_ROW_HEIGHT} * datum.row + 25"

Side = Literal["sooner", "later"]


def sensitivity_chart(found: Sensitivity, theme: Theme) -> dict[str, Any]:
    """Draw what the largest steps gain or lose.

    Returns:
        A Vega-Lite spec whose `datasets` are frames: `steps` (row, change, result, side, shift in
        days, less than 0 where the tier opens sooner, is_endless where it opens only with or only
        without the step, and text), `frame` (the ends of the axis).
    """
    effects = effects_drawn(found)
    longest = max((abs(effect.days or 0) for effect in effects), default=0)
    span = 1.1 * max(longest, _LEAST_SPAN)
    return {
        **json.loads(_template(theme, rows=max(len(effects), 1))),
        "datasets": {
            "steps": pd.DataFrame(
                {
                    "change": texts(effect.change for effect in effects),
                    "result": texts(_result(effect) for effect in effects),
                    "text": texts(effect.text for effect in effects),
                    "side": texts(_side(effect) or "" for effect in effects),
                    "shift": np.array([_shift(effect, span) for effect in effects], dtype=float),
                    "is_endless": np.array([effect.days is None for effect in effects], dtype=bool),
                    "row": np.arange(len(effects)),
                }
            ),
            "frame": pd.DataFrame({"shift": [-span, span]}),
        },
    }


def effects_drawn(found: Sensitivity) -> list[Effect]:
    """Return the effects that have a bar, the largest first."""
    return [effect for effect in found.effects if _side(effect)][:_MOST_BARS]


def sensitivity_takeaway(found: Sensitivity) -> str:
    """Say what matters most, and how much more credit is of any use."""
    return f"{found.summary} {found.saturation.text}" if found.saturation else found.summary


@kept_by_language(None)
def _template(theme: Theme, rows: int) -> str:
    """The spec without its data."""
    steps = alt.Chart(alt.NamedData("steps"))
    colours = alt.Scale(domain=["sooner", "later"], range=[theme.first, theme.second])
    frame = (
        alt.Chart(alt.NamedData("frame"))
        .mark_point(opacity=0, size=1, aria=False, tooltip=None)
        .encode(
            alt.X(
                "shift",
                type="quantitative",
                title=None,
                scale=alt.Scale(nice=False, zero=False),
                axis=alt.Axis(
                    labelExpr=_days_on_axis(),
                    tickCount=expression("width < 560 ? 3 : 7"),
                    tickMinStep=1,
                    labelOverlap=True,
                    labelFlush=True,
                    grid=False,
                    domain=False,
                ),
            )
        )
    )
    bars = steps.mark_rule(strokeWidth=10, y=expression(_BAR_AT)).encode(
        _x("shift"),
        x2=alt.datum(0),
        color=alt.Color("side", type="nominal", legend=None, scale=colours),
        opacity=alt.condition("datum.is_endless", alt.value(0.45), alt.value(1)),
        tooltip=[alt.Tooltip("text", type="nominal", title=say("Step"))],
        description=alt.Description("text", type="nominal"),
    )
    zero = (
        alt.Chart(alt.NamedData("frame"))
        .mark_rule(color=theme.muted, strokeWidth=1, aria=False)
        .encode(x=alt.datum(0))
    )
    words = steps.mark_text(
        align="left",
        baseline="middle",
        fontSize=12,
        fontWeight=600,
        color=theme.ink,
        x=2,
        y=expression(_WORDS_AT),
        limit=expression("width - 4"),
    ).encode(text=alt.Text("change", type="nominal"))
    return spec_of(
        theme,
        [frame, zero, bars, words, _results(theme, "sooner"), _results(theme, "later")],
        height=rows * _ROW_HEIGHT + _ABOVE_AND_BELOW,
        title=say("Days sooner or later"),
        description=say(
            "Bar chart of steps around the plan, the largest first: bars to the left are days "
            "that a tier opens sooner, bars to the right days that it opens later."
        ),
    )


def _days_on_axis() -> str:
    """Vega expression: days in words, those sooner are less than 0."""
    planned = json.dumps(say("as planned"))
    one_sooner, one_later = json.dumps(days_moved_in_words(1)), json.dumps(days_moved_in_words(-1))
    sooner = json.dumps(say("{days} days sooner", days="#"))
    later = json.dumps(say("{days} days later", days="#"))
    return (
        f"datum.value == 0 ? {planned} : "
        f"datum.value == -1 ? {one_sooner} : datum.value == 1 ? {one_later} : "
        f"replace(datum.value < 0 ? {sooner} : {later}, '#', abs(datum.value))"
    )


def _results(theme: Theme, side: Side) -> alt.Chart:
    """Say what a step does across the middle from its bar, where nothing is drawn."""
    right = side == "sooner"
    layer: alt.Chart = (
        alt.Chart(alt.NamedData("steps"))
        .mark_text(
            align="left" if right else "right",
            baseline="middle",
            dx=6 if right else -6,
            fontSize=11,
            color=theme.ink,
            y=expression(_BAR_AT),
            limit=expression("width / 2 - 8"),
        )
        .encode(x=alt.datum(0), text=alt.Text("result", type="nominal"))
        .transform_filter(f"datum.side == '{side}'")
    )
    return layer


def _x(column: str) -> alt.X:
    return alt.X(column, type="quantitative", title=None)


def _side(effect: Effect) -> Side | None:
    if effect.kind in {"sooner", "only with this"}:
        return "sooner"
    return "later" if effect.kind in {"later", "no longer"} else None


def _shift(effect: Effect, span: float) -> float:
    """Days on the axis: to its end where the tier opens only with or only without the step."""
    if effect.days is not None:
        return float(-effect.days)
    return -span if effect.kind == "only with this" else span


def _result(effect: Effect) -> str:
    if effect.days:
        return days_moved_in_words(effect.days)
    if effect.on is None:
        return say("no longer opens")
    return say("only with this, {day}", day=day_in_words(effect.on))
