"""Take the README's picture from the running page: python -m tests.browser.take_picture."""

import sys

from playwright.sync_api import sync_playwright

from tests.browser.chromium import ROOT, find_chromium, serve_page

PLAN = (
    "v=1&ladder=openai/2024-10&limits=openai/2024-06&start=2024-11-04&first_payment=2024-11-04"
    "&days=150&model=gpt-4o&tokens=3000000&input_price=2.5&output_price=10&peak_factor=20"
    "&active_hours=10&buy=2024-11-04_250&buy=2025-01-15_300"
)


def main() -> None:
    """Write docs/page.png."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit("no Chromium found")
    with serve_page() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 1345})
        page.goto(f"{served.address}/?{PLAN}")
        page.get_by_test_id("stVegaLiteChart").locator("svg").first.wait_for()
        page.get_by_role("button", name="Use the rules of May 2026").wait_for()
        page.mouse.move(0, 0)
        page.screenshot(path=ROOT / "docs" / "page.png")
        browser.close()


if __name__ == "__main__":
    main()
