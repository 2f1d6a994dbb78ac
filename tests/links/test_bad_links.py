"""Links that cannot be read as they stand: what is said of them, and what still opens."""

import os
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import tierlogic as tl
from tests.scenario.plans import WHOLE
from tests.work import calls_of
from tierlogic.links import LinkProblem, OpenedLink, open_link, parameters_of, to_parameters

BAD: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "bad.toml").read_text(encoding="utf-8")
)["bad"]
FINE = "v=1&ladder=openai/2023-11&limits=openai/2023-11&start=2024-01-01"
WHOLE_QUERY = tl.Scenario.model_validate(WHOLE).to_query()
INSTEAD = {"ladder": "openai/2023-11", "limits": "openai/2023-11", "start": "2024-01-01"}
explore = settings(deadline=None, derandomize="CI" in os.environ)

MOST_CALLS = 4_000_000
"""Of functions, for a link of any length: a few seconds. A good one makes some thousands."""


def opened(query: str) -> OpenedLink:
    return open_link(parameters_of(query))


def read(query: str) -> tl.Scenario | tuple[LinkProblem, ...]:
    """The scenario, or every reason why there is none; any other error is one of the test."""
    try:
        return tl.Scenario.from_query(query)
    except tl.LinkError as error:
        return error.problems


def query_of(bad: dict[str, Any]) -> str:
    query: str = bad["query"]
    return query if bad.get("alone") else f"{FINE}&{query}"


def value_at(scenario: Any, path: str) -> Any:
    for part in path.split("."):
        scenario = scenario[int(part)] if part.isdigit() else getattr(scenario, part)
    return scenario


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad["name"])
def test_what_cannot_be_read_is_named(bad: dict[str, Any]) -> None:
    with pytest.raises(tl.LinkError) as caught:
        tl.Scenario.from_query(query_of(bad))
    found = {problem.parameter: problem for problem in caught.value.problems}
    for expected in bad["problems"]:
        problem = found[expected["parameter"]]
        assert problem.given == expected["given"]
        for words in expected["words"]:
            assert words in problem.message
        assert str(problem) in str(caught.value)
    if bad["problems"]:
        assert set(found) == {expected["parameter"] for expected in bad["problems"]}
    assert len(found) == len(caught.value.problems)


@pytest.mark.parametrize(
    "bad", [bad for bad in BAD if not bad.get("alone")], ids=lambda bad: bad["name"]
)
def test_the_rest_opens(bad: dict[str, Any]) -> None:
    link = opened(query_of(bad))
    assert link.scenario is not None
    assert link.scenario.start.isoformat() == "2024-01-01"
    for path, text in bad["opens"].items():
        assert str(value_at(link.scenario, path)) == text


@pytest.mark.parametrize(
    "bad", [bad for bad in BAD if bad.get("alone")], ids=lambda bad: bad["name"]
)
def test_a_link_without_its_rules_or_of_another_format_does_not_open(bad: dict[str, Any]) -> None:
    assert opened(query_of(bad)).scenario is None


@pytest.mark.parametrize("missing", ["ladder", "limits", "start"])
def test_the_reader_may_give_what_a_link_lacks(missing: str) -> None:
    query = {name: [value] for name, value in INSTEAD.items() if name != missing}
    assert open_link(query).scenario is None
    assert open_link(query, INSTEAD).scenario == open_link(parameters_of(FINE)).scenario


@pytest.mark.parametrize(
    ("name", "given"), [("ladder", "openai/1999"), ("limits", "nobody/1"), ("start", "2019-01-01")]
)
def test_the_reader_s_own_rules_are_named_where_the_link_s_cannot_be_used(
    name: str, given: str
) -> None:
    link = open_link({**parameters_of(FINE), name: [given]}, INSTEAD)
    assert link.scenario == open_link(parameters_of(FINE)).scenario
    assert [(problem.parameter, problem.given) for problem in link.problems] == [(name, given)]
    assert f"{INSTEAD[name]} is used instead" in link.problems[0].message


def test_a_link_without_its_format_is_of_format_1() -> None:
    assert opened(FINE.removeprefix("v=1&")).scenario == opened(FINE).scenario
    assert opened(FINE.removeprefix("v=1&")).problems == ()


def test_a_format_said_twice_is_still_format_1() -> None:
    link = opened(f"{FINE}&v=1")
    assert link.scenario == opened(FINE).scenario
    assert opened(f"{FINE}&v=2").scenario is None


@pytest.mark.parametrize("mark", ["", "?"])
@pytest.mark.parametrize("embed", ["", "&embed=true&embed_options=dark_theme&embed_options=x"])
def test_a_question_mark_and_embedding_do_not_matter(mark: str, embed: str) -> None:
    assert tl.Scenario.from_query(mark + FINE + embed) == tl.Scenario.from_query(FINE)


# A price is never silently another one


