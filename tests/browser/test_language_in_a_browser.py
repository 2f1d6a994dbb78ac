"""A page in another language than English, as a browser is told of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import serve_page
from tests.browser.test_page_in_a_browser import PLAN, headline

TRANSLATIONS = Path(__file__).parents[1] / "language" / "translations"


@pytest.fixture
def german_address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(TRANSLATIONS))
    with serve_page() as served:
        yield served.address


@pytest.mark.parametrize(("locale", "language"), [("de-AT", "de"), ("fr-FR", "en")])
def test_the_page_says_which_language_it_is_in(
    browser: Browser, german_address: str, locale: str, language: str
) -> None:
    with browser.new_context(locale=locale) as context:
        page = context.new_page()
        page.goto(f"{german_address}/?{PLAN}")

        headline(page)
        expect(page.locator("html")).to_have_attribute("lang", language)
