"""The published numbers that users rely on, as each version of OpenAI's rules has them."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from tierlogic.rules.catalog import (
    ladders,
    limits,
    load_ladder,
    load_limits,
    newest_ladder,
    newest_limits,
)
from tierlogic.rules.document import RulesFile
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import MEASURES, LimitsTable, Measure

LADDERS = [load_ladder(name) for name in ladders() if name.startswith("openai/")]
TABLES = [load_limits(name) for name in limits() if name.startswith("openai/")]
FILES: list[RulesFile] = [*LADDERS, *TABLES]

of_each_ladder = pytest.mark.parametrize("version", ["2023-11", "2024-07", "2024-10", "2026-05"])
every_ladder = pytest.mark.parametrize("ladder", LADDERS, ids=lambda ladder: ladder.version)
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.version)
every_file = pytest.mark.parametrize(
    "file", FILES, ids=lambda file: f"{type(file).__name__} {file.version}"
)


@pytest.mark.parametrize(
    ("version", "since", "waiting_days", "monthly_limits"),
    [
        ("2023-11", "2023-11-06", (0, 0, 7, 7, 14, 30), (100, 100, 500, 1_000, 5_000, 10_000)),
        ("2024-07", "2024-07-05", (0, 0, 7, 7, 14, 30), (100, 100, 500, 1_000, 5_000, 50_000)),
        ("2024-10", "2024-10-02", (0, 0, 7, 7, 14, 30), (100, 100, 500, 1_000, 5_000, 200_000)),
        ("2026-05", "2026-05-29", (0, 0, 0, 0, 0, 0), (100, 100, 500, 1_000, 5_000, 200_000)),
    ],
)
def test_waiting_days_and_monthly_limits(
    version: str, since: str, waiting_days: tuple[int, ...], monthly_limits: tuple[int, ...]
) -> None:
    ladder = load_ladder(f"openai/{version}")
    assert ladder.in_force_from == date.fromisoformat(since)
    waits = [[gate.at_least for gate in tier.waiting_gates] for tier in ladder.tiers]
    assert waits == [[days] if days else [] for days in waiting_days]
    assert tuple(tier.monthly_usage_limit for tier in ladder.tiers) == monthly_limits


@of_each_ladder
def test_thresholds_are_the_same_in_every_version(version: str) -> None:
    ladder = load_ladder(f"openai/{version}")
    assert ladder.tier_names == ("Free", "Tier 1", "Tier 2", "Tier 3", "Tier 4", "Tier 5")
    assert ladder.tiers[0].opens_when is None
    gates = [gate for tier in ladder.tiers for gate in tier.money_gates]
    assert {gate.over for gate in gates} == {"lifetime"}
    assert [f"{gate.counts} {gate.at_least}" for gate in gates] == [
        "paid 5",
        "contested 50",
        "contested 100",
        "contested 250",
        "contested 1000",
    ]


@of_each_ladder
def test_the_wording_says_what_the_gates_say(version: str) -> None:
    free, *others = load_ladder(f"openai/{version}").tiers
    assert free.wording == "User must be in an allowed geography"
    for tier in others:
        [money] = tier.money_gates
        waiting = "".join(
            f" and {gate.at_least}+ days since first successful payment"
            for gate in tier.waiting_gates
        )
        assert tier.wording == f"${money.at_least:,} paid{waiting}"
        assert {gate.days_since for gate in tier.waiting_gates} <= {"first payment"}


@of_each_ladder
def test_credit_costs_five_dollars_or_more_and_lapses_after_a_year(version: str) -> None:
    ladder = load_ladder(f"openai/{version}")
    assert ladder.credit_expiry_days == 365
    for tier in ladder.tiers:
        assert tier.smallest_purchase == Decimal(5)
        assert tier.largest_purchase is None
        assert tier.largest_balance is None


@pytest.mark.parametrize(
    ("version", "model", "tier", "measure", "number"),
    [
        ("2023-11", "gpt-3.5-turbo", "Free", "tpm", 20_000),
        ("2023-11", "gpt-4", "Tier 1", "tpm", 10_000),
        ("2023-11", "gpt-4", "Tier 5", "tpm", 300_000),
        ("2023-11", "gpt-4-1106-preview", "Tier 3", "tpm", 80_000),
        ("2024-06", "gpt-4o", "Tier 1", "tpm", 30_000),
        ("2024-06", "gpt-4o", "Tier 3", "tpm", 600_000),
        ("2024-06", "gpt-4o", "Tier 5", "tpm", 12_000_000),
        ("2024-06", "gpt-4-turbo", "Tier 4", "tpm", 800_000),
        ("2024-06", "gpt-4", "Tier 1", "rpd", 10_000),
        ("2024-06", "gpt-3.5-turbo", "Tier 1", "rpm", 3_500),
        ("2024-06", "text-embedding-3-large", "Tier 5", "tpm", 10_000_000),
        ("2024-10", "gpt-4o", "Tier 3", "tpm", 800_000),
        ("2024-10", "gpt-4o-mini", "Tier 1", "tpm", 200_000),
        ("2024-10", "o1-mini", "Tier 5", "rpm", 30_000),
        ("2024-10", "gpt-4", "Tier 5", "tpm", 1_000_000),
        ("2025-09", "gpt-5", "Tier 1", "tpm", 500_000),
        ("2025-09", "gpt-5", "Tier 5", "tpm", 40_000_000),
        ("2025-09", "gpt-5-mini", "Tier 5", "tpm", 180_000_000),
        ("2025-09", "gpt-4.1", "Free", "tpd", 900_000),
        ("2026-09", "gpt-6-astra", "Tier 2", "tpm", 1_000_000),
        ("2026-09", "gpt-5.5-pro", "Tier 2", "tpm", 200_000),
        ("2026-09", "gpt-5.4-pro", "Tier 2", "tpm", 100_000),
        ("2026-09", "gpt-4o", "Tier 4", "tpm", 2_000_000),
        ("2026-09", "o3-mini", "Tier 2", "tpm", 200_000),
        ("2026-09", "gpt-5", "Free", "tpm", 0),
    ],
)
def test_published_limits(
    version: str, model: str, tier: str, measure: Measure, number: float
) -> None:
    row = load_limits(f"openai/{version}").row_for(model)
    assert row is not None
    assert row.number(measure, tier) == number


@pytest.mark.parametrize(
    ("version", "model", "tier", "measure"),
    [
        ("2023-11", "gpt-4-1106-preview", "Tier 1", "tpm"),
        ("2023-11", "gpt-4-1106-preview", "Tier 3", "rpm"),
        ("2023-11", "gpt-4-1106-preview", "Tier 4", "tpm"),
        ("2024-06", "gpt-4o", "Free", "tpm"),
        ("2024-06", "gpt-4o", "Tier 1", "rpd"),
        ("2024-10", "gpt-4o", "Tier 4", "tpm"),
        ("2025-09", "gpt-5", "Tier 1", "rpm"),
        ("2025-09", "gpt-4.1-mini", "Free", "tpd"),
        ("2026-09", "gpt-5.5-pro", "Free", "tpm"),
        ("2026-09", "gpt-6-sol", "Free", "tpm"),
    ],
)
def test_what_no_source_gives_is_unknown(
    version: str, model: str, tier: str, measure: Measure
) -> None:
    row = load_limits(f"openai/{version}").row_for(model)
    assert row is not None
    assert row.number(measure, tier) is None


@every_table
def test_limits_speak_of_the_tiers_of_the_ladder(table: LimitsTable) -> None:
    names = newest_ladder("openai", table.in_force_from).tier_names
    for row in table.rows:
        tiers = [limits.tier for limits in row.tiers]
        assert tiers == [name for name in names if name in tiers], row.model


@every_table
def test_every_tier_of_a_row_has_a_number_and_a_source(table: LimitsTable) -> None:
    for row in table.rows:
        for tier in row.tiers:
            assert any(row.number(measure, tier.tier) is not None for measure in MEASURES)
            assert table.source_of(row, tier) in table.sources.values()


@pytest.mark.parametrize("version", ["2023-11", "2024-10", "2025-09", "2026-09"])
def test_only_the_table_of_june_2024_is_complete(version: str) -> None:
    assert load_limits("openai/2024-06").complete
    assert not load_limits(f"openai/{version}").complete


@every_file
def test_every_source_is_cited(file: RulesFile) -> None:
    assert set(file.sources) == {key for _, key in file.cited()}


@every_file
def test_every_source_was_read_after_the_rules_began(file: RulesFile) -> None:
    for source in file.sources.values():
        assert source.read >= file.in_force_from


@every_file
def test_the_version_names_the_month_from_which_it_is_proved(file: RulesFile) -> None:
    assert file.in_force_from.isoformat().startswith(file.version)


def test_versions_come_in_order_of_date() -> None:
    for files in (LADDERS, TABLES):
        days = [file.in_force_from for file in files]
        assert all(earlier < later for earlier, later in pairwise(days))


@every_ladder
def test_a_ladder_is_in_force_from_its_day_on(ladder: Ladder) -> None:
    day = ladder.in_force_from
    assert newest_ladder("openai", day) == ladder
    if ladder != LADDERS[0]:
        assert newest_ladder("openai", day - timedelta(days=1)) != ladder


@every_table
def test_a_table_is_in_force_from_its_day_on(table: LimitsTable) -> None:
    day = table.in_force_from
    assert newest_limits("openai", day) == table
    if table != TABLES[0]:
        assert newest_limits("openai", day - timedelta(days=1)) != table
