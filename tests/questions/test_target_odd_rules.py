"""What a goal takes under rules that no provider publishes, but a contract may have."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import tierlogic as tl
from tests.answer.plans import MONDAY, buy, on, use
from tierlogic.questions.target import Ways
from tierlogic.rules.own import limits_not_known, own_ladder

RULES = Path(__file__).parent / "rules"


def plan(rules: str, **changes: Any) -> tl.Scenario:
    text = (RULES / f"{rules}.toml").read_text(encoding="utf-8")
    ladder = own_ladder(text)
    given: dict[str, Any] = {
        "own_ladder": text,
        "own_limits": limits_not_known(ladder),
        "ladder": ladder.id,
        "limits": ladder.id,
        "start": MONDAY,
        "days": 5,
    }
    return tl.Scenario(**{**given, **changes})


def ways(scenario: tl.Scenario, tier: str, day: int) -> Ways:
    return tl.target(scenario, tl.Goal(by=on(day), tier=tier)).by_reading["used"]


def opens(scenario: tl.Scenario, tier: str) -> Any:
    return tl.project(scenario).unlock(tier).on


def test_the_tokens_of_a_plan_that_reaches_it_are_looked_at() -> None:
    # $4 of credit at $1 a day: $2 in the two days up to 4 Jan, when the wait is over. $0.9995 a
    # day are a tenth of a cent too few, and $3 a day are all used by then.
    scenario = plan(
        "recent-money", opening_balance=Decimal(2), purchases=[buy(1, "2")], usage=[use(1)]
    )
    tokens = ways(scenario, "Busy", 5).tokens_per_day
    assert tokens.value == 200_000
    assert opens(scenario, "Busy") == on(4)
    for other in (199_900, 600_000):
        line = use(1, tokens_per_day=other)
        assert opens(scenario.but(usage=[line]), "Busy") is None


def test_a_small_purchase_begins_the_wait_and_the_rest_comes_when_it_counts() -> None:
    # A cent begins the three days. It no longer counts when they are over: $3 more are needed,
    # $2 at a time.
    found = ways(plan("recent-money"), "Paying", 5)
    assert found.earliest.value == on(4)
    assert found.schedule.value == (buy(2, "0.01"), buy(5, "2"), buy(5, "1"))
    assert found.prepay.value is None


def test_a_higher_tier_that_opens_sooner_brings_the_lower_one() -> None:
    # $2 would wait until 3 Jan. $3 open the higher tier at once; over $4 the balance is full.
    found = ways(plan("higher-tier-first"), "Patient", 2)
    assert found.schedule.value == (buy(2, "3"),)
    assert found.prepay.value == 3
    assert found.earliest.value == MONDAY
