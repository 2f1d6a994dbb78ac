"""What the user plans: an account, its payments and its usage. Frozen, and checked whole."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, islice
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from tierlogic.calendar import Every, repeats
from tierlogic.complaints import complaint, shortened
from tierlogic.language import day_in_words, number, say
from tierlogic.money import Amount, PositiveAmount
from tierlogic.prices import Price, look_up
from tierlogic.rules.catalog import load_ladder, prices_of
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable
from tierlogic.rules.own import ladder_of, limits_of, own_ladder, own_limits
from tierlogic.rules.words import no_such_tier

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2100, 12, 31)
"""Of anything in a plan."""
MAX_DAYS = 3660
MAX_PURCHASES = 400
MAX_PAST_DAYS = 400
MAX_FACTS = 20
MAX_USAGE_LINES = 8
MAX_TOKENS_PER_DAY = 1e13
MAX_TITLE = 80
MAX_SEED = 2**32 - 1
_FILES = {("own_ladder",), ("own_limits",)}
"""Fields that hold a whole file: their problems name the line, not the text."""

Reading = Literal["used", "paid"]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]


class Plan(BaseModel):
    """Base of all parts of a scenario: frozen, and no field it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Purchase(Plan):
    """Credit bought on a day, once or again and again."""

    on: Day
    amount: PositiveAmount
    every: Every | None = None
    times: Annotated[int, Field(ge=1, le=MAX_DAYS)] | None = None
    """How often, the first counted. None: until the last day."""

    @field_validator("times")
    @classmethod
    def _times_needs_every(cls, times: int | None, info: ValidationInfo) -> int | None:
        if times is None or info.data.get("every", ...) is not None:
            return times
        if times > 1:
            raise ValueError(
                say("is {times}, but nothing repeats; set every to week or month", times=times)
            )
        return None


class PastDay(Plan):
    """What the account used and bought on one day before the plan starts.

    Ladders that count a window of time need to know when. These amounts are part of used_before
    and paid_before.
    """

    on: Day
    used: Amount = Decimal(0)
    purchased: Amount = Decimal(0)


class AutoRecharge(Plan):
    """Credit that the provider buys by itself."""

    below: Amount
    """Top up while the balance less today's cost is under this."""
    amount: PositiveAmount
    monthly_limit: Amount | None = None
    """Most to recharge in a calendar month. Purchases by hand are not in it."""


class UsageLine(Plan):
    """Tokens that one model is to serve every day."""

    model: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[\w.:/@+ -]+$")]
    tokens_per_day: Annotated[float, Field(ge=0, le=MAX_TOKENS_PER_DAY, allow_inf_nan=False)]
    """Input and output together, on the first day."""
    output_share: Share = 0.25
    cached_share: Share = 0.0
    """Share of the input that is read from the cache."""
    price: Price | None = None
    """Left out: looked up for the scenario's start."""
    growth_per_30_days: Annotated[float, Field(ge=-0.9, le=10, allow_inf_nan=False)] = 0.0
    starts: Day | None = None
    """First day; None: the scenario's."""
    ends: Day | None = None
    """Last day; None: the scenario's."""
    tokens_per_request: (
        Annotated[float, Field(ge=1, le=100_000_000, allow_inf_nan=False)] | None
    ) = None
    """None: not known, and limits on requests bind nothing."""
    context_window: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    """Tokens of the largest request. Left out: looked up."""

    @model_validator(mode="after")
    def _starts_before_it_ends(self) -> Self:
        if self.starts and self.ends and self.ends < self.starts:
            message = say(
                "is {ends}, before starts ({starts}); give a later day",
                ends=self.ends,
                starts=self.starts,
            )
            raise _problem(message, "ends")
        return self

    @property
    def nanos_per_token(self) -> float:
        """Cost of one token of this line's mix, in nano-dollars, rounded once from the exact."""
        if self.price is None:
            raise ValueError(f"no price is known for {self.model}")
        output = Decimal(str(self.output_share))
        cached = Decimal(str(self.cached_share))
        cached_price = self.price.cached_input
        input_price = (1 - cached) * self.price.input + cached * (
            self.price.input if cached_price is None else cached_price
        )
        return float(((1 - output) * input_price + output * self.price.output) * 1000)


