"""The map: each cell is a plan, and its day is that plan's."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pandas as pd
import pytest

import tierlogic as tl
from tests.questions.plans import at_tier_1, buy, on, use
from tierlogic.page.form import PREPAY_STOPS
from tierlogic.questions.date_map import TOKEN_STOPS, prepay_around, tokens_around

# At $5 a million: $1, $2 and $5 a day.
DOLLARS = (200_000, 400_000, 1_000_000)


def days(scenario: tl.Scenario, *prepay: str) -> dict[tuple[float, float], date | None]:
    cells = tl.date_map(scenario, tokens=DOLLARS, prepay=[Decimal(each) for each in prepay]).cells
    return {
        (tokens, bought): None if pd.isna(day) else day.date()
        for tokens, bought, day in cells.itertuples(index=False)
    }


def test_each_cell_is_the_day_of_its_plan() -> None:
    # $50 at $1 a day on the 50th day, at $2 on the 25th, at $5 on the 10th; $49.99 are not enough.
    assert days(at_tier_1(), "49.99", "50") == {
        (200_000, 49.99): None,
        (200_000, 50): on(50),
        (400_000, 49.99): None,
        (400_000, 50): on(25),
        (1_000_000, 49.99): None,
        (1_000_000, 50): on(10),
    }


def test_a_cell_can_be_used() -> None:
    found = tl.date_map(at_tier_1(usage=[use(1), use(1)]), tokens=DOLLARS, prepay=[0, 50])
    plan = found.at(1_000_000, Decimal(50))
    # $5 and the other line's $1 a day: $54 on the 9th.
    assert plan.usage[1] == at_tier_1(usage=[use(1), use(1)]).usage[1]
    assert plan.purchases[0].amount == 50
    cells = found.cells.set_index(["tokens", "prepay"])["date"]
    assert cells[1_000_000, 50].date() == tl.project(plan).unlock("Tier 2").on == on(9)
    assert found.at(200_000, Decimal(0)).purchases == ()


def test_only_what_is_bought_now_changes() -> None:
    later = at_tier_1(purchases=[buy(1, "60"), buy(10, "50")])
    # $50 from the 10th on at $5 a day are used on the 19th; with $50 more now on the 10th.
    assert days(later, "0", "50")[1_000_000, 0] == on(19)
    assert days(later, "0", "50")[1_000_000, 50] == on(10)
    found = tl.date_map(later, tokens=DOLLARS, prepay=[0, 50])
    assert [each.amount for each in found.at(1e6, Decimal(50)).purchases] == [50, 50]


def test_more_is_never_later() -> None:
    found = tl.date_map(at_tier_1())
    grid = (
        found.cells.pivot_table(index="tokens", columns="prepay", values="date", dropna=False)
        .fillna(pd.Timestamp("2100-12-31"))
        .to_numpy()
    )
    assert (grid[1:] <= grid[:-1]).all()
    assert (grid[:, 1:] <= grid[:, :-1]).all()


def test_it_has_at_least_1600_cells_that_the_sliders_can_take() -> None:
    found = tl.date_map(at_tier_1())
    assert len(found.tokens) >= 40
    assert len(found.prepay) >= 40
    assert set(found.tokens) <= set(TOKEN_STOPS)
    assert all(each in PREPAY_STOPS for each in found.prepay)


@pytest.mark.parametrize("tokens", [0, 1, 1_000, 400_000, 10**10, 1e13])
def test_the_plan_stands_in_the_middle_of_the_tokens(tokens: float) -> None:
    axis = tokens_around(at_tier_1(usage=[use(2, tokens_per_day=tokens)]))
    assert len(axis) == 41
    assert set(axis) <= set(TOKEN_STOPS)
    if tokens == 400_000:
        assert axis[20] == tokens


@pytest.mark.parametrize(
    ("prepay", "tier", "most"),
    [
        ("60", "Tier 2", 200),  # 1.2 * $60, in steps of $5
        ("166", "Tier 2", 200),
        ("167", "Tier 2", 400),  # 1.2 * $167 = $200.40
        ("60", "Tier 4", 400),  # 1.2 * $250 = $300
        ("60", "Tier 5", 2000),  # 1.2 * $1,000 = $1,200
        ("9000", "Tier 2", 2000),
    ],
)
def test_the_amounts_pass_what_is_bought_and_what_is_asked_for(
    prepay: str, tier: str, most: int
) -> None:
    axis = prepay_around(at_tier_1(prepay=prepay), tier)
    assert [axis[0], axis[-1]] == [0, most]
    assert len(axis) == 41
    assert len({more - less for less, more in pairwise(axis)}) == 1


def test_the_tier_is_the_next_one_or_the_one_asked_for() -> None:
    assert tl.date_map(at_tier_1(), tokens=DOLLARS, prepay=[0, 5]).tier == "Tier 2"
    assert tl.date_map(at_tier_1(), "Tier 4", tokens=DOLLARS, prepay=[0, 5]).tier == "Tier 4"
    with pytest.raises(KeyError, match="has no tier 'Tier 9' with gates; it has Tier 1, Tier 2"):
        tl.date_map(at_tier_1(), "Tier 9")


@pytest.mark.parametrize(
    ("plan", "axes", "said"),
    [
        (at_tier_1(usage=[]), {}, "the plan uses nothing; give it a usage line"),
        (
            at_tier_1(first_payment=on(2), paid_before=0, purchases=[]),
            {},
            "nothing can be bought on 1 Jan 2024, before first_payment (2 Jan 2024)",
        ),
        (at_tier_1(), {"tokens": [1]}, "tokens must be two values or more, each larger"),
        (at_tier_1(), {"prepay": [5, 5]}, "prepay must be two values or more, each larger"),
        (at_tier_1(), {"tokens": [0, 1]}, "tokens must lie above 0 and up to 10,000,000,000,000"),
        (at_tier_1(), {"tokens": [1, 1.1e13]}, "tokens must lie above 0"),
        (at_tier_1(), {"prepay": [-5, 5]}, "prepay of -5: must be more than 0"),
        (
            at_tier_1(),
            {"prepay": [0, 10_000_001]},
            "prepay of 10000001: must be at most 10,000,000",
        ),
        (at_tier_1(), {"prepay": [0, Decimal("5.001")]}, "prepay of 5.001: must have 2 decimal"),
        (at_tier_1(), {"tokens": range(1, 244)}, None),  # 243 * 41 = 9,963 cells
        (at_tier_1(), {"tokens": range(1, 245)}, "tokens makes it 10,004 cells; 10,000 are"),
    ],
)
def test_what_cannot_be_mapped_is_said(
    plan: tl.Scenario, axes: dict[str, list[Decimal | int]], said: str | None
) -> None:
    if said is None:
        assert not tl.date_map(plan, **axes).cells.empty  # type: ignore[arg-type]
        return
    with pytest.raises(ValueError, match=re.escape(said)):
        tl.date_map(plan, **axes)  # type: ignore[arg-type]


def test_an_opaque_ladder_has_no_map() -> None:
    plan = tl.Scenario(
        ladder="anthropic/2026-06-26", limits="anthropic/2026-06-26", start=date(2026, 11, 22)
    )
    with pytest.raises(ValueError, match="does not say what opens a tier"):
        tl.date_map(plan)


def test_the_progress_of_a_map_is_told_and_may_end_the_work() -> None:
    told: list[float] = []
    tl.date_map(at_tier_1(days=3660), tokens=range(1, 16), prepay=range(20), progress=told.append)
    # 300 cells of 3,660 days are 1,098,000 days: 2 parts of 750,000.
    assert told == [0, 0.5]

    def stop(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        tl.date_map(at_tier_1(), progress=stop)
