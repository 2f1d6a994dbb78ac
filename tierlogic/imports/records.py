"""What one row of any file says, and the two ways in which a file or a row can fail."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Mode = Literal["standard", "batch", "flex", "priority"]


class ImportFileError(ValueError):
    """A file that cannot be used at all; its message names the file, what it is and the fix."""


class UnreadableError(ValueError):
    """One row that cannot be used; its message is the reason."""


@dataclass(frozen=True)
class Unread:
    """A row that was left out."""

    file: str
    line: int
    """Counted from 1, the header too; in JSON, the line on which the entry begins."""
    reason: str


@dataclass(slots=True)
class Tokens:
    """Tokens by what they cost. Input is uncached, cached and written together."""

    uncached: int = 0
    cached: int = 0
    written: int = 0
    """Written to a cache of five minutes."""
    written_1h: int = 0
    output: int = 0
    unsplit: int = 0
    """Of which the file does not say whether they are input or output."""

    @property
    def input(self) -> int:
        """All input tokens."""
        return self.uncached + self.cached + self.written + self.written_1h

    @property
    def total(self) -> int:
        """Input and output."""
        return self.input + self.output + self.unsplit

    def add(self, other: "Tokens") -> None:
        """Add another count to this one."""
        self.uncached += other.uncached
        self.cached += other.cached
        self.written += other.written
        self.written_1h += other.written_1h
        self.output += other.output
        self.unsplit += other.unsplit


@dataclass(slots=True)
class Record:
    """One row. A row with neither tokens nor money says that its day is covered."""

    day: date
    """UTC."""
    until: int | None = None
    """How far the row's file reaches, in seconds since 1970; None: to the end of the day."""
    provider: str | None = None
    """Its name in genai-prices; None: the file does not say."""
    model: str | None = None
    tokens: Tokens | None = None
    mode: Mode = "standard"
    billed: Decimal | None = None
    paid: Decimal | None = None
    """A payment to the provider."""
    currency: str | None = None
    """Of billed and paid; None: the file does not say."""
    listed: Decimal | None = None
    """What the tokens cost at the price that the row itself states."""
    rounding: Decimal = Decimal(0)
    """How far the billed amount may be off because the file rounds it."""
    not_tokens: str | None = None
    """What was billed, where it was not tokens: "web search tool calls"."""
    scope: tuple[str | None, ...] = ()
    """Project, key and so on: what tells this row from another file's row of the same day."""
    request: str | None = None
    """Id of the one request that the row is about; None: it sums several."""
