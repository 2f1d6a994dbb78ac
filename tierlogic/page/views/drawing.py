"""A chart on the page, with a name that a screen reader says, and its figures as a table."""

from typing import Any

import pyarrow as pa
import streamlit as st

from tierlogic.charts.theme import Theme, theme_of


def draw(chart: dict[str, Any], name: str, **selection: Any) -> None:
    """Draw a chart; the buttons above it, too, are told apart by its name.

    Args:
        chart: a spec with its frames; "Show data" shows the first of them.
        name: the same at each call, else the browser draws anew in place of swapping the data.
        selection: how a click is answered, as `st.vega_lite_chart` takes it.
    """
    spec = {part: said for part, said in chart.items() if part != "description"}
    # As plain tables: Streamlit takes twice as long to write frames with their indexes.
    tables = {of: pa.table(dict(frame.items())) for of, frame in chart["datasets"].items()}
    st.vega_lite_chart({**spec, "datasets": tables}, alt=name, **selection)


def theme() -> Theme:
    """The colours for the reader's theme."""
    return theme_of(st.context.theme.type)
