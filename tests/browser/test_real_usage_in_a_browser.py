"""Real usage in a real browser: files go in, their plan is used, and its line is on the chart."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_page_in_a_browser import headline, query

SAMPLES = Path(__file__).parents[1] / "imports" / "samples"
FILES = ("openai_console.costs.tsv", "openai_console.usage.tsv", "payments.csv")


def test_files_become_a_plan_with_its_actual_line(page: Page, address: str) -> None:
    page.goto(address)
    headline(page)
    page.get_by_text("I have bills").click()
    uploads = page.get_by_test_id("stFileUploader").filter(has_text="Exports of usage")
    uploads.locator("input").set_input_files([SAMPLES / name for name in FILES])
    expect(page.get_by_text("$80.00 paid since 15 Aug 2026.")).to_be_visible()
    page.get_by_role("button", name="Use this plan").click()

    page.wait_for_url("**used_before=1.36**")
    assert query(page)["paid_before"] == ["80"]
    money = page.get_by_test_id("stVegaLiteChart").first
    expect(money.get_by_text("Actual $1.36")).to_be_visible()
