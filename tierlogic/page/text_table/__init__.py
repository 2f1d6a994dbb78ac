"""A table of text that wraps and scrolls by itself; Streamlit's own is drawn on a canvas.

It costs the browser little: of Streamlit's tables the lightest has 0.8 MB of code to load.
"""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from tierlogic.page.beside import text_beside

_TABLE = st.components.v2.component(
    "tierlogic_text_table",
    html=text_beside(__file__, "table.html"),
    css=text_beside(__file__, "table.css"),
    js=text_beside(__file__, "table.js"),
)


class Column(NamedTuple):
    """A column: what stands above it, and whether its text may stand in several lines."""

    heading: str
    wraps: bool = False


class Cell(NamedTuple):
    """What stands in one place; a link is followed where it begins with https://."""

    text: str
    link: str = ""


def text_table(
    label: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, key: str
) -> None:
    """Draw a table.

    Args:
        label: what a screen reader calls it.
        columns: the first names the rows, and does not wrap.
        rows: as many cells each as there are columns; plain text, not Markdown.
        key: its own on the page.
    """
    _TABLE(
        key=key,
        data={
            "label": label,
            "headings": [column.heading for column in columns],
            "wraps": [place for place, column in enumerate(columns) if column.wraps],
            "rows": [
                [
                    {"text": cell.text, "link": cell.link if _is_safe(cell.link) else ""}
                    for cell in row
                ]
                for row in rows
            ],
        },
    )


def _is_safe(link: str) -> bool:
    return link.startswith("https://")
