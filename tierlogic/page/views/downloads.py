"""The plan as files: each is made when its button is pressed, and not before."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from tierlogic.answer import Answer
from tierlogic.charts import Theme
from tierlogic.exports import (
    calendar_ics,
    can_draw,
    chart_data,
    chart_png,
    chart_svg,
    daily_csv,
    html_report,
    markdown_summary,
    projection_json,
)
from tierlogic.exports.gallery import gallery
from tierlogic.language import language, say, speaking
from tierlogic.links import NOTHING_ASKED, Asked
from tierlogic.page.markdown import plain
from tierlogic.page.views.drawing import theme
from tierlogic.page.views.matters import tier_in_front


@dataclass(frozen=True)
class File:
    """One file on offer."""

    label: str
    """Of its button."""
    name: str
    mime: str
    make: Callable[[], str | bytes]
    spoken: str = field(default_factory=language)

    def content(self) -> str | bytes:
        """Make it in the language of its button; a press is outside of any run of the page."""
        with speaking(self.spoken):
            return self.make()


def show_downloads(answered: Answer, asked: Asked, today: date) -> None:
    """Draw one button that opens to all files of the plan, and of the charts that are in sight."""
    icon = ":material/download:"
    with st.popover(
        say("Download"), type="tertiary", icon=icon, key="Download", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        for file in papers(answered, today, st.context.url or ""):
            _offer(file)
        tier = tier_in_front(answered)
        for title, files in pictures(answered, theme(), asked, tier).items():
            st.markdown(f"**{plain(title)}**")
            with st.container(horizontal=True):
                for file in files:
                    _offer(file)


def papers(answered: Answer, today: date, address: str) -> list[File]:
    """List the files that say the whole answer.

    Args:
        answered: a scenario's answer.
        today: the day that the files name.
        address: of the page.
    """
    name = _name_of(answered)
    return [
        File(
            say("Report to print, HTML"),
            f"{name}.html",
            "text/html",
            lambda: html_report(answered, today, address),
        ),
        File(
            say("Summary for a ticket, Markdown"),
            f"{name}.md",
            "text/markdown",
            lambda: markdown_summary(answered, address),
        ),
        File(
            say("Dates for a calendar, ICS"),
            f"{name}.ics",
            "text/calendar",
            lambda: calendar_ics(answered, today, address),
        ),
        File(
            say("Daily figures, CSV"),
            f"{name}.csv",
            "text/csv",
            lambda: daily_csv(answered.chosen),
        ),
        File(
            say("Everything for scripts, JSON"),
            f"{name}.json",
            "application/json",
            lambda: projection_json(answered, address),
        ),
    ]


def pictures(
    answered: Answer, theme: Theme, asked: Asked = NOTHING_ASKED, tier: str | None = None
) -> dict[str, list[File]]:
    """List the files of each chart, by its title; without the renderer only its data."""
    stem = _name_of(answered)
    return {
        picture.title: _files_of_chart(f"{stem}-{name}", theme, partial(picture.chart, theme))
        for name, picture in gallery(answered, asked, tier).items()
    }


def _files_of_chart(name: str, theme: Theme, chart: Callable[[], dict[str, Any]]) -> list[File]:
    data = File(say("Data, CSV"), f"{name}.zip", "application/zip", lambda: chart_data(chart()))
    if not can_draw():
        return [data]
    return [
        File("PNG", f"{name}.png", "image/png", lambda: chart_png(chart(), theme)),
        File("SVG", f"{name}.svg", "image/svg+xml", lambda: chart_svg(chart(), theme)),
        data,
    ]


def _offer(file: File) -> None:
    st.download_button(
        file.label,
        file.content,
        file_name=file.name,
        mime=file.mime,
        key=f"download_{file.name}",
        icon=":material/download:",
        on_click="ignore",
    )


def _name_of(answered: Answer) -> str:
    return f"tierlogic-{answered.scenario.start}-{answered.scenario.reading}"
