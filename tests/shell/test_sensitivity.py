import pytest

import tierlogic as tl
from tests.shell.running import refused, run
from tests.shell.test_commands import LINK, PLAN
from tierlogic.links import from_query


def test_the_steps_are_those_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    found = tl.sensitivity(PLAN, "Tier 4")
    record = run(capsys, "sensitivity", LINK, "--tier", "Tier 4", "--format", "json").record
    assert (record["tier"], record["on"]) == ("Tier 4", "2026-02-28")
    assert record["summary"] == found.summary
    assert [(step["change"], step["days"], step["text"]) for step in record["effects"]] == [
        (effect.change, effect.days, effect.text) for effect in found.effects
    ]
    assert [from_query(step["link"]) for step in record["effects"]] == [
        effect.scenario for effect in found.effects
    ]
    assert found.saturation
    assert record["saturation"]["text"] == found.saturation.text


def test_the_largest_step_stands_first(capsys: pytest.CaptureFixture[str]) -> None:
    words, table = run(capsys, "sensitivity", LINK, "--tier", "Tier 4").out.split("\n\n")
    assert words.startswith("Tier 4 opens on 28 Feb 2026. What matters most is “$50 less now”: ")
    heading, *steps = table.splitlines()
    assert heading.split() == ["step", "effect", "Tier", "4", "opens"]
    # $250 less $50 is never $250 used; 10% more tokens use $9.625 a day: the 26th day, 25 Feb.
    assert steps[0].startswith("$50 less now ")
    assert [step.split()[-7:] for step in steps if step.startswith("10% more tokens")] == [
        ["tokens", "3", "days", "sooner", "25", "Feb", "2026"]
    ]


def test_csv_has_one_row_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(capsys, "sensitivity", LINK, "--tier", "Tier 4", "--csv").rows
    days = {row["change"]: row["days"] for row in rows}
    assert (days["10% more tokens"], days["$50 less now"]) == ("3", "")


def test_where_every_tier_is_open_there_are_no_steps(capsys: pytest.CaptureFixture[str]) -> None:
    link = PLAN.but(opening_tier="Tier 5").to_query()
    ran = run(capsys, "sensitivity", link)
    assert ran.out == "Tier 5, the highest tier, is open from 31 Jan 2026.\n"
    assert run(capsys, "sensitivity", link, "--csv").rows == []


def test_an_unknown_tier_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    line = refused(capsys, "sensitivity", LINK, "--tier", "Tier 9")
    assert line.startswith("tierlogic: --tier: openai/2024-10 has no tier 'Tier 9' with gates")