class Noise(Plan):
    """Days that differ: each day's tokens, of all lines alike, times a factor of that day.

    The factors are lognormal with mean 1, and for ever the same for the same seed.
    """

    spread: Share
    """Standard deviation of the factors."""
    seed: Annotated[int, Field(ge=0, le=MAX_SEED)]


class Scenario(Plan):
    """One account and one plan for it.

    Dates are calendar days in UTC. Amounts are in the ladder's currency.

    Raises:
        pydantic.ValidationError: a ValueError. `problems` says it in plain words.
    """

    own_ladder: str | None = None
    """Text of a ladder file of one's own, in the place of a published ladder."""
    own_limits: str | None = None
    """Text of a limits file of one's own."""
    ladder: str
    """Id of the ladder, such as "openai/2026-05"; with own_ladder, the id that it gives itself."""
    limits: str
    """Id of the limits table, of the same provider."""
    start: Day
    days: Annotated[int, Field(ge=1, le=MAX_DAYS)] = 365
    first_payment: Day | None = None
    """First successful payment. None: the first one of the simulation."""
    reading: Reading = "used"
    """What a contested money gate counts."""
    used_before: Amount = Decimal(0)
    paid_before: Amount = Decimal(0)
    purchased_before: Amount | None = None
    """Credit bought, where other payments were made too. None: all that was paid."""
    past: Annotated[tuple[PastDay, ...], Field(max_length=MAX_PAST_DAYS)] = ()
    account_created: Day | None = None
    lacks: Annotated[tuple[str, ...], Field(max_length=MAX_FACTS)] = ()
    """Facts that the ladder asks for and that are not true of the account."""
    opening_balance: Amount = Decimal(0)
    month_used_before: Amount = Decimal(0)
    """Used in the calendar month of the start, before it. 0: none, or not said."""
    opening_tier: str | None = None
    purchases: Annotated[tuple[Purchase, ...], Field(max_length=MAX_PURCHASES)] = ()
    auto_recharge: AutoRecharge | None = None
    billing: Literal["prepaid", "monthly_invoice"] = "prepaid"
    usage: Annotated[tuple[UsageLine, ...], Field(max_length=MAX_USAGE_LINES)] = ()
    active_hours: Annotated[float, Field(ge=0.1, le=24, allow_inf_nan=False)] = 24.0
    """Hours of the day over which the tokens are spread."""
    peak_factor: Annotated[float, Field(ge=1, le=1000, allow_inf_nan=False)] = 1.0
    """The busiest minute over the average minute."""
    weekend_factor: Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)] = 1.0
    noise: Noise | None = None
    """None: each day wants what its usage lines say."""
    evaluated: Literal["daily", "at_payment"] = "daily"
    lag_days: Annotated[int, Field(ge=0, le=365)] = 0
    """Days between an evaluation and the tier that it opens, where the ladder asks for no more."""
    title: Annotated[str, Field(max_length=MAX_TITLE)] = ""

    @property
    def last_day(self) -> date:
        """The last simulated day."""
        return _last_day(self.start, self.days)

    @property
    def rules(self) -> Ladder:
        """The ladder itself."""
        return ladder_of(self.ladder, self.own_ladder)

    @property
    def limits_table(self) -> LimitsTable:
        """The limits table itself."""
        return limits_of(self.limits, self.own_limits)

    def payments(self) -> Iterator[tuple[date, Decimal]]:
        """Yield every planned purchase within the horizon: by plan, then by date."""
        return _payments(self.purchases, self.last_day)

    def but(self, **changes: Any) -> Self:
        """Return this scenario with some fields changed, checked again as a whole."""
        return type(self).model_validate({**dict(self), **changes})

    def to_query(self) -> str:
        """Return the scenario as a link's query, without the question mark."""
        from tierlogic import links  # noqa: PLC0415 - links read scenarios too

        return links.to_query(self)

    @staticmethod
    def from_query(query: str) -> "Scenario":
        """Read a link's query.

        Raises:
            tierlogic.links.LinkError: a ValueError; something in it cannot be read.
        """
        from tierlogic import links  # noqa: PLC0415 - links read scenarios too

        return links.from_query(query)

    @field_validator("own_ladder")
    @classmethod
    def _own_ladder_is_a_ladder(cls, text: str | None) -> str | None:
        if text is not None:
            own_ladder(text)
        return text

    @field_validator("own_limits")
    @classmethod
    def _own_limits_are_limits(cls, text: str | None) -> str | None:
        if text is not None:
            own_limits(text)
        return text

    @field_validator("ladder")
    @classmethod
    def _ladder_is_known(cls, ladder: str, info: ValidationInfo) -> str:
        own = info.data.get("own_ladder", ...)
        if own is None:
            return load_ladder(ladder).id
        if own is not ...:
            _is_the_own_one(ladder, own_ladder(own).id, "own_ladder")
        return ladder

    @field_validator("limits")
    @classmethod
    def _limits_are_known(cls, limits: str, info: ValidationInfo) -> str:
        own = info.data.get("own_limits", ...)
        if own is ...:
            return limits
        if own is not None:
            _is_the_own_one(limits, own_limits(own).id, "own_limits")
        table, ladder = limits_of(limits, own), _ladder_in(info)
        if ladder and ladder.provider != table.provider:
            raise ValueError(
                say(
                    "{table} is of another provider than the ladder {ladder}",
                    table=repr(limits),
                    ladder=repr(ladder.id),
                )
            )
        return table.id

    @field_validator("opening_tier")
    @classmethod
    def _opening_tier_is_on_the_ladder(cls, tier: str | None, info: ValidationInfo) -> str | None:
        ladder = _ladder_in(info)
        if tier is None or ladder is None:
            return tier
        if tier not in ladder.tier_names:
            raise ValueError(no_such_tier(ladder, tier))
        return tier

    @field_validator("paid_before")
    @classmethod
    def _paid_needs_a_first_payment(cls, paid: Decimal, info: ValidationInfo) -> Decimal:
        if paid > 0 and info.data.get("first_payment", ...) is None:
            raise ValueError(
                say(
                    "{amount} was paid, so first_payment is needed: give its date",
                    amount=_plain(paid),
                )
            )
        start, first_payment = info.data.get("start"), info.data.get("first_payment")
        if paid > 0 and start and first_payment and first_payment > start:
            raise ValueError(
                say(
                    "{amount} was paid before start ({start}), so first_payment ({day}) "
                    "must not come after it; move one of the two",
                    amount=_plain(paid),
                    start=start,
                    day=first_payment,
                )
            )
        return paid

    @field_validator("purchased_before")
    @classmethod
    def _purchased_is_part_of_paid(
        cls, purchased: Decimal | None, info: ValidationInfo
    ) -> Decimal | None:
        paid: Decimal | None = info.data.get("paid_before")
        if purchased is not None and paid is not None and purchased > paid:
            raise ValueError(
                say("must be at most {most}: it is part of paid_before", most=_plain(paid))
            )
        return purchased

    @field_validator("past")
    @classmethod
    def _past_is_part_of_what_came_before(
        cls, past: tuple[PastDay, ...], info: ValidationInfo
    ) -> tuple[PastDay, ...]:
        all_is_purchased = info.data.get("purchased_before") is None
        bought_in = "paid_before" if all_is_purchased else "purchased_before"
        for part, whole in (("used", "used_before"), ("purchased", bought_in)):
            most: Decimal | None = info.data.get(whole)
            sums = accumulate(getattr(day, part) for day in past)
            for index, so_far in enumerate(sums):
                if most is not None and so_far > most:
                    message = say(
                        "brings these days to {amount}, but they are part of {field} ({most}); "
                        "lower it or raise {field}",
                        amount=_plain(so_far),
                        field=whole,
                        most=_plain(most),
                    )
                    raise _problem(message, index, part)
        return past

    @field_validator("past")
    @classmethod
    def _past_is_before_the_start(
        cls, past: tuple[PastDay, ...], info: ValidationInfo
    ) -> tuple[PastDay, ...]:
        start: date | None = info.data.get("start")
        for index, day in enumerate(past):
            if start and day.on >= start:
                message = say(
                    "is {day}, not before start ({start}); plan it as usage or a purchase",
                    day=day.on,
                    start=start,
                )
                raise _problem(message, index, "on")
        return past

    @field_validator("month_used_before")
    @classmethod
    def _month_fits_what_came_before(cls, used: Decimal, info: ValidationInfo) -> Decimal:
        used_before: Decimal | None = info.data.get("used_before")
        if used_before is not None and used > used_before:
            raise ValueError(
                say("must be at most {most}: it is part of used_before", most=_plain(used_before))
            )
        start: date | None = info.data.get("start")
        past: tuple[PastDay, ...] = info.data.get("past", ())
        this_month = (day.used for day in past if start and day.on >= start.replace(day=1))
        known = sum(this_month, Decimal(0))
        if 0 < used < known:
            raise ValueError(
                say(
                    "must be at least {least}, which past has for this month, or 0",
                    least=_plain(known),
                )
            )
        return used

    @field_validator("lacks")
    @classmethod
    def _facts_are_of_the_ladder(
        cls, lacks: tuple[str, ...], info: ValidationInfo
    ) -> tuple[str, ...]:
        ladder = _ladder_in(info)
        for index, fact in enumerate(lacks):
            if ladder and fact not in ladder.facts:
                message = say(
                    "is {fact}, but {ladder} asks only for {facts}",
                    fact=repr(fact),
                    ladder=ladder.id,
                    facts=", ".join(ladder.facts) or say("nothing"),
                )
                raise _problem(message, index)
        return tuple(dict.fromkeys(lacks))

    @field_validator("account_created")
    @classmethod
    def _account_exists_at_the_start(
        cls, created: date | None, info: ValidationInfo
    ) -> date | None:
        start: date | None = info.data.get("start")
        if created and start and created > start:
            raise ValueError(
                say(
                    "is {day}, after start ({start}); give an earlier day", day=created, start=start
                )
            )
        return created

    @field_validator("purchases")
    @classmethod
    def _purchases_are_in_order(
        cls, purchases: tuple[Purchase, ...], info: ValidationInfo
    ) -> tuple[Purchase, ...]:
        start: date | None = info.data.get("start")
        days: int | None = info.data.get("days")
        first_payment: date | None = info.data.get("first_payment")
        for index, purchase in enumerate(purchases):
            if start and purchase.on < start:
                message = say(
                    "is {day}, before start ({start}); "
                    "move it, or count it in paid_before and opening_balance",
                    day=purchase.on,
                    start=start,
                )
                raise _problem(message, index, "on")
            if first_payment and purchase.on < first_payment:
                message = say(
                    "is {day}, before first_payment ({first}); "
                    "move one of the two: no purchase comes before the first",
                    day=purchase.on,
                    first=first_payment,
                )
                raise _problem(message, index, "on")
        if start and days:
            last, count = _last_day(start, days), 0
            for index, purchase in enumerate(purchases):
                count += sum(1 for _ in islice(_payments([purchase], last), MAX_PURCHASES + 1))
                if count > MAX_PURCHASES:
                    message = say(
                        "brings the purchases to more than {most} once repeats are counted; "
                        "repeat less often or shorten the horizon",
                        most=number(MAX_PURCHASES),
                    )
                    raise _problem(message, index)
        return purchases

    @field_validator("usage")
    @classmethod
    def _every_line_has_a_price(
        cls, usage: tuple[UsageLine, ...], info: ValidationInfo
    ) -> tuple[UsageLine, ...]:
        start, table = info.data.get("start"), _limits_in(info)
        if start is None or table is None:
            return usage
        return tuple(
            _with_known_facts(line, index, table, start) for index, line in enumerate(usage)
        )

    @field_validator("title")
    @classmethod
    def _title_is_plain_text(cls, title: str) -> str:
        if any(
            unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for char in title
        ):
            raise ValueError(
                say("holds characters that cannot be shown; use plain text on one line")
            )
        return title.strip()


