"""The examples: each shows the situation that it is named after."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

import tierlogic as tl
from tests.page.pages import as_shown, headline, open_page
from tierlogic.answer import answer
from tierlogic.page.presets import EXAMPLES, Example

TODAY = date(2026, 11, 22)
BY_NAME = {example.name: example for example in EXAMPLES}


def kinds_of_events(name: str) -> set[str]:
    return {event.kind for event in tl.project(BY_NAME[name].plan(TODAY)).events}


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_is_a_link_to_its_plan_and_to_what_it_asks(number: int) -> None:
    link = open_page().get("link_button")[number].proto
    example = EXAMPLES[number]
    assert as_shown(link.label) == example.name
    page = open_page(**parse_qs(urlsplit(link.url).query))
    assert not page.error
    assert not page.warning
    assert page.session_state["last_good"].title == example.plan(TODAY).title
    assert ("by" in page.query_params) == (example.asks(TODAY).goal is not None)
    assert headline(page)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_leaves_something_to_plan(example: Example) -> None:
    assert answer(example.plan(TODAY)).next_tier


def test_the_smallest_purchase_is_used_up() -> None:
    # $5 at 200,000 tokens of $5.625 a million, $1.125 a day, end on the 5th day.
    assert "credit_ran_out" in kinds_of_events("A new account with $5")


def test_the_batch_meets_rate_limits_and_the_account_its_cap() -> None:
    assert "first_rate_limited_day" in kinds_of_events("A batch of embeddings")
    assert "cap_reached" in kinds_of_events("A Gemini account at its monthly cap")


def test_the_team_pays_invoices_only() -> None:
    daily = tl.project(BY_NAME["A team on a monthly invoice"].plan(TODAY)).daily
    assert daily["invoice_paid"].sum() > 0
    assert daily[["purchased", "recharged"]].sum().sum() == 0


def test_the_agent_lacks_the_limit_that_it_asks_for() -> None:
    example = BY_NAME["An agent that needs 2M a minute"]
    goal = example.asks(TODAY).goal
    assert goal
    found = tl.target(example.plan(TODAY), goal).by_reading["used"]
    assert found.prepay.value
    assert found.prepay.value > 0
