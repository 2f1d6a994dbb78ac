"""DeepSeek: the amount and cost files of its usage export, with one date or a span of time."""

from datetime import date
from decimal import Decimal

from tierlogic.imports.formats.format import Format
from tierlogic.imports.records import Record, Tokens, UnreadableError
from tierlogic.imports.rows import Row, bucket
from tierlogic.language import say, to_say

_FIELDS = {
    "input_cache_miss_tokens": "uncached",
    "input_tokens": "uncached",
    "input_cache_hit_tokens": "cached",
    "output_tokens": "output",
}


def _amount(row: Row) -> Record | None:
    day, until = _day(row)
    kind = row.text("type")
    if kind == "request_count":
        return None
    if kind not in _FIELDS:
        raise UnreadableError(
            say("type is {found}; {known} are known", found=repr(kind), known=", ".join(_FIELDS))
        )
    count, price = row.count("amount"), row.number("price")
    return Record(
        day,
        until,
        provider="deepseek",
        model=row.text("model"),
        tokens=Tokens(**{_FIELDS[kind]: count}),
        # Prices differ by the hour and the currency; the file states its own.
        listed=None if price is None else price * Decimal(count),
        scope=(row.text("user_id"), row.text("api_key"), kind, str(price)),
    )


def _cost(row: Row) -> Record:
    day, until = _day(row)
    return Record(
        day,
        until,
        provider="deepseek",
        model=row.text("model"),
        billed=row.number("cost"),
        currency=row.currency(),
        scope=(row.text("user_id"), row.text("model"), row.text("wallet_type")),
    )


def _day(row: Row) -> tuple[date, int | None]:
    return bucket(row, ("utc_date", "start_time_iso"), ("end_time_iso",))


def _is_amount(columns: frozenset[str]) -> bool:
    return columns >= {"model", "type", "price", "amount"} and _is_dated(columns)


def _is_cost(columns: frozenset[str]) -> bool:
    return columns >= {"model", "wallet_type", "cost", "currency"} and _is_dated(columns)


def _is_dated(columns: frozenset[str]) -> bool:
    return "utc_date" in columns or "start_time_iso" in columns


FORMATS = (
    Format(to_say("DeepSeek cost file"), _is_cost, _cost),
    Format(to_say("DeepSeek amount file"), _is_amount, _amount),
)
