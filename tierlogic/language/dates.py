"""Dates as a language writes them, with the month by its name, so that nobody mistakes it."""

from datetime import date

from tierlogic.language.spoken import is_english, language


def day_in_words(day: date) -> str:
    """Say a date: "3 Jun 2026"."""
    return f"{day.day} {day:%b %Y}" if is_english() else _said(day, "yMMMd")


def day_of_a_year_in_words(day: date) -> str:
    """Say a date whose year is known: "3 Jun"."""
    return f"{day.day} {day:%b}" if is_english() else _said(day, "MMMd")


def month_in_words(day: date) -> str:
    """Say the month of a date: "June 2026"."""
    return f"{day:%B %Y}" if is_english() else _said(day, "yMMMM")


def short_month_in_words(day: date) -> str:
    """Say the month of a date: "Jun 2026"."""
    return f"{day:%b %Y}" if is_english() else _said(day, "yMMM")


def span_in_words(first: date, last: date) -> str:
    """Say a span of days: "12 to 19 Dec 2026", "28 Nov to 3 Dec 2026"."""
    if not is_english():
        return _span_said(first, last, "yMMMd")
    if first == last:
        return day_in_words(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_in_words(last)}"
    if first.year == last.year:
        return f"{day_of_a_year_in_words(first)} to {day_in_words(last)}"
    return f"{day_in_words(first)} to {day_in_words(last)}"


def short_span_in_words(first: date, last: date, *, with_year: bool) -> str:
    """Say a span of days where there is little room: "12–19 Dec", "28 Nov–3 Dec 2026"."""  # noqa: RUF002
    if not is_english():
        return _span_said(first, last, "yMMMd" if with_year else "MMMd")
    until = day_in_words(last) if with_year else day_of_a_year_in_words(last)
    if first == last:
        return until
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{until}"  # noqa: RUF001
    return f"{day_of_a_year_in_words(first)}–{until}"  # noqa: RUF001


def _span_said(first: date, last: date, parts: str) -> str:
    """Say a span of days by the parts of its dates that a skeleton of Unicode's CLDR names."""
    # Imported only where it is used: English does without.
    from babel.dates import format_interval  # noqa: PLC0415

    return format_interval(first, last, parts, locale=language())


def _said(day: date, parts: str) -> str:
    """Say the parts of a date that a skeleton of Unicode's CLDR names."""
    # Imported only where it is used: English does without.
    from babel.dates import format_skeleton  # noqa: PLC0415

    return format_skeleton(parts, day, locale=language())
