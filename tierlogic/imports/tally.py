"""One file's rows summed by day, and several files' sums put together without counting twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import NamedTuple

from tierlogic.imports.documents import Document
from tierlogic.imports.files import Text
from tierlogic.imports.formats import FORMATS, recognise
from tierlogic.imports.formats.format import Format
from tierlogic.imports.records import ImportFileError, Mode, Record, Tokens, UnreadableError
from tierlogic.imports.rows import Row
from tierlogic.imports.table import Table
from tierlogic.language import day_in_words, say, say_count

_ROWS_TO_RECOGNISE = 1_000
_COLUMNS_NAMED = 8


class Key(NamedTuple):
    """What rows that are summed have in common."""

    day: date
    provider: str | None
    model: str | None
    mode: Mode
    currency: str | None
    not_tokens: str | None
    scope: tuple[str | None, ...]


@dataclass(slots=True)
class Entry:
    """The sum of the rows of one key."""

    tokens: Tokens | None = None
    billed: Decimal | None = None
    paid: Decimal | None = None
    listed: Decimal | None = None
    rounding: Decimal = Decimal(0)

    def add(self, record: Record) -> None:
        """Add a row."""
        if record.tokens is not None:
            self.tokens = self.tokens or Tokens()
            self.tokens.add(record.tokens)
        if record.billed is not None:
            self.billed = (self.billed or 0) + record.billed
        if record.paid is not None:
            self.paid = (self.paid or 0) + record.paid
        if record.listed is not None:
            self.listed = (self.listed or 0) + record.listed
        self.rounding += record.rounding

    @property
    def weight(self) -> tuple[Decimal, int]:
        """Orders two readings of one thing: the later one has more."""
        money = (self.billed or Decimal(0)) + (self.paid or Decimal(0))
        return money, self.tokens.total if self.tokens else 0


@dataclass
class Tally:
    """One file, summed."""

    name: str
    format: Format
    entries: dict[Key, Entry] = field(default_factory=dict)
    rows: int = 0
    """That were read and are of use."""
    until: int | None = None
    """How far it reaches, in seconds since 1970; None: to the end of its last day."""
    counts_requests: bool = False


def tally(text: Text, requests: set[int], *, is_alone: bool) -> Tally:
    """Sum one file.

    Args:
        text: the file, which is read to its end.
        requests: hashes of the requests that were read before; those of this file are added.
        is_alone: no other file can tell the same, so keys and projects need not be told apart.

    Raises:
        ImportFileError: it is in no known format, or no row of it can be read.
    """
    format_, rows = _recognised(text)
    result = Tally(text.name, format_)
    repeated = 0
    for row in rows:
        try:
            record = format_.read(row)
        except UnreadableError as reason:
            text.leave_out(row.line, str(reason))
            continue
        if record is None:
            continue
        if record.request is not None:
            result.counts_requests = True
            request = hash((format_.name, record.request))
            if request in requests:
                repeated += 1
                continue
            requests.add(request)
        if record.until is not None:
            result.until = max(record.until, result.until or 0)
        key = _key(record, record.scope if not is_alone else ())
        entry = result.entries.get(key)
        if entry is None:
            entry = result.entries[key] = Entry()
        entry.add(record)
        result.rows += 1
    if repeated:
        text.note(
            say_count(
                "{count} request of {file} was in the files already.",
                "{count} requests of {file} were in the files already.",
                repeated,
                file=text.name,
            )
        )
    if not result.rows and not repeated:
        raise ImportFileError(_nothing_read(text, format_))
    return result


def put_together(tallies: Iterable[Tally], notes: list[str]) -> Iterator[tuple[Format, Key, Entry]]:
    """Yield every file's sums; what two files of one format both tell is taken once.

    Of two readings the larger is taken: it is the later export of a day that was not over.
    """
    by_format: dict[str, list[Tally]] = defaultdict(list)
    for one in tallies:
        by_format[one.format.name].append(one)
    for alike in by_format.values():
        if len(alike) == 1 or any(one.counts_requests for one in alike):
            for one in alike:
                yield from ((one.format, key, entry) for key, entry in one.entries.items())
        else:
            yield from _without_overlap(alike, notes)


def _without_overlap(tallies: list[Tally], notes: list[str]) -> Iterator[tuple[Format, Key, Entry]]:
    days: dict[date, dict[int, list[tuple[Key, Entry]]]] = defaultdict(lambda: defaultdict(list))
    for place, one in enumerate(tallies):
        for key, entry in one.entries.items():
            days[key.day][place].append((key, entry))
    shared: list[date] = []
    for day, readings in days.items():
        accepted = _Accepted()
        fullest_first = sorted(readings.items(), key=lambda item: _weight(item[1]), reverse=True)
        for place, pairs in fullest_first:
            fresh, told = list[tuple[Key, Entry]](), list[tuple[Key, Entry]]()
            for pair in pairs:
                (told if accepted.tell(pair[0]) else fresh).append(pair)
            if any(any(entry.weight) for _, entry in told):
                shared.append(day)
            accepted.add(key for key, _ in fresh)
            yield from ((tallies[place].format, key, entry) for key, entry in fresh)
    if shared:
        names = ", ".join(one.name for one in tallies)
        notes.append(
            say(
                "{files} overlap from {first_day} to {last_day}: "
                "what they both tell was counted once.",
                files=names,
                first_day=day_in_words(min(shared)),
                last_day=day_in_words(max(shared)),
            )
        )


def _weight(pairs: list[tuple[Key, Entry]]) -> tuple[Decimal, int]:
    weights = [entry.weight for _, entry in pairs]
    return sum((money for money, _ in weights), Decimal(0)), sum(count for _, count in weights)


_Identity = tuple[str | None, ...]
_Mask = frozenset[int]


class _Accepted:
    """What was taken of one day. What a row does not tell apart, it tells all of."""

    def __init__(self) -> None:
        self._by_mask: dict[_Mask, set[_Identity]] = defaultdict(set)
        self._common: dict[tuple[_Mask, _Mask], set[_Identity]] = {}

    def add(self, keys: Iterable[Key]) -> None:
        for key in keys:
            mask, own = _told_apart(key)
            self._by_mask[mask].add(own)
        self._common.clear()

    def tell(self, key: Key) -> bool:
        """Whether something that was taken tells what this key does, as far as both tell apart."""
        mask, own = _told_apart(key)
        return any(_only(own, mask & other) in self._seen(mask, other) for other in self._by_mask)

    def _seen(self, mask: _Mask, other: _Mask) -> set[_Identity]:
        seen = self._common.get((mask, other))
        if seen is None:
            seen = {_only(taken, mask & other) for taken in self._by_mask[other]}
            self._common[mask, other] = seen
        return seen


def _told_apart(key: Key) -> tuple[_Mask, _Identity]:
    own: _Identity = (key.provider, key.model, key.currency, *key.scope)
    return frozenset(place for place, part in enumerate(own) if part is not None), own


def _only(identity: _Identity, places: _Mask) -> _Identity:
    return tuple(identity[place] for place in sorted(places))


def _key(record: Record, scope: tuple[str | None, ...]) -> Key:
    return Key(
        record.day,
        record.provider,
        record.model,
        record.mode,
        record.currency,
        record.not_tokens,
        scope,
    )


def _recognised(text: Text) -> tuple[Format, Iterator[Row]]:
    opening = text.opening()
    if opening.lstrip().startswith(("{", "[")):
        rows = Document(text, opening).rows()
        first: list[Row] = []
        columns: frozenset[str] = frozenset()
        for row in islice(rows, _ROWS_TO_RECOGNISE):
            first.append(row)
            columns |= row.cells.keys()
            if known := recognise(columns):
                return known, chain(first, rows)
    else:
        table = Table(text, opening)
        columns = frozenset(table.columns)
        if known := recognise(columns):
            return known, table.rows()
    raise ImportFileError(
        say(
            "{file} is in no format that is known here (it has {columns}); known are: {formats}",
            file=text.name,
            columns=", ".join(sorted(columns)[:_COLUMNS_NAMED]) or say("nothing"),
            formats="; ".join(say(known.name) for known in FORMATS),
        )
    )


def _nothing_read(text: Text, format_: Format) -> str:
    kind = repr(say(format_.name))
    if not text.unread:
        return say(
            "{file} is a file of {format}, but no row of it can be used",
            file=text.name,
            format=kind,
        )
    first = text.unread[0]
    return say(
        "{file} is a file of {format}, but no row of it can be used: line {line}: {reason}",
        file=text.name,
        format=kind,
        line=first.line,
        reason=first.reason,
    )
