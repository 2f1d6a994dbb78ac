"""What files say, in sentences."""

from collections.abc import Iterator
from decimal import Decimal

from tierlogic.imports.costs import Day
from tierlogic.imports.deviation import Deviation, TierDeviation
from tierlogic.imports.imported import Imported, Usage
from tierlogic.imports.pace import Estimate
from tierlogic.language import day_in_words
from tierlogic.money import amount_in_words

_CAUSES_NAMED = 5
_HALF_A_CENT = 0.005


def account_in_words(imported: Imported) -> list[str]:
    """Say what was used and paid to date."""
    said = []
    if imported.each_day:
        first, last = imported.each_day[0].on, imported.each_day[-1].on
        this_month = in_money(imported, imported.month_used)
        said.append(
            f"{in_money(imported, imported.used)} used from {day_in_words(first)} to "
            f"{day_in_words(last)}, {this_month} of it in {last:%B %Y}."
        )
    if imported.first_payment:
        since = day_in_words(imported.first_payment)
        said.append(f"{in_money(imported, imported.paid)} paid since {since}.")
    elif imported.used:
        said.append("No file tells a payment. No tier opens before the first: add it to the plan.")
    if imported.start and imported.balance is not None and imported.paid < imported.used:
        said.append("Less was paid than used: payments are missing, or some use was granted.")
    elif imported.start and imported.balance is not None:
        at_most = "" if imported.tells_all_use else "At most "
        unsure = "" if imported.tells_all_use else "; use before the files begin is not in them"
        left = f"{in_money(imported, imported.balance)} of it was left"
        said.append(f"{at_most}{left} on {day_in_words(imported.start)}{unsure}.")
    return said or ["The files tell no use and no payments."]


def pace_in_words(imported: Imported) -> list[str]:
    """Say level, weekend factor and growth, each with its range and the days it rests on."""
    pace = imported.pace
    if pace is None:
        return []
    level = pace.tokens_per_day
    between = f"{level.low:,.0f} to {level.high:,.0f}"
    weekends, growth = pace.weekend_factor, pace.growth_per_30_days
    return [
        f"The pace is {level.value:,.0f} tokens a day ({between}), from {level.days} days.",
        *([f"A weekend day has {_percent(weekends)} of a weekday's tokens."] if weekends else []),
        *([f"It changes by {_percent(growth)} in 30 days."] if growth else []),
    ]


def mix_in_words(usage: Usage, ladder: str) -> list[str]:
    """Say what of the models is not in a plan's usage lines as it is in the files."""
    return [
        *(f"{model} is counted with {other}." for model, other in usage.summed),
        *(
            f"{model or 'Tokens of no named model'}: left out, no price is known for {ladder}."
            for model in usage.left_out
        ),
    ]


def bills_in_words(imported: Imported) -> list[str]:
    """Say how what was billed compares with what the tokens cost."""
    both = [day for day in imported.each_day if day.difference is not None and day.tokens]
    if not both:
        return list(_missing_side(imported))
    agree = [day for day in both if not day.cause]
    agrees = "the bill and the cost of the tokens agree to the microdollar"
    said = [f"On {len(agree):,} of {_days(len(both))} with both, {agrees}."]
    if len(agree) < len(both):
        billed = sum((day.billed or Decimal(0) for day in both), Decimal(0))
        computed = sum((day.computed or Decimal(0) for day in both), Decimal(0))
        said.append(
            f"Over all of them {in_money(imported, billed)} was billed, and the tokens cost "
            f"{in_money(imported, computed)}."
        )
    return [*said, *_causes(both)]


def deviation_in_words(found: Deviation) -> list[str]:
    """Say how far the money is from the plan, and how early or late each tier now looks."""
    return [money_beside_plan(found), *map(_tier, found.tiers)]


def money_beside_plan(found: Deviation) -> str:
    """Say how far the money is from the plan."""
    currency = found.now.scenario.rules.currency
    last = found.money.iloc[-1]
    more = amount_in_words(abs(last["difference"]), currency, cents=True)
    than = "more than" if last["difference"] > 0 else "less than"
    beside = "as" if abs(last["difference"]) < _HALF_A_CENT else f"{more} {than}"
    used = amount_in_words(last["actual"], currency, cents=True)
    last_day = day_in_words(found.money.index[-1].date())
    return f"By {last_day} {used} was used, {beside} planned."


def _tier(tier: TierDeviation) -> str:
    now = day_in_words(tier.now) if tier.now else "not within the plan's days"
    if tier.planned is None:
        return f"{tier.tier} was not in the plan; {f'now {now}' if tier.now else 'nor is it now'}."
    planned = f"{tier.tier} was planned for {day_in_words(tier.planned)}"
    if tier.days is None:
        return f"{planned}; now {now}."
    return f"{planned}; now {now}, {late_in_words(tier.days)}."


def late_in_words(days: int) -> str:
    """Say how much later than planned a tier opens: "3 days later", "as planned"."""
    if not days:
        return "as planned"
    return f"{_days(abs(days))} {'later' if days > 0 else 'earlier'}"


def in_money(imported: Imported, amount: Decimal) -> str:
    """Say an amount in the files' currency, with cents."""
    return amount_in_words(amount, imported.currency, cents=True)


def _missing_side(imported: Imported) -> Iterator[str]:
    """Say which export is missing where no day has both a bill and priced tokens."""
    if not any(day.billed for day in imported.each_day) and imported.pace:
        yield "No file tells what was billed; an export of costs does."
    elif imported.used and not imported.pace:
        yield "No file tells the tokens behind the bill; an export of usage does."


def _causes(days: list[Day]) -> Iterator[str]:
    """Yield the likely causes with their days, the most frequent first."""
    causes: dict[str, list[Day]] = {}
    for day in days:
        if day.cause:
            causes.setdefault(day.cause, []).append(day)
    most_days_first = sorted(causes.items(), key=lambda item: -len(item[1]))
    for cause, of in most_days_first[:_CAUSES_NAMED]:
        yield f"{_days(len(of))}, from {day_in_words(of[0].on)}: {cause}"
    if (more := len(most_days_first) - _CAUSES_NAMED) > 0:
        yield f"And {more:,} more causes, each beside its day."


def _days(count: int) -> str:
    return f"{count:,} day{'s' if count != 1 else ''}"


def _percent(rate: Estimate) -> str:
    value, low, high = (round(share * 100) for share in (rate.value, rate.low, rate.high))
    return f"{value}% ({low}% to {high}%)"
