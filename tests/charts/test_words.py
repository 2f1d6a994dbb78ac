from datetime import date
from decimal import Decimal

import pytest

from tierlogic.charts.words import day_in_short, money_in_short, tiers_in_short


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "$0"),
        (Decimal("38.20"), "$38.20"),
        (249.99, "$249.99"),
        (250, "$250"),
        (999.99, "$999.99"),
        (1000, "$1k"),
        (1234.5, "$1.23k"),
    ],
)
def test_amounts_are_to_the_cent_up_to_1000(amount: Decimal | float, said: str) -> None:
    assert money_in_short(amount) == said


def test_a_day_has_its_year_once_the_horizon_is_longer_than_one() -> None:
    assert day_in_short(date(2024, 1, 8), 365) == "8 Jan"
    assert day_in_short(date(2024, 1, 8), 366) == "8 Jan 2024"


@pytest.mark.parametrize(
    ("tiers", "said"),
    [
        (["Tier 4"], "Tier 4"),
        (["Tier 1", "Tier 2", "Tier 3"], "Tiers 1–3"),  # noqa: RUF001
        (["Tier 1", "Tier 3"], "Tier 1, Tier 3"),
        (["V1", "V2", "V3"], "V1–V3"),  # noqa: RUF001
        (["Start", "Build"], "Start, Build"),
        (["Tier 1", "Scale"], "Tier 1, Scale"),
    ],
)
def test_neighbouring_tiers_are_said_together(tiers: list[str], said: str) -> None:
    assert tiers_in_short(tiers) == said
