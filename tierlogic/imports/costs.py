"""What a day's tokens cost at that day's prices, and why the bill may say otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tierlogic.imports.lists import first_of
from tierlogic.imports.records import Tokens
from tierlogic.imports.tally import Entry, Key
from tierlogic.language import say
from tierlogic.prices import Price, look_up

MICRODOLLAR = Decimal("0.000001")
_MILLION = 1_000_000
_LARGE_REQUEST = 1e9
_CACHE_WRITE, _CACHE_WRITE_1H = Decimal("1.25"), Decimal(2)
"""Times the price of input: so at Anthropic, for every model."""
_HALF_PRICE = {("openai", "batch"), ("openai", "flex"), ("anthropic", "batch")}


@dataclass
class Day:
    """One day: what was billed, what its tokens cost, and why the two may differ."""

    on: date
    tokens: int = 0
    billed: Decimal | None = None
    """None: no file says."""
    computed: Decimal | None = None
    """None: some tokens have no known price."""
    cause: str = ""
    """Empty where the two agree to the microdollar."""
    token_entries: list[tuple[Key, Entry]] = field(default_factory=list)
    bill_entries: list[tuple[Key, Entry]] = field(default_factory=list)

    @property
    def difference(self) -> Decimal | None:
        """Billed less computed."""
        if self.billed is None or self.computed is None:
            return None
        return _sum([self.billed, -self.computed])

    @property
    def is_priced(self) -> bool:
        """Whether anything says what was used."""
        return self.billed is not None or self.computed is not None

    @property
    def used(self) -> Decimal:
        """What was billed, or else what the tokens cost."""
        return self.billed if self.billed is not None else self.computed or Decimal(0)


def price_day(day: Day, *, is_whole: bool) -> None:
    """Fill in a day's sums from its entries.

    Args:
        day: with its entries.
        is_whole: False where its files end within it.
    """
    day.tokens = sum(entry.tokens.total for _, entry in day.token_entries if entry.tokens)
    if day.bill_entries:
        day.billed = _sum(entry.billed or Decimal(0) for _, entry in day.bill_entries)
    costs = [_cost(key, entry) for key, entry in day.token_entries]
    if day.token_entries and None not in costs:
        day.computed = _sum(cost for cost in costs if cost is not None)
    day.cause = _cause(day, is_whole=is_whole)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    """Add up, without the zeros that files write at the end."""
    total = sum(amounts, Decimal(0))
    return total.quantize(Decimal(1)) if total == total.to_integral_value() else total.normalize()


def _cost(key: Key, entry: Entry) -> Decimal | None:
    """Cost of one entry's tokens; None where it is not known."""
    tokens = entry.tokens or Tokens()
    if entry.listed is not None or not tokens.total:
        return entry.listed or Decimal(0)
    price = _price(key)
    if price is None or tokens.unsplit:
        return None
    cached = price.input if price.cached_input is None else price.cached_input
    full = (
        tokens.uncached * price.input
        + tokens.cached * cached
        + tokens.written * _CACHE_WRITE * price.input
        + tokens.written_1h * _CACHE_WRITE_1H * price.input
        + tokens.output * price.output
    ) / _MILLION
    return full / 2 if (key.provider, key.mode) in _HALF_PRICE else full


def _price(key: Key, tokens_per_request: float | None = None) -> Price | None:
    if key.model is None:
        return None
    facts = look_up(key.model, key.provider, key.day, tokens_per_request)
    return facts.price if facts else None


def _cause(day: Day, *, is_whole: bool) -> str:
    if day.billed is None:
        return say("No file says what was billed.") if day.tokens else ""
    if not day.tokens:
        return say("No tokens of this day are in the files.") if day.billed else ""
    if day.computed is None:
        return _no_price(day)
    difference = day.billed - day.computed
    if abs(difference) < MICRODOLLAR:
        return ""
    return next(_likely_causes(day, difference, is_whole=is_whole))


def _likely_causes(day: Day, difference: Decimal, *, is_whole: bool) -> Iterator[str]:
    """Yield what may explain a difference, the surest first."""
    if abs(difference) <= sum(entry.rounding for _, entry in day.bill_entries):
        yield say("The bill is rounded to the cent, line by line.")
    besides: dict[str, Decimal] = defaultdict(Decimal)
    for key, entry in day.bill_entries:
        if key.not_tokens and entry.billed:
            besides[key.not_tokens] += entry.billed
    if besides and abs(difference - sum(besides.values())) < MICRODOLLAR:
        yield say("Billed besides tokens: {items}.", items=first_of(sorted(besides)))
    if not is_whole:
        yield say("The day was not over in every file.")
    if difference < 0:
        yield say(
            "Less was billed than these tokens cost: free or discounted tokens, or missing rows."
        )
    if missing := _billed_without_tokens(day):
        yield say(
            "Billed, but their tokens are not in the files: {models}.",
            models=first_of(sorted(missing)),
        )
    if any(key.mode == "priority" for key, _ in day.token_entries):
        yield say("Some requests had priority, which costs more than the listed price.")
    if any(_has_steps(key) for key, _ in day.token_entries):
        yield say("Long requests cost more than the listed price, and the files do not tell them.")
    if besides:
        yield say(
            "Billed besides tokens: {items}; and rows of tokens may be missing.",
            items=first_of(sorted(besides)),
        )
    yield say("More was billed than these tokens cost: rows of tokens may be missing.")


def _no_price(day: Day) -> str:
    if any(entry.tokens and entry.tokens.unsplit for _, entry in day.token_entries):
        return say("The files do not tell input tokens from output tokens.")
    if any(key.model is None for key, entry in day.token_entries if _cost(key, entry) is None):
        return say("Some tokens are of no named model: group the export by model.")
    unknown = {key.model for key, entry in day.token_entries if _cost(key, entry) is None}
    models = first_of(sorted(model for model in unknown if model))
    return say("No price is known for {models}.", models=models)


def _billed_without_tokens(day: Day) -> set[str]:
    """Models that the bill names and that have no tokens."""
    served = {model_name(key) for key, _ in day.token_entries}
    billed = {
        model_name(key)
        for key, entry in day.bill_entries
        # Some bills name models as people do ("Claude Opus 5"), which no price list knows.
        if entry.billed and _price(key)
    }
    return billed - served


def _has_steps(key: Key) -> bool:
    return _price(key) != _price(key, _LARGE_REQUEST)


def model_name(key: Key) -> str:
    """The model's name without its date, where a price list knows it; as written where not."""
    facts = look_up(key.model, key.provider, key.day) if key.model else None
    return facts.name if facts else key.model or ""
