"""The page in another language: a file translates all of it, and leaves no English between."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.exports.plans import MADE_ON, contested
from tests.language.marked import LANGUAGE
from tests.page.pages import PLAN, open_page, open_page_in, run
from tests.page.words_shown import not_said
from tierlogic.answer import answer
from tierlogic.language import speaking
from tierlogic.page.views.downloads import papers

TABS = (
    "Unlocks",
    "What matters",
    "Compare",
    "How sure",
    "Daily figures",
    "Events",
    "Rules and sources",
    "In practice",
)
SAMPLES = Path(__file__).parents[1] / "imports" / "samples"

pytestmark = pytest.mark.usefixtures("in_marks")


def opened(**parameters: str | list[str]) -> AppTest:
    return open_page_in(LANGUAGE, parameters)


def test_english_would_be_found() -> None:
    assert {"Share", "Prepay now", "Plan starts"} <= not_said(open_page(**PLAN))


def test_a_first_visit() -> None:
    assert not_said(opened()) == set()


@pytest.mark.parametrize("tab", TABS)
def test_a_tab(tab: str) -> None:
    page = opened(**PLAN)
    page.session_state["tables"] = tab
    assert not_said(run(page)) == set()


def test_a_target() -> None:
    page = opened(**PLAN)
    run(page.segmented_control(key="mode").set_value("target"))
    assert not_said(page) == set()


def test_bills() -> None:
    page = opened(**PLAN)
    run(page.segmented_control(key="mode").set_value("usage"))
    (uploader,) = (each for each in page.file_uploader if str(each.key).startswith("usage_files"))
    uploader.upload("costs.tsv", (SAMPLES / "openai_console.costs.tsv").read_bytes())
    uploader.upload("usage.tsv", (SAMPLES / "openai_console.usage.tsv").read_bytes())
    assert not_said(run(page), given={"costs.tsv", "usage.tsv"}) == set()


def test_many_accounts() -> None:
    page = opened(**PLAN)
    run(page.button(key="open_many_accounts").click())
    (uploader,) = page.file_uploader
    uploader.upload("accounts.csv", b"account,tokens_per_day\nshop,2000000\nsearch,-1\n")
    assert not_said(run(page), given={"shop", "search"}) == set()


@pytest.mark.parametrize(
    "changed",
    [
        {"days": "0", "reading": "both", "colour": "blue", "peak": "3"},
        {"billing": "monthly_invoice", "peak_factor": "3"},
        {"ladder": "gemini/2026-09-20", "limits": "gemini/2026-04"},
        {"ladder": "acme/2026-01"},
        {"range_tokens": "-0.2_0.5", "range_draws": "100"},
    ],
)
def test_a_link(changed: dict[str, str]) -> None:
    assert not_said(opened(**(PLAN | changed))) == set()


def test_a_plan_file_a_rules_file_and_a_link_that_are_refused() -> None:
    page = opened(**PLAN)
    page.session_state["tables"] = "Compare"
    run(page)
    page.file_uploader(key="plan_file").upload("plan.json", b"[]")
    page.file_uploader(key="own_file").upload("contract.toml", b"format = 2")
    page.text_input(key="linked_plan").set_value("?days=0")
    run(page)
    assert len(page.error) == 3
    assert not_said(page, given={"plan.json", "contract.toml"}) == set()


def test_a_file_is_made_in_the_language_of_its_button() -> None:
    report = papers(answer(contested()), MADE_ON, "")[0]
    with speaking("en"):
        assert f'lang="{LANGUAGE}"' in str(report.content())
