"""The money chart: used, paid and credit beside the thresholds, and the days that tiers open."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from tierlogic.charts.actual import Actual, actual_layers
from tierlogic.charts.layout import STRIP, days_to_draw
from tierlogic.charts.money_frames import MoneyFrames
from tierlogic.charts.panel import WHOLE, Panel
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
from tierlogic.charts.theme import Theme
from tierlogic.language import day_in_words, kept_by_language, say, to_say
from tierlogic.money import SYMBOLS, amount_in_words, shortfall_in_words
from tierlogic.projection import Projection
from tierlogic.rules.gates import Money
from tierlogic.tier_in_words import counted_by

_HEIGHT = 320
_PLOT_HEIGHT = _HEIGHT - 66 - STRIP
"""Pixels, about: less the title and the days' axis."""
_TICK = (
    "datum.value > 0 && datum.value < 1 ? '{symbol}' + format(datum.value, '.2f') : "
    "'{symbol}' + replace(format(datum.value, '~s'), 'G', 'B')"
)

_REACHES: dict[Money, str] = {
    "used": to_say("used reaches {amount} on {day} and opens {tier}"),
    "paid": to_say("paid reaches {amount} on {day} and opens {tier}"),
    "purchased": to_say("purchased reaches {amount} on {day} and opens {tier}"),
}


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
        corners of the plot), and with an actual line those of `Actual.columns`. Dates are
        datetime64, amounts in the ladder's currency.
    """
    frames = MoneyFrames(projection, actual, _PLOT_HEIGHT)
    drawn = days_to_draw(projection.scenario.days, frames.unlock_days, rather=frames.payment_days)
    return {
        **json.loads(_template(theme, frames.currency, has_actual=actual is not None)),
        "datasets": as_frames(
            {
                "days": days_columns(projection, drawn, frames.of_days(drawn)),
                **frames.besides_days(other),
            }
        ),
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


@kept_by_language(None)
def _template(theme: Theme, currency: str, *, has_actual: bool) -> str:
    """The spec without its data."""
    tooltip = [*tooltip_of_a_day(), *tooltip_of_money(currency)]
    return spec_of(
        theme,
        money_layers(theme, currency, tooltip, has_actual=has_actual),
        height=_HEIGHT,
        title=title_of_money(currency),
        description=say(WHAT_MONEY_IS),
    )


WHAT_MONEY_IS = to_say(
    "Line chart over days: money used, money paid and credit left, with the amounts that "
    "tiers ask for as horizontal lines, and the days that tiers open as vertical lines, "
    "dashed where a tier is lost."
)


def title_of_money(currency: str) -> str:
    """Name the chart."""
    return say("Money over time, {currency}", currency=currency)


def money_layers(
    theme: Theme,
    currency: str,
    tooltip: Sequence[alt.Tooltip],
    *,
    has_actual: bool,
    panel: Panel = WHOLE,
) -> list[alt.Chart]:
    """Draw all of the money.

    Args:
        theme: of the page.
        currency: of the ladder.
        tooltip: of a row of `days`.
        has_actual: whether there are the frames of an actual line.
        panel: where it is drawn.
    """
    colours = {"used": theme.first, "paid": theme.second, "balance": theme.third}
    return [
        frame_layer(_TICK.format(symbol=SYMBOLS[currency]), currency, panel=panel),
        alt.Chart(alt.NamedData("thresholds"))
        .mark_rule(color=theme.muted, strokeWidth=1, opacity=0.55, x=0, aria=False)
        .encode(y_of("amount"), x2=to_plot_end()),
        _rule("other", panel, color=theme.muted, strokeDash=[1, 4], strokeWidth=1.5),
        _rule("unlocks", panel, color=theme.ink, strokeWidth=1, opacity=0.8),
        _rule("falls", panel, color=theme.second, strokeDash=[6, 4], strokeWidth=1.5),
        _rule("reopenings", panel, color=theme.ink, strokeWidth=1, opacity=0.8),
        _line(theme.third, "balance", strokeDash=[5, 3], strokeWidth=1.75),
        _line(theme.second, "paid", strokeWidth=1.75),
        _line(theme.first, "used", strokeWidth=2.5, interpolate="linear"),
        alt.Chart(panel.data("names"))
        .mark_point(filled=True, size=28, opacity=1, aria=False)
        .encode(
            x_day(),
            y_of("amount"),
            color=colour_of_line(theme, colours),
        ),
        end_labels(theme, colours, panel),
        staggered_text("unlocks", theme.ink, panel),
        *hover_layers(theme, tooltip, colours),
        *(actual_layers(theme, panel) if has_actual else []),
        _wide_sensor("thresholds", say("Threshold")).encode(
            y_of("amount"), x=alt.value(0), x2=to_plot_end()
        ),
        *(
            _wide_sensor(data, title).encode(x_day(), **panel.from_top_to_bottom)
            for data, title in {
                "other": say("Other reading"),
                "unlocks": say("Opens"),
                "falls": say("Lost"),
                "reopenings": say("Opens again"),
            }.items()
        ),
        alt.Chart(alt.NamedData("events"))
        .mark_point(
            shape="triangle-up",
            size=55,
            filled=True,
            color=theme.ink,
            opacity=1,
            aria=False,
            y=expression(panel.strip),
        )
        .encode(x_day(), tooltip=[_tooltip_of_text(say("Event"))]),
    ]


def tooltip_of_money(currency: str) -> list[alt.Tooltip]:
    """Say what a row of `days` holds of money."""
    titles = {
        "used": say("Used, {symbol}", symbol=SYMBOLS[currency]),
        "paid": say("Paid, {symbol}", symbol=SYMBOLS[currency]),
        "balance": say("Credit, {symbol}", symbol=SYMBOLS[currency]),
    }
    return [
        alt.Tooltip(column, type="quantitative", title=title, format=",.2f")
        for column, title in titles.items()
    ]


def _line(colour: str, column: str, **style: Any) -> alt.Chart:
    style = {"interpolate": "step-after", **style}
    layer: alt.Chart = (
        alt.Chart(alt.NamedData("days"))
        .mark_line(color=colour, aria=False, **style)
        .encode(x_day(), y_of(column))
    )
    return layer


def _rule(data: str, panel: Panel, **style: Any) -> alt.Chart:
    """Mark days by lines from under the labels to the bottom."""
    layer: alt.Chart = (
        alt.Chart(alt.NamedData(data))
        .mark_rule(aria=False, **style)
        .encode(
            x_day(),
            y=alt.value(expression(panel.row_top)),
            y2=alt.value(expression(panel.bottom)),
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


def _said_of_unlocks(projection: Projection) -> Iterator[str]:
    """The highest tier that opens after the start."""
    scenario = projection.scenario
    gated = list(zip(scenario.rules.tiers, projection.unlocks, strict=True))[1:]
    later = [(tier, unlock) for tier, unlock in gated if unlock.on and unlock.on > scenario.start]
    if not later:
        if all(unlock.on for _, unlock in gated):
            start = day_in_words(scenario.start)
            yield say("every tier is open from {day} on", day=start)
        return
    tier, unlock = later[-1]
    gates = tier.money_gates
    if len(gates) == 1 and unlock.on and unlock.money_met_on == unlock.on:
        amount = amount_in_words(gates[0].amount, scenario.rules.currency)
        sentence = _REACHES[counted_by(gates[0], scenario)]
        yield say(sentence, amount=amount, day=day_in_words(unlock.on), tier=tier.name)
    elif unlock.on:
        yield say("{tier} opens on {day}", tier=tier.name, day=day_in_words(unlock.on))


def _said_of_credit(projection: Projection) -> Iterator[str]:
    """The first day that the credit does not pay for, and whether it stays the only one."""
    ran_out = [event.on for event in projection.events if event.kind == "credit_ran_out"]
    if not ran_out:
        return
    day = day_in_words(ran_out[0])
    if len(ran_out) > 1:
        yield say("the credit runs out for the first time on {day}", day=day)
    elif projection.daily["tokens_unfunded"].to_numpy()[-1] == 0:
        yield say("the credit runs out for a while on {day}", day=day)
    else:
        yield say("the credit runs out on {day}", day=day)


def _said_of_the_next(projection: Projection) -> Iterator[str]:
    """The lowest tier that does not open."""
    last = day_in_words(projection.scenario.last_day)
    currency = projection.scenario.rules.currency
    for unlock in projection.unlocks:
        if unlock.on is None:
            if unlock.held_by is None:
                yield say("what opens {tier} is not public", tier=unlock.tier)
            elif unlock.missing:
                short = shortfall_in_words(unlock.missing, currency)
                yield say(
                    "{tier} is still {amount} short on {day}",
                    tier=unlock.tier,
                    amount=short,
                    day=last,
                )
            else:
                yield say(
                    "{tier} has its money but is not open by {day}", tier=unlock.tier, day=last
                )
            return
