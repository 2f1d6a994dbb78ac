"""One row of a file, whatever the file was: named cells that are read with reasons."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

from tierlogic.complaints import shortened
from tierlogic.imports.records import UnreadableError
from tierlogic.language import number, say
from tierlogic.scenario import FIRST_DAY, LAST_DAY

MAX_TOKENS = 10**13
MAX_MONEY = 10**9
MAX_NAME = 200

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_POINTS = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d*)(\.\d*)?([eE][+-]?\d{1,3})?$")
_COMMAS = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d*)(,\d*)?$")
_SURELY_COMMA = re.compile(r"[+-]?(0,\d+|\d+,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3})+,\d+)$")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY"}
_SIGN = re.compile(r"^(?:US)?(?P<before>[$€£¥])|(?P<after>[$€£¥]|[A-Z]{3})$")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})$")
_TIME_BEHIND = re.compile(r"[ ,T]+\d{1,2}:\d{2}(:\d{2})?( ?[AP]M)?$", re.IGNORECASE)
_FORMATS = ("%Y%m%d", "%Y/%m/%d", "%d.%m.%Y", "%d %b %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y")
_SLASHED_FORMATS = {"day": "%d/%m/%Y", "month": "%m/%d/%Y"}
_MINUTE = "%Y-%m-%d %H:%M"
SlashedDates = Literal["day", "month"]


def column_name(written: str) -> str:
    """Return a header's name as all formats spell it: "Usage Date (UTC)" is usage_date_utc."""
    return _NOT_WORD.sub("_", _CAMEL.sub("_", written.strip()).casefold()).strip("_")


def slashed_dates(cells: list[str]) -> SlashedDates | None:
    """Tell what dates such as 03/04/2026 begin with, if one of them has a number above 12."""
    found = [match for match in map(_SLASHED.match, map(_without_time, cells)) if match]
    day_first = any(int(match[1]) > 12 for match in found)
    month_first = any(int(match[2]) > 12 for match in found)
    if day_first == month_first:
        return None
    return "day" if day_first else "month"


