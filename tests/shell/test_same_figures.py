"""The same plan gives the same figures in the package, in a shell and on the page."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

import tierlogic as tl
from tests.exports.plans import SCENARIOS, in_file
from tests.page.pages import APP, headline, unlocks
from tests.page.pages import run as rerun
from tests.shell.running import run
from tierlogic.answer import READINGS
from tierlogic.language import day_in_words
from tierlogic.links import to_parameters

NAMES = sorted(file.stem for file in SCENARIOS.glob("*.toml"))


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


@pytest.fixture(scope="module")
def page() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=60)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_a_shell_says(
    capsys: pytest.CaptureFixture[str], page: AppTest, name: str
) -> None:
    scenario = in_file(name)
    page.query_params.clear()
    for parameter, values in to_parameters(scenario).items():
        page.query_params[parameter] = values
    rerun(page)
    told = run(capsys, "project", scenario.to_query(), "--format", "json").record
    assert headline(page) == told["headline"]
    assert [(tier, row["Opens"], row["Why"]) for tier, row in unlocks(page).items()] == [
        (unlock["tier"], _as_shown(unlock["on"]), unlock["why"])
        for unlock in told["readings"][scenario.reading]["unlocks"]
    ]


def _as_shown(on: str | None) -> str:
    return day_in_words(date.fromisoformat(on)) if on else "not in plan"
