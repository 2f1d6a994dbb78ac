"""The map: the day on which a tier opens, by tokens per day and by what is bought now."""

import json
from itertools import groupby
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tierlogic.charts.parts import date_in_vega, expression, spec_of, texts
from tierlogic.charts.theme import Theme
from tierlogic.charts.words import money_in_short
from tierlogic.counts import count_in_short
from tierlogic.engine.block import Floats
from tierlogic.language import (
    day_in_words,
    kept_by_language,
    number,
    say,
)
from tierlogic.money import SYMBOLS
from tierlogic.questions.date_map import DateMap
from tierlogic.questions.prepaying import prepaid_now

SELECTED = "cell"
"""Name of the selection: a clicked cell's tokens and prepay."""
_HEIGHT = 400
_COLOURS = alt.SchemeParams(name="viridis", extent=[1, 0.2])
"""Bright for soon and darker for each later day, whatever colours the reader tells apart."""
_TOKENS = (
    "indexof([1, 2, 5], round(datum.value / pow(10, floor(log(datum.value) / LN10 + 1e-9)))) < 0 "
    "? '' : replace(format(datum.value, '~s'), 'G', 'B')"
)
"""Vega expression: 1, 2 and 5 of each decade; the other marks have no room for a label."""
_DAYS_ON_LEGEND = (
    "[domain('color')[0], "
    "864e5 * round((domain('color')[0] + domain('color')[1]) / 2 / 864e5), "
    "domain('color')[1]]"
)
"""Vega expression: the first day, one half-way and the last."""


def date_map_chart(found: DateMap, theme: Theme) -> dict[str, Any]:
    """Draw the day of a tier's unlock over tokens per day and what is bought now.

    A click selects a cell: the selection `cell` holds its tokens and prepay.

    Returns:
        A Vega-Lite spec whose `datasets` are frames: `cells` (tokens, prepay, day in milliseconds
        of Unix time or NaN, the edges tokens_from, tokens_to, prepay_from, prepay_to, and text),
        `whole` (the edges of the map), `plan` (tokens, prepay, label,
        side: where the plan itself is, if it is on the map), `notes` (tokens, prepay, label: what
        the grey part of the map means).
    """
    cells = _cells(found)
    return {
        **json.loads(_template(theme, found.scenario.rules.currency)),
        "datasets": {
            "cells": cells,
            "whole": _whole(cells),
            "plan": _plan(found),
            "notes": _notes(found),
        },
    }


def date_map_takeaway(found: DateMap) -> str:
    """Say in one sentence what the map shows."""
    opening = found.cells.dropna(subset="date")
    if opening.empty:
        last = day_in_words(found.scenario.last_day)
        return say("{tier} does not open by {day} anywhere on the map.", tier=found.tier, day=last)
    first = opening["date"].min()
    soonest = opening[opening["date"] == first]
    least = soonest.loc[soonest["prepay"].idxmin()]
    currency = found.scenario.rules.currency
    return say(
        "{tier} opens on {day} at the earliest, from {amount} now and {tokens} tokens per day on; "
        "it opens within the plan in {count} of {all} cells.",
        tier=found.tier,
        day=day_in_words(first.date()),
        amount=money_in_short(least["prepay"], currency),
        tokens=count_in_short(least["tokens"]),
        count=number(len(opening)),
        all=number(len(found.cells)),
    )


