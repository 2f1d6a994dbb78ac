"""What files say, in sentences."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from tierlogic.imports.costs import Day
from tierlogic.imports.deviation import Deviation, TierDeviation
from tierlogic.imports.imported import Imported, Usage
from tierlogic.imports.pace import Estimate
from tierlogic.language import day_in_words, month_in_words, number, say, say_count
from tierlogic.money import amount_in_words

_CAUSES_NAMED = 5
_HALF_A_CENT = 0.005


def account_in_words(imported: Imported) -> list[str]:
    """Say what was used and paid to date."""
    said = []
    if imported.each_day:
        first, last = imported.each_day[0].on, imported.each_day[-1].on
        said.append(
            say(
                "{amount} used from {first_day} to {last_day}, {amount_of_month} of it in {month}.",
                amount=in_money(imported, imported.used),
                first_day=day_in_words(first),
                last_day=day_in_words(last),
                amount_of_month=in_money(imported, imported.month_used),
                month=month_in_words(last),
            )
        )
    if imported.first_payment:
        amount, since = in_money(imported, imported.paid), day_in_words(imported.first_payment)
        said.append(say("{amount} paid since {day}.", amount=amount, day=since))
    elif imported.used:
        said.append(
            say("No file tells a payment. No tier opens before the first: add it to the plan.")
        )
    if imported.start and imported.balance is not None:
        said.append(_balance(imported, imported.balance, imported.start))
    return said or [say("The files tell no use and no payments.")]


def _balance(imported: Imported, balance: Decimal, start: date) -> str:
    if imported.paid < imported.used:
        return say("Less was paid than used: payments are missing, or some use was granted.")
    amount, day = in_money(imported, balance), day_in_words(start)
    if imported.tells_all_use:
        return say("{amount} of it was left on {day}.", amount=amount, day=day)
    return say(
        "At most {amount} of it was left on {day}; use before the files begin is not in them.",
        amount=amount,
        day=day,
    )


def pace_in_words(imported: Imported) -> list[str]:
    """Say level, weekend factor and growth, each with its range and the days it rests on."""
    pace = imported.pace
    if pace is None:
        return []
    level = pace.tokens_per_day
    said = [
        say_count(
            "The pace is {tokens} tokens a day ({low} to {high}), from {count} day.",
            "The pace is {tokens} tokens a day ({low} to {high}), from {count} days.",
            level.days,
            tokens=number(level.value, ",.0f"),
            low=number(level.low, ",.0f"),
            high=number(level.high, ",.0f"),
        )
    ]
    if pace.weekend_factor:
        percent = _percent(pace.weekend_factor)
        said.append(say("A weekend day has {percent} of a weekday's tokens.", percent=percent))
    if pace.growth_per_30_days:
        percent = _percent(pace.growth_per_30_days)
        said.append(say("It changes by {percent} in 30 days.", percent=percent))
    return said


def mix_in_words(usage: Usage, ladder: str) -> list[str]:
    """Say what of the models is not in a plan's usage lines as it is in the files."""
    return [
        *(
            say("{model} is counted with {other_model}.", model=model, other_model=other)
            for model, other in usage.summed
        ),
        *(_left_out(model, ladder) for model in usage.left_out),
    ]


def _left_out(model: str, ladder: str) -> str:
    if not model:
        return say(
            "Tokens of no named model: left out, no price is known for {ladder}.", ladder=ladder
        )
    return say("{model}: left out, no price is known for {ladder}.", model=model, ladder=ladder)


def bills_in_words(imported: Imported) -> list[str]:
    """Say how what was billed compares with what the tokens cost."""
    both = [day for day in imported.each_day if day.difference is not None and day.tokens]
    if not both:
        return list(_missing_side(imported))
    agree = [day for day in both if not day.cause]
    said = [
        say_count(
            "On {agreeing} of {count} day with both, "
            "the bill and the cost of the tokens agree to the microdollar.",
            "On {agreeing} of {count} days with both, "
            "the bill and the cost of the tokens agree to the microdollar.",
            len(both),
            agreeing=number(len(agree)),
        )
    ]
    if len(agree) < len(both):
        billed = sum((day.billed or Decimal(0) for day in both), Decimal(0))
        computed = sum((day.computed or Decimal(0) for day in both), Decimal(0))
        said.append(
            say(
                "Over all of them {billed} was billed, and the tokens cost {computed}.",
                billed=in_money(imported, billed),
                computed=in_money(imported, computed),
            )
        )
    return [*said, *_causes(both)]


