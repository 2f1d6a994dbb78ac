"""Random scenarios for property tests: every field, and the figures where things turn.

Amounts, dates and rates are drawn mostly from values at which something happens (a threshold of
the ladder, a month's end, a day of exactly one dollar) and sometimes from everywhere.
"""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tierlogic.money import MAX_AMOUNT
from tierlogic.prices import Price
from tierlogic.rules.catalog import ladders, limits, load_ladder, load_limits
from tierlogic.rules.gates import BestOfMonths, RollingDays, Since
from tierlogic.rules.ladder import Ladder, OnDayOfMonth
from tierlogic.rules.limits import LimitsTable
from tierlogic.scenario import (
    MAX_SEED,
    MAX_TOKENS_PER_DAY,
    AutoRecharge,
    Noise,
    PastDay,
    Purchase,
    Scenario,
    UsageLine,
)

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
CENT = Decimal("0.01")
MOST = Decimal(MAX_AMOUNT)
USD_PER_MILLION = [
    Decimal(price) for price in ("0", "0.15", "0.3333333", "0.6", "1", "2.5", "10", "30", "150")
]


def turning_days(ladder: Ladder) -> list[date]:
    """Days at which something turns, those that the ladder itself names too."""
    named = [
        gate.over.since
        for tier in ladder.tiers
        for gate in tier.money_gates
        if isinstance(gate.over, Since)
    ]
    return [*TURNING_DAYS, *named, *named, *named]


def turning_amounts(ladder: Ladder) -> list[Decimal]:
    """The ladder's amounts, a cent more and less, and parts of them that add up to them."""
    amounts = {Decimal(5)}
    for tier in ladder.tiers:
        amounts.update(gate.amount for gate in tier.money_gates)
        bounds = (tier.smallest_purchase, tier.largest_purchase, tier.largest_balance)
        amounts.update(bound for bound in bounds if bound is not None)
        limit = tier.monthly_usage_limit
        if limit is not None:
            amounts.update(limit if isinstance(limit, tuple) else [limit])
    near = {near for amount in amounts for near in (amount - CENT, amount, amount + CENT)}
    parts = {(amount / part).quantize(CENT) for amount in amounts for part in (2, 4, 10)}
    return sorted(amount for amount in near | parts if 0 < amount <= MOST)


def length_of_windows(ladder: Ladder) -> int:
    """Days over which the ladder's windows move, 0 where it has none."""
    longest = 31 if isinstance(ladder.activation, OnDayOfMonth) else 0
    for tier in ladder.tiers:
        for gate in tier.money_gates:
            match gate.over:
                case "month to date" | "month before":
                    longest = max(longest, 62)
                case RollingDays(rolling_days=days):
                    longest = max(longest, days)
                case BestOfMonths(best_of_months=months):
                    longest = max(longest, 31 * months)
    return longest


