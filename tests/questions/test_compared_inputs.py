"""What differs in the inputs of two plans, word for word, and for every field."""

from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import BaseModel

import tierlogic as tl
from tests.random_scenarios import scenarios
from tests.scenario.plans import WHOLE, with_changes
from tierlogic.questions.compared_inputs import input_differences
from tierlogic.rules.catalog import toml_of

LINE: dict[str, Any] = WHOLE["usage"][0]

# Each field of a scenario, another value than in the whole plan, and what is said of it.
SAID: list[tuple[str, Any, list[str]]] = [
    ("ladder", "openai/2024-10", ["rules of October 2024 instead of November 2023"]),
    ("limits", "openai/2024-06", ["limits of June 2024 instead of November 2023"]),
    ("start", "2023-12-31", ["start on 31 Dec 2023 instead of 1 Jan 2024"]),
    ("days", 3660, ["3,660 days instead of 30"]),
    ("days", 1, ["1 day instead of 30"]),
    ("first_payment", "2023-12-21", ["first payment on 21 Dec 2023 instead of on 20 Dec 2023"]),
    ("reading", "paid", ["reading paid instead of used"]),
    ("used_before", "39.99", ["$39.99 used before instead of $40.50"]),
    ("paid_before", "10000000", ["$10,000,000 paid before instead of $60"]),
    ("purchased_before", "10", ["$10 as credit bought before instead of $50"]),
    ("purchased_before", None, ["all that was paid as credit bought before instead of $50"]),
    (
        "past.0.on",
        "2023-12-31",
        [
            (
                "$1.50 used and $10 bought on 31 Dec 2023 instead of "
                "$1.50 used and $10 bought on 30 Dec 2023"
            )
        ],
    ),
    (
        "past.0.used",
        "0",
        [
            (
                "$0 used and $10 bought on 30 Dec 2023 instead of "
                "$1.50 used and $10 bought on 30 Dec 2023"
            )
        ],
    ),
    (
        "past.0.purchased",
        "0",
        [
            (
                "$1.50 used and $0 bought on 30 Dec 2023 instead of "
                "$1.50 used and $10 bought on 30 Dec 2023"
            )
        ],
    ),
    ("past", [], ["$1.50 used and $10 bought on 30 Dec 2023 less"]),
    ("account_created", "2020-01-01", ["account created on 1 Jan 2020 instead of on 1 Dec 2023"]),
    ("account_created", None, ["account created on a day not given instead of on 1 Dec 2023"]),
    ("opening_balance", "0.10", ["$0.10 of credit at the start instead of $19.50"]),
    ("month_used_before", "40.49", ["$40.49 used in the first month before instead of $0"]),
    ("opening_tier", "Tier 5", ["Tier 5 as the tier at the start instead of Tier 1"]),
    ("opening_tier", None, ["what the figures open as the tier at the start instead of Tier 1"]),
    (
        "purchases.0.on",
        "2024-01-31",
        [
            (
                "$25 on 31 Jan 2024 and every week, 2 times instead of "
                "$25 on 2 Jan 2024 and every week, 2 times"
            )
        ],
    ),
    (
        "purchases.0.amount",
        "25.01",
        [
            (
                "$25.01 on 2 Jan 2024 and every week, 2 times instead of "
                "$25 on 2 Jan 2024 and every week, 2 times"
            )
        ],
    ),
    (
        "purchases.0.every",
        "month",
        [
            (
                "$25 on 2 Jan 2024 and every month, 2 times instead of "
                "$25 on 2 Jan 2024 and every week, 2 times"
            )
        ],
    ),
    (
        "purchases.0.times",
        None,
        ["$25 on 2 Jan 2024 and every week instead of $25 on 2 Jan 2024 and every week, 2 times"],
    ),
    (
        "auto_recharge.below",
        "0",
        [
            (
                "auto-recharge of $10 below $0, at most $100 a month instead of "
                "auto-recharge of $10 below $5, at most $100 a month"
            )
        ],
    ),
    (
        "auto_recharge.amount",
        "50",
        [
            (
                "auto-recharge of $50 below $5, at most $100 a month instead of "
                "auto-recharge of $10 below $5, at most $100 a month"
            )
        ],
    ),
    (
        "auto_recharge.monthly_limit",
        None,
        [
            (
                "auto-recharge of $10 below $5 instead of "
                "auto-recharge of $10 below $5, at most $100 a month"
            )
        ],
    ),
    (
        "auto_recharge",
        None,
        ["no auto-recharge instead of auto-recharge of $10 below $5, at most $100 a month"],
    ),
    ("billing", "monthly_invoice", ["a monthly invoice instead of prepaid credit"]),
    ("usage.0.model", "gpt-4o", ["gpt-4o instead of gpt-4"]),
    ("usage.0.tokens_per_day", 2_500_000, ["2.5M tokens per day instead of 20,000"]),
    ("usage.0.tokens_per_day", 20_001, ["20,001 tokens per day instead of 20,000"]),
    ("usage.0.tokens_per_day", 0.5, ["0.5 tokens per day instead of 20,000"]),
    ("usage.0.output_share", 0.255, ["25.5% output tokens instead of 25%"]),
    ("usage.0.cached_share", 1e-9, ["0.0000001% of the input cached instead of 10%"]),
    (
        "usage.0.price.input",
        "2.5",
        [
            (
                "$2.50 input, $15 cached input, $60 output per million instead of "
                "$30 input, $15 cached input, $60 output"
            )
        ],
    ),
    (
        "usage.0.price.cached_input",
        None,
        ["$30 input, $60 output per million instead of $30 input, $15 cached input, $60 output"],
    ),
    (
        "usage.0.price.output",
        "60.000001",
        [
            (
                "$30 input, $15 cached input, $60.000001 output per million instead of "
                "$30 input, $15 cached input, $60 output"
            )
        ],
    ),
    ("usage.0.growth_per_30_days", -0.9, ["-90% growth per 30 days instead of 10%"]),
    ("usage.0.starts", None, ["usage from the start instead of from 1 Jan 2024"]),
    ("usage.0.ends", "2024-01-21", ["usage until 21 Jan 2024 instead of until 20 Jan 2024"]),
    ("usage.0.ends", None, ["usage until the last day instead of until 20 Jan 2024"]),
    (
        "usage.0.tokens_per_request",
        None,
        ["an unknown number of tokens per request instead of 800"],
    ),
    ("usage.0.context_window", 1_000_000, ["1M tokens of context instead of 8,192"]),
    ("usage", [], ["20,000 tokens of gpt-4 per day less"]),
    ("active_hours", 0.1, ["0.1 active hours per day instead of 8"]),
    ("peak_factor", 1.0000001, ["peak factor 1.0000001 instead of 2"]),
    ("weekend_factor", 0, ["weekend factor 0 instead of 0.5"]),
    (
        "noise",
        {"spread": 0.2, "seed": 7},
        ["day-to-day noise of 0.2 (seed 7) instead of 0.3 (seed 7)"],
    ),
    ("evaluated", "at_payment", ["tiers evaluated at payments instead of daily"]),
    ("lag_days", 1, ["1 day of lag instead of 0"]),
    ("title", "Another name", []),
]


