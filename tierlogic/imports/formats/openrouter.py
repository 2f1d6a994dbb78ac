"""OpenRouter: the activity export, a row a request, and the activity API, a row a day and model."""

from tierlogic.imports.formats.format import Format, has
from tierlogic.imports.records import Record, Tokens
from tierlogic.imports.rows import Row, no_date
from tierlogic.language import to_say


def _activity(row: Row) -> Record:
    moment = row.moment("created_at")
    if moment is None:
        raise no_date("created_at")
    received, cached = row.count("tokens_prompt"), row.count("tokens_cached")
    return Record(
        moment.date(),
        int(moment.timestamp()),
        provider="openrouter",
        model=row.text("model_permaslug", "model"),
        tokens=_tokens(received, cached, row.count("tokens_completion")),
        billed=row.number("cost_total"),
        currency="USD",
        request=row.text("generation_id"),
    )


def _daily(row: Row) -> Record:
    model = row.text("model_permaslug", "model")
    return Record(
        row.day("date"),
        provider="openrouter",
        model=model,
        tokens=_tokens(row.count("prompt_tokens"), 0, row.count("completion_tokens")),
        billed=row.number("usage"),
        currency="USD",
        scope=(model, row.text("endpoint_id"), row.text("provider_name")),
    )


def _tokens(received: int, cached: int, output: int) -> Tokens:
    # The cached tokens are counted by the model, the others by OpenRouter: they may be more.
    return Tokens(uncached=max(0, received - cached), cached=min(received, cached), output=output)


FORMATS = (
    Format(
        to_say("OpenRouter activity export"),
        has("created_at", "cost_total", "tokens_prompt", "tokens_completion"),
        _activity,
    ),
    Format(
        to_say("OpenRouter activity report"),
        has("date", "usage", "byok_usage_inference", "prompt_tokens", "completion_tokens"),
        _daily,
    ),
)
