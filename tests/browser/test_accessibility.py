"""No state of the page breaks a rule of axe-core, in either theme."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import broken_rules
from tests.browser.test_many_accounts_in_a_browser import with_a_table
from tests.browser.test_page_in_a_browser import PLAN, headline, views_below
from tests.browser.test_questions_in_a_browser import at_rest
from tests.browser.test_real_usage_in_a_browser import FILES, SAMPLES

ALL_ASKED = f"{PLAN}&by=2026-08-01&goal_tier=Tier+4&range_tokens=-0.2_0.5&b.title=Less&b.tokens=1e6"


class Found:
    """What breaks a rule, with the state of the page in which it does."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.broken: list[str] = []

    def look(self, state: str) -> None:
        """Look at the page in both themes; only colours differ in the dark one."""
        self._page.emulate_media(color_scheme="light")
        broken = broken_rules(self._page)
        self._page.emulate_media(color_scheme="dark")
        broken += broken_rules(self._page, "color-contrast")
        self._page.emulate_media(color_scheme="light")
        self.broken += [f"{state}: {each}" for each in broken]


@pytest.fixture
def found(page: Page) -> Found:
    return Found(page)


def test_a_first_visit_on_a_desk_and_on_a_phone(page: Page, address: str, found: Found) -> None:
    page.goto(address)
    headline(page)
    found.look("first visit")
    page.set_viewport_size({"width": 360, "height": 740})
    found.look("on a phone")
    assert found.broken == []


def open_every_group(page: Page) -> None:
    """Open them from the last to the first: what opens moves none that is still to be clicked."""
    for group in reversed(page.get_by_test_id("stExpander").all()):
        group.locator("summary").first.click()
        expect(group.locator("details").first).to_have_attribute("open", "")


def test_every_popover_and_every_group(page: Page, address: str, found: Found) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    for name in ("Open", "Share", "Download"):
        button = page.get_by_test_id("stPopover").get_by_role("button", name=name, exact=True)
        button.click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        found.look(name)
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    open_every_group(page)
    found.look("all groups open")
    assert found.broken == []


def test_every_view_with_all_that_can_be_asked(page: Page, address: str, found: Found) -> None:
    page.goto(f"{address}/?{ALL_ASKED}&days=9999")
    at_rest(page)
    views = views_below(page)
    for view in views:
        view.click()
        expect(view).to_be_checked()
        found.look(view.inner_text())
    assert len(views) == 8
    expect(page.get_by_text("Cheapest purchases").first).to_be_visible()
    assert found.broken == []


def test_real_usage_with_files(page: Page, address: str, found: Found) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    page.get_by_text("I have bills").click()
    uploads = page.get_by_test_id("stFileUploader").filter(has_text="Exports of usage")
    uploads.locator("input").set_input_files([SAMPLES / name for name in FILES])
    expect(page.get_by_role("button", name="Use this plan")).to_be_visible()
    found.look("with bills")
    assert found.broken == []


def test_many_accounts_with_a_table(page: Page, address: str, found: Found) -> None:
    with_a_table(page, address)
    at_rest(page)
    open_every_group(page)
    found.look("many accounts")
    assert found.broken == []


def test_an_error_beside_its_field(page: Page, address: str, found: Found) -> None:
    page.goto(f"{address}/?{PLAN}&paid_before=10")
    headline(page)
    page.get_by_role("button", name="Clear date").first.click()
    expect(page.get_by_role("alert").filter(has_text="Paid so far")).not_to_have_count(0)
    found.look("an error")
    assert found.broken == []


def test_the_page_in_a_frame(page: Page, address: str, found: Found) -> None:
    page.goto(f"{address}/?{PLAN}&embed=true")
    headline(page)
    found.look("in a frame")
    assert found.broken == []
