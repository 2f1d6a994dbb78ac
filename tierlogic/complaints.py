"""Plain words for what a model's checks found."""

from pydantic_core import ErrorDetails

_WORDS = {
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "decimal_max_places": "must have {decimal_places} decimal places at most",
    "finite_number": "must be a finite number",
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
    words = _WORDS.get(error["type"])
    if words:
        return words.format(**error.get("ctx", {}))
    return error["msg"].removeprefix("Value error, ")


def shortened(given: object) -> str:
    """Show what was given, cut where it is long."""
    text = str(given)
    return text if len(text) <= 60 else f"{text[:57]}..."
