"""What changed between two versions, in words."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tierlogic.rules.catalog import ladders, limits, load_ladder, load_limits
from tierlogic.rules.changes import changes
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable

SOURCES = {"docs": {"url": "https://example.com", "read": date(2024, 1, 2), "confidence": "high"}}
HEAD = {
    "format": 1,
    "provider": "example",
    "version": "2024-01",
    "title": "An example",
    "in_force_from": date(2024, 1, 1),
    "sources": SOURCES,
}


def ladder(*tiers: dict[str, Any], **fields: Any) -> Ladder:
    free = {"name": "Free", "wording": "Anyone", "source": "docs"}
    plain = {"currency": "USD", "keeping": "for good", "scope": "account"}
    return Ladder.model_validate({**HEAD, **plain, "tiers": [free, *tiers], **fields})


def tier(opens_when: dict[str, Any], name: str = "Tier 1", **fields: Any) -> dict[str, Any]:
    return {"name": name, "wording": "W", "source": "docs", "opens_when": opens_when, **fields}


def table(*rows: dict[str, Any], complete: bool = True, counts: str = "All") -> LimitsTable:
    return LimitsTable.model_validate(
        {**HEAD, "counts": counts, "complete": complete, "rows": rows}
    )


def row(model: str = "one", tiers: list[dict[str, Any]] | None = None, **fields: Any) -> Any:
    tiers = tiers or [{"tier": "Tier 1", "tpm": 1000}]
    return {"model": model, "source": "docs", "tiers": tiers, **fields}


def test_openais_ladders() -> None:
    versions = [load_ladder(f"openai/{year}") for year in ("2024-07", "2024-10", "2026-05")]
    assert changes(versions[0], versions[1]) == ["Tier 5: monthly usage limit $50,000 -> $200,000"]
    said = changes(versions[1], versions[2])
    assert said[:2] == [
        "Tier 2: no longer waits 7 days",
        'Tier 2: wording "$50 paid and 7+ days since first successful payment" -> "$50 paid"',
    ]
    assert "Tier 5: no longer waits 30 days" in said
    assert "Tier 5: now waits 30 days" in changes(versions[2], versions[1])


def test_openais_limits() -> None:
    said = changes(load_limits("openai/2024-06"), load_limits("openai/2024-10"))
    assert "gpt-4o, Tier 3: tpm 600,000 -> 800,000" in said
    assert "gpt-4o, Tier 4: tpm 800,000 -> not known" in said
    assert "gpt-4o-mini: added" in said
    assert "text-embedding-3-small: no longer listed" in said


@pytest.mark.parametrize("name", ladders())
def test_a_ladder_does_not_differ_from_itself(name: str) -> None:
    assert changes(load_ladder(name), load_ladder(name)) == []


@pytest.mark.parametrize("name", limits())
def test_a_table_does_not_differ_from_itself(name: str) -> None:
    assert changes(load_limits(name), load_limits(name)) == []


PAID_5 = {"counts": "paid", "at_least": 5}
WAIT_7 = {"days_since": "first payment", "at_least": 7}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (PAID_5, {"counts": "paid", "at_least": Decimal("5.50")}, "needs $5 paid -> $5.50 paid"),
        (PAID_5, {"counts": "paid", "more_than": 5}, "needs $5 paid -> more than $5 paid"),
        (PAID_5, {"all": [PAID_5, WAIT_7]}, "now waits 7 days"),
        (
            {"all": [PAID_5, WAIT_7]},
            {"all": [PAID_5, {**WAIT_7, "at_least": 14}]},
            "waits 7 -> 14 days",
        ),
        (
            {"all": [PAID_5, {"days_since": "account creation", "at_least": 1}]},
            PAID_5,
            "no longer waits 1 day since the account's creation",
        ),
        (
            PAID_5,
            {"all": [PAID_5, {"fact": "payment method"}]},
            "now asks for: payment method",
        ),
        (
            {"all": [PAID_5, {"fact": "payment method"}]},
            PAID_5,
            "no longer asks for: payment method",
        ),
        (
            {"all": [{**PAID_5, "counts": "contested"}]},
            {"counts": "used", "at_least": 5, "over": {"rolling_days": 30}},
            "needs $5 used or paid (contested) -> $5 used in 30 days",
        ),
        (
            {**PAID_5, "over": {"since": date(2026, 1, 1)}},
            {**PAID_5, "over": {"best_of_months": 3}},
            "needs $5 paid since 1 Jan 2026 -> $5 paid in the best of 3 months",
        ),
        (
            {**PAID_5, "over": "month before"},
            {**PAID_5, "over": "month to date"},
            "needs $5 paid in the month before -> $5 paid in the month to date",
        ),
        (
            PAID_5,
            {"any": [PAID_5, {"all": [{"fact": "plan chosen"}, WAIT_7]}]},
            "opens at $5 paid -> $5 paid or (plan chosen and 7 days since the first payment)",
        ),
        (PAID_5, {"opaque": "By standing"}, "opens at $5 paid -> its rule is not public"),
    ],
)
def test_gates(before: dict[str, Any], after: dict[str, Any], says: str) -> None:
    assert changes(ladder(tier(before)), ladder(tier(after))) == [f"Tier 1: {says}"]


def test_tiers_that_come_and_go() -> None:
    old = ladder(tier(PAID_5, "Build"), tier(PAID_5, "Scale"))
    new = ladder(tier(PAID_5, "Build"), tier({"counts": "used", "at_least": 9}, "Grow"))
    assert changes(old, new) == ["Grow: added; $9 used", "Scale: removed"]


def test_bounds_and_ranges() -> None:
    old = ladder(tier(PAID_5, monthly_usage_limit=100, largest_purchase=50))
    new = ladder(tier(PAID_5, monthly_usage_limit=[100, 200], smallest_purchase=5))
    assert changes(old, new) == [
        "Tier 1: monthly usage limit $100 -> $100 to $200",
        "Tier 1: smallest purchase none known -> $5",
        "Tier 1: largest purchase $50 -> none known",
    ]


def test_what_holds_for_the_whole_ladder() -> None:
    old = ladder(tier(PAID_5), scope="account", credit_expiry_days=365, money_excludes=["tax"])
    new = ladder(
        tier(PAID_5),
        currency="EUR",
        scope="team",
        keeping="re-evaluated",
        activation={"day_of_month": 15},
        money_scope="All products",
    )
    assert changes(old, new) == [
        "Currency: USD -> EUR",
        "Scope: account -> team",
        "A tier is kept: for good -> re-evaluated",
        "An earned tier is given: at once -> on day 15 of a month",
        "Credit lapses: after 365 days -> never or not known",
        "Money that does not count: tax -> none named",
        "Whose use counts: not said -> All products",
        "Tier 1: needs $5 paid -> €5 paid",
    ]


@pytest.mark.parametrize(
    ("activation", "says"),
    [
        ({"lag_days": [0, 2]}, "at once or up to 2 days later"),
        ({"lag_days": [0, 1]}, "at once or up to 1 day later"),
        ({"lag_days": [1, 1]}, "1 day later"),
        ({"lag_days": [1, 3]}, "1 to 3 days later"),
        ("at a click", "at a click"),
    ],
)
def test_when_an_earned_tier_is_given(activation: Any, says: str) -> None:
    old, new = ladder(tier(PAID_5)), ladder(tier(PAID_5), activation=activation)
    assert changes(old, new) == [f"An earned tier is given: at once -> {says}"]
    assert changes(new, old) == [f"An earned tier is given: {says} -> at once"]


def test_no_days_later_is_at_once() -> None:
    assert changes(ladder(), ladder(activation={"lag_days": [0, 0]})) == []


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (row(), row(tiers=[{"tier": "Tier 1", "tpm": 2000}]), "one, Tier 1: tpm 1,000 -> 2,000"),
        (
            row(),
            row(tiers=[{"tier": "Tier 1", "tpm": "unlimited"}]),
            "one, Tier 1: tpm 1,000 -> unlimited",
        ),
        (
            row(tiers=[{"tier": "Tier 1", "tpm": 1}, {"tier": "Tier 2", "tpm": 2}]),
            row(
                tiers=[
                    {"tier": "Tier 1", "tpm": 1},
                    {"tier": "Tier 2", "tpm": {"times": 2, "of": "Tier 1"}},
                ]
            ),
            "one, Tier 2: tpm 2 -> 2 times Tier 1",
        ),
        (row(), row(alone=True), "one: its models no longer share the limits"),
        (row(), row(soft=True), "one: the limits are now guaranteed rates, not ceilings"),
        (row(), row(cached_input_counts=False), "one: cached input no longer counts"),
        (row(), row(aliases=["uno"]), "one: now also for uno"),
        (row(aliases=["uno"]), row(), "one: no longer for uno"),
        (row(), row("two", aliases=["one"]), "one: now has the limits of two"),
        (row("two", aliases=["one"]), row("two"), "two: no longer for one"),
    ],
)
def test_rows(before: Any, after: Any, says: str) -> None:
    assert says in changes(table(before), table(after))


def test_models_that_come_and_go() -> None:
    old, new = table(row("one"), row("two")), table(row("two"), row("three"))
    assert changes(old, new) == ["one: removed", "three: added"]
    part = table(row("two"), row("three"), complete=False)
    assert changes(old, part) == [
        "Not every model is listed now",
        "one: no longer listed",
        "three: added",
    ]
    assert "one: now listed" in changes(part, old)


def test_an_alias_that_gets_a_row_of_its_own() -> None:
    old, new = table(row("two", aliases=["one"])), table(row("two"), row("one"))
    assert changes(old, new) == ["two: no longer for one", "one: now has limits of its own"]


def test_what_is_counted() -> None:
    assert changes(table(row(), counts="Input"), table(row(), counts="All")) == [
        "What a token limit counts: Input -> All"
    ]


def test_a_ladder_and_a_table_are_not_compared() -> None:
    with pytest.raises(TypeError, match="nothing to compare"):
        changes(ladder(), table(row()))  # type: ignore[call-overload]
