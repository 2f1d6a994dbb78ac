"""What mail, chats, pages and people do to a link on its way: it opens as it was, or is named."""

import json
from html import escape
from typing import Any
from urllib.parse import quote

import pytest

import tierlogic as tl
from tests.links.published import Published, opened, published_links
from tierlogic.links import Asked, LinkProblem, open_link, parameters_of, to_parameters, to_query

LINKS = published_links()
LINK = next(each.link for each in LINKS if each.name == "all at once: two plans, a goal and ranges")
WHOLE = opened(LINK)
PARTS = parameters_of(LINK)
OTHERWISE = {"ladder": "openai/2023-11", "limits": "openai/2023-11", "start": "2024-01-01"}
TEXTS = {"title", "b.title", "model"}
"""Any word may stand here."""
NUMBERS = [
    name
    for name, (given, *_) in PARTS.items()
    if any(map(str.isdigit, given)) and name not in {*TEXTS, "goal_tier"}
]

each_link = pytest.mark.parametrize("published", LINKS[::4], ids=lambda published: published.name)


def with_value(name: str, value: str) -> dict[str, list[str]]:
    return {**PARTS, name: [value]}


def named(link: dict[str, list[str]]) -> dict[str, LinkProblem]:
    return {problem.parameter: problem for problem in open_link(link, OTHERWISE).problems}


# What opens as it was


@each_link
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n\t"])
def test_a_link_copied_over_several_lines_opens_as_it_was(
    published: Published, line_break: str
) -> None:
    for width in (17, 72):
        starts = range(0, len(published.link), width)
        lines = [published.link[start : start + width] for start in starts]
        copied = f" {line_break.join(lines)}{line_break}"
        assert open_link(parameters_of(copied)) == opened(published.link)


@each_link
def test_a_link_out_of_a_page_s_source_opens_as_it_was(published: Published) -> None:
    once = escape(published.link)
    assert "&amp;" in once
    for text in (once, escape(once)):
        assert open_link(parameters_of(text)) == opened(published.link)


def test_a_parameter_that_stands_both_ways_stands_twice() -> None:
    assert "stands 2 times" in named(parameters_of(f"{LINK}&amp;days=30"))["days"].message


@each_link
def test_a_link_with_every_character_escaped_opens_as_it_was(published: Published) -> None:
    pairs = [
        (name, value) for name, given in parameters_of(published.link).items() for value in given
    ]
    text = "&".join(
        f"{name}={''.join(f'%{byte:02X}' for byte in value.encode())}" for name, value in pairs
    )
    assert open_link(parameters_of(text)) == opened(published.link)
    assert open_link(parameters_of(text.lower())) == open_link(parameters_of(text.lower()))


@each_link
def test_the_order_of_parameters_does_not_matter(published: Published) -> None:
    backwards = dict(reversed(parameters_of(published.link).items()))
    assert open_link(backwards) == opened(published.link)


# What is named


@pytest.mark.parametrize("value", ["undefined", "null", "NaN", "None", "[object Object]", "true"])
@pytest.mark.parametrize("name", [name for name in PARTS if name not in {*TEXTS, "goal_tier"}])
def test_a_word_of_a_program_in_place_of_a_value_is_named(name: str, value: str) -> None:
    problem = named(with_value(name, value))[name]
    assert problem.given == value
    assert problem.message


def test_a_word_of_a_program_in_place_of_a_goal_s_tier_is_named_with_the_goal() -> None:
    found = open_link(with_value("goal_tier", "undefined"))
    assert found.scenario is not None
    assert found.asked.goal is not None
    with pytest.raises(tl.GoalError, match="has no tier 'undefined'"):
        tl.target(found.scenario, found.asked.goal)


@pytest.mark.parametrize(
    "behind", [">", ")", ".", ",", "]", "'", '"', "*", "\u200b", " ", "…", "\\"]
)
@pytest.mark.parametrize("name", [name for name in PARTS if name not in {*TEXTS, "goal_tier"}])
def test_a_character_of_the_text_around_a_link_is_named(name: str, behind: str) -> None:
    given = PARTS[name][0] + behind
    problem = named(with_value(name, given))[name]
    assert problem.given.startswith(PARTS[name][0])


@pytest.mark.parametrize("name", NUMBERS)
def test_digits_that_are_not_ascii_are_named(name: str) -> None:
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    given = PARTS[name][0].translate(arabic)
    assert named(with_value(name, given))[name].given == given


def test_a_line_break_that_was_escaped_is_named() -> None:
    """No browser takes it out: who wrote it may have meant it."""
    problem = named(parameters_of(LINK.replace("days=60", "days=6%0A0")))["days"]
    assert (problem.given, problem.message) == (
        "6\n0",
        "is no number; write it as 1000 or 0.25; 365 is used instead",
    )


