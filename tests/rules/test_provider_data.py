"""The numbers that users of each provider rely on, and what must hold for all of the data."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from tierlogic.rules.catalog import (
    DATA,
    ladders,
    limits,
    load_ladder,
    load_limits,
    load_provider,
    newest_ladder,
    newest_limits,
    providers,
)
from tierlogic.rules.changes import opening_in_words
from tierlogic.rules.document import RulesFile
from tierlogic.rules.ladder import Ladder, OnDayOfMonth
from tierlogic.rules.limits import LimitsTable, Measure

LADDERS = [load_ladder(name) for name in ladders()]
TABLES = [load_limits(name) for name in limits()]
FILES: list[RulesFile] = [*LADDERS, *TABLES]

every_ladder = pytest.mark.parametrize("ladder", LADDERS, ids=lambda ladder: ladder.id)
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
every_file = pytest.mark.parametrize(
    "file", FILES, ids=lambda file: f"{type(file).__name__} {file.id}"
)


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        (
            "anthropic/2024-04",
            [
                "$5 purchased",
                "$40 purchased and 7 days since the first purchase",
                "$200 purchased and 7 days since the first purchase",
                "$400 purchased and 14 days since the first purchase",
            ],
        ),
        (
            "anthropic/2024-11",
            [
                "$5 purchased",
                "$40 purchased and 7 days since the first purchase",
                "$200 purchased and 7 days since the first purchase",
                "$400 purchased and 14 days since the first purchase",
            ],
        ),
        *(
            (
                f"anthropic/{version}",
                ["$5 purchased", "$40 purchased", "$200 purchased", "$400 purchased"],
            )
            for version in ("2025-03", "2026-04", "2026-05-22")
        ),
        ("anthropic/2026-06-26", ["its rule is not public"] * 3),
        (
            "gemini/2025-05",
            [
                "billing linked",
                "$250 used and 30 days since the first payment",
                "$1,000 used and 30 days since the first payment",
            ],
        ),
        *(
            (
                f"gemini/{version}",
                [
                    "billing linked",
                    "$100 used or paid (contested) and 3 days since the first payment",
                    "$1,000 used or paid (contested) and 30 days since the first payment",
                ],
            )
            for version in ("2026-04", "2026-09-20")
        ),
        (
            "vertex/2026-01",
            ["$10 used in 30 days", "$250 used in 30 days", "more than $2,000 used in 30 days"],
        ),
        (
            "vertex/2026-10",
            [
                "$10 used in 30 days",
                "$250 used in 30 days",
                "$2,000 used in 30 days",
                "more than $50,000 used in 30 days",
            ],
        ),
        (
            "xai/2026-01",
            [f"${money} paid since 1 Jan 2026" for money in ("50", "250", "1,000", "5,000")],
        ),
        (
            "mistral/2026-11",
            [
                "plan chosen",
                "plan chosen and more than $20 paid",
                "plan chosen and more than $100 paid",
                "plan chosen and more than $500 paid",
            ],
        ),
        (
            "together/2025-12",
            [
                "payment method and $5 paid",
                "$50 paid",
                "$100 paid",
                "$250 paid",
                "$1,000 paid",
            ],
        ),
        (
            "fireworks/2026-08",
            [
                "payment method",
                "$50 used or $50 purchased",
                "$500 used or $500 purchased",
                "$5,000 used or $5,000 purchased",
            ],
        ),
        (
            "perplexity/2026-05",
            [f"${money} purchased" for money in ("50", "250", "500", "1,000", "5,000")],
        ),
        (
            "moonshot/2026-05",
            [f"${money} purchased" for money in ("1", "10", "20", "100", "1,000", "3,000")],
        ),
        (
            "moonshot-cn/2026-05",
            [f"¥{money} purchased" for money in ("50", "100", "500", "5,000", "20,000")],
        ),
        (
            "stepfun/2026-07",
            [f"¥{money} purchased" for money in ("100", "500", "2,000", "5,000", "10,000")],
        ),
        (
            "novita/2026-11",
            [
                f"${money} purchased in the best of 3 months"
                for money in ("50", "500", "3,000", "10,000")
            ],
        ),
        ("minimax/2026-04", ["any amount purchased"]),
        *(
            (
                f"{region}/2026-09",
                [
                    "more than ¥100,000 used in the month before",
                    "more than ¥1,000,000 used in the month before",
                ],
            )
            for region in ("alibaba", "alibaba-sg")
        ),
        ("voyage/2026-11", ["payment method", "$100 paid", "$1,000 paid"]),
        ("openrouter/2026-10", ["$10 purchased"]),
        ("hyperbolic/2026-11", ["$5 purchased"]),
        (
            "wylon/2026-11",
            [
                "any amount purchased",
                "¥300 used and 7 days since the account's creation",
                "¥3,000 used and 30 days since the account's creation",
                "¥30,000 used",
            ],
        ),
    ],
)
def test_what_opens_each_tier(name: str, opens: list[str]) -> None:
    ladder = load_ladder(name)
    _, *others = ladder.tiers
    assert [opening_in_words(tier.opens_when, ladder.currency) for tier in others] == opens


@pytest.mark.parametrize(
    ("name", "monthly_limits"),
    [
        ("anthropic/2024-04", [10, 100, 500, 1_000, 5_000]),
        ("anthropic/2024-11", [None, 100, 500, 1_000, 5_000]),
        ("anthropic/2025-03", [None, 100, 500, 1_000, 5_000]),
        ("anthropic/2026-04", [None, 100, 500, 1_000, 200_000]),
        ("anthropic/2026-05-22", [None, 500, 500, 1_000, 200_000]),
        ("anthropic/2026-06-26", [None, 500, 1_000, 200_000]),
        ("gemini/2025-05", [None] * 4),
        ("gemini/2026-04", [None, 250, 2_000, (20_000, 100_000)]),
        ("fireworks/2026-08", [None, 50, 500, 5_000, 50_000]),
        ("fireworks/2026-09", [None] * 5),
        ("xai/2026-01", [None] * 5),
    ],
)
def test_monthly_usage_limits(name: str, monthly_limits: Sequence[object]) -> None:
    assert [tier.monthly_usage_limit for tier in load_ladder(name).tiers] == monthly_limits


def test_largest_purchases_and_balances() -> None:
    def largest(name: str) -> list[Decimal | None]:
        return [tier.largest_purchase for tier in load_ladder(name).tiers if tier.opens_when]

    assert largest("anthropic/2026-04") == [100, 500, 1_000, 200_000]
    assert largest("anthropic/2026-05-22") == [500, 500, 1_000, 200_000]
    for version, smallest in (("2026-04", 10), ("2026-09-20", 5)):
        gemini = load_ladder(f"gemini/{version}")
        assert gemini.credit_expiry_days == 365
        assert {tier.largest_balance for tier in gemini.tiers} == {5_000}
        assert {tier.smallest_purchase for tier in gemini.tiers} == {smallest}


def test_which_tiers_can_be_lost_and_when_they_are_given() -> None:
    falling = {ladder.provider for ladder in LADDERS if ladder.keeping == "re-evaluated"}
    assert falling == {"vertex", "novita"}
    given = {ladder.id: ladder.activation for ladder in LADDERS if ladder.activation != "at once"}
    assert given == {
        "gemini/2025-05": "at a click",
        "alibaba/2026-09": OnDayOfMonth(day_of_month=15),
        "alibaba-sg/2026-09": OnDayOfMonth(day_of_month=15),
    }
    assert [ladder.id for ladder in LADDERS if ladder.is_opaque] == ["anthropic/2026-06-26"]
    assert {ladder.provider for ladder in LADDERS if ladder.contested} == {"openai", "gemini"}


@pytest.mark.parametrize(
    ("name", "excluded"),
    [
        ("anthropic/2026-04", "tax"),
        ("gemini/2026-04", "trial credit"),
        ("moonshot/2026-05", "vouchers"),
        ("moonshot-cn/2026-05", "vouchers"),
    ],
)
def test_money_that_does_not_count(name: str, excluded: str) -> None:
    assert excluded in load_ladder(name).money_excludes


@pytest.mark.parametrize(
    ("table", "model", "tier", "measure", "number"),
    [
        ("anthropic/2024-04", "claude-3-opus", "Build Tier 1", "tpm", 50_000),
        ("anthropic/2024-04", "claude-2.1", "Free", "tpd", 300_000),
        ("anthropic/2024-11", "claude-3-5-sonnet-20241022", "Tier 1", "input_tpm", 40_000),
        ("anthropic/2024-11", "claude-3-opus-20240229", "Tier 4", "output_tpm", 80_000),
        ("anthropic/2025-09", "claude-opus-4-1", "Tier 2", "input_tpm", 450_000),
        ("anthropic/2026-04", "claude-opus-4-7", "Tier 1", "input_tpm", 30_000),
        ("anthropic/2026-04", "claude-haiku-4-5", "Tier 4", "output_tpm", 800_000),
        ("anthropic/2026-05-06", "claude-opus-4-7", "Tier 1", "input_tpm", 500_000),
        ("anthropic/2026-05-06", "claude-opus-4-7", "Tier 4", "rpm", 4_000),
        ("anthropic/2026-06-26", "claude-opus-5-5", "Start", "input_tpm", 2_000_000),
        ("anthropic/2026-06-26", "claude-fable-5", "Scale", "output_tpm", 800_000),
        ("anthropic/2026-06-26", "claude-opus-5", "Evaluation", "rpm", None),
        ("gemini/2025-05", "gemini-2.5-pro-preview-05-06", "Tier 1", "rpd", 1_000),
        ("gemini/2025-05", "gemini-2.0-flash", "Tier 3", "input_tpm", 30_000_000),
        ("gemini/2025-10", "gemini-2.5-pro", "Free", "rpm", 2),
        ("gemini/2025-10", "gemini-2.5-pro", "Tier 3", "rpd", None),
        ("gemini/2025-10", "gemini-embedding-001", "Tier 1", "input_tpm", 1_000_000),
        ("gemini/2026-04", "gemini-2.5-flash", "Tier 1", "input_tpm", None),
        ("vertex/2026-01", "gemini-2.5-pro", "Tier 3", "tpm", 2_000_000),
        ("vertex/2026-10", "gemini-3.8-flash", "Tier 4", "tpm", 50_000_000),
        ("xai/2026-06", "grok-4.3", "Tier 0", "rps", 30),
        ("xai/2026-10", "grok-4.3", "Tier 0", "rps", 37),
        ("xai/2026-10", "grok-4.6", "Tier 4", "tpm", 100_000_000),
        ("mistral/2026-11", "mistral-large", "Free", "rps", 1),
        ("mistral/2026-11", "mistral-large", "Tier 1", "tpm", None),
        ("together/2025-12", "llama-3-70b", "Tier 3", "tpm", 500_000),
        ("fireworks/2026-08", "deepseek-v3", "No payment method", "rpm", 10),
        ("fireworks/2026-09", "deepseek-v3", "Tier 4", "rpm", 6_000),
        ("perplexity/2026-05", "sonar-pro", "Tier 4", "rpm", 4_000),
        ("perplexity/2026-05", "sonar-deep-research", "Tier 0", "rpm", 5),
        ("perplexity/2026-09", "agent-api", "Tier 1", "rpm", 150),
        ("moonshot/2026-05", "kimi-k2.5", "Tier 0", "tpd", 1_500_000),
        ("moonshot/2026-05", "kimi-k2.5", "Tier 3", "tpm", 3_000_000),
        ("moonshot-cn/2026-05", "kimi-k2.5", "Tier 5", "rpm", 10_000),
        ("stepfun/2026-07", "step-3", "V5", "tpm", 100_000_000),
        ("novita/2026-11", "deepseek-v3", "T5", "tpm", None),
        ("minimax/2026-04", "minimax-m2.5", "Free user", "rpm", 20),
        ("minimax/2026-04", "minimax-m2.7", "Recharged user", "tpm", 20_000_000),
        ("alibaba/2026-09", "qwen3.8-max", "Over 1,000,000", "tpm", 20_000_000),
        ("alibaba-sg/2026-09", "qwen3.8-max", "Up to 100,000", "tpm", 1_000_000),
        ("voyage/2026-11", "voyage-3-large", "Tier 3", "tpm", 9_000_000),
        ("voyage/2026-11", "rerank-2.5-lite", "Tier 1", "tpm", 4_000_000),
        ("openrouter/2026-10", "a/b:free", "Less than 10 credits", "rpd", 50),
        ("openrouter/2026-10", "a/b:free", "At least 10 credits", "rpd", 1_000),
        ("hyperbolic/2026-11", "deepseek-v3", "Pro", "rpm", 600),
        ("wylon/2026-11", "deepseek-v3", "T2", "tpm", 2_000_000),
    ],
)
def test_published_limits(
    table: str, model: str, tier: str, measure: Measure, number: float | None
) -> None:
    row = load_limits(table).row_for(model)
    assert row is not None
    assert row.at(tier) is not None
    assert row.number(measure, tier) == number


def test_what_is_soft_and_what_cached_input_counts() -> None:
    soft = {table.provider for table in TABLES if any(row.soft for row in table.rows)}
    assert soft == {"vertex", "alibaba", "alibaba-sg"}
    free_of_cached = {
        table.id for table in TABLES if not all(row.cached_input_counts for row in table.rows)
    }
    assert free_of_cached == {
        f"anthropic/{version}" for version in ("2025-09", "2026-04", "2026-05-06", "2026-06-26")
    }


def test_anthropics_limits_and_ladders_change_on_their_own_days() -> None:
    day = date(2026, 5, 6)
    assert newest_limits("anthropic", day).version == "2026-05-06"
    assert newest_ladder("anthropic", day).version == "2026-04"


@pytest.mark.parametrize("name", providers())
def test_every_provider_has_a_ladder_and_a_table(name: str) -> None:
    assert any(ladder.provider == name for ladder in LADDERS)
    assert any(table.provider == name for table in TABLES)
    provider = load_provider(name)
    assert provider.links
    assert all(link.startswith("https://") for link in provider.links)


def test_when_users_saw_the_tiers_that_they_had_earned() -> None:
    seen = {name: load_provider(name).observed_lag_days for name in providers()}
    assert {name: days for name, days in seen.items() if days} == {"openai": (0, 2)}
    source = load_provider("openai").observed_lag_source
    assert source
    assert (source.url, source.confidence) == ("https://community.openai.com/t/1354458", "low")


def test_every_folder_is_a_provider() -> None:
    folders = {path.name for path in DATA.iterdir() if path.is_dir()}
    assert folders - {"reports"} == set(providers())
    assert len({load_provider(name).name for name in providers()}) == len(providers())


@every_file
def test_every_source_is_cited(file: RulesFile) -> None:
    assert set(file.sources) == {key for _, key in file.cited()}


@every_file
def test_every_source_was_read_after_the_rules_began(file: RulesFile) -> None:
    assert all(source.read >= file.in_force_from for source in file.sources.values())


@every_file
def test_the_version_names_the_day_or_month_from_which_it_is_proved(file: RulesFile) -> None:
    assert file.in_force_from.isoformat().startswith(file.version)


def test_versions_of_a_provider_come_in_order_of_date() -> None:
    for files in (LADDERS, TABLES):
        for earlier, later in pairwise(files):
            if earlier.provider == later.provider:
                assert earlier.in_force_from < later.in_force_from


@every_table
def test_limits_speak_of_the_tiers_of_the_ladder_then(table: LimitsTable) -> None:
    names = newest_ladder(table.provider, table.in_force_from).tier_names
    for row in table.rows:
        tiers = [tier.tier for tier in row.tiers]
        assert tiers == [name for name in names if name in tiers], row.model


@every_ladder
def test_money_asked_for_rises_from_tier_to_tier(ladder: Ladder) -> None:
    """Of one kind of money over one window; 2,000 and then more than 2,000 rises too."""
    asked: dict[str, Decimal] = {}
    for tier in ladder.tiers:
        for gate in tier.money_gates:
            kind = f"{gate.counts} {gate.over!r}"
            assert gate.amount >= asked.get(kind, Decimal(0)), tier.name
            asked[kind] = gate.amount