@kept_by_language(None)
def _template(theme: Theme, currency: str) -> str:
    """The spec without its data."""
    cell = alt.selection_point(name=SELECTED, fields=["tokens", "prepay"], on="click")
    cells, edges = alt.Chart(alt.NamedData("cells")), _edges_of_a_cell(currency)
    return spec_of(
        theme,
        [
            alt.Chart(alt.NamedData("whole"))
            .mark_rect(color=theme.grid, aria=False)
            .encode(*edges),
            # A cell that no day has colours shows what lies below it.
            cells.mark_rect(aria=False, invalid="filter").encode(
                *edges, color=_colour_of_a_day(theme)
            ),
            cells.mark_rect(filled=False, stroke=theme.ink, strokeWidth=2.5, aria=False)
            .encode(*edges)
            .transform_filter({"param": SELECTED, "empty": False}),
            *_plan_layers(),
            _note_layer(theme),
            cells.mark_rect(opacity=0, cursor="pointer", aria=False)
            .encode(*edges, tooltip=[alt.Tooltip("text", type="nominal", title=say("Cell"))])
            .add_params(cell),
        ],
        height=_HEIGHT,
        title=say("Opens on"),
        description=say(
            "Heat map: tokens per day from left to right, credit bought now from bottom to top, "
            "coloured by the day on which a tier opens; grey where it does not within the plan."
        ),
    )


def _edges_of_a_cell(currency: str) -> tuple[alt.X, alt.X2, alt.Y, alt.Y2]:
    return (
        alt.X(
            "tokens_from",
            type="quantitative",
            title=say("Tokens per day"),
            scale=alt.Scale(type="log", nice=False),
            axis=alt.Axis(labelExpr=_TOKENS, grid=False, labelOverlap=True),
        ),
        alt.X2("tokens_to"),
        alt.Y(
            "prepay_from",
            type="quantitative",
            title=say("Bought now, {currency}", currency=currency),
            scale=alt.Scale(zero=False, nice=False),
            axis=alt.Axis(
                labelExpr=(
                    f"datum.value < 0 ? '' : '{SYMBOLS[currency]}' + format(datum.value, ',')"
                ),
                tickCount=6,
                grid=False,
            ),
        ),
        alt.Y2("prepay_to"),
    )


def _colour_of_a_day(theme: Theme) -> alt.Color:
    return alt.Color(
        "day",
        type="quantitative",
        scale=alt.Scale(scheme=_COLOURS, zero=False),
        legend=alt.Legend(
            orient="top",
            title=None,
            labelColor=theme.muted,
            labelFontSize=11,
            labelExpr=(
                f"isFinite(datum.value) ? utcFormat(datum.value, {date_in_vega('yMMMd')}) : ''"
            ),
            gradientLength=expression("min(320, width - 20)"),
            gradientThickness=10,
            values=expression(_DAYS_ON_LEGEND),
            labelOverlap=True,
        ),
    )


def _plan_layers() -> list[alt.Chart]:
    """Mark the plan so that it stands out from every colour of the map."""
    mark: alt.Chart = (
        alt.Chart(alt.NamedData("plan"))
        .mark_point(
            filled=True,
            fill="#ffffff",
            stroke="#000000",
            strokeWidth=2,
            size=110,
            opacity=1,
            aria=False,
        )
        .encode(_x(), _y())
    )
    halo = {"color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 4, "strokeJoin": "round"}
    looks: tuple[dict[str, Any], ...] = (halo, {"color": "#000000"})
    return [mark, *(_plan_label(side, look) for side in ("left", "right") for look in looks)]


def _plan_label(side: str, look: dict[str, Any]) -> alt.Chart:
    is_left = side == "left"
    layer: alt.Chart = (
        alt.Chart(alt.NamedData("plan"))
        .mark_text(
            align="right" if is_left else "left",
            dx=-11 if is_left else 11,
            baseline="middle",
            fontSize=12,
            fontWeight=700,
            aria=False,
            **look,
        )
        .encode(_x(), _y(), text=alt.Text("label", type="nominal"))
        .transform_filter(f"datum.side == '{side}'")
    )
    return layer


def _note_layer(theme: Theme) -> alt.Chart:
    layer: alt.Chart = (
        alt.Chart(alt.NamedData("notes"))
        .mark_text(baseline="middle", fontSize=12, color=theme.ink, aria=False)
        .encode(_x(), _y(), text=alt.Text("label", type="nominal"))
    )
    return layer


def _x() -> alt.X:
    return alt.X("tokens", type="quantitative")


def _y() -> alt.Y:
    return alt.Y("prepay", type="quantitative")


def _cells(found: DateMap) -> pd.DataFrame:
    tokens, prepay = np.array(found.tokens), np.array(found.prepay, dtype=float)
    token_edges, prepay_edges = np.exp(_edges(np.log(tokens))), _edges(prepay)
    across, up = len(tokens), len(prepay)
    dates = found.cells["date"].to_numpy()
    return pd.DataFrame(
        {
            "tokens": found.cells["tokens"],
            "prepay": found.cells["prepay"],
            "text": texts(_said(found, *cell) for cell in found.cells.itertuples(index=False)),
            # No scale of time runs over more than two colours.
            "day": np.where(np.isnat(dates), np.nan, dates.astype("datetime64[ms]").astype(float)),
            "tokens_from": np.repeat(token_edges[:-1], up),
            "tokens_to": np.repeat(token_edges[1:], up),
            "prepay_from": np.tile(prepay_edges[:-1], across),
            "prepay_to": np.tile(prepay_edges[1:], across),
        }
    )


def _whole(cells: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "tokens_from": [cells["tokens_from"].min()],
            "tokens_to": [cells["tokens_to"].max()],
            "prepay_from": [cells["prepay_from"].min()],
            "prepay_to": [cells["prepay_to"].max()],
        }
    )