@dataclass(frozen=True)
class Problem:
    """Something in a scenario that cannot be, in words for its reader."""

    field: str
    """Dotted path: "days", "usage.0.price"."""
    message: str
    given: str | None = None

    def __str__(self) -> str:
        """Name the field, what is wrong with it, and what was given."""
        field, message = self.field, self.message
        if self.given is None:
            return say("{field}: {message}", field=field, message=message)
        return say(
            "{field}: {message} (given: {given})", field=field, message=message, given=self.given
        )


def problems(error: ValidationError) -> list[Problem]:
    """Say every problem of a scenario that failed its checks."""
    return [_in_words(problem) for problem in error.errors()]


def _in_words(error: ErrorDetails) -> Problem:
    deeper = error.get("ctx", {}).get("at", ())
    is_missing = error["type"] == "missing" or error["input"] is None
    unsaid = deeper or is_missing or error["loc"][:1] in _FILES
    return Problem(
        field=".".join(str(part) for part in (*error["loc"], *deeper)),
        message=complaint(error),
        given=None if unsaid else shortened(error["input"]),
    )


def _ladder_in(info: ValidationInfo) -> Ladder | None:
    """The ladder of a scenario under check; None where it is not sound itself."""
    sound = {"ladder", "own_ladder"} <= info.data.keys()
    return ladder_of(info.data["ladder"], info.data["own_ladder"]) if sound else None