def plan(**changes: Any) -> tl.Scenario:
    return tl.Scenario.model_validate(with_changes(changes))


def said(base: dict[str, Any] | None = None, **changes: Any) -> tuple[str, ...]:
    return input_differences(plan(**changes), plan(**(base or {})))


@pytest.mark.parametrize(("field", "value", "words"), SAID, ids=lambda part: str(part)[:30])
def test_each_field_alone(field: str, value: Any, words: list[str]) -> None:
    assert list(said(**{field: value})) == words


def paths(model: type[BaseModel], prefix: str = "") -> set[str]:
    """Dotted paths of every field that holds a value."""
    parts: dict[str, tuple[type[BaseModel], str]] = {
        "purchases": (tl.Purchase, "purchases.0."),
        "past": (tl.PastDay, "past.0."),
        "auto_recharge": (tl.AutoRecharge, "auto_recharge."),
        "usage": (tl.UsageLine, "usage.0."),
        "price": (tl.Price, "usage.0.price."),
    }
    return {
        path
        for name in model.model_fields
        for path in (paths(*parts[name]) if name in parts else {prefix + name})
    }


def test_every_field_has_its_words_here() -> None:
    # OpenAI's published ladders ask for no facts: the tests below are of others.
    elsewhere = {"lacks", "own_ladder", "own_limits"}
    assert paths(tl.Scenario) - {field for field, *_ in SAID} == elsewhere


