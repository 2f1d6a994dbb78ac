"""Where things go: which days are drawn, and labels that do not overlap.

A spec knows the chart's width only in the browser, so labels get two arrangements, for a narrow
and a wide plot, and the spec picks one of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

import numpy as np

from tierlogic.engine.block import Bools, Floats, Ints

MOST_DAYS_DRAWN = 400
LABEL_COLUMN = 104
"""Pixels right of the last day, for the names of the lines."""
LABEL_HEIGHT = 13
"""Pixels from one label to the next below it."""
STRIP = 14
"""Pixels under the plot's zero, for events."""
WIDE_FROM = 560
"""Pixels, with the label column, from which labels are arranged for a wide plot."""
_NARROW_PLOT = 200
_WIDE_PLOT = WIDE_FROM - LABEL_COLUMN
_CHARACTER = 6.2
"""Pixels that one of a label's characters takes, on the safe side."""
_MOST_ROWS = 6


@dataclass(frozen=True)
class Ruler:
    """A vertical axis: where a value stands between bottom (0) and top (1)."""

    bottom: float
    top: float
    is_log: bool = False

    def place(self, value: float) -> float:
        """Place a value, 0 at the bottom and 1 at the top."""
        if self.is_log:
            return log(value / self.bottom) / log(self.top / self.bottom)
        return (value - self.bottom) / (self.top - self.bottom)

    def value(self, place: float) -> float:
        """Return the value at a place, never beyond the ends."""
        if self.is_log:
            value = self.bottom * exp(place * log(self.top / self.bottom))
        else:
            value = self.bottom + place * (self.top - self.bottom)
        return min(max(value, self.bottom), self.top)


def ruler_with_room_above(
    largest: float, pixels_above: float, plot_height: float, smallest: float | None = None
) -> Ruler:
    """Make the ruler on which the largest value stays so many pixels under the top.

    Args:
        largest: a positive value.
        pixels_above: less than the plot's height.
        plot_height: pixels.
        smallest: the bottom of a logarithmic ruler; None: a linear one from 0.
    """
    used = 1 - pixels_above / plot_height
    if smallest is None:
        return Ruler(0, largest / used)
    return Ruler(smallest, smallest * (largest / smallest) ** (1 / used), is_log=True)


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Move ascending places in [0, 1] as little as it takes to lie a gap apart."""
    if len(places) < 2:
        return list(places)
    gap = min(gap, 1 / (len(places) - 1))
    # Less what the labels below need, the places only have to ascend: pool those that do not.
    pools: list[tuple[float, int]] = []
    for index, place in enumerate(places):
        mean, size = place - index * gap, 1
        while pools and pools[-1][0] > mean:
            below, below_size = pools.pop()
            mean = (mean * size + below * below_size) / (size + below_size)
            size += below_size
        pools.append((mean, size))
    room = 1 - (len(places) - 1) * gap
    slid = [min(max(mean, 0.0), room) for mean, size in pools for _ in range(size)]
    return [place + index * gap for index, place in enumerate(slid)]


def rows_of_labels(starts: Sequence[float], labels: Sequence[str]) -> tuple[Ints, Ints]:
    """Stagger labels that begin at ascending shares of the width and run to the right.

    A label lies below all labels that its own start lies under, so that neither the label nor
    the line down from it crosses another.

    Returns:
        The row of each label in a narrow plot and in a wide one: 0 is the top row, -1 no room.
    """
    return _rows(starts, labels, _NARROW_PLOT), _rows(starts, labels, _WIDE_PLOT)


def rows_taken(*arrangements: Ints) -> int:
    """How many rows the labels take at most."""
    return max((int(rows.max()) + 1 for rows in arrangements if rows.size), default=0)


def _rows(starts: Sequence[float], labels: Sequence[str], plot: int) -> Ints:
    ends: list[tuple[float, int]] = []
    rows = np.zeros(len(labels), dtype=np.int64)
    for index, (start, label) in enumerate(zip(starts, labels, strict=True)):
        left = start * plot
        row = 1 + max((row for end, row in ends if end > left), default=-1)
        if row >= _MOST_ROWS:
            rows[index] = -1
            continue
        rows[index] = row
        ends.append((left + len(label) * _CHARACTER + 8, row))
    return rows


def days_to_draw(
    days: int, keep: Iterable[int], rather: Ints | None = None, weight: Floats | None = None
) -> Ints:
    """Thin days evenly to about 400.

    Args:
        days: of the horizon.
        keep: days that are kept, besides the first and the last.
        rather: days that are kept as long as they are few; else they are thinned as well.
        weight: of each stretch of days the one with the largest weight is kept; None: the first.
    """
    if days <= MOST_DAYS_DRAWN:
        return np.arange(days)
    wanted = np.array([0, days - 1, *keep], dtype=np.int64)
    if rather is not None:
        wanted = np.concatenate([wanted, _thinned(rather, MOST_DAYS_DRAWN // 2)])
    wanted = np.unique(wanted)
    stretches = max(MOST_DAYS_DRAWN - wanted.size, MOST_DAYS_DRAWN // 4)
    edges = np.linspace(0, days, stretches + 1).astype(np.int64)
    if weight is None:
        even = edges[:-1]
    else:
        even = np.array([first + weight[first:end].argmax() for first, end in pairwise(edges)])
    return np.union1d(wanted, even)


def runs(days: Bools) -> list[tuple[int, int]]:
    """List the runs of days that are true, each as its first day and the day after its last."""
    edges = np.flatnonzero(np.diff(days.astype(np.int8), prepend=0, append=0))
    return [(int(first), int(after)) for first, after in edges.reshape(-1, 2)]


def joined(spans: Sequence[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Join runs with no more than a gap of days between them: nobody could see it."""
    together: list[tuple[int, int]] = []
    for first, after in spans:
        if together and first - together[-1][1] <= gap:
            together[-1] = (together[-1][0], after)
        else:
            together.append((first, after))
    return together


def _thinned(days: Ints, most: int) -> Ints:
    if days.size <= most:
        return days
    return days[np.linspace(0, days.size - 1, most).astype(np.int64)]
