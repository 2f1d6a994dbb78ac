"""Two thousand hostile addresses: the page names what is wrong and shows the plan that is left."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.links.hostile import hostile_links
from tests.page.pages import APP, as_shown, run
from tierlogic import PlanTooLargeError
from tierlogic.answer import headline
from tierlogic.links import Asked, open_link, parameters_of
from tierlogic.links.names import IGNORED
from tierlogic.page.answers import answer_to, ranges_of
from tierlogic.scenario import Scenario

ADDRESSES, RUNS = 2_000, 10
MOST_PARAMETERS = 1_000
"""Streamlit passes on no address with more; a plan has 921 at most."""


@pytest.mark.parametrize("number", range(RUNS))
def test_a_hostile_address_opens_as_far_as_it_can_be_read(number: int) -> None:
    page = AppTest.from_file(str(APP), default_timeout=60)
    for query in hostile_links(1_000 + number, ADDRESSES // RUNS):
        address = parameters_of(query)
        if not address.keys() - IGNORED or sum(map(len, address.values())) > MOST_PARAMETERS:
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
        expected = headline_or_refusal(opened.scenario, opened.asked)
        assert any(line == expected or line.endswith(f": {expected}") for line in said(page)), query


def said(page: AppTest) -> list[str]:
    """Lines of the headline, and of what is refused."""
    parts = [*page.subheader[:1], *page.warning, *page.error]
    return [line for part in parts for line in as_shown(part.value).splitlines()]


def headline_or_refusal(scenario: Scenario, asked: Asked) -> str:
    try:
        answered = answer_to(scenario)
        # The page has drawn them too: they are not drawn twice.
        return ranges_of(scenario, asked.within).headline if asked.within else headline(answered)
    except PlanTooLargeError as error:
        return str(error)
