"""JSON: pages of buckets, lists of entries, or one entry a line, read an entry at a time."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from tierlogic.imports.files import Text
from tierlogic.imports.records import ImportFileError
from tierlogic.imports.rows import Row, column_name
from tierlogic.language import number, say

MAX_ENTRY = 16_000_000
"""Characters."""
MAX_FIELDS = 1_000
_CHUNK = 1 << 18
_SPACE = " \t\r\n,"
_LISTS = ("data", "results", "items", "logs", "rows")
"""Keys under which a document keeps its entries."""
_BUCKET_LISTS = ("results", "result")
_MARK_OF_A_NUMBER = 2
"""Characters that need a digit behind them to be part of a number: ".", "e" and "e-"."""
_DEPTH = 4
"""Of objects in an entry that are looked into."""


def _refuse(constant: str) -> NoReturn:
    raise ValueError(say("{value} is not a number", value=constant))


_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=_refuse)


@dataclass
class Document:
    """The rows of one file that is JSON.

    A bucket's results become rows that carry the bucket's times; nested objects become columns
    whose names are joined by underscores: amount.value is amount_value.
    """

    text: Text
    _buffer: str
    _at: int = 0
    _line: int = 1
    _goes_on: bool = False
    """Whether the page that was read last says that another one follows it."""

    def rows(self) -> Iterator[Row]:
        """Yield each entry as a row.

        Raises:
            ImportFileError: it is not JSON, or nested too deep.
        """
        while head := self._head():
            if head == "[":
                yield from self._list()
            elif head == "{":
                yield from self._object()
            else:
                raise ImportFileError(
                    say(
                        "{file} is not JSON: line {line} holds {found}",
                        file=self.text.name,
                        line=self._line,
                        found=repr(head),
                    )
                )
        if self._goes_on:
            follow = say(
                "{file} says that more pages follow it; give those files too.", file=self.text.name
            )
            self.text.note(follow)

    def _list(self) -> Iterator[Row]:
        self._at += 1
        while (head := self._head()) != "]":
            if not head:
                self._cut_off()
                return
            line, entry = self._line, self._value()
            if entry is _CUT:
                return
            yield from self._rows_of(line, entry)
        self._at += 1

    def _object(self) -> Iterator[Row]:
        """Read an object's members; the entries of a page at once, one after the other."""
        line, members, is_page = self._line, dict[str, object](), False
        self._at += 1
        while (head := self._head()) != "}":
            key = self._value() if head == '"' else None
            if not head:
                self._cut_off()
            if key is _CUT or not head:
                return
            if not isinstance(key, str) or self._head() != ":":
                raise ImportFileError(
                    say(
                        "{file} is not JSON: line {line} has no key and colon",
                        file=self.text.name,
                        line=self._line,
                    )
                )
            self._at += 1
            if self._head() == "[" and key in _LISTS:
                is_page = True
                yield from self._list()
                continue
            members[key] = self._value()
            if members[key] is _CUT:
                return
        self._at += 1
        if is_page:
            self._goes_on = members.get("has_more") is True
        else:
            yield from self._rows_of(line, members)

    def _rows_of(self, line: int, entry: object) -> Iterator[Row]:
        if not isinstance(entry, Mapping):
            self.text.leave_out(line, say("is no entry with named fields"))
            return
        inner = next((entry[key] for key in _BUCKET_LISTS if _is_list(entry.get(key))), None)
        if inner is None and _is_list(entry.get("data")):
            self._goes_on = entry.get("has_more") is True
            for bucket in entry["data"]:
                yield from self._rows_of(line, bucket)
            return
        own = dict(_flat({key: entry[key] for key in entry if key not in _BUCKET_LISTS}))
        if len(own) > MAX_FIELDS:
            most = number(MAX_FIELDS)
            self.text.leave_out(line, say("has more than {most} fields", most=most))
        elif not inner:
            yield Row(line, own)
        else:
            for result in inner:
                if isinstance(result, Mapping):
                    yield Row(line, own | dict(_flat(result)))
                else:
                    self.text.leave_out(line, say("is no result with named fields"))

    def _head(self) -> str:
        """Return the next character that is neither space nor comma; "" at the end."""
        while True:
            buffer, at = self._buffer, self._at
            while at < len(buffer) and buffer[at] in _SPACE:
                self._line += buffer[at] == "\n"
                at += 1
            self._at = at
            if at < len(buffer):
                return buffer[at]
            if not self._more():
                return ""

    def _value(self) -> object:
        """Decode the value that begins here, fetching as much of it as it needs."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                if len(self._buffer) - self._at > MAX_ENTRY:
                    raise self._too_long() from error
                if self._more():
                    continue
                if error.pos < len(self._buffer.rstrip()) and "Unterminated" not in error.msg:
                    raise self._not_json(error.msg) from error
                self._cut_off()
                return _CUT
            except RecursionError:
                raise ImportFileError(
                    say("{file} is nested too deep for a report of usage", file=self.text.name)
                ) from None
            except ValueError as error:
                raise self._not_json(str(error)) from error
            # A number that seems to end near the buffer's end may go on: 0 is the 0 of 0.5.
            length = end - self._at
            if end + _MARK_OF_A_NUMBER < len(self._buffer) or not self._more():
                end = self._at + length
                self._line += self._buffer.count("\n", self._at, end)
                self._at = end
                return value

    def _more(self) -> bool:
        rest = self._buffer[self._at :]
        chunk = self.text.chunk(max(_CHUNK, len(rest)))
        self._buffer, self._at = rest + chunk, 0
        return bool(chunk)

    def _cut_off(self) -> None:
        self._at = len(self._buffer)
        self.text.leave_out(self._line, say("is cut off: the file ends within it"))

    def _not_json(self, reason: str) -> ImportFileError:
        return ImportFileError(
            say(
                "{file} is not JSON: {reason} on line {line}",
                file=self.text.name,
                reason=reason,
                line=self._line,
            )
        )

    def _too_long(self) -> ImportFileError:
        return ImportFileError(
            say(
                "{file} has an entry of more than {most} characters on line {line}",
                file=self.text.name,
                most=number(MAX_ENTRY),
                line=self._line,
            )
        )


_CUT = object()


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _flat(entry: Mapping[str, object], depth: int = _DEPTH) -> Iterator[tuple[str, str]]:
    for key, value in entry.items():
        name = column_name(key)
        if isinstance(value, Mapping):
            if depth > 1:
                yield from ((f"{name}_{inner}", cell) for inner, cell in _flat(value, depth - 1))
        elif isinstance(value, bool):
            yield name, str(value).casefold()
        elif isinstance(value, str | Decimal):
            yield name, str(value)
