"""Two thousand hostile addresses: the page names what is wrong and shows the plan that is left."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.links.hostile import hostile_links
from tests.page.pages import APP, as_shown, headline, run
from tierlogic import PlanTooLargeError, answer
from tierlogic.links import open_link, parameters_of
from tierlogic.scenario import Scenario

ADDRESSES, RUNS = 2_000, 10
MOST_PARAMETERS = 1_000
"""Streamlit passes on no address with more; a plan has 921 at most."""


@pytest.mark.parametrize("number", range(RUNS))
def test_a_hostile_address_opens_as_far_as_it_can_be_read(number: int) -> None:
    page = AppTest.from_file(str(APP), default_timeout=60)
    for query in hostile_links(1_000 + number, ADDRESSES // RUNS):
        address = parameters_of(query)
        if not 0 < sum(map(len, address.values())) <= MOST_PARAMETERS:
            continue
        page.query_params.clear()
        for name, values in address.items():
            page.query_params[name] = values
        run(page)
        opened = open_link(address)
        if opened.problems:
            assert page.warning, query
        if opened.scenario is None:
            continue
        expected = headline_or_refusal(opened.scenario)
        assert expected == headline(page) or expected in notice(page), query


def notice(page: AppTest) -> str:
    return as_shown(page.warning[0].value) if page.warning else ""


def headline_or_refusal(scenario: Scenario) -> str:
    try:
        return answer.headline(answer.answer(scenario))
    except PlanTooLargeError as error:
        return str(error)
