"""A served page and a real Chromium. Without Chromium these tests are skipped, but not under CI."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.chromium import PLACES, find_chromium, serve_page

_PATIENCE_MS = 60_000
"""How long to wait for what must come: a busy machine is slow, not wrong."""

expect.set_options(timeout=_PATIENCE_MS)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the page for as long as the tests run."""
    with serve_page() as served:
        yield served.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    path = find_chromium()
    if path is None:
        reason = f"no Chromium found; looked for {', '.join(PLACES)}"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}: under CI the browser tests must run")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile that may use the clipboard."""
    fresh = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    fresh.set_default_timeout(_PATIENCE_MS)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab; an error of the page or in its console fails the test."""
    tab = context.new_page()
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", note)
    yield tab
    assert errors == []
