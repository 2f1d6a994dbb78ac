"""Ways in and out of the page: plan files, long plans, repairs, starting over, frames."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import tierlogic as tl
from tests.page.pages import (
    APP,
    PLAN,
    PLAN_HEADLINE,
    as_shown,
    headline,
    move,
    open_page,
    parameter,
    run,
)
from tierlogic.links import MAX_ADDRESS, as_query, to_parameters
from tierlogic.plan_file import to_plan_file

SCENARIO = tl.Scenario.from_query(as_query({name: [value] for name, value in PLAN.items()}))


def upload(page: AppTest, name: str, data: bytes) -> AppTest:
    return run(page.file_uploader(key="plan_file").upload(name, data))


def warnings(page: AppTest) -> list[str]:
    return [as_shown(shown.value) for shown in page.warning]


# Plan files


def test_a_plan_file_opens_and_stands_in_the_address() -> None:
    page = upload(open_page(), "plan.json", to_plan_file(to_parameters(SCENARIO)).encode())
    assert headline(page) == PLAN_HEADLINE
    assert parameter(page, "buy") == ["2026-06-01_100"]


def test_a_plan_file_with_a_fault_is_repaired_in_the_open() -> None:
    parameters = to_parameters(SCENARIO) | {"days": ["9999"]}
    page = upload(open_page(), "plan.json", to_plan_file(parameters).encode())
    assert "`days` = `9999`: must be at most 3660; 365 is used instead" in warnings(page)[0]
    assert headline(page) == PLAN_HEADLINE


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"{", "plan.json: the file is no JSON: line 1"),
        (b'{"name": "left-pad"}', "plan.json: the file holds no plan"),
        (b"\xff\xfe\x00", "plan.json: the file is no text in UTF-8"),
        (b'{"tierlogic": "plan", "title": "\\ud800"}', "title holds half of a character"),
    ],
)
def test_another_file_is_refused_and_the_plan_stays(data: bytes, says: str) -> None:
    page = upload(open_page(**PLAN), "plan.json", data)
    assert says in as_shown(page.error[0].value)
    assert headline(page) == PLAN_HEADLINE


# Too long for an address


def long_plan() -> tl.Scenario:
    days = [f"2026-{month:02}-{day:02}" for month in (6, 7, 8, 9) for day in range(1, 28)]
    return SCENARIO.but(days=200, purchases=[{"on": day, "amount": 5} for day in days])


def test_a_plan_too_long_for_an_address_is_said_and_offered_as_a_file() -> None:
    page = upload(open_page(), "long.json", to_plan_file(to_parameters(long_plan())).encode())
    assert len(as_query(to_parameters(long_plan()))) > MAX_ADDRESS
    assert "too long for an address" in warnings(page)[0]
    assert set(page.query_params) == {"v", "plan"}
    assert page.session_state["last_good"] == long_plan()


def test_the_mark_of_a_long_plan_opens_in_its_session_and_names_the_file_elsewhere() -> None:
    page = upload(open_page(), "long.json", to_plan_file(to_parameters(long_plan())).encode())
    mark = parameter(page, "plan")
    move(page, "prepay", 100)
    page.query_params.update({"v": ["1"], "plan": mark})
    run(page)
    assert page.session_state["last_good"] == long_plan()

    elsewhere = open_page(v="1", plan=mark[0])
    assert "was too long for an address; open its plan file instead" in warnings(elsewhere)[0]


# Repairs


def test_a_repaired_plan_can_take_the_place_of_its_link() -> None:
    page = open_page(**PLAN | {"days": "9999", "colour": "red"})
    assert parameter(page, "days") == ["9999"]

    run(page.button(key="accept_repairs").click())
    assert parameter(page, "days") == ["365"]
    assert "colour" not in page.query_params
    assert not page.warning


def test_the_example_is_offered_in_place_of_a_link_that_does_not_open() -> None:
    page = open_page(**PLAN | {"v": "2"})
    assert "this release reads links of format 1" in warnings(page)[0]
    run(page.button(key="open_default").click())
    assert not page.warning
    assert parameter(page, "v") == ["1"]


def test_a_notice_names_a_dozen_problems_and_counts_the_rest() -> None:
    page = open_page(**PLAN | {f"x{number}": "1" for number in range(40)})
    assert "and 28 more" in warnings(page)[0]
    assert "x12" not in warnings(page)[0]


# Starting over


def test_starting_over_asks_first_and_can_be_undone() -> None:
    page = open_page(**PLAN)
    assert page.button(key="start_over").disabled
    run(page.toggle(key="sure_to_start_over").set_value(True))
    run(page.button(key="start_over").click())
    assert headline(page) != PLAN_HEADLINE
    assert not page.toggle(key="sure_to_start_over").value

    run(page.button(key="undo").click())
    assert headline(page) == PLAN_HEADLINE


def test_undo_is_not_offered_once_the_new_plan_is_changed() -> None:
    page = open_page(**PLAN)
    run(page.toggle(key="sure_to_start_over").set_value(True))
    run(page.button(key="start_over").click())
    move(page, "prepay", 500)
    assert "undo" not in [button.key for button in page.button]


# In a frame


def test_a_frame_shows_the_chart_first_and_no_inputs() -> None:
    page = framed(**PLAN)
    assert headline(page) == PLAN_HEADLINE
    assert not page.slider
    assert not page.selectbox
    kinds = [kind(part) for part in page.main]
    assert kinds.index("vega_lite_chart") < kinds.index("subheader")
    assert len(page.get("vega_lite_chart")) == 1


def test_a_frame_says_whose_tiers_it_shows_and_for_what_use() -> None:
    said = as_shown(framed(**PLAN).caption[0].value)
    assert said == "OpenAI · gpt-5.4, 2M tokens a day · 90 days, 1 Jun 2026 to 29 Aug 2026"


def test_a_frame_with_a_link_that_cannot_be_read_whole_says_so() -> None:
    page = framed(**PLAN | {"days": "9999"})
    assert "`days` = `9999`" in warnings(page)[0]


def framed(**parameters: str) -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.context["is_embedded"] = True
    page.query_params.update(parameters)
    return run(page)


def kind(part: Any) -> str:
    return str(part.type)
