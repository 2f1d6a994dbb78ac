"""Plain words for what a model's checks found."""

from decimal import Decimal

from pydantic_core import ErrorDetails

_WORDS = {
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "decimal_max_places": "must have {decimal_places} decimal places at most",
    "finite_number": "must be a finite number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "decimal_type": "must be a number",
    "decimal_parsing": "must be a number",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "date_type": "must be a date, such as 2026-01-31",
    "date_from_datetime_parsing": "must be a date, such as 2026-01-31",
    "date_from_datetime_inexact": "must be a date, such as 2026-01-31",
    "string_type": "must be text",
    "string_pattern_mismatch": "holds characters that do not belong here",
    "literal_error": "must be {expected}",
    "missing": "is needed",
    "extra_forbidden": "is not known here; check its spelling or leave it out",
    "too_long": "must have {max_length} entries at most",
    "too_short": "must have {min_length} entries at least",
    "string_too_long": "must have {max_length} characters at most",
    "string_too_short": "must not be empty",
}


def complaint(error: ErrorDetails) -> str:
    """Say what is wrong with a value and what is allowed."""
    if error["input"] is None:
        return _WORDS["missing"]
    words = _WORDS.get(error["type"])
    if words:
        bounds = error.get("ctx", {})
        return words.format(**{name: _readable(bound) for name, bound in bounds.items()})
    return error["msg"].removeprefix("Value error, ")


def _readable(bound: object) -> object:
    """Write a long number as people do: 10,000,000 and not 10000000.0."""
    if not isinstance(bound, int | float | Decimal) or bound % 1:
        return bound
    return f"{int(bound):,}" if bound >= 10_000 else int(bound)


def shortened(given: object) -> str:
    """Show what was given, cut where it is long; half a character by its number."""
    text = str(given).encode(errors="backslashreplace").decode()
    return text if len(text) <= 60 else f"{text[:57]}..."
