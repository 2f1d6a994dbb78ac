"""A team's installation in a browser: behind nginx, a plan outlives its process and a release."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_page_in_a_browser import (
    PLAN,
    PLAN_HEADLINE,
    headline,
    settled,
    slider,
    views_below,
)
from tests.deploy.team import NAMES, Team, require_nginx, team_in

RULES = Path(__file__).parents[1] / "rules"
LADDER = (RULES.parents[1] / "data/openai/ladders/2026-05.toml").read_text("utf-8")
HERE = {"127.0.0.1", "localhost"}


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """An installation as deploy/ has it."""
    require_nginx()
    with team_in(tmp_path_factory.mktemp("team")) as started:
        yield started


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile that takes the throwaway certificate."""
    with browser.new_context(
        viewport={"width": 1280, "height": 900}, ignore_https_errors=True
    ) as fresh:
        yield fresh


def serving(visitor: BrowserContext) -> str:
    """The process that the browser's cookie names."""
    [cookie] = [one for one in visitor.cookies() if one.get("name") == "tierlogic_at"]
    return cookie["value"]


def connection(page: Page, *, is_there: bool) -> None:
    """Wait until the page has its websocket, or has lost it."""
    state = "data-test-connection-state"
    app = expect(page.get_by_test_id("stApp"))
    (app.to_have_attribute if is_there else app.not_to_have_attribute)(state, "CONNECTED")


def open_rules(page: Page) -> None:
    page.get_by_text("Rules and time").click()
    expect(page.get_by_role("button", name="Download these limits")).to_be_visible()
    settled(page)


def downloaded(page: Page) -> str:
    """The ladder's file, as the page hands it out."""
    with page.expect_download() as download:
        # By key: what is drawn meanwhile cannot move the button from under the pointer.
        page.get_by_role("button", name="Download this ladder").press("Enter")
    return download.value.path().read_text("utf-8")


def test_the_page_asks_nobody_but_this_machine(team: Team, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)

    page.goto(f"{team.address}/?{PLAN}")
    assert headline(page) == PLAN_HEADLINE
    for view in views_below(page):
        view.click()
        expect(view).to_be_checked()
        settled(page)
    open_rules(page)
    assert downloaded(page) == LADDER
    page.locator("input[type=file]").last.set_input_files(RULES / "own" / "acme-ladder.toml")
    expect(page.get_by_role("button", name="Back to published rules")).to_be_visible()

    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts <= HERE
    assert any(url.startswith("wss://") for url in asked)
    assert errors == [], "what the policy forbids is an error in the console"


def test_a_plan_outlives_the_process_that_serves_it(team: Team, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(f"{team.address}/?{PLAN}")
    assert headline(page) == PLAN_HEADLINE
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_105**")
    died = serving(visitor)
    [other] = {*NAMES} - {died}

    team.kill(died)
    connection(page, is_there=False)
    connection(page, is_there=True)

    assert headline(page) == PLAN_HEADLINE
    expect(slider(page, "Prepay now")).to_have_value("105")
    assert serving(visitor) == other
    # The process knows nothing of the page yet: the first change opens the address again, and is
    # then made.
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_110**")
    settled(page)
    # The page stays there when the first is back: that does not have its downloads.
    team.start_processes(died)
    open_rules(page)
    assert downloaded(page) == LADDER
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_115**")
    assert serving(visitor) == other


def test_an_open_page_keeps_its_plan_through_a_release(team: Team, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(f"{team.address}/?{PLAN}&title=Ours")
    assert headline(page) == PLAN_HEADLINE
    expect(page).to_have_title("Tierlogic")

    script = team.release / "app.py"
    old = script.read_text("utf-8")
    new = old.replace('set_page_config("Tierlogic"', 'set_page_config("Tierlogic, next release"')
    assert new != old
    script.write_text(new, "utf-8")
    for name in NAMES:
        team.restart(name)
    connection(page, is_there=True)
    slider(page, "Prepay now").press("ArrowRight")

    expect(page).to_have_title("Tierlogic, next release")
    page.wait_for_url("**buy=2026-06-01_105**")
    assert headline(page) == PLAN_HEADLINE
    expect(slider(page, "Prepay now")).to_have_value("105")
    expect(page.get_by_test_id("stCaptionContainer").first).to_have_text("Ours")


def test_a_base_path_own_rules_and_own_defaults(tmp_path: Path, visitor: BrowserContext) -> None:
    require_nginx()
    defaults = tmp_path / "defaults.txt"
    defaults.write_text(f"https://tierlogic.example.com/?{PLAN}", "utf-8")
    folder = tmp_path / "team"
    folder.mkdir()
    with team_in(
        folder,
        TIERLOGIC_BASE_PATH="/tierlogic",
        TIERLOGIC_RULES=str(RULES / "mounted"),
        TIERLOGIC_DEFAULTS=str(defaults),
    ) as team:
        page = visitor.new_page()
        page.goto(f"{team.address}/")
        assert headline(page) == PLAN_HEADLINE, "the organisation's plan"
        slider(page, "Prepay now").press("ArrowRight")
        page.wait_for_url(f"{team.address}/?*buy=2026-06-01_105*")
        page.get_by_role("combobox", name="Provider").click()
        expect(page.get_by_role("option", name="Acme")).to_be_visible()

        for name in NAMES:
            assert f"{RULES / 'mounted' / 'openai/ladders/2026-12.toml'}:7: " in team.log(name)
        for path in ("/tierlogic/_stcore/metrics", "/_stcore/metrics"):
            assert team.ask(path.removeprefix("/tierlogic")).status == 404