@pytest.mark.parametrize("length", range(len("v=1"), len(LINK), 3))
def test_what_a_chat_leaves_of_a_link_is_read_or_named(length: int) -> None:
    """But for the value in which it was cut: that one may look like another."""
    left = parameters_of(LINK[:length])
    problems = named(left)
    found = open_link(left, OTHERWISE)
    assert found.scenario is not None
    again = to_parameters(found.scenario, found.asked)
    for name in list(left)[:-1]:
        if name in again:
            assert name in problems or again[name] == PARTS[name]
        else:
            assert problems, name


def test_escaping_twice_is_named_where_it_changes_figures() -> None:
    twice = "&".join(f"{name}={quote(quote(PARTS[name][0], safe=''))}" for name in PARTS)
    problems = named(parameters_of(twice))
    assert problems["ladder"].given == "openai%2F2024-10"
    assert problems["limits"].given == "openai%2F2024-10"


def test_a_link_escaped_as_a_whole_names_what_it_lacks() -> None:
    found = open_link(parameters_of(quote(LINK)))
    assert found.scenario is None
    assert {"ladder", "limits", "start"} < {problem.parameter for problem in found.problems}


@pytest.mark.parametrize("name", [name for name in PARTS if name != "buy"])
def test_a_doubled_parameter_is_named(name: str) -> None:
    problem = named({**PARTS, name: PARTS[name] * 2})[name]
    assert "stands 2 times" in problem.message or problem.parameter == "base"


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("days", "3661", "must be at most 3660"),
        ("lag_days", "366", "must be at most 365"),
        ("tokens", "10000000000001", "must be at most"),
        ("input_price", "10001", "must be at most"),
        ("growth", "10.01", "must be at most 10"),
        ("peak_factor", "1000.01", "must be at most 1000"),
        ("range_draws", "2001", "must be at most 2000"),
        ("range_noise", "1.01", "must be at most 1"),
        ("goal_tier", "x" * 81, "must have 1 to 80 characters"),
        ("by", "2101-01-01", "must be at most 2100-12-31"),
    ],
)
def test_what_is_out_of_range_is_named_and_not_clamped(name: str, given: str, says: str) -> None:
    link = with_value(name, given)
    assert says in named(link)[name].message
    found = open_link(link, OTHERWISE)
    assert found.scenario is not None
    most = says.rpartition(" ")[2]
    assert to_parameters(found.scenario, found.asked).get(name) != [most]


@pytest.mark.parametrize("newer", ["2", "10", "1.1", "01", "v1"])
def test_a_newer_format_is_refused_in_one_sentence(newer: str) -> None:
    link = {**PARTS, "v": [newer], "days": ["x"], "unheard_of": ["y"]}
    found = open_link(link, OTHERWISE)
    assert found.scenario is None
    (problem,) = found.problems
    assert str(problem) == (
        f"v={newer}: this release reads links of format 1; open it with a newer Tierlogic"
    )


# Each field alone, of what is asked

ASKED_ALONE: list[dict[str, Any]] = [
    {"goal": {"by": "2024-12-21"}},
    {"goal": {"tier": "Tier 4"}},
    {"goal": {"tier": None, "tpm": 1}},
    {"goal": {"tier": None, "tpm": 1, "model": "gpt-4o"}},
    {"goal": {"tier": None, "full_request": True}},
    {"goal": None},
    {"within": {"tokens": (-1e-9, 0.1)}},
    {"within": {"price": (0, 1e-12)}},
    {"within": {"growth": (-0.1, 10)}},
    {"within": {"output_share": (-1, 1)}},
    {"within": {"noise": 0.1234567890123}},
    {"within": {"lag_days": (0, 0)}},
    {"within": {"draws": 151}},
    {"within": {"seed": 0}},
    {"within": None},
    {"base": 0},
]


@pytest.mark.parametrize("change", ASKED_ALONE, ids=json.dumps)
def test_each_field_of_what_is_asked_changes_the_link_and_survives(change: dict[str, Any]) -> None:
    assert WHOLE.scenario is not None
    before = {"others": WHOLE.asked.others, "goal": WHOLE.asked.goal, "within": WHOLE.asked.within}
    parts: dict[str, Any] = {**before, "base": 1, **change}
    for name, model in (("goal", tl.Goal), ("within", tl.Ranges)):
        if change.get(name):
            parts[name] = model.model_validate({**dict(before[name]), **change[name]})  # type: ignore[arg-type]
    asked = Asked(**parts)
    written = to_query(WHOLE.scenario, asked)
    assert written != LINK
    assert opened(written).asked == asked


def test_every_field_of_what_is_asked_is_changed_alone() -> None:
    def changed(part: str) -> set[str]:
        return {field for change in ASKED_ALONE for field in change.get(part) or ()}

    assert changed("goal") == set(tl.Goal.model_fields)
    assert changed("within") == set(tl.Ranges.model_fields)
