"""Ways: the keys and indices that lead to a value of a file, and how its reader is told of one."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from tierlogic.language import say

Way = tuple[str | int, ...]
"""The keys and indices that lead to a value."""


def value_at(content: Any, way: Way) -> Any:
    """Return the value that a way leads to."""
    for part in way:
        content = content[part]
    return content


def line_of(way: Way, lines: Mapping[Way, int]) -> int | None:
    """Find the line of a key, or for one that is missing that of the nearest table around it."""
    ends = range(len(way), 0, -1)
    return next((lines[way[:end]] for end in ends if way[:end] in lines), None)


def in_words(way: Way, content: dict[str, Any]) -> str:
    """Say a way in the file's own names: "tier 'Tier 2', opens_when.all, gate 1, at_least"."""
    words: list[str] = []
    keys: list[str] = []
    for end, (list_name, part) in enumerate(pairwise(("", *way)), 1):
        if isinstance(part, int):
            one = {"all": "gate", "any": "gate"}.get(
                str(list_name), str(list_name).removesuffix("s")
            )
            if one != "gate":
                keys.pop()
            words += [".".join(keys)] if keys else []
            words.append(_entry(one, part, value_at(content, way[:end])))
            keys = []
        else:
            keys.append(str(part))
    return ", ".join([*words, ".".join(keys)] if keys else words)


def _entry(one: str, index: int, value: object) -> str:
    names = (value.get(key) for key in ("name", "model", "tier")) if isinstance(value, dict) else ()
    name = next((name for name in names if isinstance(name, str)), None)
    if one == "gate":
        return say("gate {number}", number=index + 1)
    return f"{one} {index + 1}" if name is None else f"{one} {name!r}"
