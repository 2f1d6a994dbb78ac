"""Every link of v1.txt shows the figures that it was published with, and is written as it was."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tierlogic as tl
from tests.links.publish import block
from tests.links.published import LIST, Published, figures_of, opened, published_links
from tierlogic.links import MAX_ADDRESS, open_link, parameters_of, to_parameters
from tierlogic.links.asked import PARAMETERS
from tierlogic.links.names import FIELDS, LETTERS, LINE_FIELDS, LISTS
from tierlogic.plan_file import read_plan_file, to_plan_file
from tierlogic.rules.catalog import ladders, limits, load_ladder, providers

ROOT = Path(__file__).parents[2]
LINKS = published_links()
NAMES = {name for each in LINKS for name in parameters_of(each.link)}
FIRST, DIGEST = 96, "c356aa24910286e143bab87a90a20eba6229f0f9cdc7ab27a8008abda517d82f"
"""So many blocks are pinned. With new ones both may be raised; what was pinned never changes."""

each_link = pytest.mark.parametrize("published", LINKS, ids=lambda published: published.name)


@each_link
def test_a_published_link_shows_what_it_showed(published: Published) -> None:
    assert figures_of(published.link) == published.figures


@each_link
def test_a_published_link_is_written_as_it_was(published: Published) -> None:
    found = opened(published.link)
    assert found.scenario is not None
    assert to_parameters(found.scenario, found.asked) == parameters_of(published.link)


@each_link
def test_a_plan_file_says_what_the_link_says(published: Published) -> None:
    file = to_plan_file(parameters_of(published.link)).encode()
    assert open_link(read_plan_file(file)) == opened(published.link)


def test_the_list_is_only_appended_to() -> None:
    pinned = "\n\n".join(map(str, LINKS[:FIRST]))
    assert hashlib.sha256(pinned.encode()).hexdigest() == DIGEST


def test_the_list_holds_nothing_but_its_blocks() -> None:
    text = LIST.read_text(encoding="utf-8")
    head, _, blocks = text.partition("\n\n")
    assert all(line.startswith("#") for line in head.splitlines())
    assert blocks == "\n\n".join(map(str, LINKS)) + "\n"
    assert len({each.name for each in LINKS}) == len({each.link for each in LINKS}) == len(LINKS)


# What the links are made of


def test_the_published_links_use_every_parameter() -> None:
    bare = {name.partition(".")[0] for name in NAMES if name[1:2] != "."}
    assert bare == {"v", *FIELDS, *LINE_FIELDS, *LISTS, *PARAMETERS}


def test_the_published_links_use_every_letter_and_every_line() -> None:
    assert {name[0] for name in NAMES if name[1:2] == "."} == set(LETTERS[1:])
    assert {f"model.{number}" for number in range(2, 9)} <= NAMES


def test_the_published_links_use_all_published_rules() -> None:
    plans = [
        plan
        for found in map(opened, (each.link for each in LINKS))
        for plan in (found.scenario, *found.asked.others)
        if plan
    ]
    published = [plan for plan in plans if plan.own_ladder is None]
    assert {load_ladder(plan.ladder).provider for plan in published} == set(providers())
    assert {plan.ladder for plan in published} == set(ladders())
    assert {plan.limits for plan in plans if plan.own_limits is None} == set(limits())


def test_one_published_link_is_as_long_as_a_link_may_be() -> None:
    assert max(len(each.link) for each in LINKS) == MAX_ADDRESS - 1


# The next one

NEXT = (
    "v=1&ladder=openai/2026-05&limits=openai/2026-09&start=2026-11-02&days=30&first_payment=none"
    "&reading=used&used_before=0&paid_before=0&balance=0&month_used_before=0&opening_tier=none"
    "&recharge=none&billing=prepaid&active_hours=24&peak_factor=1&weekend_factor=1"
    "&evaluated=daily&lag_days=0&title=&buy=2026-11-02_5"
)


@pytest.mark.parametrize("before", ["", "?", "https://tierlogic.example/?"])
def test_the_next_block_is_printed_as_it_is_read(before: str) -> None:
    # $5 paid opens Tier 1 on 2 Nov; nothing is used.
    printed = block("the next", before + NEXT)
    blank, name, link, following, *_ = printed.split("\n")
    assert (blank, name, link) == ("", "the next", NEXT)
    assert following == "  next Tier 2: used never, paid never"
    assert "  used ends used 0.00, paid 5.00, balance 5.00, tokens served 0" in printed


@pytest.mark.parametrize(
    ("name", "link", "says"),
    [
        ("", NEXT, "give one line"),
        ("two\nlines", NEXT, "give one line"),
        ("# no name", NEXT, "give one line"),
        (LINKS[0].name, NEXT, "is published already"),
        ("short", NEXT.replace("&days=30", ""), "is not written whole; publish v=1&ladder="),
        ("unknown", f"{NEXT}&utm_source=mail", "is not a parameter of a link"),
        ("of a later release", NEXT.replace("v=1", "v=2"), "newer Tierlogic"),
    ],
)
def test_a_link_that_cannot_be_published_is_named(name: str, link: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        block(name, link)


def test_the_command_prints_a_block_or_says_what_is_wrong() -> None:
    command = [sys.executable, "-m", "tests.links.publish"]
    printed = subprocess.run(
        [*command, "the next", NEXT], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert printed.stdout == f"{block('the next', NEXT)}\n"
    for arguments in (["the next"], ["the next", "v=2"]):
        refused = subprocess.run(
            [*command, *arguments], cwd=ROOT, check=False, capture_output=True, text=True
        )
        assert refused.returncode == 1
        assert len(refused.stderr.splitlines()) == 1


def test_a_link_with_something_to_repair_has_no_figures() -> None:
    with pytest.raises(tl.LinkError, match="no number"):
        figures_of(NEXT.replace("days=30", "days=x"))