def test_files_of_ones_own() -> None:
    published = tl.Scenario(ladder="openai/2026-05", limits="openai/2026-09", start="2026-06-01")
    ladder, table = (
        toml_of(rules).replace("read = 2026", "read = 2025", 1)
        for rules in (published.rules, published.limits_table)
    )
    own = published.but(own_ladder=ladder, own_limits=table)
    other = published.but(own_ladder=f"{ladder}\n", own_limits=table)
    assert input_differences(own, published) == (
        "a file of one's own for rules openai/2026-05 instead of the published",
        "a file of one's own for limits openai/2026-09 instead of the published",
    )
    assert input_differences(published, own) == (
        "published rules openai/2026-05 instead of a file of one's own",
        "published limits openai/2026-09 instead of a file of one's own",
    )
    assert input_differences(other, own) == ("another file of one's own for rules openai/2026-05",)


def test_a_fact() -> None:
    with_card = tl.Scenario.model_validate(
        {"ladder": "voyage/2026-11", "limits": "voyage/2026-11", "start": "2026-11-22"}
    )
    without = with_card.but(lacks=("payment method",))
    assert input_differences(without, with_card) == ("without payment method",)
    assert input_differences(with_card, without) == ("with payment method",)


@settings(deadline=None, max_examples=30)
@given(scenarios(most_days=5), scenarios(most_days=5))
def test_whatever_differs_is_said(here: tl.Scenario, there: tl.Scenario) -> None:
    assert bool(input_differences(here, there)) == (here.but(title="") != there.but(title=""))
    assert input_differences(here, here) == ()


# Lists


def test_purchases_more_less_and_others() -> None:
    first = {"on": "2024-01-02", "amount": "250"}
    second = {"on": "2024-01-05", "amount": "50"}
    third = {"on": "2024-01-09", "amount": "20.50"}
    assert said({"purchases": [first]}, purchases=[first, second]) == ("$50 on 5 Jan 2024 more",)
    assert said({"purchases": [first, second]}, purchases=[first]) == ("$50 on 5 Jan 2024 less",)
    assert said({"purchases": [first, second]}, purchases=[first, third]) == (
        "$20.50 on 9 Jan 2024 instead of $50 on 5 Jan 2024",
    )
    assert said({"purchases": [first, second]}, purchases=[second, first]) == (
        "purchases in another order",
    )
    assert said({"purchases": [first]}, purchases=[first, first]) == ("$250 on 2 Jan 2024 more",)


def test_eight_differing_purchases_are_said_one_by_one_and_nine_together() -> None:
    def bought(times: int) -> list[dict[str, str]]:
        return [{"on": "2024-01-02", "amount": str(1 + number)} for number in range(times)]

    assert len(said({"purchases": []}, purchases=bought(8))) == 8
    assert said({"purchases": []}, purchases=bought(9)) == ("9 other purchases instead of 0",)


def test_lines_are_matched_by_their_models() -> None:
    other = {**LINE, "model": "gpt-4o"}
    more = {**LINE, "tokens_per_day": 5_000_000}
    assert said({"usage": [LINE, other]}, usage=[other, more]) == (
        "gpt-4: 5M tokens per day instead of 20,000",
    )
    assert said({"usage": [LINE]}, usage=[LINE, other]) == ("20,000 tokens of gpt-4o per day more",)
    assert said({"usage": [LINE, other]}, usage=[other, LINE]) == ("models in another order",)


# Other rules


def scenario_of(ladder: str, limits: str) -> tl.Scenario:
    return tl.Scenario.model_validate({"ladder": ladder, "limits": limits, "start": "2026-11-22"})


def test_other_providers_are_named() -> None:
    assert input_differences(
        scenario_of("anthropic/2024-04", "anthropic/2024-04"),
        scenario_of("openai/2024-10", "openai/2024-06"),
    ) == (
        "rules of Anthropic of April 2024 instead of OpenAI of October 2024",
        "limits of Anthropic of April 2024 instead of OpenAI of June 2024",
    )


def test_no_money_is_the_same_in_any_currency_and_some_is_not() -> None:
    dollars = scenario_of("moonshot/2026-05", "moonshot/2026-05")
    yuan = scenario_of("moonshot-cn/2026-05", "moonshot-cn/2026-05")
    assert not any("$" in words for words in input_differences(yuan, dollars))
    assert "¥5 of credit at the start instead of $5" in input_differences(
        yuan.but(opening_balance="5"), dollars.but(opening_balance="5")
    )
