"""The lanes of a comparison: for each plan the tiers in force over time, and when they open."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tierlogic.answer import if_reading
from tierlogic.charts.compared_parts import Span, colours_of_plans, labels_of_plans, plan_names
from tierlogic.charts.layout import LABEL_HEIGHT, STRIP, WIDE_FROM, rows_of_labels, rows_taken
from tierlogic.charts.parts import expression, frame_layer, spec_of, texts, x_day, y_of
from tierlogic.charts.theme import Theme
from tierlogic.charts.words import day_in_short, tiers_in_short
from tierlogic.engine.block import Ints
from tierlogic.language import day_in_words, kept_by_language, say, say_count
from tierlogic.links.names import LETTERS
from tierlogic.projection import Projection
from tierlogic.questions.compare import Comparison

_MOST_LABEL_ROWS = 5
"""Above a lane's bar; a label that would need another row is left out."""
_NAME = 17
"""Pixels of a lane for its name, above its labels."""
_BAR = 15
_GAP = 12


def lanes_chart(comparison: Comparison, theme: Theme) -> dict[str, Any]:
    """Draw a lane for each plan: the tiers in force over time, and the days that tiers open.

    Returns:
        A Vega-Lite spec whose `datasets` are frames: `bars` (date, until, low, high, rank, text:
        a tier in force, rank 0 for the ladder's lowest to 1 for its highest), `labels` (date,
        label, text, low, high, row_narrow, row_wide: unlocks, and tiers lost), `names` (line,
        label, label_at), `frame` (the corners of the plot). Lanes lie one below the other from 0
        down, one pixel a unit.
    """
    frames = _LaneFrames(comparison)
    lanes = len(comparison.scenarios)
    return {
        **json.loads(_lanes_template(theme, lanes, frames.label_rows)),
        "datasets": {
            "bars": frames.bars(),
            "frame": frames.span.corners(-lanes * frames.lane, 0),
            "labels": frames.labels(),
            "names": frames.names(),
        },
    }


def lanes_takeaway(comparison: Comparison) -> str:
    """Say in one sentence in which plan the highest tier that any of them reaches opens first."""
    opened = comparison.unlocks.dropna(subset="on")
    base = comparison.scenarios[comparison.base].rules
    own = [
        plan
        for plan, scenario in enumerate(comparison.scenarios)
        if scenario.rules.provider == base.provider
    ]
    opened = opened[opened["plan"].isin(own)]
    tier = next((name for name in reversed(comparison.tiers) if name in set(opened["tier"])), None)
    if tier is None:
        return say("No tier opens in any of the plans.")
    at_tier = opened[opened["tier"] == tier]
    days: dict[int, date] = dict(zip(at_tier["plan"], at_tier["on"], strict=True))
    first = min(days.values())

    def names(plans: Iterable[int]) -> str:
        return ", ".join(comparison.names[plan] for plan in plans)

    soonest = names(plan for plan in days if days[plan] == first)
    said = [
        say(
            "{tier} opens first in {plans}, on {day}",
            tier=tier,
            plans=soonest,
            day=day_in_words(first),
        )
    ]
    said += [
        say_count(
            "{count} day later in {plan}",
            "{count} days later in {plan}",
            (on - first).days,
            plan=comparison.names[plan],
        )
        for plan, on in sorted(days.items(), key=lambda item: item[1])
        if on > first
    ]
    never = [plan for plan in own if plan not in days]
    if never:
        said.append(say("not in {plans}", plans=names(never)))
    return f"{'; '.join(said)}."


