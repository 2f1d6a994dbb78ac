"""A comparison survives its link, and a link says nothing of another plan by accident."""

import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tierlogic as tl
from tests.random_scenarios import scenarios
from tests.scenario.plans import WHOLE, with_changes
from tierlogic.links import (
    Asked,
    OpenedLink,
    compared_from_query,
    compared_to_query,
    open_link,
    parameters_of,
    to_parameters,
)

explore = settings(deadline=None, derandomize="CI" in os.environ, max_examples=25)


def plan(**changes: Any) -> tl.Scenario:
    return tl.Scenario.model_validate(with_changes(changes))


FIRST = plan()
LINE: dict[str, Any] = WHOLE["usage"][0]


def under(letter: str, *others: tl.Scenario, first: tl.Scenario = FIRST) -> dict[str, list[str]]:
    """What a link holds under a letter."""
    parameters = to_parameters(first, Asked(others=tuple(others)))
    return {name[2:]: given for name, given in parameters.items() if name[:2] == f"{letter}."}


def opened(more: str, first: tl.Scenario = FIRST) -> OpenedLink:
    return open_link(parameters_of(f"{first.to_query()}&{more}"))


@explore
@given(st.lists(scenarios(most_days=60), min_size=1, max_size=6))
def test_any_comparison_survives_its_link(plans: list[tl.Scenario]) -> None:
    query = compared_to_query(plans)
    assert compared_from_query(query) == tuple(plans)
    assert compared_to_query(compared_from_query(query)) == query


@explore
@given(scenarios(most_days=30), scenarios(most_days=30))
def test_plans_that_share_most_of_their_fields_survive(
    first: tl.Scenario, other: tl.Scenario
) -> None:
    mixed = first.model_copy(update={"usage": other.usage, "past": other.past})
    try:
        mixed = mixed.but()
    except ValueError:
        return  # The other's days do not suit this start.
    assert compared_from_query(compared_to_query([first, mixed, first])) == (first, mixed, first)


def test_only_what_differs_is_written() -> None:
    more = plan(**{"usage.0.tokens_per_day": 5_000_000, "title": "More"})
    assert under("b", more) == {"title": ["More"], "tokens": ["5000000"]}


def test_a_plan_like_the_first_is_still_there() -> None:
    assert under("b", FIRST) == {"title": ["Every field"]}
    assert opened("b.title=Every+field").asked.others == (FIRST,)


def test_the_first_plan_stands_as_in_its_own_link() -> None:
    bare = {
        name: given
        for name, given in to_parameters(FIRST, Asked(others=(plan(days=3),))).items()
        if name[1:2] != "."
    }
    assert bare == to_parameters(FIRST)
    assert tl.Scenario.from_query(compared_to_query([FIRST, plan(days=3)])) == FIRST


@pytest.mark.parametrize(
    ("change", "written"),
    [
        ({"purchases": []}, {"buy": ["none"]}),
        ({"past": []}, {"past": ["none"]}),
        ({"purchased_before": None}, {"purchased_before": ["none"]}),
        ({"account_created": None}, {"account_created": ["none"]}),
        ({"usage": []}, {"tokens": ["none"]}),
        ({"opening_tier": None}, {"opening_tier": ["none"]}),
        ({"auto_recharge": None}, {"recharge": ["none"]}),
        ({"title": "none"}, {"title": ["none"]}),
        ({"title": ""}, {"title": [""]}),
        ({"usage.0.model": "none"}, {"model": ["none"]}),
    ],
)
def test_what_the_first_has_and_another_lacks(
    change: dict[str, Any], written: dict[str, list[str]]
) -> None:
    other = plan(**change)
    assert under("b", other) == {"title": [other.title], **written}
    assert compared_from_query(compared_to_query([FIRST, other])) == (FIRST, other)
    assert compared_from_query(compared_to_query([other, FIRST])) == (other, FIRST)


