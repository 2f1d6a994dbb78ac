"""Tiers over time: how many of many accounts have reached each tier, day by day."""

import json
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tierlogic.charts.layout import LABEL_HEIGHT, STRIP, days_to_draw, ruler_with_room_above, spread
from tierlogic.charts.parts import (
    end_labels,
    frame_layer,
    hover_layers,
    spec_of,
    texts,
    tooltip_of_the_date,
    x_day,
    y_of,
)
from tierlogic.charts.theme import Theme
from tierlogic.counts import count_in_short
from tierlogic.language import day_in_words, kept_by_language, number, say

_HEIGHT = 320
_PLOT_HEIGHT = _HEIGHT - 66 - STRIP
_ROOM_ABOVE = 8
"""Pixels."""
_TICK = "datum.value % 1 ? '' : format(datum.value, ',')"


def tiers_chart(by_day: pd.DataFrame, theme: Theme) -> dict[str, Any]:
    """Draw the accounts of one ladder as a band a tier, the lowest tier at the bottom.

    Args:
        by_day: of `accounts_by_day`.
        theme: of the page.

    Returns:
        A Vega-Lite spec whose `datasets` are frames: `bands` (date, tier, accounts, number, rank,
        low, high: each day on which a count changes, thinned to about 400, and the end of the last
        day with the same as its start; rank is 0 for the lowest tier and 1 for the highest), `days`
        (date, text: each of these days in words), `names` (line, label, label_at), `frame` (the
        corners of the plot).
    """
    frames = _Frames(by_day)
    return {
        **json.loads(_template(theme)),
        "datasets": {
            "bands": frames.bands(),
            "days": frames.days(),
            "names": frames.names(),
            "frame": frames.corners(),
        },
    }


def tiers_takeaway(by_day: pd.DataFrame) -> str:
    """Say in one sentence how many accounts are at which tier on the first and the last day."""
    frames = _Frames(by_day)
    first, last = (day_in_words(frames.dates[place]) for place in (0, -1))
    if len(frames.said) == 1:
        return say("On {day}: {accounts}.", day=first, accounts=frames.said[0])
    return say(
        "On {first_day}: {first_accounts}; on {last_day}: {last_accounts}.",
        first_day=first,
        first_accounts=frames.said[0],
        last_day=last,
        last_accounts=frames.said[-1],
    )


@kept_by_language(None)
def _template(theme: Theme) -> str:
    bands = alt.Chart(alt.NamedData("bands"))
    tooltip = [
        tooltip_of_the_date(),
        alt.Tooltip("text", type="nominal", title=say("Accounts")),
    ]
    return spec_of(
        theme,
        [
            frame_layer(_TICK, say("accounts")),
            bands.mark_area(
                color=theme.first,
                interpolate="step-after",
                line={"color": theme.first, "strokeWidth": 0.75},
                aria=False,
            ).encode(
                x_day(),
                y_of("low"),
                alt.Y2("high"),
                detail=alt.Detail("number", type="ordinal"),
                fillOpacity=alt.FillOpacity(
                    "rank",
                    type="quantitative",
                    legend=None,
                    scale=alt.Scale(domain=[0, 1], range=[0.06, 0.95]),
                ),
            ),
            end_labels(theme, {"tier": theme.first}),
            *hover_layers(theme, tooltip, {}),
        ],
        height=_HEIGHT,
        title=say("Tiers over time, in accounts"),
        description=say(
            "Stacked areas over days: how many accounts have reached each tier, a band for each, "
            "the lowest tier at the bottom and darker for higher ones."
        ),
    )


class _Frames:
    """The frames of the chart: bands stacked over days."""

    def __init__(self, by_day: pd.DataFrame) -> None:
        changes = by_day.pivot(index="day", columns="number", values="accounts")
        counts = changes.iloc[days_to_draw(len(changes), keep=())]
        self.tiers: list[str] = by_day["tier"].iloc[: len(counts.columns)].tolist()
        self.dates = pd.DatetimeIndex(counts.index)
        self.counts = counts.to_numpy(np.int64)
        self.tops = self.counts.cumsum(axis=1)
        self.said = [self._in_words(day) for day in self.counts.tolist()]
        largest = max(float(self.tops[:, -1].max()), 1.0)
        self.ruler = ruler_with_room_above(largest, _ROOM_ABOVE, _PLOT_HEIGHT)
        self.edges = pd.DatetimeIndex([*self.dates, self.dates[-1] + pd.offsets.Day()])

    def bands(self) -> pd.DataFrame:
        counts, tops = (np.vstack([of, of[-1:]]) for of in (self.counts, self.tops))
        days, tiers = counts.shape
        number = np.tile(np.arange(tiers), days)
        return pd.DataFrame(
            {
                "date": self.edges.repeat(tiers),
                "tier": texts(self.tiers * days),
                "accounts": counts.ravel(),
                "number": number,
                "rank": number / max(tiers - 1, 1),
                "low": (tops - counts).ravel().astype(float),
                "high": tops.ravel().astype(float),
            }
        )

    def days(self) -> pd.DataFrame:
        return pd.DataFrame({"date": self.edges[:-1], "text": texts(self.said)})

    def names(self) -> pd.DataFrame:
        """What stands right of the last day: the tiers that accounts are at, apart."""
        middles = self.tops[-1] - self.counts[-1] / 2
        places = [
            (self.ruler.place(middle), f"{tier} · {count_in_short(count)}")
            for middle, tier, count in zip(middles, self.tiers, self.counts[-1], strict=True)
            if count
        ]
        apart = spread([place for place, _ in places], LABEL_HEIGHT / _PLOT_HEIGHT)
        return pd.DataFrame(
            {
                "line": texts("tier" for _ in places),
                "label": texts(label for _, label in places),
                "label_at": np.array([self.ruler.value(place) for place in apart], dtype=float),
            }
        )

    def corners(self) -> pd.DataFrame:
        ends = [self.ruler.bottom, self.ruler.top]
        return pd.DataFrame({"date": self.edges[[0, -1]], "value": ends})

    def _in_words(self, counts: Sequence[int]) -> str:
        """Say the highest tier first."""
        named = zip(reversed(self.tiers), reversed(counts), strict=True)
        said = [
            say("{count} at {tier}", count=number(count), tier=tier)
            for tier, count in named
            if count
        ]
        return ", ".join(said) or say("none")
