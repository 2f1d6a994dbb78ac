"""Words made far from the page: all of them are sentences that a translation has."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import tierlogic as tl
from tests.imports.test_refused_files import REFUSED
from tests.language.marked import outside_of_marks
from tests.scenario.plans import with_changes
from tierlogic.answer import answer, headline, reasons
from tierlogic.charts import money_takeaway, rates_takeaway
from tierlogic.full_request_in_words import full_request_in_words
from tierlogic.imports import ImportFileError, read
from tierlogic.rules.faults import FaultyRulesError
from tierlogic.rules.own import own_rules

TESTS = Path(__file__).parents[1]
STORIES = sorted((TESTS / "scenarios").glob("*.toml"))
BROKEN_RULES = sorted((TESTS / "rules" / "broken").glob("*.toml"))
FINE_LINK = "v=1&ladder=openai/2023-11&limits=openai/2023-11&start=2024-01-01"

pytestmark = pytest.mark.usefixtures("in_marks")


def entries(file: Path, of: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))[of]
    return found


def english_in(*texts: str | None) -> list[str]:
    return [text for text in texts if text and re.search(r"[A-Za-z]{2,}", outside_of_marks(text))]


@pytest.mark.parametrize("story", STORIES, ids=lambda file: file.stem)
def test_answers_reasons_and_events(story: Path) -> None:
    answered = answer(
        tl.Scenario.model_validate(tomllib.loads(story.read_text("utf-8"))["scenario"])
    )
    shown = answered.chosen
    assert not english_in(
        headline(answered),
        *(reason for _, reason in reasons(answered)),
        full_request_in_words(answered),
        *(other.sentence for other in answered.other_rules),
        *(unlock.why for unlock in shown.unlocks),
        *(event.text for event in shown.events),
        money_takeaway(shown),
        rates_takeaway(shown),
    )


def test_what_cannot_be_read_of_a_link() -> None:
    for bad in entries(TESTS / "links" / "bad.toml", "bad"):
        query = bad["query"] if bad.get("alone") else f"{FINE_LINK}&{bad['query']}"
        with pytest.raises(tl.LinkError) as refused:
            tl.Scenario.from_query(query)
        assert not english_in(*(problem.message for problem in refused.value.problems))


def test_what_is_wrong_with_a_plan() -> None:
    for broken in entries(TESTS / "scenario" / "broken.toml", "broken"):
        changed = {
            path: None if value == "null" else value for path, value in broken["change"].items()
        }
        with pytest.raises(ValidationError) as refused:
            tl.Scenario.model_validate(with_changes(changed))
        assert not english_in(*(problem.message for problem in tl.problems(refused.value)))


@pytest.mark.parametrize("file", BROKEN_RULES, ids=lambda file: file.stem)
def test_what_is_wrong_with_rules_of_ones_own(file: Path) -> None:
    with pytest.raises(FaultyRulesError) as refused:
        own_rules(file.read_text("utf-8"))
    assert not english_in(*(fault.says for fault in refused.value.faults))


@pytest.mark.parametrize("name", REFUSED)
def test_why_a_file_of_usage_is_refused(name: str) -> None:
    with pytest.raises(ImportFileError) as refused:
        read([REFUSED[name][0]])
    assert not english_in(str(refused.value))
