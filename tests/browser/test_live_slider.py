"""A live slider in a browser: the page follows the thumb, the address waits for its release."""

import re
import tomllib
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.chromium import ROOT
from tests.browser.test_page_in_a_browser import (
    PLAN,
    PLAN_HEADLINE,
    headline,
    query,
    settled,
    slider,
)

PREPAY = "Prepay now"
BUY_100 = ["2026-06-01_100"]

# What the thumb and the first chart show, noted at every frame.
NOTE_EVERY_FRAME = """
() => {
  const sliders = [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .map((host) => host.shadowRoot.querySelector("input"))
  const prepay = sliders.find((input) => input?.labels[0].textContent === "Prepay now")
  const chart = document.querySelector("[data-testid=stVegaLiteChart]")
  window.thumbs = []
  window.paints = []
  const note = (list, value) => value !== undefined && list.at(-1) !== value && list.push(value)
  const frame = () => {
    const paid = [...chart.querySelectorAll("text")]
      .map((text) => text.textContent.match(/^Paid \\$(\\d+)/)?.[1])
      .find((amount) => amount)
    note(window.thumbs, prepay.valueAsNumber)
    note(window.paints, paid && Number(paid))
    requestAnimationFrame(frame)
  }
  frame()
}
"""


def open_plan(page: Page, address: str) -> Locator:
    """Open the plan; return its slider for prepaying."""
    page.goto(f"{address}/?{PLAN}")
    assert headline(page) == PLAN_HEADLINE
    slider(page, PREPAY).scroll_into_view_if_needed()
    return slider(page, PREPAY)


def place(thumb: Locator, value: float) -> tuple[float, float]:
    """Where on the screen a value of a slider is: the thumb's middle stays 12 pixels inside."""
    box = thumb.bounding_box()
    assert box
    least, most = (float(thumb.get_attribute(end) or 0) for end in ("min", "max"))
    part = (value - least) / (most - least)
    return box["x"] + 12 + part * (box["width"] - 24), box["y"] + box["height"] / 2


def money_chart(page: Page) -> Locator:
    return page.get_by_test_id("stVegaLiteChart").first


def steps_of_history(page: Page) -> int:
    count: int = page.evaluate("history.length")
    return count


def test_headline_and_chart_follow_a_thumb_that_is_held(page: Page, address: str) -> None:
    prepay = open_plan(page, address)
    before = steps_of_history(page)
    page.mouse.move(*place(prepay, 100))
    page.mouse.down()

    painted = set()
    for wanted in (300, 500, 700, 900, 20):
        page.mouse.move(*place(prepay, wanted))
        amount = int(prepay.input_value())
        assert abs(amount - wanted) <= 10
        expect(money_chart(page)).to_contain_text(f"Paid ${amount}")
        painted.add(amount)
    # Tier 2 asks for $50, and $20 are bought.
    expect(page.get_by_role("heading", level=3).first).to_contain_text("Tier 2 does not open")

    assert len(painted) == 5
    settled(page)
    assert query(page)["buy"] == BUY_100, "the address waits"
    assert steps_of_history(page) == before

    page.mouse.up()
    page.wait_for_url(f"**buy=2026-06-01_{amount}**")
    settled(page)
    assert steps_of_history(page) == before + 1
    page.go_back()
    expect(prepay).to_have_value("100")
    assert headline(page) == PLAN_HEADLINE
    page.go_forward()
    expect(prepay).to_have_value(str(amount))


def test_in_a_fast_drag_the_last_value_wins_and_nothing_jumps_back(
    page: Page, address: str
) -> None:
    prepay = open_plan(page, address)
    page.evaluate(NOTE_EVERY_FRAME)
    page.mouse.move(*place(prepay, 100))
    page.mouse.down()
    page.mouse.move(*place(prepay, 900), steps=100)
    page.mouse.up()

    amount = int(prepay.input_value())
    page.wait_for_url(f"**buy=2026-06-01_{amount}**")
    expect(money_chart(page)).to_contain_text(f"Paid ${amount}")
    settled(page)
    thumbs, paints = page.evaluate("[window.thumbs, window.paints]")
    assert thumbs == sorted(thumbs)
    assert paints == sorted(paints)
    assert thumbs[-1] == paints[-1] == amount


