"""Dates as a language writes them, with the month by its name, so that nobody mistakes it."""

from datetime import date

from tierlogic.language.spoken import language
from tierlogic.language.translations import ENGLISH


def day_in_words(day: date) -> str:
    """Say a date: "3 Jun 2026"."""
    return f"{day.day} {day:%b %Y}" if language() == ENGLISH else _said(day, "yMMMd")


def day_of_a_year_in_words(day: date) -> str:
    """Say a date whose year is known: "3 Jun"."""
    return f"{day.day} {day:%b}" if language() == ENGLISH else _said(day, "MMMd")


def month_in_words(day: date) -> str:
    """Say the month of a date: "June 2026"."""
    return f"{day:%B %Y}" if language() == ENGLISH else _said(day, "yMMMM")


def short_month_in_words(day: date) -> str:
    """Say the month of a date: "Jun 2026"."""
    return f"{day:%b %Y}" if language() == ENGLISH else _said(day, "yMMM")


def _said(day: date, parts: str) -> str:
    """Say the parts of a date that a skeleton of Unicode's CLDR names."""
    # Imported only where it is used: English does without.
    from babel.dates import format_skeleton  # noqa: PLC0415

    return format_skeleton(parts, day, locale=language())
