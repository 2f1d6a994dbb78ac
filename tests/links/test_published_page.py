"""The page opens published links whole: what it shows is the link, whatever it begins with."""

import pytest
from streamlit.testing.v1 import AppTest

import tierlogic as tl
from tests.links.published import Published, opened, published_links
from tests.page.pages import APP, headline, parameter, run
from tierlogic import answer
from tierlogic.links import parameters_of
from tierlogic.page import address, asking
from tierlogic.page.presets import seed

LINKS = published_links()
ASKED = [each for each in LINKS if "range_seed=" in each.link or "&by=" in each.link]
COMPARED = [each for each in LINKS if ".title=" in each.link and each not in ASKED]
ALONE = [each for each in LINKS if each not in (*ASKED, *COMPARED)]
SHOWN = [*ALONE[::5], *ALONE[36:42:3], *COMPARED, *ASKED]
"""Every fifth plan alone, the one with every field, own rules, and all that ask something."""


@pytest.fixture
def another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that begins with another plan, goal and ranges."""
    other = seed().but(days=7, lag_days=7, noise={"spread": 0.7, "seed": 7})
    monkeypatch.setattr(address, "newcomer", lambda _: other)
    monkeypatch.setattr(asking, "_DAYS_TO_A_GOAL", 7)
    monkeypatch.setattr(asking, "_USUAL", tl.Ranges(price=(-0.7, 7), draws=777, seed=77))


@pytest.mark.usefixtures("another_page")
@pytest.mark.parametrize("published", SHOWN, ids=lambda published: published.name)
def test_the_page_shows_a_published_link_as_it_is(published: Published) -> None:
    page = AppTest.from_file(str(APP), default_timeout=60)
    written = parameters_of(published.link)
    for name, values in written.items():
        page.query_params[name] = values
    run(page)
    assert not page.warning
    shown = page.session_state["shown"]
    if "model" in written:
        assert shown == written
    else:  # The page has a line to fill in, which wants nothing.
        assert shown["tokens"] == ["0"]
    assert {name: parameter(page, name) for name in page.query_params} == written
    if "range_seed" not in written:
        scenario = opened(published.link).scenario
        assert scenario is not None
        assert headline(page) == answer.headline(answer.answer(scenario))