@pytest.mark.parametrize(
    ("fine", "bad"),
    [
        ({"input_price": "7"}, ""),
        ({"output_price": "77"}, ""),
        ({"cached_price": "1"}, ""),
        ({"output_price": "77"}, "&input_price=abc"),
        ({"input_price": "7"}, "&output_price=-1"),
        ({"input_price": "7", "output_price": "77"}, "&cached_price=-1"),
    ],
)
def test_a_price_that_is_given_is_kept_or_named(fine: dict[str, str], bad: str) -> None:
    given = "".join(f"&{name}={value}" for name, value in fine.items())
    link = opened(f"{FINE}&model=gpt-4o&tokens=5{given}{bad}")
    named = {problem.parameter for problem in link.problems}
    assert named
    assert link.scenario is not None
    prices = [line.price for line in link.scenario.usage]
    for name, value in fine.items():
        field = {"cached_price": "cached_input"}.get(name, name.removesuffix("_price"))
        kept = any(getattr(price, field) == Decimal(value) for price in prices)
        assert kept or name in named, f"{name}={value} is replaced, and not a word of it"


@pytest.mark.parametrize(("query", "name"), [("model=gpt-4o", "tokens"), ("tokens=5", "model")])
def test_what_a_line_lacks_is_said_in_plain_words(query: str, name: str) -> None:
    """No words of the checker: "Input should be a valid number" of a number that is not there."""
    (problem,) = opened(f"{FINE}&{query}").problems
    assert problem.parameter == name
    assert "Input should be" not in problem.message
    assert "needed" in problem.message


@pytest.mark.parametrize("name", ["ladder", "limits", "start"])
def test_what_a_link_lacks_is_said_in_plain_words(name: str) -> None:
    query = {key: [value] for key, value in INSTEAD.items() if key != name}
    (problem,) = open_link(query).problems
    assert (problem.parameter, problem.given) == (name, "(absent)")
    assert "Input should be" not in problem.message
    assert "needed" in problem.message


def test_every_missing_rule_is_named() -> None:
    assert {problem.parameter for problem in opened("").problems} == {"ladder", "limits", "start"}


# Whatever comes


@pytest.mark.parametrize("length", range(len(WHOLE_QUERY)))
def test_a_link_cut_off_anywhere_opens_or_is_named(length: int) -> None:
    cut = WHOLE_QUERY[:length]
    link = opened(cut)
    if link.scenario is None:
        assert link.problems
    assert read(cut) == (link.problems or link.scenario)


@explore
@given(st.text())
@example("=")
@example("&&&")
@example("%")
@example("%ff=%ff")
@example("v")
@example("title=\ud800%20")
def test_any_text_opens_or_is_named(text: str) -> None:
    for query in (text, f"{FINE}&{text}", f"{FINE}&title={text}"):
        link = opened(query)
        assert read(query) == (link.problems or link.scenario)


ODD_VALUES = [
    "",
    "none",
    "0",
    "-1",
    "nan",
    "1e999",
    "-0",
    "1e-999",
    "x",
    "2024-02-30",
    "\x00",
    "\ud800",
]


@explore
@given(
    st.dictionaries(
        st.sampled_from([*to_parameters(tl.Scenario.model_validate(WHOLE)), "model.2", "tokens.2"]),
        st.lists(st.sampled_from(ODD_VALUES) | st.text(max_size=12), max_size=3),
    )
)
def test_any_value_of_a_parameter_opens_or_is_named(changes: dict[str, list[str]]) -> None:
    link = open_link({**parameters_of(WHOLE_QUERY), **changes}, INSTEAD)
    assert link.scenario is not None or [problem.parameter for problem in link.problems] == ["v"]
    if link.scenario and not link.problems:
        assert tl.Scenario.from_query(link.scenario.to_query()) == link.scenario


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("&buy=2024-01-01_5" * 10_000, id="10,000 purchases"),
        pytest.param("&buy=2024-99-01_5" * 2_000, id="2,000 purchases on no day"),
        pytest.param("&buy=2023-12-31_5" * 2_000, id="2,000 purchases before the start"),
        pytest.param("&buy=x" * 10_000, id="10,000 that are no purchase"),
        pytest.param("&days=30" * 10_000, id="10,000 days"),
    ],
)
def test_a_long_link_is_little_work(query: str) -> None:
    link, calls = calls_of(lambda: opened(FINE + query))
    assert link.scenario is not None
    assert len(link.scenario.purchases) <= 400
    assert link.problems
    assert calls < MOST_CALLS


def test_naming_many_unknown_parameters_is_little_work() -> None:
    query = FINE + "".join(f"&p{number}=1" for number in range(10_000))
    link, calls = calls_of(lambda: opened(query))
    assert link.scenario == opened(FINE).scenario
    assert link.problems
    assert calls < MOST_CALLS


def test_too_many_repeats_are_little_work() -> None:
    """400 plans of a purchase a week for ten years: 400 * 523 payments, 400 at most."""
    query = f"{FINE}&days=3660" + "&buy=2024-01-01_5_week" * 400
    link, calls = calls_of(lambda: opened(query))
    assert link.scenario is not None
    assert sum(1 for _ in link.scenario.payments()) <= 400
    assert {problem.parameter for problem in link.problems} == {"buy"}
    assert calls < MOST_CALLS
