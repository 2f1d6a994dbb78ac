"""What is said of rules, and of links that name them, in a language that has a file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.test_changes import PAID_5, ladder, tier
from tierlogic.language import speaking
from tierlogic.links import open_link
from tierlogic.rules.changes import changes
from tierlogic.rules.faults import FaultyRulesError
from tierlogic.rules.own import own_rules

HERE = Path(__file__).parent
TRANSLATIONS = HERE / "translations"
WAIT = {"days_since": "first purchase", "at_least": 7}


@pytest.fixture(autouse=True)
def _translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(TRANSLATIONS))


def test_what_changed() -> None:
    before, after = ladder(tier(PAID_5)), ladder(tier({"all": [{**PAID_5, "at_least": 7.5}, WAIT]}))
    with speaking("de"):
        assert changes(before, after) == [
            "Tier 1: verlangt $5 bezahlt -> $7,50 bezahlt",
            "Tier 1: wartet jetzt 7 Tage seit dem ersten Kauf",
        ]


def test_what_is_wrong_with_an_own_file_is_said_to_each_reader_anew() -> None:
    text = (HERE / "own" / "acme-ladder.toml").read_text("utf-8")
    faulty = text.replace('keeping = "for good"', 'keeping = "for ever"')
    with speaking("de"), pytest.raises(FaultyRulesError) as said:
        own_rules(faulty)
    assert str(said.value).startswith("Zeile ")
    assert str(said.value).endswith("muss 'for good' oder 're-evaluated' sein (gegeben: for ever)")
    with pytest.raises(FaultyRulesError, match=r"^line .* must be 'for good' or 're-evaluated'"):
        own_rules(faulty)


def test_what_cannot_be_read_of_a_link() -> None:
    with speaking("de"):
        problems = open_link({"days": ["thirty"], "ladder": ["openai/2026-05"]}).problems
    [days] = [problem for problem in problems if problem.parameter == "days"]
    assert days.message == "ist keine Zahl; schreib 1000 oder 0.25; stattdessen gilt 365"


def test_the_log_is_in_english_whoever_comes_first() -> None:
    read_first_by_a_german = (
        "from tierlogic.language import speaking\n"
        "from tierlogic.rules.catalog import ladders\n"
        "with speaking('de'): ladders()"
    )
    environment = {
        **os.environ,
        "TIERLOGIC_RULES": str(HERE / "mounted"),
        "TIERLOGIC_TRANSLATIONS": str(TRANSLATIONS),
    }
    logged = subprocess.run(
        [sys.executable, "-c", read_first_by_a_german],
        cwd=HERE.parents[1],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    assert "keeping: must be 'for good' or 're-evaluated' (given: for ever)" in logged
