"""The questions in a real browser: a target, a click on the map, a comparison, ranges."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.test_page_in_a_browser import (
    PLAN,
    PLAN_HEADLINE,
    headline,
    query,
    settled,
    slider,
)

# What progress bars say, from the first on that is shown.
WATCH = """
() => {
  window.said = []
  const look = () =>
    document.querySelectorAll("[data-testid=stProgress]").forEach((bar) => said.push(bar.innerText))
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true })
}
"""


def at_rest(page: Page) -> None:
    """Wait until the script has run, however many charts there are."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_a_target_is_set_its_plan_used_and_its_date_found(page: Page, address: str) -> None:
    # $50 used by 3 Jun: three days of 2,963,000 tokens at $5.625 a million are $50.0006.
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    page.get_by_text("I have a target").click()
    page.wait_for_url("**goal_tier=Tier+5**")
    expect(page.get_by_text("Earliest date of any plan").first).to_be_visible()
    page.goto(f"{address}/?{PLAN}&by=2026-06-03&goal_tier=Tier+2")
    headline(page)

    expect(page.get_by_text("2.96M (2,963,000)")).to_be_visible()
    # Under used money, which stands first: the earliest date, then the fewest tokens.
    page.get_by_role("button", name="Use this plan").nth(1).click()

    page.wait_for_url("**tokens=2963000**")
    assert headline(page).startswith("Tier 2 opens on 3 Jun 2026 if only used money counts")
    assert query(page)["goal_tier"] == ["Tier 2"]


def test_a_question_that_takes_long_says_how_far_it_is_below_the_answer(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/?{PLAN}&days=3650&growth=0.05&buy=2026-07-01_50_month")
    answer = headline(page)
    page.evaluate(WATCH)
    page.get_by_text("I have a target").click()

    page.wait_for_function(
        "() => said.some((words) => /^Looking for|^Tried [0-9,]+ plans/.test(words))"
    )
    expect(page.get_by_role("heading", name=answer)).to_be_visible()
    expect(page.get_by_text("Earliest date of any plan").first).to_be_visible()
    expect(page.get_by_test_id("stProgress")).to_have_count(0)


def test_a_click_on_the_map_moves_the_sliders_there(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    page.get_by_role("radio", name="What matters").click()
    charts = page.get_by_test_id("stVegaLiteChart")
    # The map has too many cells for SVG.
    expect(charts.nth(2).locator("canvas")).to_be_visible()
    at_rest(page)
    cells = charts.nth(2)
    cells.scroll_into_view_if_needed()
    box = cells.bounding_box()
    assert box

    page.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.5)

    expect(page).not_to_have_url(f"{address}/?{PLAN}")
    at_rest(page)
    now = parse_qs(urlsplit(page.url).query)
    assert now["tokens"] != ["2000000"]
    amount = now["buy"][0].split("_")[1]
    expect(slider(page, "Prepay now")).to_have_value(amount)


def test_a_comparison_opens_whole_in_another_tab(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    page.get_by_role("radio", name="Compare").click()
    page.get_by_role("button", name="Keep this plan").click()
    page.wait_for_url("**b.title=**")
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_105**b.buy=2026-06-01_100**")

    page.goto(page.url)
    assert headline(page) == PLAN_HEADLINE
    page.get_by_role("radio", name="Compare").click()
    expect(page.get_by_text("$100 on 1 Jun 2026 instead of $105 on 1 Jun 2026")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart").locator("svg")).to_have_count(4)


def test_ranges_in_the_link_make_the_headline_a_range(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}&range_tokens=-0.2_0.5")
    settled(page)
    expect(page.get_by_role("heading", level=3).first).to_contain_text("most likely on the")
