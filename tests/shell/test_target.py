import pytest

import tierlogic as tl
from tests.shell.running import refused, run
from tests.shell.test_commands import LINK, PLAN
from tierlogic.links import from_query

IN_TIME = ("target", LINK, "--tier", "Tier 4", "--by", "2026-02-28")
TOO_SOON = ("target", LINK, "--tier", "Tier 4", "--by", "2026-02-27")


def test_the_ways_are_those_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    found = tl.target(PLAN, tl.Goal.model_validate({"tier": "Tier 4", "by": "2026-02-27"}))
    record = run(capsys, *TOO_SOON, "--format", "json").record
    assert record["tierlogic"] == "target"
    assert record["goal"]["by"] == "2026-02-27"
    for reading, ways in found.by_reading.items():
        told = record["readings"][reading]
        assert told["earliest"]["value"] == (
            ways.earliest.value and ways.earliest.value.isoformat()
        )
        assert told["tokens_per_day"]["value"] == ways.tokens_per_day.value
        assert [told[name]["why"] for name in ("prepay", "schedule")] == [
            ways.prepay.why,
            ways.schedule.why,
        ]


def test_the_links_open_plans_that_reach_the_goal(capsys: pytest.CaptureFixture[str]) -> None:
    record = run(capsys, *TOO_SOON, "--format", "json").record
    told = record["readings"]["used"]["tokens_per_day"]
    plan = from_query(told["link"])
    assert sum(line.tokens_per_day for line in plan.usage) == told["value"]
    opened = tl.project(plan).unlock("Tier 4").on
    assert opened is not None
    assert opened.isoformat() <= "2026-02-27"


def test_a_way_that_is_needed_no_more_costs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    # $8.75 a day: $250 is used on the 29th day, 28 Feb.
    record = run(capsys, *IN_TIME, "--format", "json").record
    assert record["readings"]["used"]["prepay"]["value"] == "0"
    assert record["readings"]["used"]["tokens_per_day"]["value"] <= 2_000_000
    # A day earlier more tokens are needed.
    record = run(capsys, *TOO_SOON, "--format", "json").record
    assert record["readings"]["used"]["tokens_per_day"]["value"] > 2_000_000


def test_the_table_has_both_readings(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, *TOO_SOON)
    heading, used, paid = ran.out.split("\n\n")
    assert heading == "What it takes to reach Tier 4 by 27 Feb 2026:"
    assert used.startswith("if only used money counts")
    assert paid.startswith("if buying credit counts")
    for table in (used, paid):
        for way in ("earliest day", "fewest tokens a day", "least more credit now", "cheapest"):
            assert f"\n{way}" in table


def test_where_nothing_is_contested_there_is_one_table(capsys: pytest.CaptureFixture[str]) -> None:
    settled = "ladder=anthropic/2026-04&limits=anthropic/2026-04&start=2026-04-23"
    ran = run(capsys, "target", settled, "--tier", "Tier 2", "--by", "2026-05-01")
    _, table = ran.out.split("\n\n")
    assert table.startswith("way ")
    # Tier 2 asks for $40 of credit, and for no days.
    assert "\ncheapest purchases     $40 on 1 May 2026  " in table


def test_a_limit_names_the_lowest_tier(capsys: pytest.CaptureFixture[str]) -> None:
    # openai/2024-10 allows gpt-4o 450,000 tokens per minute at Tier 2, 800,000 at Tier 3.
    for tpm, tier in ((450_000, "Tier 2"), (450_001, "Tier 3")):
        ran = run(capsys, "target", LINK, "--tpm", str(tpm), "--by", "2026-03-31")
        assert f"{tpm:,} tokens per minute of gpt-4o" in ran.out
        assert f"; {tier} is the lowest that allows it:" in ran.out


def test_a_full_request_may_name_its_model(capsys: pytest.CaptureFixture[str]) -> None:
    by = ("--full-request", "--by", "2026-03-31")
    assert "the whole context window of gpt-4o" in run(capsys, "target", LINK, *by).out
    assert run(capsys, "target", LINK, *by, "--model", "gpt-4o").code == 0
    assert "does not use 'gpt-5'" in refused(capsys, "target", LINK, *by, "--model", "gpt-5")


def test_csv_has_one_row_a_way(capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(capsys, *IN_TIME, "--csv").rows
    assert [(row["reading"], row["way"]) for row in rows] == [
        (reading, way)
        for reading in ("used", "paid")
        for way in ("earliest", "tokens_per_day", "prepay", "schedule")
    ]
    assert rows[0]["value"] == "2026-02-14"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--tier", "Tier 9", "--by", "2026-02-28"], "openai/2024-10 has no tier 'Tier 9'; it has"),
        (["--tier", "Tier 4", "--by", "2026-01-30"], "30 Jan 2026 is outside what a plan can hold"),
        (["--tier", "Tier 4", "--by", "soon"], "argument --by: 'soon' is no date; write it as"),
        (["--tier", "Tier 4"], "the following arguments are required: --by"),
        (["--by", "2026-02-28"], "one of the arguments --tier --tpm --full-request is required"),
        (["--tpm", "0", "--by", "2026-02-28"], "must be at least 1"),
        (["--tier", "Tier 4", "--tpm", "5", "--by", "2026-02-28"], "not allowed with argument"),
        (["--tier", "Tier 4", "--model", "x", "--by", "2026-02-28"], "leave model out"),
    ],
)
def test_a_goal_that_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert says in refused(capsys, "target", LINK, *arguments)