def _limits_in(info: ValidationInfo) -> LimitsTable | None:
    """The limits table of a scenario under check; None where it is not sound itself."""
    sound = {"limits", "own_limits"} <= info.data.keys()
    return limits_of(info.data["limits"], info.data["own_limits"]) if sound else None


def _is_the_own_one(given: str, own: str, field: str) -> None:
    if given != own:
        raise ValueError(
            say(
                "is {given}, but {field} is {own}; give that, or leave {field} out",
                given=repr(given),
                field=field,
                own=repr(own),
            )
        )


def _problem(message: str, *at: int | str) -> PydanticCustomError:
    """Make an error of a part of the value under check; `at` is the way to that part."""
    return PydanticCustomError("plan", "{message}", {"message": message, "at": at})


def _plain(amount: Decimal) -> str:
    """Write an amount without the zeros at its end."""
    return f"{amount.normalize():f}"


def _last_day(start: date, days: int) -> date:
    return start + timedelta(days=days - 1)


def _payments(purchases: Sequence[Purchase], last: date) -> Iterator[tuple[date, Decimal]]:
    for purchase in purchases:
        for day in repeats(purchase.on, purchase.every, purchase.times, last):
            yield day, purchase.amount


def _with_known_facts(line: UsageLine, index: int, table: LimitsTable, start: date) -> UsageLine:
    """Fill in the price and context window that the line leaves out."""
    if line.price is not None and "context_window" in line.model_fields_set:
        return line
    known = look_up(line.model, prices_of(table.provider), start, line.tokens_per_request)
    price = line.price or (known.price if known else None)
    if price is None:
        raise _problem(_no_price(line.model, table, start), index, "price")
    window = line.context_window
    if "context_window" not in line.model_fields_set and known:
        window = known.context_window
    return line.model_copy(update={"price": price, "context_window": window})


def _no_price(model: str, table: LimitsTable, on: date) -> str:
    if table.row_for(model):
        return say(
            "is missing: no price of {model} on {day} is known; "
            "give the price per million tokens, or choose another model",
            model=repr(model),
            day=day_in_words(on),
        )
    return say(
        "is missing: no price of {model} on {day} is known, and {table} has no limits for it; "
        "give the price per million tokens, or choose another model",
        model=repr(model),
        day=day_in_words(on),
        table=table.id,
    )