@kept_by_language(None)
def _lanes_template(theme: Theme, lanes: int, label_rows: int) -> str:
    colours = colours_of_plans(theme, lanes)
    row = f"(width < {WIDE_FROM} ? datum.row_narrow : datum.row_wide)"
    bars = alt.Chart(alt.NamedData("bars"))
    labels = alt.Chart(alt.NamedData("labels"))
    return spec_of(
        theme,
        [
            frame_layer("''", say("plans")),
            bars.mark_bar(color=theme.first, stroke=theme.first, strokeWidth=0.75).encode(
                x_day(),
                y_of("low"),
                x2=alt.X2("until"),
                y2=alt.Y2("high"),
                fillOpacity=alt.FillOpacity(
                    "rank",
                    type="quantitative",
                    legend=None,
                    scale=alt.Scale(domain=[0, 1], range=[0.06, 0.95]),
                ),
                tooltip=[alt.Tooltip("text", type="nominal", title=say("In force"))],
                description=alt.Description("text", type="nominal"),
            ),
            labels.mark_rule(color=theme.ink, strokeWidth=1, aria=False).encode(
                x_day(),
                y_of("low"),
                y2=alt.value(
                    expression(f"scale('y', datum.high) + {LABEL_HEIGHT} * max(0, {row})")
                ),
                opacity=alt.value(expression(f"{row} < 0 ? 0 : 0.8")),
            ),
            labels.mark_text(
                align="left",
                baseline="top",
                dx=4,
                fontSize=11,
                fontWeight=600,
                color=theme.ink,
                yOffset=expression(f"{LABEL_HEIGHT} * max(0, {row}) + 1"),
                opacity=expression(f"{row} < 0 ? 0 : 1"),
                limit=expression("max(40, width - scale('x', datum.date) - 4)"),
            ).encode(
                x_day(),
                y_of("high"),
                text=alt.Text("label", type="nominal"),
                tooltip=[alt.Tooltip("text", type="nominal", title=say("Opens"))],
            ),
            plan_names(theme, colours, wide=True).encode(x=alt.value(0)),
        ],
        height=lanes * _lane_height(label_rows) + 66 + STRIP,
        title=say("Tiers in force"),
        description=say(
            "A lane for each plan over days: the tiers in force one after the other, darker for "
            "higher ones, with the days on which they open."
        ),
    )


def _lane_height(label_rows: int) -> int:
    return _NAME + label_rows * LABEL_HEIGHT + _BAR + _GAP