def test_while_a_value_is_drawn_the_next_waits_on_the_server_and_breaks_nothing_off(
    page: Page, address: str
) -> None:
    sent = []

    def note(frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            sent.append(BackMsg.FromString(frame).rerun_script)

    page.on("websocket", lambda socket: socket.on("framesent", note))
    prepay = open_plan(page, address)
    sent.clear()
    page.mouse.move(*place(prepay, 100))
    page.mouse.down()
    page.mouse.move(*place(prepay, 900), steps=100)
    page.mouse.up()
    page.wait_for_url(f"**buy=2026-06-01_{prepay.input_value()}**")

    waits = [bool(asked.fragment_id) for asked in sent]
    assert waits[0] is waits[-1] is False
    assert any(waits)


def test_a_thumb_that_comes_back_to_where_it_was_leaves_no_step(page: Page, address: str) -> None:
    prepay = open_plan(page, address)
    before = steps_of_history(page)
    page.mouse.move(*place(prepay, 100))
    page.mouse.down()
    page.mouse.move(*place(prepay, 600))
    expect(money_chart(page)).to_contain_text("Paid $6")
    page.mouse.move(*place(prepay, 100))
    page.mouse.up()

    expect(money_chart(page)).to_contain_text("Paid $100")
    settled(page)
    assert query(page)["buy"] == BUY_100
    assert steps_of_history(page) == before


def test_every_key_of_a_slider_works_and_the_focus_stays(page: Page, address: str) -> None:
    prepay = open_plan(page, address)
    prepay.focus()
    # A page of the slider is a tenth of its way: $200.
    for key, amount in (
        ("ArrowRight", 105),
        ("ArrowUp", 110),
        ("ArrowLeft", 105),
        ("ArrowDown", 100),
        ("PageUp", 300),
        ("PageDown", 100),
        ("End", 2000),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        expect(prepay).to_have_value(str(amount))
        expect(prepay).to_have_attribute("aria-valuetext", f"${amount:,}")
        if amount:
            page.wait_for_url(f"**buy=2026-06-01_{amount}**")
    page.wait_for_url(re.compile(r"^((?!buy=).)*$"))
    expect(prepay).to_be_focused()


def test_a_key_that_is_held_is_followed_and_leaves_two_steps(page: Page, address: str) -> None:
    prepay = open_plan(page, address)
    before = steps_of_history(page)
    prepay.focus()
    for _ in range(20):
        page.keyboard.down("ArrowRight")
    expect(money_chart(page)).to_contain_text("Paid $200")
    assert query(page)["buy"] != ["2026-06-01_200"]

    page.keyboard.up("ArrowRight")
    page.wait_for_url("**buy=2026-06-01_200**")
    settled(page)
    # The press, and the release after the repeats.
    assert steps_of_history(page) <= before + 2


def test_a_screen_reader_hears_name_value_bounds_and_help(page: Page, address: str) -> None:
    open_plan(page, address)
    tokens = slider(page, "Tokens per day")

    expect(tokens).to_have_attribute("aria-valuetext", "2M tokens a day")
    expect(tokens).to_have_accessible_description("Input and output together, on the first day.")
    prepay = slider(page, PREPAY)
    expect(prepay).to_have_attribute("aria-valuetext", "$100")
    assert [prepay.get_attribute(end) for end in ("min", "max", "step")] == ["0", "2000", "5"]
    tokens.press("ArrowRight")
    expect(tokens).to_have_attribute("aria-valuetext", "2.5M tokens a day")
    page.wait_for_url("**tokens=2500000**")
    expect(page.get_by_role("spinbutton", name="Exact tokens per day")).to_have_value("2500000")


def test_a_value_beside_the_stops_is_called_what_it_is_until_the_thumb_moves(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/?{PLAN.replace('tokens=2000000', 'tokens=0')}")
    tokens = slider(page, "Tokens per day")

    expect(tokens).to_have_attribute("aria-valuetext", "0 tokens a day")
    expect(page.locator(".now").first).to_have_text("0")
    tokens.press("ArrowRight")
    expect(tokens).to_have_attribute("aria-valuetext", "1.2k tokens a day")
    tokens.press("ArrowLeft")
    expect(tokens).to_have_attribute("aria-valuetext", "1k tokens a day")
    page.wait_for_url("**tokens=1000&**")


def test_help_is_shown_to_a_mouse_and_to_the_keyboard(page: Page, address: str) -> None:
    prepay = open_plan(page, address)
    button = page.get_by_role("button", name=f"Help for {PREPAY}")
    words = page.get_by_text("Credit bought on the first day.")

    expect(words).to_be_hidden()
    button.hover()
    expect(words).to_be_visible()
    page.mouse.move(0, 0)
    expect(words).to_be_hidden()
    prepay.focus()
    page.keyboard.press("Shift+Tab")
    expect(button).to_be_focused()
    expect(words).to_be_visible()


def test_the_ends_are_in_sight_and_nothing_moves_by_itself(page: Page, address: str) -> None:
    open_plan(page, address)
    ends = page.locator(".ends").last
    expect(ends).to_have_text("$0$2,000")
    for style, value in (("opacity", "1"), ("transition-duration", "0s")):
        expect(ends).to_have_css(style, value)


def test_a_finger_drags_on_a_phone(browser: Browser, address: str) -> None:
    phone = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = phone.new_page()
    prepay = open_plan(page, address)
    box = prepay.bounding_box()
    assert box
    assert box["height"] >= 24
    finger = phone.new_cdp_session(page)

    def touch(kind: str, *values: float) -> None:
        points = [dict(zip("xy", place(prepay, value), strict=True)) for value in values]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 100)
    for value in (300, 500, 700):
        touch("touchMove", value)
    amount = int(prepay.input_value())
    assert abs(amount - 700) <= 10
    expect(money_chart(page)).to_contain_text(f"Paid ${amount}")
    assert query(page)["buy"] == BUY_100
    touch("touchEnd")
    page.wait_for_url(f"**buy=2026-06-01_{amount}**")
    phone.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_slider_has_the_colours_of_the_theme(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    primary = settings["theme"][scheme]["primaryColor"]
    red, green, blue = bytes.fromhex(primary.removeprefix("#"))
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        open_plan(page, address)

        shown = page.locator(".now").get_by_text("$100", exact=True)

        expect(shown).to_have_css("color", f"rgb({red}, {green}, {blue})")
