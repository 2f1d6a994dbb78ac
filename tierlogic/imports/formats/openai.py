"""OpenAI: the costs and usage exports, and the organization costs and usage APIs.

The APIs' buckets have the exports' columns once they are flat.
"""

import re
from decimal import Decimal

from tierlogic.imports.formats.format import Format, has
from tierlogic.imports.records import Mode, Record, Tokens, UnreadableError
from tierlogic.imports.rows import Row, bucket
from tierlogic.language import number, say, to_say

_STARTS, _ENDS = ("start_time", "start_time_iso"), ("end_time", "end_time_iso")
_TOKENS_ITEM = re.compile(
    r"(?:\w+ \| )?(?P<model>[\w.:/-]+)(?: text)?, (input|output|cached input|cache writes)\b"
)
_MODES: dict[str, Mode] = {"batch": "batch", "flex": "flex", "priority": "priority"}


def _costs(row: Row) -> Record:
    day, until = bucket(row, _STARTS, _ENDS)
    item = row.text("line_item")
    tokens = _TOKENS_ITEM.match(item) if item else None
    return Record(
        day,
        until,
        provider="openai",
        model=tokens["model"] if tokens else None,
        billed=row.number("amount_value") or Decimal(0),
        currency=row.currency("amount_currency"),
        not_tokens=item if item and not tokens else None,
        scope=(
            row.text("organization_id"),
            row.text("project_id"),
            item,
            row.text("user_id"),
            row.text("api_key_id"),
        ),
    )


def _usage(row: Row) -> Record:
    day, until = bucket(row, _STARTS, _ENDS)
    if not row.text("num_model_requests", "input_tokens", "output_tokens"):
        return Record(day, until, provider="openai", tokens=Tokens())
    received, cached = row.count("input_tokens"), row.count("input_cached_tokens")
    if cached > received:
        raise UnreadableError(
            say("input_cached_tokens is {count}, more than input_tokens", count=number(cached))
        )
    # New reports tell tokens written to the cache apart; they are part of the input too.
    written = row.count("input_cache_write_tokens")
    is_batch = (row.text("batch") or "").casefold() == "true"
    tier = (row.text("service_tier") or "").casefold()
    return Record(
        day,
        until,
        provider="openai",
        model=row.text("model"),
        tokens=Tokens(
            uncached=max(0, received - cached - written),
            cached=cached,
            written=written,
            output=row.count("output_tokens"),
        ),
        mode="batch" if is_batch else _MODES.get(tier, "standard"),
        scope=(
            row.text("organization_id"),
            row.text("project_id"),
            row.text("user_id"),
            row.text("api_key_id"),
        ),
    )


FORMATS = (
    Format(to_say("OpenAI costs export"), has("start_time", "end_time", "amount_value"), _costs),
    Format(
        to_say("OpenAI usage export"),
        has("start_time", "end_time", "num_model_requests", "input_tokens"),
        _usage,
    ),
)
