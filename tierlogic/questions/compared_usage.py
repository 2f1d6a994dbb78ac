"""What differs between the usage lines of two scenarios, in words."""

from collections.abc import Sequence
from datetime import date

from tierlogic.language import day_in_words, say, to_say
from tierlogic.money import price_in_words
from tierlogic.prices import Price
from tierlogic.questions.differences import (
    ONE_INSTEAD,
    Words,
    count_in_words,
    instead,
    shares,
    tokens,
)
from tierlogic.scenario import Scenario, UsageLine

_USED = to_say("usage {here} instead of {there}")


def usage_differences(here: Scenario, there: Scenario) -> Words:
    """Say what differs between the usage lines of two scenarios."""
    pairs, more, less = _paired(here.usage, there.usage)
    is_one = len(here.usage) == len(there.usage) == 1
    for mine, other in pairs:
        for words in _line(here, mine, there, other):
            yield words if is_one else say("{model}: {words}", model=mine.model, words=words)
    for line in more:
        tokens_per_day = count_in_words(line.tokens_per_day)
        yield say(
            "{tokens} tokens of {model} per day more", tokens=tokens_per_day, model=line.model
        )
    for line in less:
        tokens_per_day = count_in_words(line.tokens_per_day)
        yield say(
            "{tokens} tokens of {model} per day less", tokens=tokens_per_day, model=line.model
        )


def _line(here: Scenario, mine: UsageLine, there: Scenario, other: UsageLine) -> Words:
    """Say what differs between two usage lines, field by field."""
    for field in UsageLine.model_fields:
        a, b = getattr(mine, field), getattr(other, field)
        match field:
            case "model":
                yield from instead(ONE_INSTEAD, a, b)
            case "tokens_per_day":
                yield from tokens(to_say("{here} tokens per day instead of {there}"), a, b)
            case "output_share":
                yield from shares(to_say("{here} output tokens instead of {there}"), a, b)
            case "cached_share":
                yield from shares(to_say("{here} of the input cached instead of {there}"), a, b)
            case "price":
                yield from instead(
                    to_say("{here} per million instead of {there}"),
                    _price(here, a),
                    _price(there, b),
                )
            case "growth_per_30_days":
                yield from shares(to_say("{here} growth per 30 days instead of {there}"), a, b)
            case "starts":
                yield from instead(_USED, _from(a), _from(b))
            case "ends":
                yield from instead(_USED, _until(a), _until(b))
            case "tokens_per_request":
                yield from tokens(to_say("{here} tokens per request instead of {there}"), a, b)
            case "context_window":
                yield from tokens(to_say("{here} tokens of context instead of {there}"), a, b)
            case _:
                raise AssertionError(f"no words for {field}")


def _price(scenario: Scenario, price: Price) -> str:
    currency = scenario.rules.currency
    read, written = (price_in_words(each, currency) for each in (price.input, price.output))
    if price.cached_input is None:
        return say("{input} input, {output} output", input=read, output=written)
    return say(
        "{input} input, {cached} cached input, {output} output",
        input=read,
        cached=price_in_words(price.cached_input, currency),
        output=written,
    )


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
    return say("from {day}", day=day_in_words(day)) if day else say("from the start")


def _until(day: date | None) -> str:
    return say("until {day}", day=day_in_words(day)) if day else say("until the last day")