def days_of_life(ladder: Ladder, most: int = 450) -> st.SearchStrategy[int]:
    """Mostly short, sometimes long enough for credit to lapse; windows have time to move."""
    usual = min(most, max(45, 2 * length_of_windows(ladder)))
    short = st.integers(1, min(45, most))
    long = st.integers(1, most)
    return st.one_of(short, st.integers(1, usual), st.integers(usual // 2 + 1, usual), short, long)


def amounts(
    ladder: Ladder, least: Decimal = CENT, most: Decimal = MOST
) -> st.SearchStrategy[Decimal]:
    """Amounts in whole cents, of the size of the ladder's."""
    turning = [amount for amount in turning_amounts(ladder) if least <= amount <= most]
    everywhere = st.decimals(least, min(most, 2 * max(turning)), places=2)
    return st.sampled_from(turning) | everywhere


def amounts_or_none_yet(ladder: Ladder) -> st.SearchStrategy[Decimal]:
    """Amounts that an account brings, often 0."""
    return st.one_of(st.just(Decimal(0)), amounts(ladder))


def starts(ladder: Ladder) -> st.SearchStrategy[date]:
    """First days, many of them at a month's end."""
    near = st.builds(
        lambda day, days: day + timedelta(days),
        st.sampled_from(turning_days(ladder)),
        st.integers(-2, 2),
    )
    return near | st.dates(date(2023, 11, 1), date(2027, 12, 31))


@st.composite
def scenarios(draw: st.DrawFn, most_days: int = 450) -> Scenario:
    """Valid scenarios over every field. Nothing in them is looked up."""
    providers = sorted({load_ladder(each).provider for each in ladders()})
    provider = draw(st.sampled_from(providers))
    ladder, table = draw(rules_of(provider))
    start = draw(starts(ladder))
    days = draw(days_of_life(ladder, most_days))
    last_day = start + timedelta(days=days - 1)
    first_payment = draw(
        st.none()
        | st.integers(-40, 5).map(lambda n: start + timedelta(days=n))
        | st.integers(0, days + 5).map(lambda n: start + timedelta(days=n))
    )
    past = draw(st.just(()) | past_days(ladder, start, first_payment))
    used_before = draw(amounts_or_none_yet(ladder))
    purchased_before, paid_before = Decimal(0), Decimal(0)
    if first_payment and first_payment <= start:
        purchased_before = draw(amounts_or_none_yet(ladder))
        paid_before = purchased_before + draw(st.just(Decimal(0)) | amounts_or_none_yet(ladder))
    used_before = min(MOST, used_before + sum(day.used for day in past))
    purchased_before = min(MOST, purchased_before + sum(day.purchased for day in past))
    paid_before = min(MOST, paid_before + sum(day.purchased for day in past))
    # 0 says nothing; else all that is known of the month is in it, and it is in what was used.
    this_month = sum(day.used for day in past if day.on >= start.replace(day=1))
    month_used_before = draw(
        st.just(Decimal(0))
        | st.sampled_from([Decimal(this_month), used_before])
        | st.decimals(this_month, used_before, places=2)
    )
    earliest = min(start, first_payment or start, *(day.on for day in past))
    first_purchase = max(start, first_payment or start)
    return Scenario(
        ladder=ladder.id,
        limits=table.id,
        start=start,
        days=days,
        first_payment=first_payment,
        reading=draw(st.sampled_from(["used", "paid"])),
        used_before=used_before,
        paid_before=paid_before,
        purchased_before=draw(st.none() | st.just(purchased_before)),
        past=past,
        account_created=draw(
            st.none() | st.integers(0, 60).map(lambda n: earliest - timedelta(days=n))
        ),
        lacks=draw(st.just(()) | facts(ladder)),
        opening_balance=draw(amounts_or_none_yet(ladder)),
        month_used_before=month_used_before,
        opening_tier=draw(st.none() | st.none() | st.sampled_from(ladder.tier_names)),
        purchases=tuple(draw(st.lists(purchases(ladder, first_purchase, last_day), max_size=5))),
        auto_recharge=draw(st.none() | auto_recharges(ladder)),
        billing=draw(st.sampled_from(["prepaid", "prepaid", "monthly_invoice"])),
        usage=tuple(draw(st.lists(usage_lines(ladder, table, start, days), max_size=4))),
        active_hours=draw(st.just(24.0) | st.sampled_from([0.1, 8.0, 23.9])),
        peak_factor=draw(st.just(1.0) | st.sampled_from([1.5, 2.0, 1000.0])),
        weekend_factor=draw(st.just(1.0) | st.sampled_from([0.0, 0.3, 2.0])),
        noise=draw(st.none() | st.none() | noises()),
        evaluated=draw(st.sampled_from(["daily", "daily", "at_payment"])),
        lag_days=draw(st.sampled_from([0, 0, 0, 1, 2, 9, 60])),
    )


def rules_of(provider: str) -> st.SearchStrategy[tuple[Ladder, LimitsTable]]:
    """A ladder and a limits table of one provider, whatever their dates."""
    its_ladders = [load_ladder(each) for each in ladders()]
    its_tables = [load_limits(each) for each in limits()]
    return st.tuples(
        st.sampled_from([ladder for ladder in its_ladders if ladder.provider == provider]),
        st.sampled_from([table for table in its_tables if table.provider == provider]),
    )


def facts(ladder: Ladder) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the facts that a ladder asks for."""
    if not ladder.facts:
        return st.just(())
    return st.lists(st.sampled_from(ladder.facts), unique=True, max_size=20).map(tuple)


@st.composite
def past_days(
    draw: st.DrawFn, ladder: Ladder, start: date, first_payment: date | None
) -> tuple[PastDay, ...]:
    """Days before the start, often around the length of a window; nothing bought unpaid."""
    longest = max(length_of_windows(ladder), 31)
    some = st.just(Decimal(0)) | amounts(ladder, most=MOST / 10)  # together less than MOST
    found = []
    for _ in range(draw(st.integers(1, 6))):
        edge = st.sampled_from([1, 2, longest - 1, longest, longest + 1])
        on = start - timedelta(days=draw(edge | st.integers(1, longest + 5)))
        may_have_paid = first_payment is not None and first_payment <= on
        found.append(
            PastDay(
                on=on,
                used=draw(some),
                purchased=draw(some) if may_have_paid else Decimal(0),
            )
        )
    return tuple(found)


@st.composite
def purchases(draw: st.DrawFn, ladder: Ladder, first: date, last: date) -> Purchase:
    """Purchases from a first possible day to a little after the last; many share a day."""
    span = max((last - first).days, 0) + 3
    offset = draw(st.sampled_from([0, 0, 1, 7]) | st.integers(0, span))
    every = draw(st.none() | st.sampled_from(["week", "month"]))
    times = draw(st.none() | st.integers(1, 12)) if every else draw(st.sampled_from([None, 1]))
    return Purchase(
        on=first + timedelta(days=offset), amount=draw(amounts(ladder)), every=every, times=times
    )


def auto_recharges(ladder: Ladder) -> st.SearchStrategy[AutoRecharge]:
    """Top-ups, with and without a limit, tiny ones too."""
    least = Decimal("0.5")
    most = max(turning_amounts(ladder)) / 10
    return st.builds(
        AutoRecharge,
        below=st.just(Decimal(0)) | amounts(ladder, most=most),
        amount=amounts(ladder, least, max(most, Decimal(100))),
        monthly_limit=st.none() | st.just(Decimal(0)) | amounts(ladder),
    )


@st.composite
def usage_lines(
    draw: st.DrawFn, ladder: Ladder, table: LimitsTable, start: date, days: int
) -> UsageLine:
    """Lines over few models, so that several often draw on one row of the table."""
    row = draw(st.sampled_from(table.rows[:3]) | st.sampled_from(table.rows))
    known = [name.replace("*", "any") for name in (row.model, row.model, *row.aliases)]
    names = [*known, f"{known[0]}-2099-12-31"]
    from_day = draw(st.none() | st.integers(-5, days + 5))
    to_day = draw(st.none() | st.integers(max(from_day or 0, 0), days + 10))
    price = draw(prices())
    return UsageLine(
        model=draw(st.sampled_from(names) | st.just("a-model-without-limits")),
        tokens_per_day=draw(
            st.sampled_from([0, 1, 1e5, 1e6, 2e6, 43_200_000, 1e8, 1e10])
            | st.floats(0, 1e8)
            | tokens_that_cost_some(price, ladder)
        ),
        output_share=draw(st.sampled_from([0.0, 0.25, 0.5, 1.0]) | st.floats(0, 1)),
        cached_share=draw(st.sampled_from([0.0, 0.0, 0.5, 1.0]) | st.floats(0, 1)),
        price=price,
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


def tokens_that_cost_some(price: Price, ladder: Ladder) -> st.SearchStrategy[float]:
    """Tokens a day whose input alone costs a threshold in 1, 3, 10 or 30 days."""
    per_million = price.input or Decimal(1)
    return st.builds(
        lambda amount, days: min(float(amount / days / per_million * 10**6), MAX_TOKENS_PER_DAY),
        st.sampled_from(turning_amounts(ladder)),
        st.sampled_from([1, 3, 10, 30]),
    )


def noises() -> st.SearchStrategy[Noise]:
    """Days that differ, by nothing and by much too."""
    spreads = st.sampled_from([0.0, 0.3, 1.0]) | st.floats(0, 1)
    return st.builds(Noise, spread=spreads, seed=st.integers(0, MAX_SEED))


def prices() -> st.SearchStrategy[Price]:
    """Money per million tokens, many of them round, some 0."""
    rates = st.sampled_from(USD_PER_MILLION)
    return st.builds(Price, input=rates, cached_input=st.none() | rates, output=rates)
