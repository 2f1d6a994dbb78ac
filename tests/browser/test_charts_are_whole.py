"""No chart is blank, no label in it is cut or lies on another one: in pixels and in boxes."""

from io import BytesIO
from typing import TypedDict

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_page_in_a_browser import PLAN
from tests.browser.test_questions_in_a_browser import at_rest

BOXES = """
(svg) => [...svg.querySelectorAll("text")]
  .filter((text) => text.textContent && text.checkVisibility({ checkOpacity: true }))
  .map((text) => {
    const { left, top, right, bottom } = text.getBoundingClientRect()
    return { text: text.textContent, left, top, right, bottom }
  })
"""
EDGE = 1
"""Pixels that a letter may reach over: its box is larger than its ink."""
LEADING = 3
"""Pixels of a text's box above and below its letters, together."""

LARGE = PLAN.replace("tokens=2000000", "tokens=90000000")
PLANS = {
    "months": PLAN,
    "a day": f"{PLAN}&days=1",
    "ten years of growth": f"{PLAN}&days=3650&growth=0.2&buy=2026-07-01_50_month",
    "much money": f"{LARGE}&buy=2026-06-02_249000",
    "many events": f"{LARGE}&recharge=5_10_40&lag_days=3&reading=paid&peak_factor=99",
    "one tier": "v=1&ladder=minimax/2026-04&start=2026-06-01&model=MiniMax-M2.7&tokens=9000000"
    "&input_price=2&output_price=8&buy=2026-07-01_100",
}


class Box(TypedDict):
    """A text of a chart, and where it is on the screen."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def faults(chart: Locator) -> list[str]:
    """What is wrong with the labels of one drawn chart."""
    svg = chart.locator("svg")
    frame = svg.bounding_box()
    assert frame
    right, bottom = frame["x"] + frame["width"], frame["y"] + frame["height"]
    boxes: list[Box] = svg.evaluate(BOXES)
    found = [f"{box['text']!r} is shortened" for box in boxes if box["text"].endswith("…")]
    found += [
        f"{box['text']!r} is cut"
        for box in boxes
        if box["left"] < frame["x"] - EDGE
        or box["right"] > right + EDGE
        or box["top"] < frame["y"] - EDGE
        or box["bottom"] > bottom + EDGE
    ]
    found += [
        f"{one['text']!r} lies on {other['text']!r}"
        for place, one in enumerate(boxes)
        for other in boxes[:place]
        if overlap(one, other)
    ]
    return found


def overlap(one: Box, other: Box) -> bool:
    return (
        min(one["right"], other["right"]) - max(one["left"], other["left"]) > EDGE
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > LEADING
    )


def ink(chart: Locator) -> float:
    """The share of a chart's pixels that are not its background."""
    picture = Image.open(BytesIO(chart.screenshot())).convert("RGB")
    counts = sorted(count for count, _ in picture.getcolors(picture.width * picture.height) or [])
    return 1 - counts[-1] / sum(counts)


def drawn(page: Page, count: int) -> list[Locator]:
    """All charts, once so many are drawn."""
    at_rest(page)
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts.locator("svg, canvas")).to_have_count(count)
    return charts.all()


def faults_at_widths(page: Page, count: int, widths: tuple[int, ...]) -> list[str]:
    """What is wrong with any chart of the page, on screens of some widths."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for chart in drawn(page, count):
            assert ink(chart) > 0.01, "a chart is blank"
            # The map has too many cells for SVG: its labels are pixels.
            if chart.locator("svg").count():
                found += [f"at {width}: {fault}" for fault in faults(chart)]
    return found


@pytest.mark.parametrize("plan", PLANS)
def test_the_chart_of_a_plan(page: Page, address: str, plan: str) -> None:
    page.goto(f"{address}/?{PLANS[plan]}&embed=true")
    assert faults_at_widths(page, 1, (1280, 768, 360)) == []


@pytest.mark.parametrize(
    ("view", "asks", "count"),
    [
        ("Compare", "".join(f"&{at}.title=Plan+{at}&{at}.tokens=4000000" for at in "bcdef"), 4),
        ("How sure", "&range_tokens=-0.2_0.5&range_lag_days=0_30", 2),
        ("What matters", "", 3),
    ],
)
def test_the_charts_of_a_question(
    page: Page, address: str, view: str, asks: str, count: int
) -> None:
    page.goto(f"{address}/?{PLAN}{asks}")
    at_rest(page)
    page.get_by_role("radio", name=view).click()
    assert faults_at_widths(page, count, (1280, 360)) == []


def test_a_fault_is_found(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}&embed=true")
    (chart,) = drawn(page, 1)
    assert faults(chart) == []
    page.add_style_tag(content="svg text { font-size: 40px !important }")
    said = " ".join(faults(chart))
    assert "is cut" in said
    assert "lies on" in said
