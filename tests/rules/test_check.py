"""What `tierlogic rules check` says of a file, and where it finds the lines."""

import tomllib
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tierlogic.rules.catalog import DATA
from tierlogic.rules.check import check_file, parse_any
from tierlogic.rules.key_lines import key_lines
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable
from tierlogic.rules.provider import Provider
from tierlogic.rules.ways import Way

FILES = sorted(set(DATA.glob("*/**/*.toml")) - set(DATA.glob("reports/*")))

LADDER = """\
format = 1
provider = "example"
version = "2024-01"
title = "An example"
in_force_from = 2024-01-01
currency = "USD"
keeping = "for good"
scope = "account"
"""
FREE = """
[sources.docs]
url = "https://example.com/tiers"
read = 2024-01-02
confidence = "high"

[[tiers]]
name = "Free"
wording = "Anyone"
source = "docs"
"""


def faults_of(folder: Path, text: str) -> list[str]:
    path = folder / "my-contract.toml"
    path.write_text(text, encoding="utf-8")
    return [fault.at(path.name) for fault in check_file(path)]


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    text = (
        LADDER.replace('"USD"', '"GBP"')
        + "curency = 1\n"
        + FREE
        + dedent("""
            [[tiers]]
            name = "Tier 1"
            wording = "$5 paid"
            source = "blog"

            [[tiers]]
            name = "Tier 2"
            wording = "$50 paid and 7 days"
            source = "post"
            opens_when.all = [
              { counts = "paid", at_least = 50 },
              { days_since = "first payment", at_least = "soon" },
            ]
            largest_purchase = -1

            [[tiers]]
            name = "Free"
            wording = "$100 paid"
            source = "docs"
            opens_when.all = [{ counts = "paid", at_least = 100 }]

            [[tiers]]
            name = "Tier 1"
            wording = "$200 paid"
            source = "docs"
        """)
    )
    keys = ", ".join(Ladder.model_fields)
    file = "my-contract.toml"
    assert faults_of(tmp_path, text) == [
        f"{file}:6: currency: must be 'USD', 'CNY' or 'EUR' (given: GBP)",
        (
            f"{file}:9: curency: is not known here; did you mean currency? The keys here are "
            f"{keys} (given: 1)"
        ),
        f"{file}:21: tier 'Tier 1' has no gates; only the first may go without: give it opens_when",
        f"{file}:24: tier 'Tier 1' names source 'blog', which the file lacks; it has docs",
        f"{file}:29: tier 'Tier 2' names source 'post', which the file lacks; it has docs",
        (
            f"{file}:32: tier 'Tier 2', opens_when.all, gate 2, at_least: must be a whole number "
            "(given: soon)"
        ),
        f"{file}:34: tier 'Tier 2', largest_purchase: must be more than 0 (given: -1)",
        f"{file}:36: two tiers are named 'Free'; give each a name of its own",
    ]


def test_a_table_with_a_wrong_header_is_still_read_for_its_rows(tmp_path: Path) -> None:
    text = dedent("""\
        format = 1
        provider = "example"
        version = "2024-01"
        in_force_from = 2024-01-01
        counts = "All tokens"
        complete = "yes, all"
        sources.docs = { url = "https://example.com", read = 2024-01-02, confidence = "high" }

        [[rows]]
        model = "One"
        source = "docs"
        tiers = [{ tier = "Tier 1", tpm = 1 }, { tier = "Tier 1", tpm = 2 }]

        [[rows]]
        model = "two"
        aliases = ["one-more", "Two"]
        source = "docs"
        tiers = [{ tier = "Tier 1", tpm = "many", rpm = 1.5 }]

        [[rows]]
        model = "three"
        source = "docs"
        tiers = [{ tier = "Tier 2", tpm = { times = 2, of = "Tier 1" } }]
    """)
    limit = (
        "must be a whole number, 'unlimited', 'not available', 'unpublished', "
        'or { times = 2, of = "Tier 1" }'
    )
    assert faults_of(tmp_path, text) == [
        "my-contract.toml: title: is needed",
        "my-contract.toml:6: complete: must be true or false (given: yes, all)",
        "my-contract.toml:9: model 'One': write it in lower case, without spaces around",
        "my-contract.toml:9: row 'One' has 'Tier 1' twice; keep one",
        "my-contract.toml:14: model 'Two': write it in lower case, without spaces around",
        f"my-contract.toml:18: row 'two', tier 'Tier 1', tpm: {limit} (given: many)",
        f"my-contract.toml:18: row 'two', tier 'Tier 1', rpm: {limit} (given: 1.5)",
        (
            "my-contract.toml:20: row 'three', Tier 2: tpm is a multiple of 'Tier 1', which has no "
            "number for it"
        ),
    ]