def deviation_in_words(found: Deviation) -> list[str]:
    """Say how far the money is from the plan, and how early or late each tier now looks."""
    return [money_beside_plan(found), *map(_tier, found.tiers)]


def money_beside_plan(found: Deviation) -> str:
    """Say how far the money is from the plan."""
    currency = found.now.scenario.rules.currency
    last = found.money.iloc[-1]
    day = day_in_words(found.money.index[-1].date())
    used = amount_in_words(last["actual"], currency, cents=True)
    difference = amount_in_words(abs(last["difference"]), currency, cents=True)
    if abs(last["difference"]) < _HALF_A_CENT:
        return say("By {day} {amount} was used, as planned.", day=day, amount=used)
    if last["difference"] > 0:
        return say(
            "By {day} {amount} was used, {difference} more than planned.",
            day=day,
            amount=used,
            difference=difference,
        )
    return say(
        "By {day} {amount} was used, {difference} less than planned.",
        day=day,
        amount=used,
        difference=difference,
    )


def _tier(tier: TierDeviation) -> str:
    planned, now = (day and day_in_words(day) for day in (tier.planned, tier.now))
    if not planned and not now:
        return say("{tier} was not in the plan; nor is it now.", tier=tier.tier)
    if not planned:
        return say("{tier} was not in the plan; now {day}.", tier=tier.tier, day=now)
    if tier.days is None:
        return say(
            "{tier} was planned for {planned}; now not within the plan's days.",
            tier=tier.tier,
            planned=planned,
        )
    return say(
        "{tier} was planned for {planned}; now {now}, {late}.",
        tier=tier.tier,
        planned=planned,
        now=now,
        late=late_in_words(tier.days),
    )


def late_in_words(days: int) -> str:
    """Say how much later than planned a tier opens: "3 days later", "as planned"."""
    if not days:
        return say("as planned")
    if days > 0:
        return say_count("{count} day later", "{count} days later", days)
    return say_count("{count} day earlier", "{count} days earlier", -days)


def in_money(imported: Imported, amount: Decimal) -> str:
    """Say an amount in the files' currency, with cents."""
    return amount_in_words(amount, imported.currency, cents=True)


def _missing_side(imported: Imported) -> Iterator[str]:
    """Say which export is missing where no day has both a bill and priced tokens."""
    if not any(day.billed for day in imported.each_day) and imported.pace:
        yield say("No file tells what was billed; an export of costs does.")
    elif imported.used and not imported.pace:
        yield say("No file tells the tokens behind the bill; an export of usage does.")


def _causes(days: list[Day]) -> Iterator[str]:
    """Yield the likely causes with their days, the most frequent first."""
    causes: dict[str, list[Day]] = {}
    for day in days:
        if day.cause:
            causes.setdefault(day.cause, []).append(day)
    most_days_first = sorted(causes.items(), key=lambda item: -len(item[1]))
    for cause, of in most_days_first[:_CAUSES_NAMED]:
        yield say_count(
            "{count} day, from {day}: {cause}",
            "{count} days, from {day}: {cause}",
            len(of),
            day=day_in_words(of[0].on),
            cause=cause,
        )
    if (more := len(most_days_first) - _CAUSES_NAMED) > 0:
        yield say_count(
            "And {count} more cause, each beside its day.",
            "And {count} more causes, each beside its day.",
            more,
        )


def _percent(rate: Estimate) -> str:
    value, low, high = (f"{round(share * 100)}%" for share in (rate.value, rate.low, rate.high))
    return say("{value} ({low} to {high})", value=value, low=low, high=high)
