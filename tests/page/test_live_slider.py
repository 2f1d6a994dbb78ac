"""The server's half of a live slider: messages that it takes, and when the address is written."""

import pytest
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from tests.page.pages import (
    PLAN,
    headline,
    hold,
    hold_on,
    live_slider,
    message,
    move,
    open_page,
    parameter,
    run,
    say,
)
from tierlogic.questions.date_map import TOKEN_STOPS

# Tier 2 asks for $50.
WITH_45 = "Tier 2 does not open by 29 Aug 2026, whether used or bought credit counts."


def test_a_held_thumb_moves_the_answer_and_its_release_writes_the_address() -> None:
    page = open_page(**PLAN)

    drawn = hold(page, "prepay", 45)
    assert headline(drawn) == WITH_45
    assert parameter(page, "buy") == ["2026-06-01_100"]
    move(page, "prepay", 45, held=False)
    assert headline(page) == WITH_45
    assert parameter(page, "buy") == ["2026-06-01_45"]


def test_while_a_thumb_is_held_only_what_follows_it_is_drawn() -> None:
    drawn = hold(open_page(**PLAN), "prepay", 45)

    assert len(drawn.get("vega_lite_chart")) >= 1
    assert [button.key for button in drawn.button] == ["take_sooner"]
    assert not (drawn.selectbox)
    assert not (drawn.number_input)
    assert not (drawn.dataframe)
    assert "tables" not in [control.key for control in drawn.segmented_control]


def test_a_change_elsewhere_writes_the_address_though_no_release_came() -> None:
    page = open_page(**PLAN)
    hold(page, "prepay", 45)

    run(page.number_input(key="lag_days").set_value(2))

    assert parameter(page, "buy") == ["2026-06-01_45"]


def test_what_a_thumb_says_before_its_last_value_is_drawn_is_followed_as_well() -> None:
    page = open_page(**PLAN)
    hold(page, "prepay", 200)

    drawn = hold_on(page, "prepay", 45)

    assert headline(drawn) == WITH_45
    assert not drawn.selectbox
    assert parameter(page, "buy") == ["2026-06-01_100"]


@pytest.mark.parametrize(("asked", "breaks_off"), [("", True), ("charts", False)])
def test_streamlit_breaks_off_no_run_for_what_comes_from_a_fragment(
    asked: str, breaks_off: bool
) -> None:
    requests = ScriptRequests()
    requests.request_rerun(RerunData(fragment_id=asked or None))
    assert (requests.on_scriptrunner_yield() is not None) == breaks_off


def test_an_older_message_that_comes_after_a_newer_one_changes_nothing() -> None:
    page = open_page(**PLAN)
    older = message("prepay", 200, held=True)
    move(page, "prepay", 45)

    say(page, "carrier", older)

    assert headline(page) == WITH_45
    assert parameter(page, "buy") == ["2026-06-01_45"]


def test_the_sliders_say_which_message_their_values_know() -> None:
    page = open_page(**PLAN)
    assert live_slider(page, "prepay")["at"] == 0

    say(page, "prepay_slider", message("prepay", 105, held=False, at=7))

    assert live_slider(page, "prepay")["value"] == 105
    assert live_slider(page, "prepay")["at"] == live_slider(page, "tokens_stop")["at"] == 7


def test_the_page_puts_the_thumb_where_the_plan_is() -> None:
    page = open_page(**PLAN)
    run(page.number_input(key="tokens_per_day").set_value(2_900_000.0))

    shown = live_slider(page, "tokens_stop")
    assert TOKEN_STOPS[shown["value"]] == 3_000_000
    assert shown["texts"][shown["value"]] == "3M"
    assert shown["read_aloud"][shown["value"]] == "3M tokens a day"
    assert shown["exact"] == ["2.9M", "2.9M tokens a day"]
    assert page.number_input(key="tokens_per_day").value == 2_900_000

    run(page.number_input(key="tokens_per_day").set_value(3_000_000.0))
    assert live_slider(page, "tokens_stop")["exact"] is None


@pytest.mark.parametrize(("to", "tokens"), [(0, 1_000), (len(TOKEN_STOPS) - 1, 10**10)])
def test_the_ends_of_the_slider_can_be_taken(to: int, tokens: int) -> None:
    page = open_page(**PLAN)
    move(page, "tokens_stop", to)
    assert page.number_input(key="tokens_per_day").value == tokens


HOSTILE = [
    *("-5", "2005", "102", "1e308", "-1e308", "NaN", "Infinity", "-Infinity", "null", "true"),
    *('"100"', '"<img src=x>"', "[100]", '{"prepay": 100}', "100.5", "9" * 4000),
]


COMPONENTS = ["prepay_slider", "carrier"]


@pytest.mark.parametrize("component", COMPONENTS)
@pytest.mark.parametrize("to", HOSTILE)
def test_a_value_that_is_no_stop_changes_nothing(to: str, component: str) -> None:
    page = open_page(**PLAN)
    before = headline(page)

    say(page, component, f'{{"moved": {{"slider": "prepay", "at": 1, "to": {to}}}}}')

    assert headline(page) == before
    assert live_slider(page, "prepay")["value"] == 100
    assert parameter(page, "buy") == ["2026-06-01_100"]
    assert not page.error


@pytest.mark.parametrize("component", COMPONENTS)
@pytest.mark.parametrize(
    "text",
    [
        *("[]", "7", "null", '"text"', '{"moved": 7}', '{"moved": [1]}', '{"moved": {}}'),
        '{"other": {"slider": "prepay", "at": 1, "to": 200}}',
        '{"moved": {"slider": "prepay", "to": 200}}',
        '{"moved": {"slider": "prepay", "at": "2", "to": 200, "held": "yes"}}',
        '{"moved": {"slider": "prepay", "at": NaN, "to": 200, "held": {}}}',
        '{"moved": {"slider": "prepay", "at": true, "to": 200}}',
        '{"moved": {"slider": "days", "at": 1, "to": 200}}',
        '{"moved": {"slider": ["prepay"], "at": 1, "to": 200}}',
    ],
)
def test_a_message_of_another_shape_changes_nothing(text: str, component: str) -> None:
    page = open_page(**PLAN)

    say(page, component, text)

    assert live_slider(page, "prepay")["value"] == 100
    assert not page.error
    move(page, "prepay", 300)
    assert parameter(page, "buy") == ["2026-06-01_300"]
