"""Rules of one's own: read from their text, and never mixed with those of another."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import tierlogic as tl
from tests.work import calls_of
from tierlogic.answer import answer, headline
from tierlogic.rules.catalog import (
    load_ladder,
    neighbours,
    provider_of,
    toml_of,
    version_before,
)
from tierlogic.rules.faults import FaultyRulesError
from tierlogic.rules.limits import LimitsTable
from tierlogic.rules.own import (
    MAX_CHARACTERS,
    limits_not_known,
    own_ladder,
    own_limits,
    own_rules,
    text_of,
)

OWN = Path(__file__).with_name("own")
LADDER, LIMITS = ((OWN / f"acme-{kind}.toml").read_text("utf-8") for kind in ("ladder", "limits"))
MOST_CALLS = 2_000_000
"""Of functions, for a file of the largest size: about a second. A good one makes some thousands."""


def plan(**changes: Any) -> tl.Scenario:
    own: dict[str, Any] = {
        "own_ladder": LADDER,
        "own_limits": LIMITS,
        "ladder": "acme/2026-11",
        "limits": "acme/2026-11",
        "start": date(2026, 12, 1),
        "days": 60,
        "opening_balance": Decimal(100),
        "purchases": [{"on": date(2026, 12, 2), "amount": Decimal(250)}],
        "usage": [
            {"model": "acme-large", "tokens_per_day": 3e6, "price": {"input": 1, "output": 1}}
        ],
    }
    return tl.Scenario.model_validate({**own, **changes})


def problems(**changes: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        plan(**changes)
    return {problem.field: str(problem) for problem in tl.problems(caught.value)}


def test_a_plan_is_projected_on_its_own_rules() -> None:
    projection = tl.project(plan())
    assert projection.unlock("Bronze").on == date(2026, 12, 2)
    assert projection.unlock("Silver").on == date(2026, 12, 16), "14 days after the first payment"
    # Trial carries 1,000 x 60 x 24 = 1.44M of the 3M tokens; Bronze, from the 2nd day, all.
    served = projection.daily["tokens_served"]
    assert list(served[:2]) == [1_440_000, 3_000_000]


@pytest.mark.parametrize(("amount", "opens"), [("249.99", None), ("250", date(2026, 12, 16))])
def test_a_cent_decides_on_own_rules_too(amount: str, opens: date | None) -> None:
    projection = tl.project(plan(purchases=[{"on": "2026-12-02", "amount": amount}]))
    assert projection.unlock("Silver").on == opens


def test_two_own_files_of_one_id_do_not_meet() -> None:
    dearer = LADDER.replace("at_least = 100", "at_least = 200")
    slower = LIMITS.replace("tpm = 1000 ", "tpm = 500 ")
    buy = [{"on": "2026-12-02", "amount": 150}]
    files = [{}, {"own_ladder": dearer}, {"own_limits": slower}]
    plans = [plan(purchases=buy, **own) for own in files]
    together = tl.project_many(plans)
    assert [projection.unlock("Bronze").on for projection in together] == [
        date(2026, 12, 2),
        None,
        date(2026, 12, 2),
    ]
    assert [projection.daily["tokens_served"].iloc[0] for projection in together] == [
        1_440_000,
        1_440_000,
        720_000,
    ]


def test_an_own_file_stands_in_the_place_of_a_published_one() -> None:
    own = toml_of(load_ladder("openai/2026-05")).replace("at_least = 50 ", "at_least = 60 ")
    both = [
        plan(
            own_ladder=text,
            own_limits=None,
            ladder="openai/2026-05",
            limits="openai/2026-09",
            reading="paid",
            purchases=[{"on": "2026-12-01", "amount": "59.99"}],
        )
        for text in (None, own)
    ]
    published, ours = tl.project_many(both)
    assert published.unlock("Tier 2").on == date(2026, 12, 1)
    assert ours.unlock("Tier 2").on is None
    assert answer(both[1]).other_rules == ()
    assert neighbours(both[1].rules) == ()
    assert version_before(both[1].rules) == load_ladder("openai/2026-05")


def test_an_unknown_provider_is_made_from_its_ladder() -> None:
    provider = provider_of(plan().rules)
    assert (provider.name, provider.prices, provider.tier_scope) == ("acme", None, "account")
    assert version_before(plan().rules) is None
    assert headline(answer(plan())) == "Bronze opens on 2 Dec 2026."


def test_prices_of_an_unknown_provider_must_be_given() -> None:
    said = problems(usage=[{"model": "gpt-4o", "tokens_per_day": 1}])
    assert "no price of 'gpt-4o' on 1 Dec 2026 is known" in said["usage.0.price"]


def test_without_limits_none_are_known() -> None:
    unknown = limits_not_known(own_ladder(LADDER))
    assert isinstance(own_rules(unknown), LimitsTable)
    daily = tl.project(plan(own_limits=unknown)).daily
    assert daily["tokens_served"].iloc[0] == 3_000_000


def test_every_fault_of_a_file_is_a_problem_of_its_field() -> None:
    faulty = LADDER.replace('"EUR"', '"GBP"').replace("= 14", "= 0")
    said = problems(own_ladder=faulty)
    assert list(said) == ["own_ladder"], "what needs the ladder is not blamed"
    assert said["own_ladder"] == (
        "own_ladder: line 6, currency: must be 'USD', 'CNY' or 'EUR' (given: GBP); line 32, "
        "tier 'Silver', opens_when.all, gate 2, at_least: must be at least 1 (given: 0)"
    )


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"ladder": "acme/2026-12"}, "ladder", "own_ladder is 'acme/2026-11'; give that"),
        ({"limits": "openai/2026-09"}, "limits", "own_limits is 'acme/2026-11'; give that"),
        ({"own_limits": None}, "limits", "there is no limits table 'acme/2026-11'"),
        ({"own_ladder": None}, "ladder", "there is no ladder 'acme/2026-11'"),
        ({"own_limits": None, "limits": "openai/2026-09"}, "limits", "of another provider"),
        ({"own_ladder": LIMITS}, "own_ladder", "is a limits table, not a ladder"),
        ({"own_limits": LADDER}, "own_limits", "is a ladder, not a limits table"),
        ({"own_ladder": ""}, "own_ladder", "is no rules file"),
        ({"opening_tier": "Gold"}, "opening_tier", "acme/2026-11 has no tier 'Gold'"),
        ({"lacks": ["payment method"]}, "lacks.0", "acme/2026-11 asks only for nothing"),
    ],
)
def test_rules_that_do_not_go_together_are_named(
    changes: dict[str, Any], field: str, words: str
) -> None:
    said = problems(**changes)
    assert list(said) == [field]
    assert words in said[field]


@pytest.mark.parametrize(("more", "fits"), [(0, True), (1, False)])
def test_a_file_may_have_50_000_characters(more: int, fits: bool) -> None:
    text = LADDER + "#" * (MAX_CHARACTERS - len(LADDER) + more)
    if fits:
        assert own_ladder(text).id == "acme/2026-11"
        return
    with pytest.raises(FaultyRulesError, match=r"has 50,001 characters; 50,000 are allowed"):
        own_ladder(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = " + "[" * 40_000, id="deep list"),
        pytest.param("tiers = [{opens_when=" + "{all=[" * 5_000, id="deep gates"),
        pytest.param(".".join("a" * 5_000) + " = 1\ntiers = 1\n", id="deep key"),
        pytest.param("rows = [" + "{}," * 15_000 + "]", id="15,000 empty rows"),
        pytest.param("tiers = []\n" + "".join(f"k{n} = 1\n" for n in range(5_000)), id="keys"),
        pytest.param(
            LIMITS.replace('"acme-large"', f'"{"*a" * 39}*b"'), id="a pattern of many stars"
        ),
        pytest.param(
            LIMITS.replace(
                'source = "contract"\ntiers',
                f'aliases = {[str(n) for n in range(5_000)]}\nsource = "contract"\ntiers',
            ),
            id="5,000 aliases",
        ),
    ],
)
def test_no_file_is_much_work(text: str) -> None:
    def read() -> None:
        with suppress(FaultyRulesError):
            own_limits(text).row_for("a" * 80)

    _, calls = calls_of(read)
    assert calls < MOST_CALLS


@pytest.mark.parametrize(("gates", "fits"), [(59, True), (60, False)])
def test_a_ladder_may_have_60_gates(gates: int, fits: bool) -> None:
    """Bronze has one; Silver here the others."""
    first, _, last = LADDER.partition('  { counts = "paid", at_least = 250 },\n')
    waits = '  { days_since = "first payment", at_least = 14 },\n'
    text = first + waits * (gates - last.count("days_since")) + last
    if fits:
        assert len(own_ladder(text).tiers[2].waiting_gates) == 59
        return
    with pytest.raises(FaultyRulesError, match="has 61 gates; 60 are allowed"):
        own_ladder(text)


def test_bytes_that_are_no_text_are_named() -> None:
    with pytest.raises(FaultyRulesError, match=r"cannot be read: 'utf-8'.*save the file as UTF-8"):
        text_of(b"\xff")
    assert text_of("Stufe für 5 €".encode()) == "Stufe für 5 €"
