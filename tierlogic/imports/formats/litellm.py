"""LiteLLM: the proxy's spend logs, a row a request, from its API or its database."""

import json

from tierlogic.imports.formats.format import Format, has
from tierlogic.imports.records import Record, Tokens
from tierlogic.imports.rows import Row, no_date
from tierlogic.language import to_say

_PROVIDERS = {
    "anthropic": "anthropic",
    "azure": "azure",
    "bedrock": "aws",
    "deepseek": "deepseek",
    "fireworks_ai": "fireworks",
    "gemini": "google",
    "groq": "groq",
    "mistral": "mistral",
    "moonshot": "moonshotai",
    "openai": "openai",
    "openrouter": "openrouter",
    "perplexity": "perplexity",
    "together_ai": "together",
    "vertex_ai": "google",
    "voyage": "voyageai",
    "xai": "x-ai",
}
_CACHED = (
    ("cache_read_input_tokens",),
    ("prompt_tokens_details", "cached_tokens"),
)
_WRITTEN = (("cache_creation_input_tokens",),)


def _spend(row: Row) -> Record:
    moment = row.moment("start_time")
    if moment is None:
        raise no_date("startTime")
    spoken_of, model = row.text("custom_llm_provider"), row.text("model")
    if model and "/" in model and (not spoken_of or model.startswith(f"{spoken_of}/")):
        spoken_of, _, model = model.partition("/")
    cells = {**row.cells, **_metadata(row)}
    details = Row(row.line, cells)
    received = row.count("prompt_tokens")
    cached = min(_first(details, _CACHED), received)
    written = min(_first(details, _WRITTEN), received - cached)
    return Record(
        moment.date(),
        int(moment.timestamp()),
        provider=_PROVIDERS.get(spoken_of, spoken_of) if spoken_of else None,
        model=model,
        tokens=Tokens(
            uncached=received - cached - written,
            cached=cached,
            written=written,
            output=row.count("completion_tokens"),
        ),
        billed=row.number("spend"),
        currency="USD",
        request=row.text("request_id"),
    )


def _metadata(row: Row) -> dict[str, str]:
    """The counts of a table's metadata column, which is JSON in one cell."""
    try:
        values = json.loads(row.cells.get("metadata", "{}"))["additional_usage_values"]
        details = values.get("prompt_tokens_details") or {}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    found = {
        "metadata_additional_usage_values_cache_read_input_tokens": values.get(
            "cache_read_input_tokens"
        ),
        "metadata_additional_usage_values_cache_creation_input_tokens": values.get(
            "cache_creation_input_tokens"
        ),
        "metadata_additional_usage_values_prompt_tokens_details_cached_tokens": details.get(
            "cached_tokens"
        ),
    }
    return {column: str(value) for column, value in found.items() if value is not None}


def _first(row: Row, paths: tuple[tuple[str, ...], ...]) -> int:
    counts = (
        row.count("_".join(("metadata", under, *path)))
        for under in ("additional_usage_values", "usage_object")
        for path in paths
    )
    return next((count for count in counts if count), 0)


FORMATS = (
    Format(
        to_say("LiteLLM spend logs"),
        has("request_id", "spend", "start_time", "prompt_tokens", "completion_tokens"),
        _spend,
    ),
)
