"""The report as a browser opens and prints it."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.axe import broken_in_document
from tests.exports.plans import ADDRESS, MADE_ON, contested
from tierlogic.answer import answer
from tierlogic.exports import html_report


@pytest.fixture
def report(page: Page) -> Page:
    """The report of a plan, opened from a file's text: nothing serves it."""
    page.set_content(html_report(answer(contested()), MADE_ON, ADDRESS))
    return page


def test_it_breaks_no_rule_of_axe_core(report: Page) -> None:
    assert broken_in_document(report) == []


def test_it_prints_on_two_sheets_of_paper(report: Page) -> None:
    # The answer, the charts and the tiers; then what they rest on.
    assert len(re.findall(rb"/Type /Page\b", report.pdf(format="A4"))) == 2


def test_it_has_no_sideways_scrolling_on_a_phone(report: Page) -> None:
    report.set_viewport_size({"width": 360, "height": 740})
    root = report.locator("html")
    assert root.evaluate("(root) => root.scrollWidth - root.clientWidth") == 0
