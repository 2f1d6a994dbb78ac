"""Faults: what is wrong with a rules file, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from tierlogic.language import say


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a rules file."""

    key: str
    """Where, in the file's own names; empty: it is about more than one key."""
    says: str
    """What is wrong and what is allowed."""
    line: int | None = None
    """From 1; None: not found, or not at one line."""
    given: str | None = None

    def __str__(self) -> str:
        """Say it in one sentence."""
        what = f"{self.key}: {self.says}" if self.key else self.says
        if self.given is None:
            return what
        return say("{problem} (given: {given})", problem=what, given=self.given)

    def at(self, file: str) -> str:
        """Say it as compilers do: file, line, key, what is wrong."""
        return f"{file}:{self.line}: {self}" if self.line else f"{file}: {self}"


class FaultyRulesError(ValueError):
    """Rules that cannot be used, with all their faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults, in the order of their lines."""
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line or 0))
        super().__init__("; ".join(map(_with_line, self.faults)))


def _with_line(fault: Fault) -> str:
    if not fault.line:
        return str(fault)
    return say("line {line}, {problem}", line=fault.line, problem=fault)