def test_a_tier_with_a_wrong_value_is_compared_with_the_others_too(tmp_path: Path) -> None:
    text = (
        LADDER
        + FREE
        + dedent("""\

        [[tiers]]
        name = "Free"
        wording = "$50 paid"
        source = "blog"
        opens_when.all = [{ counts = "credit", at_least = 50 }]
    """)
    )
    line = (LADDER + FREE).count("\n") + 2
    assert faults_of(tmp_path, text) == [
        f"my-contract.toml:{line}: two tiers are named 'Free'; give each a name of its own",
        (
            f"my-contract.toml:{line + 3}: tier 'Free' names source 'blog', which the file lacks; "
            "it has docs"
        ),
        (
            f"my-contract.toml:{line + 4}: tier 'Free', opens_when.all, gate 1, counts: "
            "must be 'paid', 'purchased' or 'used', or 'contested' (given: credit)"
        ),
    ]


def test_a_row_with_a_wrong_limit_is_compared_with_the_others_too(tmp_path: Path) -> None:
    text = dedent("""\
        format = 1
        provider = "example"
        version = "2024-01"
        title = "An example"
        in_force_from = 2024-01-01
        counts = "All tokens"
        complete = false
        sources.docs = { url = "https://example.com", read = 2024-01-02, confidence = "high" }

        [[rows]]
        model = "one"
        source = "blog"
        tiers = [{ tier = "Tier 1", tpm = -1 }, { tier = "Tier 1", tpm = 2 }]
    """)
    assert faults_of(tmp_path, text) == [
        "my-contract.toml:10: row 'one' has 'Tier 1' twice; keep one",
        "my-contract.toml:12: row 'one' names source 'blog', which the file lacks; it has docs",
        "my-contract.toml:13: row 'one', tier 'Tier 1', tpm: must be at least 0 (given: -1)",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour = 1", "is no rules file: a ladder has [[tiers]], a limits table [[rows]]"),
        ("", "is no rules file"),
        ("a = 1\na = 2", "cannot be read as TOML"),
        ("tiers = 3", "tiers: must be a list"),
        ("tiers = []", "tiers: must not be empty"),
        ("tiers = [3]", "tier 1: must be a table with the keys name, wording, source"),
        ("rows = 'x'", "rows: must be a list"),
        ("rows = [[]]", "row 1: must be a table"),
        ("name = ''", "name: must not be empty"),
        ("tiers = []\nsources = 3", "sources: must be a table"),
        ("tiers = []\nsources.docs = 3", "sources.docs: must be a table with the keys url, read"),
        ("tiers = [{ opens_when = 3 }]", "opens_when: must be a gate"),
        ("tiers = [{ opens_when.all = 3 }]", "opens_when.all: "),
        ("tiers = [{ opens_when.all = [[]] }]", "opens_when.all, gate 1: must be a gate"),
        ("rows = [{ tiers = [{ tpm = [] }] }]", "tier 1, tpm: must be a whole number, "),
        ("tiers = []\nnotes = [{ text = 3 }]", "note 1, text: must be text (given: 3)"),
        ("tiers = []\nactivation = []", "activation: must be 'at once', "),
        ("tiers = []\nactivation = { day_of_month = 31, x = 2 }", "must be at most 28 (given: 31)"),
        ("tiers = []\nactivation = { day_of_month = 31, x = 2 }", "The keys here are day_of_month"),
        (
            "tiers = []\nactivation = { lag_days = [2, 1], x = 2 }",
            "write [least, most] (given: [2, ",
        ),
        ("tiers = []\nactivation = { lag_days = [2, 1], x = 2 }", "The keys here are lag_days"),
        ("name = 'A'\nobserved_lag_days = [2, 1]", "observed_lag_days: must not fall"),
        ("name = 'A'\nobserved_lag_source = { link = 'x' }", "The keys here are url, read"),
    ],
)
def test_whatever_a_file_holds_it_is_explained(tmp_path: Path, text: str, says: str) -> None:
    found = faults_of(tmp_path, text)
    assert any(says in fault for fault in found), found


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xff\xfe")
    [fault] = check_file(path)
    assert "cannot be read" in str(fault)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_every_file_of_the_data_is_fine(path: Path) -> None:
    assert check_file(path) == []


