"""A plan is never lost: reload, a second tab, a killed server; the address has it."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chromium import Served, serve_page
from tests.browser.test_page_in_a_browser import PLAN, PLAN_HEADLINE, headline, settled, slider


@pytest.fixture
def own_server() -> Iterator[Served]:
    """A server that a test may kill."""
    with serve_page() as served:
        yield served


def open_plan(context: BrowserContext, server: Served) -> Page:
    """Open the plan in a tab whose errors are let be: a lost connection is reported as one."""
    page = context.new_page()
    page.goto(f"{server.address}/?{PLAN}")
    headline(page)
    return page


def kill(server: Served, page: Page) -> None:
    server.kill()
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")


def start_again(server: Served, page: Page) -> None:
    server.start()
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")


def test_a_reload_keeps_a_changed_plan(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_105**")

    page.reload()

    assert headline(page) == PLAN_HEADLINE
    expect(slider(page, "Prepay now")).to_have_value("105")


def test_two_tabs_of_one_user_do_not_disturb_each_other(
    context: BrowserContext, page: Page, address: str
) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    other = context.new_page()
    other.goto(f"{address}/?{PLAN}")
    headline(other)

    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_105**")
    slider(other, "Prepay now").press("ArrowLeft")
    other.wait_for_url("**buy=2026-06-01_95**")

    settled(page)
    expect(slider(page, "Prepay now")).to_have_value("105")
    assert parse_qs(urlsplit(page.url).query)["buy"] == ["2026-06-01_105"]
    other.reload()
    headline(other)
    expect(slider(other, "Prepay now")).to_have_value("95")


def test_a_killed_server_comes_back_with_the_plan(
    context: BrowserContext, own_server: Served
) -> None:
    page = open_plan(context, own_server)
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_105**")

    kill(own_server, page)
    # Offline the last answer and its chart stay in sight.
    expect(page.get_by_text(PLAN_HEADLINE)).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart").locator("svg")).to_have_count(1)
    start_again(own_server, page)

    assert headline(page) == PLAN_HEADLINE
    expect(slider(page, "Prepay now")).to_have_value("105")
    settled(page)
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_110**")
    expect(slider(page, "Prepay now")).to_have_value("110")


def test_the_first_change_after_a_killed_server_came_back_is_made(
    context: BrowserContext, own_server: Served
) -> None:
    page = open_plan(context, own_server)

    kill(own_server, page)
    start_again(own_server, page)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "running")
    settled(page)
    page.get_by_role("radio", name="Buying it").click()

    page.wait_for_url("**reading=paid**")
    expect(page.get_by_role("radio", name="Buying it")).to_be_checked()


def test_what_a_slider_is_put_to_while_the_server_is_away_is_not_lost(
    context: BrowserContext, own_server: Served
) -> None:
    page = open_plan(context, own_server)

    kill(own_server, page)
    slider(page, "Prepay now").press("ArrowRight")
    start_again(own_server, page)
    page.get_by_role("radio", name="Buying it").click()

    page.wait_for_url("**buy=2026-06-01_105**")
    expect(slider(page, "Prepay now")).to_have_value("105")


def test_a_field_keeps_its_focus_and_text_through_a_rerun(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    exact = page.get_by_role("spinbutton", name="Exact tokens per day")
    slider(page, "Prepay now").press("ArrowRight")
    exact.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("3000000")

    page.wait_for_url("**buy=2026-06-01_105**")
    settled(page)
    expect(exact).to_be_focused()
    expect(exact).to_have_value("3000000")
    page.keyboard.press("Enter")
    page.wait_for_url("**tokens=3000000**")
