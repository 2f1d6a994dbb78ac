"""Plain tables: a date with tokens or cost, or a date with a payment."""

from tierlogic.imports.formats.format import Format
from tierlogic.imports.records import Record, Tokens, UnreadableError
from tierlogic.imports.rows import Row
from tierlogic.language import say, to_say

_DATES = ("date", "day", "utc_date", "on", "timestamp", "created_at", "created", "paid_on")
_COSTS = ("cost", "cost_usd", "usd", "spend", "used", "spent", "billed", "total_cost")
_TOKENS = ("tokens", "total_tokens", "tokens_per_day")
_INPUTS = ("input_tokens", "prompt_tokens", "input")
_OUTPUTS = ("output_tokens", "completion_tokens", "output")
_CACHED = ("cached_tokens", "cached_input_tokens", "input_cached_tokens", "cached")
_PAYMENTS = ("amount", "paid", "payment", "purchase", "purchased", "amount_usd", "total")
_UNSETTLED = {"failed", "refunded", "void", "voided", "open", "unpaid", "draft", "canceled"}


def _usage(row: Row) -> Record:
    columns = frozenset(row.cells)
    cost, total = _of(columns, _COSTS), _of(columns, _TOKENS)
    received, output = _of(columns, _INPUTS), _of(columns, _OUTPUTS)
    cached = _of(columns, _CACHED)
    tokens = None
    if received or output:
        counts = [row.count(name) if name else 0 for name in (received, output, cached)]
        if counts[2] > counts[0]:
            raise UnreadableError(
                say("{part} is more than {whole}, which it is part of", part=cached, whole=received)
            )
        tokens = Tokens(uncached=counts[0] - counts[2], cached=counts[2], output=counts[1])
    elif total:
        tokens = Tokens(unsplit=row.count(total))
    return Record(
        row.day(_of(columns, _DATES) or "date"),
        model=row.text("model"),
        tokens=tokens,
        billed=row.number(cost) if cost else None,
        currency=row.currency(amount=cost),
        scope=(row.text("project", "project_id", "workspace"), row.text("model")),
    )


def _payment(row: Row) -> Record | None:
    columns = frozenset(row.cells)
    if (row.text("status") or "").casefold() in _UNSETTLED:
        return None
    amount = _of(columns, _PAYMENTS) or "amount"
    return Record(
        row.day(_of(columns, _DATES) or "date"),
        paid=row.number(amount),
        currency=row.currency(amount=amount),
        scope=(row.text("id", "invoice", "number", "description"),),
    )


def _of(columns: frozenset[str], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in columns), None)


def _is_usage(columns: frozenset[str]) -> bool:
    return bool(_of(columns, _DATES) and _of(columns, (*_COSTS, *_TOKENS, *_INPUTS, *_OUTPUTS)))


def _is_payments(columns: frozenset[str]) -> bool:
    return bool(_of(columns, _DATES) and _of(columns, _PAYMENTS))


FORMATS = (
    Format(to_say("Table of daily usage"), _is_usage, _usage),
    Format(to_say("Table of payments"), _is_payments, _payment),
)
