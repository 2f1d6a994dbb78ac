"""Money of chosen days, which a large batch can keep too."""

import pytest

import tierlogic as tl
from tests.answer.plans import buy, plan, use
from tierlogic.money import NANOS


def spending(dollars_a_day: int, **changes: object) -> tl.Scenario:
    fields: dict[str, object] = {
        "opening_tier": "Tier 1",
        "purchases": [buy(1, "60"), buy(5, "20")],
        "usage": [use(dollars_a_day)],
    }
    return plan(**{**fields, **changes})


@pytest.mark.parametrize("size", [1, 32, 33])
def test_the_money_of_the_days_asked_for_is_kept(size: int) -> None:
    batch = tl.project_many([spending(2)] * size, keep_days=[0, 3, 4, 29])
    # $2 a day: $2 on day 0, $8 on day 3. $60 are bought on day 0, $20 more on day 4.
    assert (batch[-1].money_kept("used") / NANOS).tolist() == [2, 8, 10, 60]
    assert (batch[-1].money_kept("paid") / NANOS).tolist() == [60, 60, 80, 80]
    assert (batch[-1].money_kept("purchased") / NANOS).tolist() == [60, 60, 80, 80]


def test_it_is_what_the_daily_frame_says() -> None:
    batch = [spending(dollars, billing="monthly_invoice", days=60) for dollars in (1, 2, 5)]
    for kept in tl.project_many(batch, keep_days=range(60)):
        daily = tl.project(kept.scenario).daily
        for money in ("used", "paid"):
            assert (kept.money_kept(money) / NANOS).tolist() == daily[money].tolist()


def test_nothing_is_kept_unasked() -> None:
    assert tl.project(spending(2)).money_kept("used").size == 0


def test_days_opened_count_from_the_start() -> None:
    # Tier 2 asks for $50: on the 25th day, day 24. $80 are not enough for Tier 3.
    opened = tl.project(spending(2)).days_opened.tolist()
    assert opened[:2] == [0, 24]
    assert tl.project(spending(2)).unlock("Tier 3").on is None
    assert opened[2:] == [2**31] * 3
