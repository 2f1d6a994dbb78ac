"""Where the keys of a TOML text stand: tomllib reads the values, and forgets their lines."""

import re
from bisect import bisect_right

from tierlogic.rules.ways import Way


def key_lines(text: str) -> dict[Way, int]:
    """Find the line of each key and each list entry of a TOML text that tomllib can read."""
    return _Scan(text).lines


_QUOTED = re.compile(
    r"""
    \"{3} (?:\\.|[^\\])*? \"{3,5}  # as TOML has it: the last quotes may be its content's
    | '{3} .*? '{3,5}
    | " (?:\\.|[^"\\\n])* "
    | ' [^'\n]* '
    """,
    re.DOTALL | re.VERBOSE,
)
_BARE = re.compile(r"[^,\]}\n#=.\s]+")
_SCALAR = re.compile(r"[^,\]}\n#]*")
_SPACE = re.compile(r"(?:\s|#[^\n]*)*")


class _Scan:
    """Walks a TOML text that is known to be valid, and notes where its keys stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Way, int] = {}
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._entries: dict[Way, int] = {}
        table: Way = ()
        while self._skip(_SPACE) is not None and self.at < len(text):
            if text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Way:
        twice = self.text.startswith("[[", self.at)
        here = self.at
        self.at += 2 if twice else 1
        *outer, last = self._keys()
        self.at += 2 if twice else 1
        way: Way = ()
        for key in outer:
            way = self._latest((*way, key))
        way = (*way, last)
        if twice:
            self._note(way, here)
            self._entries[way] = self._entries.get(way, -1) + 1
        way = self._latest(way)
        self._note(way, here)
        return way

    def _latest(self, way: Way) -> Way:
        """The last entry of a list of tables; any other way as it is."""
        return (*way, self._entries[way]) if way in self._entries else way

    def _pair(self, table: Way) -> None:
        here = self.at
        way = table
        for key in self._keys():
            way = (*way, key)
            self._note(way, here)
        self._skip(_SPACE)
        self.at += 1  # =
        self._value(way)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip(_SPACE)
            quoted = _QUOTED.match(self.text, self.at)
            keys.append(self._skip(_QUOTED)[1:-1] if quoted else self._skip(_BARE))
            self._skip(_SPACE)
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def _value(self, way: Way) -> None:
        self._skip(_SPACE)
        opening = self.text[self.at]
        if opening == "[":
            self._inside("]", way)
        elif opening == "{":
            self._inside("}", way)
        else:
            self._skip(_QUOTED if opening in "\"'" else _SCALAR)

    def _inside(self, closing: str, way: Way) -> None:
        self.at += 1
        index = 0
        while self._skip(_SPACE) is not None and self.text[self.at] != closing:
            if self.text[self.at] == ",":
                self.at += 1
            elif closing == "}":
                self._pair(way)
            else:
                self._note((*way, index), self.at)
                self._value((*way, index))
                index += 1
        self.at += 1

    def _note(self, way: Way, at: int) -> None:
        self.lines.setdefault(way, bisect_right(self._starts, at))

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise AssertionError("tomllib reads this text, so a token stands here")
        self.at = found.end()
        return found[0]
