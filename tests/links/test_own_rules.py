"""Own rules in a link: packed where they fit, marked where they do not, named where broken."""

import base64
import zlib
from pathlib import Path
from typing import Any

import pytest

import tierlogic as tl
from tierlogic.links import (
    PLAN_FILE,
    OpenedLink,
    as_query,
    is_mark,
    mark,
    open_link,
    pack,
    parameters_of,
    to_parameters,
    within_an_address,
)

OWN = Path(__file__).parents[1] / "rules" / "own"
LADDER, LIMITS = ((OWN / f"acme-{kind}.toml").read_text("utf-8") for kind in ("ladder", "limits"))
INSTEAD = {"ladder": "openai/2023-11", "limits": "openai/2023-11", "start": "2024-01-01"}


def plan(**changes: Any) -> tl.Scenario:
    return tl.Scenario.model_validate(
        {
            "own_ladder": LADDER,
            "own_limits": LIMITS,
            "ladder": "acme/2026-11",
            "limits": "acme/2026-11",
            "start": "2026-12-01",
            **changes,
        }
    )


def opened(**changes: str) -> OpenedLink:
    parameters = to_parameters(plan()) | {name: [value] for name, value in changes.items()}
    return open_link(parameters, INSTEAD)


def packed_bytes(data: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(data)).decode().rstrip("=")


# Published: must open for ever.
PACKED_LADDER = (
    "ePltqWlbw5FzE5NzUzHzrSFyvnWGhpBCfpqCH7CQyk0CRTBQmRIX1ixtCEnPSPnXNTSIUDaF50c8mccxLy-1QsEJ"
    "5I6SjFQFRMwh5yag7UYGuHITRhIpykzMQUkhbiCPgEwHhi7IouLM9DygFPYUg8VEp6L8vCrUtAqKMGAIAPNDWX5m"
    "cioRqQ8zHeFIBlgzS3BmDjA-UZxgZIrqBB1wMVdSnq9QnpqaXUysi8D5HJ-jjEzhxQHRqdPQBJLtAb8m094"
)


def test_a_published_packed_file_opens() -> None:
    link = opened(own_ladder=PACKED_LADDER)
    assert link.problems == ()
    assert link.scenario == plan()


def test_own_rules_survive_their_link() -> None:
    query = plan().to_query()
    assert tl.Scenario.from_query(query) == plan()
    assert len(query) < 2_000


@pytest.mark.parametrize("text", ["# ü 日本 🚀\r\n", "# " + "x" * 40_000])
def test_any_text_of_a_file_survives(text: str) -> None:
    scenario = plan(own_ladder=LADDER + text)
    assert tl.Scenario.from_query(scenario.to_query()) == scenario


def test_a_link_of_published_rules_says_nothing_of_own_ones() -> None:
    published = tl.Scenario.from_query(
        "&".join(f"{name}={value}" for name, value in INSTEAD.items())
    )
    assert "own" not in published.to_query()


LADDER_LEFT_OUT = "openai/2023-11 is used instead"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", "is no packed rules file"),
        ("x", "is no packed rules file"),
        ("a b", "is no packed rules file"),
        (packed_bytes(b""), "is no rules file"),
        ("file.123", "is no packed rules file"),
        (pack(LADDER)[:-8], "was cut off"),
        (pack(LADDER)[:40], "was cut off"),
        (packed_bytes(b"\xff"), "is no packed rules file"),
        (packed_bytes(b"#" * 200_000), "has 200,000 characters; 50,000 are allowed"),
        (packed_bytes(b"#" * 200_001), "is longer than a rules file may be"),
        (packed_bytes(b"\0" * 30_000_000), "is longer than a rules file may be"),
        (pack(LADDER.replace("EUR", "GBP")), "line 6, currency: must be 'USD', 'CNY' or 'EUR'"),
        (pack(LIMITS), "is a limits table, not a ladder"),
        (mark(LADDER), "there is no ladder 'acme/2026-11' here; it was a file of the sender's own"),
    ],
)
def test_an_own_ladder_that_cannot_be_read_is_named_and_the_rest_opens(
    value: str, words: str
) -> None:
    link = opened(own_ladder=value, days="77")
    said = {problem.parameter: problem.message for problem in link.problems}
    assert words in said["own_ladder"]
    assert set(said) == {"own_ladder", "limits"}, "the limits need the ladder"
    assert link.scenario is not None
    assert (link.scenario.ladder, link.scenario.days) == ("openai/2023-11", 77)
    assert link.scenario.own_ladder is None


@pytest.mark.parametrize("value", ["x", mark(LIMITS), pack(LADDER), pack(LIMITS)[:-8]])
def test_an_own_ladder_opens_without_its_limits(value: str) -> None:
    link = opened(own_limits=value)
    assert [problem.parameter for problem in link.problems] == ["own_limits"]
    assert "no limits are known until then" in link.problems[0].message or value == "x"
    assert link.scenario is not None
    assert link.scenario.own_ladder == LADDER
    assert link.scenario.limits_table.rows == ()


def test_a_broken_file_never_shows_the_published_figures_of_its_id() -> None:
    link = opened(own_ladder="x", ladder="openai/2026-05")
    assert link.scenario is not None
    assert link.scenario.ladder == INSTEAD["ladder"]
    assert "own_ladder" in {problem.parameter for problem in link.problems}


def test_an_id_that_is_not_the_file_s_is_named() -> None:
    link = opened(ladder="openai/2026-05")
    said = {problem.parameter: problem.message for problem in link.problems}
    assert "own_ladder is 'acme/2026-11'" in said["ladder"]
    assert link.scenario is not None
    assert link.scenario.ladder == INSTEAD["ladder"]


def test_an_own_file_said_twice_is_named() -> None:
    query = f"{plan().to_query()}&own_ladder=x"
    link = open_link(parameters_of(query), INSTEAD)
    assert link.scenario is not None
    assert "stands 2 times" in {p.parameter: p.message for p in link.problems}["own_ladder"]


# What fits into an address


def length(parameters: dict[str, list[str]]) -> int:
    return len(as_query(parameters))


def test_a_file_stays_while_the_query_fits_to_the_character() -> None:
    whole = to_parameters(plan())
    assert within_an_address(whole, room=length(whole)) == whole
    short = within_an_address(whole, room=length(whole) - 1)
    assert short["own_ladder"] == [mark(LADDER)], "the longer one"
    assert short["own_limits"] == whole["own_limits"]
    shortest = within_an_address(whole, room=length(short) - 1)
    assert all(is_mark(shortest[name][0]) for name in ("own_ladder", "own_limits"))
    assert to_parameters(plan()) == whole, "the scenario's own link stays complete"


def test_a_long_plan_on_published_rules_is_marked_as_a_whole() -> None:
    purchases = [{"on": "2024-01-02", "amount": 1 + n} for n in range(400)]
    long = to_parameters(tl.Scenario.model_validate({**INSTEAD, "purchases": purchases}))
    assert length(long) > 2_000
    assert within_an_address(long) == {"v": ["1"], PLAN_FILE: [mark(as_query(long))]}


def test_equal_files_have_equal_marks() -> None:
    assert mark(LADDER) == mark((OWN / "acme-ladder.toml").read_text("utf-8"))
    assert mark(LADDER) != mark(f"{LADDER}\n")
