"""The keyboard alone reaches and operates everything, in the order of the page, and is seen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_page_in_a_browser import (
    PLAN,
    headline,
    settled,
    slider,
    views_below,
)
from tests.browser.test_questions_in_a_browser import at_rest

# What has the focus, also within a slider's own tree.
FOCUSED = """
() => {
  let focused = document.activeElement
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  if (["BODY", "MAIN"].includes(focused.tagName)) return []
  const said = focused.ariaLabel ?? focused.labels?.[0]?.textContent ?? focused.innerText ?? ""
  return said.split("\\n").filter((line) => line.trim())
}
"""
MOST_STOPS = 200
FIRST = "Skip to main content"
IN_ORDER = [
    *("I have a plan", "Open", "Share", "Download"),
    *("Tokens per day", "Prepay now"),
    "Show data: Money over time, and tokens per minute: limit and need",
    *("Provider", "Rules version", "Model", "Exact tokens per day", "year, First payment"),
    *("Only using it", "Usage and prices", "Payments", "How sure is it", "Unlocks"),
]


def stops(page: Page) -> Iterator[list[str]]:
    """The lines of what the Tab key comes to, from behind the first stop until it is back there."""
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == [FIRST]
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        lines: list[str] = page.evaluate(FOCUSED)
        if lines == [FIRST]:
            return
        yield lines


def group(page: Page, name: str) -> Locator:
    """What opens a group of inputs."""
    return page.get_by_test_id("stExpander").locator("summary").filter(has_text=name)


def around(page: Page, element: Locator) -> bytes:
    """The pixels of an element and of the ring around it."""
    box = element.bounding_box()
    assert box
    return page.screenshot(
        animations="disabled",
        clip={
            "x": box["x"] - 5,
            "y": box["y"] - 5,
            "width": box["width"] + 10,
            "height": box["height"] + 10,
        },
    )


def missed(page: Page, address: str) -> list[str]:
    """Open the page, and list what the Tab key comes to too early, or not at all."""
    page.goto(f"{address}/?{PLAN}")
    assert views_below(page)
    settled(page)
    came_to = iter(stops(page))
    return [name for name in IN_ORDER if not any(name in lines for lines in came_to)]


def test_tab_comes_to_every_control_in_the_order_of_the_page(page: Page, address: str) -> None:
    # Where the browser still loads a part and draws it anew, it puts the focus back to the start.
    assert missed(page, address) == [] or missed(page, address) == []


def test_what_has_the_focus_is_seen(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    at_rest(page)
    controls = [
        page.get_by_role("radio", name="I have a plan"),
        page.get_by_role("button", name="Share"),
        slider(page, "Prepay now"),
        page.get_by_role("button", name="Help for Prepay now"),
        page.get_by_role("combobox", name="Provider"),
        page.get_by_role("spinbutton", name="Exact tokens per day"),
        page.get_by_role("spinbutton", name="year, First payment"),
        group(page, "Usage and prices"),
        page.get_by_role("radio", name="Unlocks"),
    ]
    page.keyboard.press("Tab")
    for control in controls:
        control.scroll_into_view_if_needed()
        before = around(page, control)
        control.focus()
        expect(control).to_be_focused()
        assert around(page, control) != before, f"{control} looks the same without the focus"
        control.blur()


@pytest.mark.parametrize("name", ["Open", "Share", "Download"])
def test_a_popover_opens_and_closes_by_its_keys(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    button = page.get_by_test_id("stPopover").get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")
    body = page.get_by_test_id("stPopoverBody")
    expect(body).to_be_visible()
    expect(body.get_by_role("button").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(body).to_be_hidden()
    expect(button).to_be_focused()


def test_a_plan_is_made_and_read_by_keys_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    said = page.get_by_role("status").filter(has_text="if only used money counts")
    expect(said).to_contain_text("$50 used is reached on 5 Jun 2026")
    # A screen reader reads out what changes in an element that stays.
    kept = said.element_handle()

    exact = page.get_by_role("spinbutton", name="Exact tokens per day")
    exact.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("4000000")
    page.keyboard.press("Enter")
    # $22.50 a day: $50 on the third.
    expect(said).to_contain_text("$50 used is reached on 3 Jun 2026")
    assert kept.evaluate("(kept) => kept.isConnected && kept.textContent") == said.text_content()

    page.get_by_role("radio", name="Only using it").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Buying it")).to_be_focused()
    page.keyboard.press("Space")
    page.wait_for_url("**reading=paid**")
    group(page, "Usage and prices").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("spinbutton", name="Peak factor")).to_be_visible()
    page.get_by_role("radio", name="Unlocks").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="What matters")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="What matters")).to_be_checked()


def test_the_figures_of_a_chart_come_as_a_table(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    settled(page)
    page.get_by_role("button", name="Show data: Money over time").focus()
    page.keyboard.press("Enter")
    table = page.get_by_role("region", name="Money over time")
    # Streamlit draws tables, and keeps one for screen readers within.
    shown = ["date", "tier", "used", "paid", "balance", "limit_text", "average"]
    expect(table.locator("th")).to_contain_text(shown)
    page.get_by_role("button", name="Show chart: Money over time").press("Enter")
    settled(page)
