"""Lists in words."""

import functools
from collections.abc import Iterable, Sequence

from tierlogic.language import number, say


def first_of(names: Sequence[str], most: int = 3) -> str:
    """Name the first of some names, and say how many more there are: "a, b, c and 2 more"."""
    shown = ", ".join(names[:most])
    if len(names) <= most:
        return shown
    return say("{names} and {count} more", names=shown, count=number(len(names) - most))


def all_of(names: Iterable[str]) -> str:
    """Name each of some names, of which there is one at least: "a and b"."""
    return functools.reduce(
        lambda named, last: say("{names} and {last}", names=named, last=last), names
    )
