"""Random scenarios for property tests: every field, and the figures where things turn.

Amounts, dates and rates are drawn mostly from values at which something happens (a threshold, a
month's end, a day of exactly one dollar) and sometimes from everywhere.
"""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tierlogic.prices import Price
from tierlogic.rules.catalog import ladders, limits, load_ladder, load_limits
from tierlogic.scenario import AutoRecharge, Purchase, Scenario, UsageLine

TURNING_DAYS = [
    date(2023, 12, 31),
    date(2024, 1, 31),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2024, 4, 30),
    date(2025, 1, 30),
    date(2025, 2, 28),
    date(2026, 5, 29),
    date(2026, 12, 1),
]
# fmt: off
TURNING_AMOUNTS = [Decimal(cents) / 100 for cents in (
    499, 500, 501, 1000, 2500, 4500, 4999, 5000, 5001, 9500, 9999, 10_000, 15_000, 20_000,
    24_999, 25_000, 50_000, 75_000, 100_000,
)]
# fmt: on
USD_PER_MILLION = [
    Decimal(price) for price in ("0", "0.15", "0.3333333", "0.6", "1", "2.5", "10", "30", "150")
]


def days_of_life(most: int = 450) -> st.SearchStrategy[int]:
    """Mostly short, sometimes long enough for credit to lapse."""
    short = st.integers(1, min(45, most))
    long = st.integers(1, most)
    return st.one_of(short, short, short, short, long)


def amounts(least: str = "0.01", most: int = 2000) -> st.SearchStrategy[Decimal]:
    """Amounts in whole cents."""
    turning = st.sampled_from([amount for amount in TURNING_AMOUNTS if amount >= Decimal(least)])
    return turning | st.decimals(least, most, places=2)


def amounts_or_none_yet() -> st.SearchStrategy[Decimal]:
    """Amounts that an account brings, often 0."""
    return st.one_of(st.just(Decimal(0)), amounts(least="0"))


def starts() -> st.SearchStrategy[date]:
    """First days, many of them at a month's end."""
    near = st.builds(
        lambda day, days: day + timedelta(days), st.sampled_from(TURNING_DAYS), st.integers(-2, 2)
    )
    return near | st.dates(date(2023, 11, 1), date(2027, 12, 31))


@st.composite
def scenarios(draw: st.DrawFn, most_days: int = 450) -> Scenario:
    """Valid scenarios over every field. Nothing in them is looked up."""
    start = draw(starts())
    days = draw(days_of_life(most_days))
    last_day = start + timedelta(days=days - 1)
    ladder = load_ladder(draw(st.sampled_from(ladders())))
    table = load_limits(
        draw(st.sampled_from([t for t in limits() if load_limits(t).provider == ladder.provider]))
    )
    first_payment = draw(
        st.none()
        | st.integers(-40, 5).map(lambda n: start + timedelta(days=n))
        | st.integers(0, days + 5).map(lambda n: start + timedelta(days=n))
    )
    first_purchase = max(start, first_payment or start)
    return Scenario(
        ladder=ladder.id,
        limits=table.id,
        start=start,
        days=days,
        first_payment=first_payment,
        reading=draw(st.sampled_from(["used", "paid"])),
        used_before=draw(amounts_or_none_yet()),
        paid_before=draw(amounts_or_none_yet()) if first_payment else Decimal(0),
        opening_balance=draw(amounts_or_none_yet()),
        month_used_before=draw(amounts_or_none_yet()),
        opening_tier=draw(st.none() | st.none() | st.sampled_from(ladder.tier_names)),
        purchases=tuple(draw(st.lists(purchases(first_purchase, last_day), max_size=5))),
        auto_recharge=draw(st.none() | auto_recharges()),
        billing=draw(st.sampled_from(["prepaid", "prepaid", "monthly_invoice"])),
        usage=tuple(draw(st.lists(usage_lines(table.id, start, days), max_size=4))),
        active_hours=draw(st.just(24.0) | st.sampled_from([0.1, 8.0, 23.9])),
        peak_factor=draw(st.just(1.0) | st.sampled_from([1.5, 2.0, 1000.0])),
        weekend_factor=draw(st.just(1.0) | st.sampled_from([0.0, 0.3, 2.0])),
        evaluated=draw(st.sampled_from(["daily", "daily", "at_payment"])),
        lag_days=draw(st.sampled_from([0, 0, 0, 1, 2, 9, 60])),
    )


@st.composite
def purchases(draw: st.DrawFn, first: date, last: date) -> Purchase:
    """Purchases from a first possible day to a little after the last; many share a day."""
    span = max((last - first).days, 0) + 3
    offset = draw(st.sampled_from([0, 0, 1, 7]) | st.integers(0, span))
    every = draw(st.none() | st.sampled_from(["week", "month"]))
    times = draw(st.none() | st.integers(1, 12)) if every else draw(st.sampled_from([None, 1]))
    return Purchase(
        on=first + timedelta(days=offset), amount=draw(amounts()), every=every, times=times
    )


def auto_recharges() -> st.SearchStrategy[AutoRecharge]:
    """Top-ups, with and without a limit, tiny ones too."""
    return st.builds(
        AutoRecharge,
        below=st.just(Decimal(0)) | amounts(most=100),
        amount=amounts(least="0.5", most=100),
        monthly_limit=st.none() | st.just(Decimal(0)) | amounts(),
    )


@st.composite
def usage_lines(draw: st.DrawFn, table: str, start: date, days: int) -> UsageLine:
    """Lines over few models, so that several often draw on one row of the table."""
    rows = load_limits(table).rows
    row = draw(st.sampled_from(rows[:3]) | st.sampled_from(rows))
    names = [row.model, row.model, *row.aliases, f"{row.model}-2099-12-31"]
    from_day = draw(st.none() | st.integers(-5, days + 5))
    to_day = draw(st.none() | st.integers(max(from_day or 0, 0), days + 10))
    return UsageLine(
        model=draw(st.sampled_from(names) | st.just("a-model-without-limits")),
        tokens_per_day=draw(
            st.sampled_from([0, 1, 1e5, 1e6, 2e6, 43_200_000, 1e8, 1e10]) | st.floats(0, 1e8)
        ),
        output_share=draw(st.sampled_from([0.0, 0.25, 0.5, 1.0]) | st.floats(0, 1)),
        cached_share=draw(st.sampled_from([0.0, 0.0, 0.5, 1.0]) | st.floats(0, 1)),
        price=draw(prices()),
        growth_per_30_days=draw(
            st.just(0.0) | st.just(0.0) | st.sampled_from([-0.9, 1.0]) | st.floats(-0.9, 1.5)
        ),
        starts=None if from_day is None else start + timedelta(days=from_day),
        ends=None if to_day is None else start + timedelta(days=to_day),
        tokens_per_request=draw(
            st.none() | st.sampled_from([1.0, 500.0, 8000.0]) | st.floats(1, 1e6)
        ),
        context_window=draw(st.none() | st.just(128_000)),
    )


def prices() -> st.SearchStrategy[Price]:
    """Dollars per million tokens, many of them round, some 0."""
    rates = st.sampled_from(USD_PER_MILLION)
    return st.builds(Price, input=rates, cached_input=st.none() | rates, output=rates)