def test_what_users_saw_has_a_source(tmp_path: Path) -> None:
    text = (DATA / "openai/provider.toml").read_text("utf-8")
    before, lag_and_money = text.split("[observed_lag_source]")
    _, money = lag_and_money.split("[observed_money_source]")
    without_lag = f"{before}[observed_money_source]{money}"
    for half in (without_lag, text.replace("observed_lag_days", "#")):
        [fault] = faults_of(tmp_path, half)
        assert "observed_lag_days and observed_lag_source belong together" in fault
    for half in (text.split("[observed_money_source]")[0], text.replace("observed_money_ex", "#")):
        [fault] = faults_of(tmp_path, half)
        assert "observed_money_excludes and observed_money_source belong together" in fault


def test_the_content_says_which_kind_of_rules_it_is() -> None:
    folder = DATA / "openai"
    kinds = {"ladders/2026-05": Ladder, "limits/2026-09": LimitsTable, "provider": Provider}
    for name, kind in kinds.items():
        assert type(parse_any((folder / f"{name}.toml").read_text("utf-8"))) is kind


@pytest.mark.parametrize(
    ("place", "source", "says"),
    [
        ("openai/limits/2026-05.toml", "openai/ladders/2026-05.toml", "move it to ladders/"),
        ("openai/ladders/2026-09.toml", "openai/limits/2026-09.toml", "move it to limits/"),
        ("openai/ladders/2026-06.toml", "openai/ladders/2026-05.toml", "name the file 2026-05"),
        ("xai/ladders/2026-05.toml", "openai/ladders/2026-05.toml", "the folder 'xai'"),
        ("xai/provider.toml", "openai/provider.toml", "id is 'openai', the folder 'xai'"),
    ],
)
def test_a_file_that_stands_where_it_does_not_belong(
    tmp_path: Path, place: str, source: str, says: str
) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_bytes((DATA / source).read_bytes())
    [fault] = check_file(path)
    assert says in str(fault)


def test_a_file_of_ones_own_may_have_any_name(tmp_path: Path) -> None:
    text = (DATA / "openai/ladders/2026-05.toml").read_text("utf-8")
    assert faults_of(tmp_path, text) == []


def test_lines_of_keys_in_toml_that_is_hard_to_read() -> None:
    text = dedent('''\
        # a = 1
        a = "b = 2 # no comment"  # a comment with = and "
        "quoted key"."dotted.part" = 1
        bare . spaced = [  # [
          1, # one
          { x = 1, "y z" = { deep = [[2]] } },

        ]
        text = """
        fake = 1
        [fake]
        five quotes: """""
        raw = \'\'\'
        \\\'\'\'
        [table.inner]
        key = 2026-01-01 12:00:00
        [[list]]
        name = 1
        [list.sub]
        key = true
        [[list]]
        name = 'C:\\'
        [[list.deep]]
        last = 1
    ''')
    tomllib.loads(text)
    lines = key_lines(text)
    expected: dict[Way, int] = {
        ("a",): 2,
        ("quoted key", "dotted.part"): 3,
        ("bare", "spaced"): 4,
        ("bare", "spaced", 0): 5,
        ("bare", "spaced", 1, "x"): 6,
        ("bare", "spaced", 1, "y z", "deep", 0, 0): 6,
        ("text",): 9,
        ("raw",): 13,
        ("table", "inner"): 15,
        ("table", "inner", "key"): 16,
        ("list", 0): 17,
        ("list", 0, "name"): 18,
        ("list", 0, "sub", "key"): 20,
        ("list", 1): 21,
        ("list", 1, "name"): 22,
        ("list", 1, "deep", 0, "last"): 24,
    }
    assert {way: lines.get(way) for way in expected} == expected
    assert not any("fake" in way for way in lines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_every_key_of_the_data_is_found_in_its_line(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = key_lines(text)
    written = text.split("\n")
    for way in ways(tomllib.loads(text)):
        if isinstance(way[-1], str):
            assert way[-1] in written[lines[way] - 1]
        else:
            assert way in lines


def ways(value: Any, way: Way = ()) -> list[Way]:
    """The ways to all values below a value, tables that only lead to others left out."""
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    else:
        return [way]
    return [found for key, part in inner for found in ways(part, (*way, key))]
