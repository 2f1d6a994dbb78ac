"""Many accounts in a real browser: a table goes in, a row opens as the plan, Back leads back."""

from playwright.sync_api import Page, expect

from tests.browser.test_page_in_a_browser import PLAN, PLAN_HEADLINE, headline, query, slider

TABLE = "account,tokens_per_day\nshop,1000000\nsearch,4000000\nbatch,-1\n"


def with_a_table(page: Page, address: str) -> None:
    """Open the view from a plan, and give it a table; wait until all of it is drawn."""
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    page.get_by_test_id("stPopover").get_by_role("button", name="Open").click()
    page.get_by_role("button", name="A table of many accounts").click()
    uploader = page.get_by_test_id("stFileUploader").filter(has_text="A table of accounts")
    uploader.locator("input").set_input_files(
        {"name": "accounts.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    )
    expect(page.get_by_role("button", name="Download all answers, CSV")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_a_row_opens_as_the_plan_and_back_leads_to_the_plan_before(
    page: Page, address: str
) -> None:
    with_a_table(page, address)
    expect(page.get_by_text("1 row was not read; the rest is used")).to_be_visible()
    chart = page.get_by_test_id("stVegaLiteChart").locator("svg")
    expect(chart.get_by_text("Tiers over time, in accounts")).to_be_visible()
    assert "shop" not in page.url

    # The grid is a canvas: its first button stands below the heading.
    grid = page.get_by_test_id("stDataFrame").last
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 30, "y": 52})

    page.wait_for_url("**tokens=1000000**")
    # $50 are used on the ninth day of $5.625.
    assert headline(page).startswith("Tier 2 opens on 9 Jun 2026")
    assert query(page)["buy"] == ["2026-06-01_100"]
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_105**")

    page.go_back()
    expect(slider(page, "Prepay now")).to_have_value("100")
    page.go_back()
    expect(page.get_by_role("heading", level=3).first).to_have_text(PLAN_HEADLINE)
    page.get_by_role("button", name="Back to 2 accounts").click()
    expect(page.get_by_text("2 accounts projected.")).to_be_visible()
