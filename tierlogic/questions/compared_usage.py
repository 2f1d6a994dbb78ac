"""What differs between the usage lines of two scenarios, in words."""

from collections.abc import Sequence
from datetime import date

from tierlogic.language import day_in_words
from tierlogic.money import price_in_words
from tierlogic.prices import Price
from tierlogic.questions.differences import (
    Words,
    count_in_words,
    instead,
    shares,
    tokens,
)
from tierlogic.scenario import Scenario, UsageLine


def usage_differences(here: Scenario, there: Scenario) -> Words:
    """Say what differs between the usage lines of two scenarios."""
    pairs, more, less = _paired(here.usage, there.usage)
    is_one = len(here.usage) == len(there.usage) == 1
    for mine, other in pairs:
        for words in _line(here, mine, there, other):
            yield words if is_one else f"{mine.model}: {words}"
    yield from (f"{_tokens_of(line)} more" for line in more)
    yield from (f"{_tokens_of(line)} less" for line in less)


def _line(here: Scenario, mine: UsageLine, there: Scenario, other: UsageLine) -> Words:
    """Say what differs between two usage lines, field by field."""
    for field in UsageLine.model_fields:
        a, b = getattr(mine, field), getattr(other, field)
        match field:
            case "model":
                yield from instead("{}", a, b)
            case "tokens_per_day":
                yield from tokens("{} tokens per day", a, b)
            case "output_share":
                yield from shares("{} output tokens", a, b)
            case "cached_share":
                yield from shares("{} of the input cached", a, b)
            case "price":
                yield from instead("{} per million", _price(here, a), _price(there, b))
            case "growth_per_30_days":
                yield from shares("{} growth per 30 days", a, b)
            case "starts":
                yield from instead("usage {}", _from(a), _from(b))
            case "ends":
                yield from instead("usage {}", _until(a), _until(b))
            case "tokens_per_request":
                yield from tokens("{} tokens per request", a, b)
            case "context_window":
                yield from tokens("{} tokens of context", a, b)
            case _:
                raise AssertionError(f"no words for {field}")


def _tokens_of(line: UsageLine) -> str:
    return f"{count_in_words(line.tokens_per_day)} tokens of {line.model} per day"


def _price(scenario: Scenario, price: Price) -> str:
    currency = scenario.rules.currency
    said = [
        f"{price_in_words(price.input, currency)} input",
        f"{price_in_words(price.output, currency)} output",
    ]
    if price.cached_input is not None:
        said.insert(1, f"{price_in_words(price.cached_input, currency)} cached input")
    return ", ".join(said)


def _paired(
    here: Sequence[UsageLine], there: Sequence[UsageLine]
) -> tuple[list[tuple[UsageLine, UsageLine]], list[UsageLine], list[UsageLine]]:
    """Pair lines: of one model first, what is left then in order; and list what has no pair."""
    left = list(there)
    pairs, alone = [], []
    for line in here:
        same = next((other for other in left if other.model == line.model), None)
        if same is None:
            alone.append(line)
        else:
            left.remove(same)
            pairs.append((line, same))
    both = min(len(alone), len(left))
    pairs += zip(alone[:both], left[:both], strict=True)
    return pairs, alone[both:], left[both:]


def _from(day: date | None) -> str:
    return f"from {day_in_words(day)}" if day else "from the start"


def _until(day: date | None) -> str:
    return f"until {day_in_words(day)}" if day else "until the last day"