def _edges(centres: Floats) -> Floats:
    """Edges half-way between the centres, the outermost as far out as the next ones are in."""
    between = (centres[1:] + centres[:-1]) / 2
    first, last = 2 * centres[0] - between[0], 2 * centres[-1] - between[-1]
    return np.concatenate([[first], between, [last]])


def _said(found: DateMap, tokens: float, prepay: float, date: pd.Timestamp) -> str:
    cell = {
        "amount": money_in_short(prepay, found.scenario.rules.currency),
        "tokens": count_in_short(tokens),
        "tier": found.tier,
    }
    if pd.isna(date):
        return say("{amount} now and {tokens} tokens per day: {tier} not within the plan", **cell)
    return say(
        "{amount} now and {tokens} tokens per day: {tier} on {day}", day=day_in_words(date), **cell
    )


def _plan(found: DateMap) -> pd.DataFrame:
    tokens, prepay = found.scenario.usage[0].tokens_per_day, prepaid_now(found.scenario)
    is_on_it = (
        found.tokens[0] <= tokens <= found.tokens[-1]
        and found.prepay[0] <= prepay <= found.prepay[-1]
    )
    is_right = tokens > found.tokens[len(found.tokens) // 2]
    rows = [(tokens, float(prepay), say("This plan"), "left" if is_right else "right")]
    return pd.DataFrame(
        {
            "tokens": np.array([tokens for tokens, *_ in rows * is_on_it], dtype=float),
            "prepay": np.array([prepay for _, prepay, *_ in rows * is_on_it], dtype=float),
            "label": texts(label for *_, label, _ in rows * is_on_it),
            "side": texts(side for *_, side in rows * is_on_it),
        }
    )


def _notes(found: DateMap) -> pd.DataFrame:
    """Name the grey part in the middle of its longest row, if it is long enough for words."""
    grid = found.cells["date"].isna().to_numpy().reshape(len(found.tokens), len(found.prepay))
    longest: list[tuple[int, int, int]] = []
    for row in range(len(found.prepay)):
        for is_empty, run in groupby(range(len(found.tokens)), key=lambda at: bool(grid[at, row])):
            if is_empty:
                columns = list(run)
                longest.append((len(columns), row, columns[len(columns) // 2]))
    most = max((length for length, *_ in longest), default=0)
    alike = [(row, column) for length, row, column in longest if length == most]
    shown = alike[len(alike) // 2 :][:1] if 4 * most >= len(found.tokens) else []
    return pd.DataFrame(
        {
            "tokens": np.array([found.tokens[column] for _, column in shown], dtype=float),
            "prepay": np.array([float(found.prepay[row]) for row, _ in shown], dtype=float),
            "label": texts(say("Not within the plan") for _ in shown),
        }
    )
