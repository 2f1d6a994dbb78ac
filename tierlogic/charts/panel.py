"""A panel: a stretch of a chart's height with a vertical axis of its own."""

from dataclasses import dataclass
from typing import Any

import altair as alt

from tierlogic.charts.layout import LABEL_HEIGHT, STRIP, WIDE_FROM

ROW = f"(width < {WIDE_FROM} ? datum.row_narrow : datum.row_wide)"
"""Vega expression: the row of a staggered label."""


@dataclass(frozen=True)
class Panel:
    """Where one of a chart's parts is drawn. Places are Vega expressions, in pixels from the top.

    A chart of one part fills its view.
    """

    top: str = "0"
    bottom: str = "height"
    prefix: str = ""
    """Before the names of the datasets that every part of a chart has."""

    @property
    def foot(self) -> str:
        """Where the lowest value stands, above the strip."""
        return f"({self.bottom} - {STRIP})"

    @property
    def strip(self) -> str:
        """The middle of the strip under the lowest value."""
        return f"({self.bottom} - {STRIP // 2})"

    @property
    def row_top(self) -> str:
        """The upper edge of a datum's row of staggered labels."""
        return f"({self.top} + {LABEL_HEIGHT} * max(0, {ROW}))"

    @property
    def from_top_to_bottom(self) -> dict[str, Any]:
        """Channels of what runs through the panel's whole height."""
        return {
            "y": alt.value(alt.ExprRef(self.top)),
            "y2": alt.value(alt.ExprRef(self.bottom)),
        }

    def corners(self, value: str) -> list[alt.ExprRef]:
        """A scale's domain, from the two rows of `frame`.

        Vega would look for the ends in every dataset of every layer.

        Args:
            value: Vega expression of a row, which stands in it as {}.
        """
        frame = f"data('{self.prefix}frame')"
        # The browser draws once before there are data.
        return [
            alt.ExprRef(f"length({frame}) ? {value.format(f'{frame}[{row}]')} : {row + 1}")
            for row in range(2)
        ]

    def data(self, name: str) -> alt.NamedData:
        """Return a dataset that every part of a chart has, this one's."""
        return alt.NamedData(f"{self.prefix}{name}")


WHOLE = Panel()