def test_a_line_that_the_first_has_and_another_lacks() -> None:
    two = plan(usage=[LINE, {**LINE, "model": "gpt-4o"}])
    assert under("b", FIRST, first=two) == {"title": ["Every field"], "tokens.2": ["none"]}
    assert compared_from_query(compared_to_query([two, FIRST])) == (two, FIRST)


def test_a_fact_that_only_the_first_lacks() -> None:
    first = tl.Scenario.model_validate(
        {
            "ladder": "voyage/2026-11",
            "limits": "voyage/2026-11",
            "start": "2026-11-22",
            "lacks": ["payment method"],
        }
    )
    other = first.but(lacks=())
    assert under("b", other, first=first) == {"title": [""], "lacks": ["none"]}
    assert compared_from_query(compared_to_query([first, other])) == (first, other)


def test_no_fact_reads_as_none() -> None:
    assert all("none" not in tl.load_ladder(each).facts for each in tl.ladders())


@pytest.mark.parametrize("plans", [0, 7])
def test_a_link_holds_one_to_six_plans(plans: int) -> None:
    assert len(compared_from_query(compared_to_query([FIRST] * 6))) == 6
    assert compared_from_query(compared_to_query([FIRST])) == (FIRST,)
    with pytest.raises(ValueError, match=rf"1 to 6 plans, not {plans}; leave some out"):
        compared_to_query([FIRST] * plans)


# What is absent under a letter. NEVER CHANGE: published links rely on it.


def test_a_link_as_it_was_sent() -> None:
    link = (
        "v=1&ladder=openai/2024-10&limits=openai/2024-10&start=2025-02-01&days=180"
        "&first_payment=none&reading=used&used_before=0&paid_before=0&balance=0"
        "&month_used_before=0&opening_tier=none&recharge=none&billing=prepaid&active_hours=24"
        "&peak_factor=1&weekend_factor=1&evaluated=daily&lag_days=0&title=All+at+once"
        "&model=gpt-4o&tokens=2000000&output_share=0.25&cached_share=0&input_price=2.5"
        "&cached_price=none&output_price=10&growth=0&starts=none&ends=none&per_request=none"
        "&context=128000&buy=2025-02-01_250"
        "&b.title=Monthly&b.buy=2025-02-01_50_month&c.title=Nothing&c.tokens=none&c.buy=none"
    )
    first, monthly, nothing = compared_from_query(link)
    assert compared_to_query([first, monthly, nothing]) == link
    assert [plan.title for plan in (first, monthly, nothing)] == [
        "All at once",
        "Monthly",
        "Nothing",
    ]
    assert [f"{buy.amount} a {buy.every}" for buy in monthly.purchases] == ["50 a month"]
    assert monthly.usage == first.usage
    assert (nothing.purchases, nothing.usage, nothing.days) == ((), (), 180)


def test_what_is_absent_under_a_letter_is_as_in_the_first() -> None:
    link = "ladder=openai/2024-10&limits=openai/2024-10&start=2025-01-01&days=90&reading=paid"
    first, other = compared_from_query(f"{link}&buy=2025-01-01_50&b.days=30")
    assert other == first.but(days=30)
    assert (other.reading, other.purchases) == ("paid", first.purchases)


def test_what_the_first_leaves_out_is_left_out_for_all() -> None:
    link = "ladder=openai/2024-10&limits=openai/2024-10&start=2025-01-01&b.days=30"
    assert compared_from_query(link)[1].reading == "used"


def test_a_list_under_a_letter_stands_for_the_first_s_whole_list() -> None:
    two = plan(purchases=[{"on": "2024-01-02", "amount": "25"}, {"on": "2024-01-03", "amount": 5}])
    (other,) = opened("b.buy=2024-01-05_50", first=two).asked.others
    assert [purchase.amount for purchase in other.purchases] == [50]


def test_letters_may_be_left_out() -> None:
    assert opened("f.days=5&c.days=3").asked.others == (plan(days=3), plan(days=5))


