"""Anthropic: the console's cost and usage exports, and the admin API's cost and usage reports."""

from decimal import Decimal

from tierlogic.imports.formats.format import Format, has
from tierlogic.imports.records import Mode, Record, Tokens
from tierlogic.imports.rows import Row, bucket
from tierlogic.language import to_say

_HALF_A_CENT = Decimal("0.005")
_MODES: dict[str, Mode] = {
    "batch": "batch",
    "flex": "flex",
    "flex_discount": "flex",
    "priority": "priority",
    "priority_on_demand": "priority",
}


def _console_cost(row: Row) -> Record:
    model = row.text("model")
    kind = row.text("cost_type") or "token"
    return Record(
        row.day("usage_date_utc"),
        provider="anthropic",
        model=model,
        billed=row.number("cost_usd"),
        currency="USD",
        # The console writes cents, whatever the amount was.
        rounding=_HALF_A_CENT,
        not_tokens=None if kind.startswith("token") else kind,
        scope=(
            row.text("workspace"),
            row.text("api_key"),
            model,
            row.text("usage_type"),
            row.text("context_window"),
            row.text("token_type"),
            kind,
        ),
    )


def _console_usage(row: Row) -> Record:
    return Record(
        row.day("usage_date_utc"),
        provider="anthropic",
        model=row.text("model_version", "model"),
        tokens=Tokens(
            uncached=row.count("usage_input_tokens_no_cache"),
            cached=row.count("usage_input_tokens_cache_read"),
            written=row.count("usage_input_tokens_cache_write_5m")
            + row.count("usage_input_tokens_cache_write"),
            written_1h=row.count("usage_input_tokens_cache_write_1h"),
            output=row.count("usage_output_tokens"),
        ),
        mode=_mode(row.text("usage_type")),
        scope=(row.text("workspace"), row.text("api_key"), row.text("context_window")),
    )


def _api_cost(row: Row) -> Record:
    day, until = bucket(row, ("starting_at",), ("ending_at",))
    cents = row.number("amount") or Decimal(0)
    kind = row.text("cost_type")
    return Record(
        day,
        until,
        provider="anthropic",
        model=row.text("model"),
        billed=cents / 100,
        currency=row.currency(),
        not_tokens=kind if kind and kind != "tokens" else None,
        scope=(
            row.text("workspace_id"),
            row.text("model"),
            row.text("description"),
            row.text("service_tier"),
            row.text("context_window"),
            row.text("token_type"),
        ),
    )


def _api_usage(row: Row) -> Record:
    day, until = bucket(row, ("starting_at",), ("ending_at",))
    if not row.text("uncached_input_tokens", "output_tokens"):
        return Record(day, until, provider="anthropic", tokens=Tokens())
    return Record(
        day,
        until,
        provider="anthropic",
        model=row.text("model"),
        tokens=Tokens(
            uncached=row.count("uncached_input_tokens"),
            cached=row.count("cache_read_input_tokens"),
            written=row.count("cache_creation_ephemeral_5m_input_tokens"),
            written_1h=row.count("cache_creation_ephemeral_1h_input_tokens"),
            output=row.count("output_tokens"),
        ),
        mode=_mode(row.text("service_tier")),
        scope=(row.text("workspace_id"), row.text("api_key_id"), row.text("context_window")),
    )


def _mode(written: str | None) -> Mode:
    return _MODES.get((written or "").casefold(), "standard")


FORMATS = (
    Format(to_say("Anthropic cost export"), has("usage_date_utc", "cost_usd"), _console_cost),
    Format(
        to_say("Anthropic usage export"),
        has("usage_date_utc", "usage_input_tokens_no_cache", "usage_output_tokens"),
        _console_usage,
    ),
    Format(to_say("Anthropic cost report"), has("starting_at", "amount"), _api_cost),
    Format(
        to_say("Anthropic usage report"), has("starting_at", "uncached_input_tokens"), _api_usage
    ),
)