def has_decimal_commas(cells: list[str]) -> bool:
    """Whether some of these cells can only be numbers with a decimal comma."""
    return any(_SURELY_COMMA.match(cell) for cell in cells)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, and its cells by column name."""

    line: int
    cells: Mapping[str, str]
    decimal_comma: bool = False
    slashed: SlashedDates | None = None
    """What 03/04/2026 begins with; None: nobody knows, and such a date cannot be read."""

    def text(self, *columns: str) -> str | None:
        """Return the first of some cells that is not empty, fit to be shown; None where all are."""
        for column in columns:
            if cell := self.cells.get(column, "").strip():
                if cell.isprintable() and len(cell) <= MAX_NAME:
                    return cell
                return "".join(c if c.isprintable() else " " for c in cell[:MAX_NAME])
        return None

    def currency(self, column: str = "currency", amount: str | None = None) -> str | None:
        """Return a currency's code, from its column or from an amount's sign; None for neither.

        Raises:
            UnreadableError: it is no code of three letters.
        """
        sign = _SIGN.search(self.cells.get(amount, "").strip()) if amount else None
        if sign and column not in self.cells:
            written = sign["before"] or sign["after"]
            return _SIGNS.get(written, written)
        cell = self.cells.get(column, "").strip().upper()
        if cell and not re.fullmatch("[A-Z]{3}", cell):
            raise UnreadableError(
                say(
                    "{column} is {found}, not a code such as USD",
                    column=column,
                    found=repr(shortened(cell)),
                )
            )
        return cell or None

    def number(self, column: str, at_most: int = MAX_MONEY) -> Decimal | None:
        """Return a cell's number; None where it is empty.

        Raises:
            UnreadableError: it is not a number, is negative, or is too large to be true.
        """
        cell = self.cells.get(column, "").strip()
        if not cell:
            return None
        value = _number(cell, self.decimal_comma)
        if value is None or not 0 <= value <= at_most:
            raise UnreadableError(_why_no_number(column, shortened(cell), value, at_most))
        return value

    def count(self, column: str) -> int:
        """Return a cell's whole number, 59200.0 too; 0 where it is empty.

        Raises:
            UnreadableError: as for `number`, or it is not whole.
        """
        # Most cells are plain digits, and a large file has millions of them.
        cell = self.cells.get(column, "")
        plain = cell.removesuffix(".0")
        if plain.isdecimal() and len(plain) <= 13 and not self.decimal_comma:
            return int(plain)
        value = self.number(column, MAX_TOKENS)
        if value is None:
            return 0
        if value != value.to_integral_value():
            found = shortened(cell)
            raise UnreadableError(
                say("{column} is {found}, not a whole number", column=column, found=found)
            )
        return int(value)

    def moment(self, *columns: str) -> datetime | None:
        """Return the time in the first of some cells that is not empty, in UTC.

        Raises:
            UnreadableError: it is not a time, or not one of a plan's days.
        """
        written = self.text(*columns)
        return None if written is None else _moment(written, self.slashed)

    def day(self, *columns: str) -> date:
        """Return the day in the first of some cells that is not empty, in UTC.

        Raises:
            UnreadableError: as for `moment`, or all are empty.
        """
        moment = self.moment(*columns)
        if moment is None:
            raise no_date(columns[0])
        return moment.date()


def bucket(row: Row, starts: tuple[str, ...], ends: tuple[str, ...]) -> tuple[date, int | None]:
    """Return the day that a row's span of time is of, and its end in seconds since 1970.

    Raises:
        UnreadableError: a time cannot be read, or the span is longer than a day.
    """
    start, end = row.moment(*starts), row.moment(*ends)
    if start is None:
        raise no_date(starts[0])
    if end is None:
        return start.date(), None
    if not timedelta(0) <= end - start <= timedelta(days=1):
        raise UnreadableError(
            say(
                "spans {start} to {end}; export a row a day, or finer",
                start=start.strftime(_MINUTE),
                end=end.strftime(_MINUTE),
            )
        )
    # A day of another time zone is the one that most of it lies in, and is whole.
    day = (start + (end - start) / 2).date()
    return day, None if end - start == timedelta(days=1) else int(end.timestamp())


def no_date(column: str) -> UnreadableError:
    """Make the error of a row without a date."""
    return UnreadableError(say("{column} is empty; a date is needed", column=column))


def _number(cell: str, decimal_comma: bool) -> Decimal | None:
    bare = _SIGN.sub("", cell).replace("\u00a0", "").replace(" ", "")
    if not any(map(str.isdigit, bare)) or not (_COMMAS if decimal_comma else _POINTS).match(bare):
        return None
    plain = bare.replace(".", "").replace(",", ".") if decimal_comma else bare.replace(",", "")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _why_no_number(column: str, found: str, value: Decimal | None, at_most: int) -> str:
    if value is None:
        return say("{column} is {found}, not a number", column=column, found=repr(found))
    if value < 0:
        return say("{column} is {found}; it must not be negative", column=column, found=found)
    most = number(at_most)
    return say("{column} is {found}, more than {most}", column=column, found=found, most=most)


@lru_cache(maxsize=8192)
def _moment(written: str, slashed: SlashedDates | None) -> datetime:
    moment = _parsed(written, slashed)
    if moment is None or not FIRST_DAY <= moment.date() <= LAST_DAY:
        raise UnreadableError(_why_no_moment(written, moment, slashed))
    return moment


def _why_no_moment(written: str, moment: datetime | None, slashed: SlashedDates | None) -> str:
    found = repr(shortened(written))
    if moment is not None:
        return say(
            "{found} is not between {first_day} and {last_day}",
            found=found,
            first_day=FIRST_DAY,
            last_day=LAST_DAY,
        )
    if slashed is None and _SLASHED.match(_without_time(written)):
        return say("{found} may be two dates: write it as 2026-12-31, year first", found=found)
    return say("{found} is not a date; write it as 2026-12-31", found=found)


def _parsed(written: str, slashed: SlashedDates | None) -> datetime | None:
    seconds = _number(written, decimal_comma=False) if written[:1].isdigit() else None
    if seconds is not None and 10**9 <= seconds < 10**14:
        # Milliseconds have three digits more than seconds have for thousands of years.
        return datetime.fromtimestamp(float(seconds if seconds < 10**11 else seconds / 1000), UTC)
    # Some logs write the zone as a word, and some leave a space before the offset.
    iso = written.removesuffix(" UTC")
    try:
        moment = datetime.fromisoformat(re.sub(r"\s+([+-]\d\d:?\d\d)$", r"\1", iso))
    except ValueError:
        return _by_pattern(_without_time(written), slashed)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None


def _without_time(written: str) -> str:
    """Leave out a time without a zone behind a date."""
    return _TIME_BEHIND.sub("", written)


def _by_pattern(written: str, slashed: SlashedDates | None) -> datetime | None:
    by_order = [_SLASHED_FORMATS[slashed]] if slashed else []
    for pattern in (*_FORMATS, *by_order):
        try:
            return datetime.strptime(written.replace("-", "/"), pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
