"""What only a browser shows: dragging, the address bar, history, the clipboard, a narrow screen."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tierlogic.charts import DARK, LIGHT

SEED_HEADLINE = (
    "Tier 4 opens on 8 Jan 2024 if only used money counts, "
    "and on 20 Nov 2023 if buying credit counts."
)
PLAN = (
    "v=1&ladder=openai/2026-05&limits=openai/2026-09&start=2026-06-01&first_payment=2026-06-01"
    "&model=gpt-5.4&tokens=2000000&input_price=2.5&output_price=15&buy=2026-06-01_100"
)
# 2M tokens: 1.5M x $2.50 + 0.5M x $15 a million = $11.25 a day; $50 on the 5th day.
PLAN_HEADLINE = (
    "Tier 2 opens on 5 Jun 2026 if only used money counts, "
    "and on 1 Jun 2026 if buying credit counts."
)


def headline(page: Page) -> str:
    """The first line of the answer, once the page is at rest."""
    settled(page)
    return page.get_by_role("heading", level=3).first.inner_text()


def views_below(page: Page) -> list[Locator]:
    """The choices of what stands below the charts and cards."""
    choice = page.get_by_role("radiogroup", name="What is shown below")
    expect(choice).to_be_visible()
    return choice.get_by_role("radio").all()


def settled(page: Page) -> None:
    """Wait until the chart is drawn, and then until the script has drawn what comes after it."""
    expect(page.get_by_test_id("stVegaLiteChart").locator("svg").first).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def money_chart(page: Page) -> str:
    """What is written and drawn in the first chart."""
    return page.get_by_test_id("stVegaLiteChart").first.locator("svg").inner_html()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def slider(page: Page, label: str) -> Locator:
    return page.get_by_role("slider", name=label, exact=True)


def test_the_first_load_answers_and_draws_the_chart(page: Page, address: str) -> None:
    page.goto(address)

    assert "Tier 2 opens on" in headline(page)
    assert query(page) == {}, "a first visit leaves the address as it is"
    for label in ("Tokens per day", "Prepay now"):
        expect(slider(page, label)).to_be_visible()


def test_back_undoes_the_last_change_and_forward_redoes_it(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    assert headline(page) == PLAN_HEADLINE
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_105**")
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_110**")

    page.go_back()
    expect(slider(page, "Prepay now")).to_have_value("105")
    page.go_back()
    expect(slider(page, "Prepay now")).to_have_value("100")
    assert headline(page) == PLAN_HEADLINE
    page.go_forward()
    expect(slider(page, "Prepay now")).to_have_value("105")
    assert "buy=2026-06-01_105" in page.url


def test_charts_take_the_ink_of_a_theme_that_changes(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    chart = page.get_by_test_id("stVegaLiteChart").first
    # What listens for the change comes last: after a second run it is there.
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_105**")
    settled(page)
    before = query(page)

    page.emulate_media(color_scheme="dark")
    expect(chart.locator(f"text[fill='{DARK.muted}']").first).to_be_visible()
    page.emulate_media(color_scheme="light")
    expect(chart.locator(f"text[fill='{LIGHT.muted}']").first).to_be_visible()
    assert query(page) == before


def test_an_example_is_a_link_that_opens_beside_the_plan(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    page.get_by_test_id("stPopover").get_by_role("button", name="Open").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Buy it or use it?").click()

    assert headline(opened.value) == SEED_HEADLINE
    assert headline(page) == PLAN_HEADLINE


def test_a_link_opens_the_same_plan_in_a_fresh_browser(
    page: Page, browser: Browser, address: str
) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_105**")
    settled(page)

    with browser.new_context(viewport={"width": 1280, "height": 900}) as other:
        teammate = other.new_page()
        teammate.goto(page.url)
        assert headline(teammate) == headline(page)
        assert query(teammate) == query(page)
        assert money_chart(teammate) == money_chart(page)


def test_the_copy_button_copies_the_address_of_this_plan(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    page.get_by_role("button", name="Share").click()
    shown = page.get_by_test_id("stCode").first
    shown.hover()
    shown.get_by_role("button").click()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{address}")
    page.goto(copied)
    assert headline(page) == PLAN_HEADLINE


def test_a_bad_link_names_what_is_wrong_and_opens_the_rest(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}&days=9999&colour=red")

    assert headline(page) == PLAN_HEADLINE
    notice = page.get_by_role("alert").first
    expect(notice).to_contain_text("days = 9999: must be at most 3660; 365 is used instead")
    expect(notice).to_contain_text("colour = red: is not a parameter of a link; left out")
    assert query(page)["days"] == ["9999"], "the evidence stays until the plan changes"


def test_a_narrow_screen_shows_answer_inputs_and_charts_without_sideways_scrolling(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/?{PLAN}")
    # A phone, a tablet, and a screen of 1280 pixels at 200 % and at 400 % zoom.
    for width in (360, 768, 640, 320):
        page.set_viewport_size({"width": width, "height": 800})

        assert headline(page) == PLAN_HEADLINE
        expect(slider(page, "Prepay now")).to_be_visible()
        # A chart takes a moment to be drawn for another width.
        page.wait_for_function(
            """() => {
              const main = document.querySelector("[data-testid=stMain]")
              return main.scrollWidth === main.clientWidth
            }"""
        )


def test_the_table_of_purchases_fits_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}/?{PLAN}&buy=2026-06-10_249000_month_12")
    headline(page)
    payments = page.get_by_test_id("stExpander").filter(has_text="Payments")
    payments.locator("summary").click()
    table = payments.get_by_test_id("stDataFrame")
    expect(table.locator("th").last).to_have_text("Times")
    scroller = table.locator(".dvn-scroller")
    expect(scroller).to_be_visible()
    assert scroller.evaluate("(table) => table.scrollWidth - table.clientWidth") == 0


def test_quick_key_presses_all_count(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    slider(page, "Prepay now").focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")

    page.wait_for_url("**buy=2026-06-01_200**")
    settled(page)
    expect(slider(page, "Prepay now")).to_have_value("200")
    assert query(page)["buy"] == ["2026-06-01_200"]


@pytest.mark.parametrize("width", [360, 1000, 1280])
def test_no_card_lies_on_a_chart(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/?{PLAN}")
    headline(page)

    chart = page.get_by_test_id("stVegaLiteChart").last.bounding_box()
    cards = page.locator(".st-key-cards").bounding_box()
    assert chart
    assert cards
    assert chart["y"] + chart["height"] <= cards["y"]


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (1920, 1080)])
def test_the_answer_the_sliders_and_the_chart_stand_on_the_first_screen(
    page: Page, address: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/?{PLAN}")
    headline(page)

    chart = page.get_by_test_id("stVegaLiteChart").first
    for part in (slider(page, "Tokens per day"), slider(page, "Prepay now"), chart):
        expect(part).to_be_in_viewport(ratio=1)


def test_on_paper_the_table_of_unlocks_is_whole(page: Page, address: str) -> None:
    page.emulate_media(media="print")
    # A4 between its margins.
    page.set_viewport_size({"width": 718, "height": 1000})
    page.goto(f"{address}/?{PLAN}")
    headline(page)

    table = page.locator(".scrolls")
    expect(table.get_by_role("columnheader", name="Source")).to_be_visible()
    assert table.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_a_purchase_in_the_table_survives_a_drag_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}/?{PLAN}&buy=2026-06-10_50")
    headline(page)
    slider(page, "Prepay now").press("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_105&buy=2026-06-10_50**")
    page.go_back()
    expect(slider(page, "Prepay now")).to_have_value("100")
    settled(page)
    assert query(page)["buy"] == ["2026-06-01_100", "2026-06-10_50"]


@pytest.mark.parametrize(
    "title",
    [
        "![x](http://evil.example/x.png)",
        "[x](https://evil.example) www.evil.example a@evil.example",
        "$a$ and $b$ *c* :red[d] <b>e</b>",
    ],
)
def test_a_title_stays_text(page: Page, address: str, title: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/?{PLAN}&{urlencode({'title': title})}")
    headline(page)

    shown = page.get_by_test_id("stCaptionContainer").first
    assert shown.inner_text().replace("\u2060", "") == title
    assert shown.locator("a, img, em, b, .katex").count() == 0
    assert not [url for url in asked if "evil" in urlsplit(url).netloc]


@pytest.mark.parametrize("height", [0.3, 0.75], ids=["over the money", "over the rates"])
def test_a_pointer_on_either_panel_tells_money_and_rates_of_the_day(
    page: Page, address: str, height: float
) -> None:
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    chart = page.get_by_test_id("stVegaLiteChart")
    box = chart.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * height, steps=3)

    told = page.locator("#vg-tooltip-element")
    for what in ("Day", "Tier", "Used, $", "Paid, $", "Credit, $", "Limit", "Average need"):
        expect(told).to_contain_text(what)


def test_the_unlocks_are_a_table_of_text_with_links(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/?{PLAN}")
    headline(page)
    named = "Unlocks of every tier with their reasons and the sources of the rules"
    table = page.get_by_role("group", name=named).get_by_role("table")

    tier_2 = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Tier 2"))
    expect(tier_2.get_by_role("cell").first).to_have_text("5 Jun 2026")
    expect(table.get_by_role("columnheader", name="If buying credit counts")).to_be_visible()
    expect(tier_2.get_by_role("link")).to_have_attribute("href", re.compile("^https://"))
    expect(tier_2.get_by_role("link")).to_have_attribute("rel", "noopener")
