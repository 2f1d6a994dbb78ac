"""Dates and numbers that the reader's browser writes: charts leave them to d3."""

from typing import Any

from tierlogic.language.spoken import is_english, language

_IN_ENGLISH = {
    "y": "%Y",
    "yMMM": "%b %Y",
    "yMMMM": "%B %Y",
    "MMMd": "%-d %b",
    "yMMMd": "%-d %b %Y",
    "yMMMEd": "%a %-d %b %Y",
}
_FIELDS = {
    ("y", 1): "%Y",
    ("y", 4): "%Y",
    ("M", 1): "%-m",
    ("M", 2): "%m",
    ("M", 3): "%b",
    ("M", 4): "%B",
    ("d", 1): "%-d",
    ("d", 2): "%d",
    ("E", 1): "%a",
    ("E", 3): "%a",
    ("E", 4): "%A",
}
"""A letter of CLDR's patterns and how often it stands there, as d3 writes it."""
_ALIKE = str.maketrans({"Y": "y", "L": "M", "c": "E"})


def date_format_for_d3(parts: str) -> str:
    """Return the format of a date: "%-d %b %Y".

    Args:
        parts: of the date, a skeleton of Unicode's CLDR: "y", "yMMM", "yMMMM", "MMMd", "yMMMd" or
            "yMMMEd".
    """
    if is_english():
        return _IN_ENGLISH[parts]
    # Imported only where it is used: English does without.
    from babel import Locale  # noqa: PLC0415
    from babel.dates import match_skeleton, tokenize_pattern  # noqa: PLC0415

    known = Locale.parse(language()).datetime_skeletons
    pattern = known[match_skeleton(parts, known) or "yMMMd"].pattern
    return "".join(
        text if isinstance(text, str) else _FIELDS[text[0].translate(_ALIKE), text[1]]
        for _kind, text in tokenize_pattern(pattern)
    )


def locale_for_d3() -> dict[str, Any] | None:
    """Return the names and marks that d3 writes with, as Vega-Lite's config takes them.

    Returns:
        None for English, which d3 speaks.
    """
    if is_english():
        return None
    # Imported only where it is used: English does without.
    from babel import Locale  # noqa: PLC0415
    from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415

    locale = Locale.parse(language())
    days, months = locale.days["format"], locale.months["format"]
    day = date_format_for_d3("yMMMd")
    return {
        "number": {
            "decimal": get_decimal_symbol(locale),
            "thousands": get_group_symbol(locale),
            "grouping": [3],
            "currency": ["", ""],
        },
        "time": {
            "dateTime": f"{day} %H:%M:%S",
            "date": day,
            "time": "%H:%M:%S",
            "periods": ["AM", "PM"],
            # CLDR's weeks begin on Monday, and d3's on Sunday.
            "days": [days["wide"][(place + 6) % 7] for place in range(7)],
            "shortDays": [days["abbreviated"][(place + 6) % 7] for place in range(7)],
            "months": [months["wide"][place] for place in range(1, 13)],
            "shortMonths": [months["abbreviated"][place] for place in range(1, 13)],
        },
    }
