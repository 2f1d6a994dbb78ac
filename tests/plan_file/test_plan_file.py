"""A plan as a JSON file: it opens as the link does, and other files are refused by name."""

import json
import random
import tomllib
from pathlib import Path

import pytest

import tierlogic as tl
from tierlogic.links import open_link, parameters_of, to_parameters
from tierlogic.plan_file import LARGEST_FILE, PlanFileError, read_plan_file, to_plan_file

LINKS = tomllib.loads(
    (Path(__file__).parents[1] / "links" / "v1.toml").read_text(encoding="utf-8")
)["link"]


@pytest.mark.parametrize("published", LINKS, ids=lambda published: published["name"])
def test_a_plan_file_opens_as_the_link_does(published: dict[str, str]) -> None:
    scenario = tl.Scenario.from_query(published["link"])
    opened = open_link(read_plan_file(to_plan_file(to_parameters(scenario)).encode()))
    assert opened.scenario == scenario
    assert opened.problems == ()


def test_numbers_and_a_byte_order_mark_are_read_as_they_stand() -> None:
    text = '{"tierlogic": "plan", "v": 1, "tokens": 1000000, "output_share": 0.250, "buy": []}'
    assert read_plan_file(b"\xef\xbb\xbf" + text.encode()) == {
        "v": ["1"],
        "tokens": ["1000000"],
        "output_share": ["0.250"],
        "buy": [],
    }


def test_a_doubled_name_is_left_for_the_reader_to_name() -> None:
    read = read_plan_file(b'{"tierlogic": "plan", "days": "30", "days": "60"}')
    assert read == {"days": ["30", "60"]}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no JSON: line 1"),
        (b'{"tierlogic": "plan",\n "v": }', "no JSON: line 2"),
        (b"%PDF-1.7 \xff\xfe", "no text in UTF-8 (byte 10)"),
        (b'{"name": "left-pad"}', 'a plan begins with "tierlogic": "plan"'),
        (b'{"tierlogic": "board"}', 'a plan begins with "tierlogic": "plan"'),
        (b'["tierlogic", "plan"]', "a plan is one JSON object"),
        (b"7", "a plan is one JSON object"),
        (b'{"tierlogic": "plan", "days": null}', "days is not a text"),
        (b'{"tierlogic": "plan", "days": true}', "days is not a text"),
        (b'{"tierlogic": "plan", "buy": [{"on": "2026-01-01"}]}', "buy is not a text"),
        (b'{"tierlogic": "plan", "buy": {"on": "2026-01-01"}}', "buy is not a text"),
        (b'{"tierlogic": "plan", "title": "\\ud800"}', "title holds half of a character"),
        (b'{"tierlogic": "plan", "x\\ud800": "1"}', "x\\ud800 holds half of a character"),
        (b"[" * 400_000, "nested too deeply"),
        (b" " * (LARGEST_FILE + 1), "1,000,001 bytes"),
        (
            json.dumps({"tierlogic": "plan", **{f"x{i}": "1" for i in range(2_000)}}).encode(),
            "2,001 names",
        ),
    ],
)
def test_another_file_is_refused_by_what_it_is(data: bytes, says: str) -> None:
    with pytest.raises(PlanFileError) as refused:
        read_plan_file(data)
    assert says in str(refused.value)


FILES, RUNS = 10_000, 5


@pytest.mark.parametrize("run", range(RUNS))
def test_a_bent_file_is_read_or_refused_and_never_more(run: int) -> None:
    chance = random.Random(run)  # noqa: S311 - a fixed draw, no secret
    whole = [to_plan_file(parameters_of(published["link"])).encode() for published in LINKS]
    for _ in range(FILES // RUNS):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.randint(0, 4)] = chance.choice(BENDS)
        try:
            read = read_plan_file(bytes(data))
        except PlanFileError:
            continue
        opened = open_link(read, {"ladder": "openai/2026-05", "limits": "openai/2026-09"})
        assert opened.scenario or opened.problems
        assert all(str(problem).encode() for problem in opened.problems)


BENDS = [
    *(b"", b"{", b"}", b"[", b"]", b'"', b",", b":", b"\\u0000", b"\\ud800", b"\x00", b"\xff"),
    *(b"null", b"true", b"NaN", b"-1e999", b"9" * 5_000, b"[[[[", b'"v": "2",', b"\xef\xbb\xbf"),
]
