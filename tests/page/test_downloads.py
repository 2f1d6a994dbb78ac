"""The files that the page offers."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.exports.plans import ADDRESS, MADE_ON, contested, line
from tierlogic.answer import answer
from tierlogic.charts import DARK, LIGHT, Theme, money_chart, rates_chart
from tierlogic.exports import (
    calendar_ics,
    chart_data,
    chart_png,
    chart_svg,
    daily_csv,
    html_report,
    markdown_summary,
    projection_json,
)
from tierlogic.page.views.downloads import papers, pictures


def test_every_paper_holds_what_its_name_says() -> None:
    answered = answer(contested())
    name = "tierlogic-2026-01-31-used"
    offered = papers(answered, MADE_ON, ADDRESS)
    assert {file.name: file.content() for file in offered} == {
        f"{name}.html": html_report(answered, MADE_ON, ADDRESS),
        f"{name}.md": markdown_summary(answered, ADDRESS),
        f"{name}.ics": calendar_ics(answered, MADE_ON, ADDRESS),
        f"{name}.csv": daily_csv(answered.chosen),
        f"{name}.json": projection_json(answered, ADDRESS),
    }


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_chart_comes_as_png_svg_and_data(theme: Theme) -> None:
    answered = answer(contested())
    other = answered.by_reading["paid"]
    money, rates = pictures(answered, theme).values()
    for files, chart in (
        (money, money_chart(answered.chosen, theme, other)),
        (rates, rates_chart(answered.chosen, theme)),
    ):
        png, svg, data = files
        assert png.content() == chart_png(chart, theme)
        assert svg.content() == chart_svg(chart, theme)
        assert data.content() == chart_data(chart)


def test_models_with_limits_of_their_own_have_their_own_rates() -> None:
    plan = contested(usage=[line(), line(model="gpt-4o-mini", tokens_per_day=5)])
    charts = pictures(answer(plan), LIGHT)
    assert list(charts) == [
        "Money over time",
        "Tokens per minute: gpt-4o",
        "Tokens per minute: gpt-4o-mini",
    ]
    names = [file.name for files in charts.values() for file in files]
    assert len(set(names)) == len(names) == 9
    of_each = [files[-1].content() for files in charts.values()]
    assert len(set(of_each)) == 3


def test_the_buttons_stand_under_one_roof() -> None:
    def script() -> None:
        from tests.exports.plans import MADE_ON, contested  # noqa: PLC0415 - a script of its own
        from tierlogic.answer import answer  # noqa: PLC0415
        from tierlogic.links import NOTHING_ASKED  # noqa: PLC0415
        from tierlogic.page.views.downloads import show_downloads  # noqa: PLC0415

        show_downloads(answer(contested()), NOTHING_ASKED, MADE_ON)

    page = AppTest.from_function(script, default_timeout=60).run()
    assert not page.get("download_button")
    page.session_state["Download"] = True
    page.run()
    assert not page.exception
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels == [
        "Report to print, HTML",
        "Summary for a ticket, Markdown",
        "Dates for a calendar, ICS",
        "Daily figures, CSV",
        "Everything for scripts, JSON",
        *["PNG", "SVG", "Data, CSV"] * 2,
    ]
    # The two charts of the tab in front come besides.
    page.session_state["tables"] = "What matters"
    page.run()
    assert len(page.get("download_button")) == len(labels) + 6