class _LaneFrames:
    """Frames of the lanes."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.span = Span.of(comparison)
        self.marks = [self._marks(plan) for plan in range(len(comparison.scenarios))]
        self.rows = [self._rows(marks) for marks in self.marks]
        self.label_rows = max(rows_taken(*rows) for rows in self.rows)
        self.lane = _lane_height(self.label_rows)

    def bars(self) -> pd.DataFrame:
        return pd.concat(
            [self._bars_of(plan) for plan in range(len(self.comparison.scenarios))],
            ignore_index=True,
        )

    def labels(self) -> pd.DataFrame:
        frames = [self._labels_of(plan) for plan in range(len(self.comparison.scenarios))]
        return pd.concat(frames, ignore_index=True)

    def names(self) -> pd.DataFrame:
        labels = labels_of_plans(self.comparison)
        places = [-plan * self.lane - _NAME / 2 for plan in range(len(labels))]
        return pd.DataFrame(
            {
                "line": texts(LETTERS[: len(labels)]),
                "label": texts(labels),
                "label_at": np.array(places, dtype=float),
            }
        )

    def _bars_of(self, plan: int) -> pd.DataFrame:
        """The tiers in force in a plan, one after the other."""
        projection, name = self.comparison.projections[plan], self.comparison.names[plan]
        changes, tiers = projection.tier_changes, projection.scenario.rules.tier_names
        starts = [self.span.offset(day) for day, _ in changes]
        end = self.span.offset(projection.scenario.last_day) + 1
        top = self._bar_top(plan)
        return pd.DataFrame(
            {
                "date": self.span.dates(starts),
                "until": self.span.dates([*starts[1:], end]),
                "text": texts(
                    say("{plan}: {tier} from {day}", plan=name, tier=tier, day=day_in_words(day))
                    for day, tier in changes
                ),
                "low": np.full(len(changes), top - _BAR),
                "high": np.full(len(changes), top),
                "rank": np.array([tiers.index(tier) for _, tier in changes])
                / max(len(tiers) - 1, 1),
            }
        )

    def _labels_of(self, plan: int) -> pd.DataFrame:
        """What stands above a plan's bar: the tier at the start, unlocks and tiers lost."""
        marks, (narrow, wide) = self.marks[plan], self.rows[plan]
        return pd.DataFrame(
            {
                "date": self.span.dates([self.span.offset(day) for day, *_ in marks]),
                "label": texts(label for _, label, _ in marks),
                "text": texts(text for *_, text in marks),
                "low": np.full(len(marks), self._bar_top(plan)),
                "high": np.full(len(marks), float(-plan * self.lane - _NAME)),
                "row_narrow": narrow,
                "row_wide": wide,
            }
        )

    def _bar_top(self, plan: int) -> float:
        return float(-plan * self.lane - _NAME - self.label_rows * LABEL_HEIGHT)

    def _rows(self, marks: Sequence[tuple[date, str, str]]) -> tuple[Ints, Ints]:
        starts = [self.span.offset(day) / self.span.days for day, *_ in marks]
        narrow, wide = rows_of_labels(starts, [label for _, label, _ in marks])
        return (
            np.where(narrow < _MOST_LABEL_ROWS, narrow, -1),
            np.where(wide < _MOST_LABEL_ROWS, wide, -1),
        )

    def _marks(self, plan: int) -> list[tuple[date, str, str]]:
        """Each marked day of a plan with its label, and what a pointer finds there."""
        projection = self.comparison.projections[plan]
        other = self.comparison.other_readings[plan]
        start, present = projection.tier_changes[0]
        opened = [(unlock.on, unlock.tier) for unlock in projection.unlocks[1:] if unlock.on]
        lost = [
            (start + timedelta(days=day), projection.scenario.rules.tier_names[tier])
            for day, tier in projection.diary.falls.get(0, [])
        ]
        marks = [
            (
                day,
                f"{tiers_in_short(tiers)} · {self._short(day)}",
                _opens_in_words(other, tiers, day),
            )
            for day, tiers in _by_day(opened)
        ]
        for day, tiers in _by_day(lost):
            names = tiers_in_short(tiers)
            label = say("{tiers} lost · {day}", tiers=names, day=self._short(day))
            text = say("{tiers} lost on {day}.", tiers=names, day=day_in_words(day))
            marks.append((day, label, text))
        if all(day > start for day, *_ in marks):
            text = say("{tier} is in force on {day}.", tier=present, day=day_in_words(start))
            marks.append((start, present, text))
        return sorted(marks, key=lambda mark: mark[0])

    def _short(self, day: date) -> str:
        return day_in_short(day, self.span.days)


def _by_day(pairs: Iterable[tuple[date, str]]) -> list[tuple[date, list[str]]]:
    days = groupby(sorted(pairs, key=lambda pair: pair[0]), key=lambda pair: pair[0])
    return [(day, [words for _, words in together]) for day, together in days]


def _opens_in_words(other: Projection, tiers: Sequence[str], day: date) -> str:
    """Say when tiers open, and what the other reading says of those that it opens otherwise."""
    said = [say("{tier} on {day}", tier=tiers_in_short(tiers), day=day_in_words(day))]
    condition = if_reading(other.scenario.reading)
    for tier in tiers:
        on = other.unlock(tier).on
        if on is None:
            said.append(say("{tier} not in this plan {condition}", tier=tier, condition=condition))
        elif on != day:
            said.append(
                say(
                    "{tier} on {day} {condition}",
                    tier=tier,
                    day=day_in_words(on),
                    condition=condition,
                )
            )
    return f"{'; '.join(said)}."
