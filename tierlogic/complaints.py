"""Plain words for what a model's checks found."""

from decimal import Decimal

from pydantic_core import ErrorDetails

from tierlogic.language import number, say, to_say

_WORDS = {
    "greater_than": to_say("must be more than {bound}"),
    "greater_than_equal": to_say("must be at least {bound}"),
    "less_than_equal": to_say("must be at most {bound}"),
    "decimal_max_places": to_say("must have {most} decimal places at most"),
    "finite_number": to_say("must be a finite number"),
    "float_type": to_say("must be a number"),
    "float_parsing": to_say("must be a number"),
    "decimal_type": to_say("must be a number"),
    "decimal_parsing": to_say("must be a number"),
    "int_type": to_say("must be a whole number"),
    "int_parsing": to_say("must be a whole number"),
    "int_from_float": to_say("must be a whole number"),
    "date_type": to_say("must be a date, such as 2026-01-31"),
    "date_from_datetime_parsing": to_say("must be a date, such as 2026-01-31"),
    "date_from_datetime_inexact": to_say("must be a date, such as 2026-01-31"),
    "string_type": to_say("must be text"),
    "string_pattern_mismatch": to_say("holds characters that do not belong here"),
    "missing": to_say("is needed"),
    "extra_forbidden": to_say("is not known here; check its spelling or leave it out"),
    "too_long": to_say("must have {most} entries at most"),
    "too_short": to_say("must have {least} entries at least"),
    "string_too_long": to_say("must have {most} characters at most"),
    "string_too_short": to_say("must not be empty"),
}
_NAMES = {
    "gt": "bound",
    "ge": "bound",
    "le": "bound",
    "decimal_places": "most",
    "max_length": "most",
    "min_length": "least",
}
"""What pydantic names the values that stand in the sentences, and what these do."""


def complaint(error: ErrorDetails) -> str:
    """Say what is wrong with a value and what is allowed."""
    if error["input"] is None:
        return say(_WORDS["missing"])
    if error["type"] == "literal_error":
        return say("must be {options}", options=options_in_words(error["ctx"]["expected"]))
    words = _WORDS.get(error["type"])
    if words:
        bounds = error.get("ctx", {})
        known = {_NAMES[name]: _readable(bounds[name]) for name in bounds if name in _NAMES}
        return say(words, **known)
    return error["msg"].removeprefix("Value error, ")


def options_in_words(expected: str) -> str:
    """Say which values are allowed, as pydantic lists them: "'at once' or 'at a click'"."""
    options, _, last = expected.rpartition(" or ")
    return say("{options} or {last}", options=options, last=last) if options else last


def _readable(bound: object) -> object:
    """Write a long number as people do: 10,000,000 and not 10000000.0; a date as plans do."""
    if not isinstance(bound, int | float | Decimal):
        return bound
    if bound % 1:
        return number(bound, "")
    return number(int(bound), "," if bound >= 10_000 else "")


def shortened(given: object) -> str:
    """Show what was given, cut where it is long; half a character by its number."""
    text = str(given).encode(errors="backslashreplace").decode()
    return text if len(text) <= 60 else f"{text[:57]}..."
