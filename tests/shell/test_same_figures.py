"""The same plan gives the same figures in the package, in a shell and on the page."""

from decimal import Decimal

import pytest

import tierlogic as tl
from tests.exports.plans import SCENARIOS, in_file
from tests.page.pages import headline, open_page
from tests.shell.running import run
from tierlogic.answer import READINGS
from tierlogic.links import to_parameters

NAMES = sorted(file.stem for file in SCENARIOS.glob("*.toml"))
ON_THE_PAGE = ["ten_payments_of_25", "anthropic_tier_4_in_two_purchases"]


@pytest.mark.parametrize("name", NAMES)
def test_a_shell_says_what_the_package_says(capsys: pytest.CaptureFixture[str], name: str) -> None:
    scenario = in_file(name)
    ran = run(capsys, "project", scenario.to_query(), "--format", "json")
    assert (ran.code, ran.err) == (0, [])
    for reading in READINGS:
        projection = tl.project(scenario.but(reading=reading))
        told = ran.record["readings"][reading]
        assert [
            (each["tier"], each["on"], Decimal(each["missing"]), each["why"])
            for each in told["unlocks"]
        ] == [
            (unlock.tier, unlock.on and unlock.on.isoformat(), unlock.missing, unlock.why)
            for unlock in projection.unlocks
        ]
        assert [each["text"] for each in told["events"]] == [
            event.text for event in projection.events
        ]
        last = projection.daily.iloc[-1]
        for column in ("used", "paid", "balance"):
            assert float(told["totals"][column]) == pytest.approx(last[column], abs=1e-9)
        for column in ("tokens_wanted", "tokens_served"):
            assert told["totals"][column] == projection.daily[column].sum()


@pytest.mark.parametrize("name", ON_THE_PAGE)
def test_the_page_says_what_a_shell_says(capsys: pytest.CaptureFixture[str], name: str) -> None:
    scenario = in_file(name)
    page = open_page()
    for parameter, values in to_parameters(scenario).items():
        page.query_params[parameter] = values
    page.run()
    told = run(capsys, "project", scenario.to_query(), "--format", "json").record
    assert headline(page) == told["headline"]
