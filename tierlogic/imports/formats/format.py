"""What a format is."""

from collections.abc import Callable
from dataclasses import dataclass

from tierlogic.imports.records import Record
from tierlogic.imports.rows import Row


@dataclass(frozen=True)
class Format:
    """One kind of export, known by its columns."""

    name: str
    """As its reader knows it, in English: "OpenAI costs export"."""
    recognises: Callable[[frozenset[str]], bool]
    """Told the columns, in lower case with underscores."""
    read: Callable[[Row], Record | None]
    """Read a row; None where it counts nothing that is of use here. Raises UnreadableError."""


def has(*needed: str) -> Callable[[frozenset[str]], bool]:
    """Recognise a file by columns that it needs to have."""
    return frozenset(needed).issubset
