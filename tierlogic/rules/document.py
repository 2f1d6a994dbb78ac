"""What every rules file holds: its name, its date, its sources and where they disagree."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, model_validator

from tierlogic.language import say

Confidence = Literal["high", "medium", "low"]
_LEAST_FIRST: tuple[Confidence, ...] = ("low", "medium", "high")
Words = Annotated[str, Field(min_length=1, max_length=800)]


def _least_first(days: tuple[int, int]) -> tuple[int, int]:
    if days[0] > days[1]:
        raise ValueError(say("must not fall: write [least, most]"))
    return days


_LagDay = Annotated[StrictInt, Field(ge=0, le=365)]
LagDays = Annotated[tuple[_LagDay, _LagDay], AfterValidator(_least_first)]
"""The least and the most days that a tier comes after it was earned."""


class RuleModel(BaseModel):
    """Base of everything read from a rules file: frozen, and no key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Source(RuleModel):
    """One place where a number was read."""

    url: Words
    """Address, or for a copy without one the words that find it."""
    read: date
    """Day on which it was read."""
    confidence: Confidence
    """high: the provider's own dated text. medium: a faithful copy. low: someone's report."""
    copied: str | None = None
    """Date of the copy that was read, as far as it is known."""
    note: Words | None = None


class Note(RuleModel):
    """A known disagreement between sources, or a gap that a reader must know."""

    text: Words
    sources: tuple[str, ...] = ()
    """Keys of the file's sources that the note speaks of."""


class RulesFile(RuleModel):
    """One dated file: a ladder or a limits table."""

    format: Literal[1]
    """Version of this file format."""
    provider: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    version: Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    title: Words
    """One line that tells this version from its neighbours."""
    in_force_from: date
    """First day for which a source proves these rules."""
    in_force_note: Words | None = None
    """What is known about the day on which they began."""
    sources: dict[str, Source]
    notes: tuple[Note, ...] = ()

    @property
    def id(self) -> str:
        """Name used by scenarios and links, such as "openai/2026-05"."""
        return f"{self.provider}/{self.version}"

    @property
    def confidence(self) -> Confidence:
        """How sure the least sure of the cited rules is."""
        cited = {self.sources[key].confidence for key in self.rules_cited()}
        return next((level for level in _LEAST_FIRST if level in cited), "high")

    def rules_cited(self) -> Iterable[str]:
        """List the sources of the rules themselves, the notes left out."""
        return ()

    def cited(self) -> Iterable[tuple[str, str]]:
        """List every place that names a source, with the key it names."""
        return [(say("a note"), key) for note in self.notes for key in note.sources]

    @model_validator(mode="after")
    def _every_cited_source_exists(self) -> Self:
        for where, key in self.cited():
            if key not in self.sources:
                raise ValueError(source_lacking(where, key, self.sources))
        return self


def source_lacking(where: str, key: str, known: Collection[str]) -> str:
    """Say that a source is named which a file has not.

    Args:
        where: what names it, in words.
        key: the name.
        known: keys of the sources that the file has.
    """
    return say(
        "{place} names source {source}, which the file lacks; it has {sources}",
        place=where,
        source=repr(key),
        sources=", ".join(sorted(known)) or say("none"),
    )