# What cannot be read


@pytest.mark.parametrize(
    ("more", "named", "others"),
    [
        ("b.days=abc", {"b.days": "no number"}, 1),
        ("b.days=0", {"b.days": "at least 1"}, 1),
        ("b.days=3&b.days=4", {"b.days": "2 times"}, 1),
        ("b.foo=1", {"b.foo": "not a parameter"}, 1),
        ("b.buy=x&b.buy=none", {"b.buy": "no purchase"}, 1),
        ("b.opening_tier=Tier+9", {"b.opening_tier": "has no tier"}, 1),
        ("b.ladder=openai/1999", {"b.ladder": "openai/2023-11 is used instead"}, 1),
        (
            "b.ladder=anthropic/2024-04",
            {
                "b.opening_tier": "has no tier 'Tier 1'",
                "b.limits": "of another provider",
                "b": "this plan is left out",
            },
            0,
        ),
        ("b.tokens=none&b.cached_share=1", {"b.tokens": "line 1 is left out"}, 1),
        ("a.days=3", {"a.days": "b to f"}, 0),
        ("g.title=Seventh", {"g.title": "6 plans at most"}, 0),
        ("b.v=2", {"b.v": "not a parameter"}, 0),
        ("b.embed=true", {"b.embed": "not a parameter"}, 0),
        ("B.days=3", {"B.days": "not a parameter"}, 0),
        ("b.=3", {"b.": "not a parameter"}, 0),
        ("b=3", {"b": "not a parameter"}, 0),
        ("b.c.days=3", {"b.c.days": "not a parameter"}, 1),
        ("b%0A.days=3", {"b\n.days": "not a parameter"}, 0),
    ],
)
def test_what_cannot_be_read_is_named(more: str, named: dict[str, str], others: int) -> None:
    link = opened(more)
    assert link.scenario == FIRST
    assert len(link.asked.others) == others
    found = {problem.parameter: problem.message for problem in link.problems}
    assert set(found) == set(named)
    for parameter, words in named.items():
        assert words in found[parameter]
    with pytest.raises(tl.LinkError):
        compared_from_query(f"{FIRST.to_query()}&{more}")


def test_a_fault_of_the_first_plan_is_named_once() -> None:
    bad = FIRST.to_query().replace("days=30", "days=0") + "&foo=1&b.title=B&c.days=5"
    link = open_link(parameters_of(bad))
    assert [problem.parameter for problem in link.problems] == ["foo", "days"]
    assert [other.days for other in link.asked.others] == [365, 5]


def test_what_suits_the_first_and_not_another_is_named_there() -> None:
    link = opened("b.start=2024-01-10")
    assert {problem.parameter for problem in link.problems} == {"b.buy"}
    assert link.problems[0].given == "2024-01-02_25_week_2"


def test_a_link_of_another_format_compares_nothing() -> None:
    query = compared_to_query([FIRST, FIRST]).replace("v=1", "v=2")
    link = open_link(parameters_of(query))
    assert (link.scenario, link.asked.others) == (None, ())


@explore
@given(
    st.dictionaries(
        st.builds(
            lambda letter, name: f"{letter}.{name}",
            st.sampled_from("abcfgz"),
            st.sampled_from([*to_parameters(FIRST), "tokens.2", "model.2", "model.9", ""])
            | st.text(max_size=5),
        ),
        st.lists(st.sampled_from(["", "none", "0", "-1", "x", "2024-02-30", "\x00"]), max_size=3),
        max_size=12,
    )
)
def test_any_lettered_parameters_open_or_are_named(changes: dict[str, list[str]]) -> None:
    link = open_link({**to_parameters(FIRST), **changes})
    assert link.scenario == FIRST
    if not link.problems:
        plans = (FIRST, *link.asked.others)
        assert compared_from_query(compared_to_query(plans)) == plans
