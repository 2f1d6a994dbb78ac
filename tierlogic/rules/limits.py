"""A limits table: how many tokens and requests a model may carry at each tier."""

import re
from collections.abc import Iterable
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from tierlogic.rules.document import RuleModel, RulesFile, Source, Words

Limit = Annotated[int, Field(ge=0)] | Literal["unlimited", "not available"]
"""A number, or what the provider says in its place. A number that nobody published is absent."""

Measure = Literal["tpm", "input_tpm", "output_tpm", "tpd", "rpm", "rpd"]
MEASURES: tuple[Measure, ...] = get_args(Measure)

_DATED_SNAPSHOT = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{4})$")


class TierLimits(RuleModel):
    """What one tier grants one row of the table. What is absent is unknown."""

    tier: str
    tpm: Limit | None = None
    """Tokens per minute, input and output together."""
    input_tpm: Limit | None = None
    output_tpm: Limit | None = None
    tpd: Limit | None = None
    """Tokens per day."""
    rpm: Limit | None = None
    """Requests per minute."""
    rpd: Limit | None = None
    """Requests per day."""
    source: str | None = None
    """Key of the file's sources; absent: the row's."""
    note: Words | None = None

    def number(self, measure: Measure) -> float | None:
        """Return a limit as a number: infinity if unlimited, 0 if not available, None unknown."""
        limit: int | str | None = getattr(self, measure)
        if limit == "unlimited":
            return float("inf")
        if limit == "not available":
            return 0.0
        return None if limit is None else float(limit)


class LimitsRow(RuleModel):
    """One model, or several that share one pool, with the limits of each tier."""

    model: Annotated[str, Field(min_length=1, max_length=80)]
    aliases: tuple[str, ...] = ()
    """Other names that draw on the same limits."""
    source: str
    tiers: Annotated[tuple[TierLimits, ...], Field(min_length=1)]

    def at(self, tier: str) -> TierLimits | None:
        """What a tier grants, or None where the table does not say."""
        return next((limits for limits in self.tiers if limits.tier == tier), None)

    def number(self, measure: Measure, tier: str) -> float | None:
        """One limit at one tier as a number (see TierLimits.number); None where it is unknown."""
        limits = self.at(tier)
        return limits.number(measure) if limits else None


class LimitsTable(RulesFile):
    """Rate limits of a provider's models, as in force from a date."""

    counts: Words
    """What a token limit counts, in words."""
    complete: bool
    """Whether the source listed every model; False: fragments, much is unknown."""
    rows: tuple[LimitsRow, ...]

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the rows."""
        return tuple(row.model for row in self.rows)

    def row_for(self, model: str) -> LimitsRow | None:
        """Find the row that a model draws on, or None where the table lacks it.

        A name matches a row's model or one of its aliases. A dated snapshot (gpt-4o-2024-08-06,
        gpt-4-0613) that no row names draws on its model's row.
        """
        name = model.strip().lower()
        exact = next((row for row in self.rows if name in (row.model, *row.aliases)), None)
        if exact or not _DATED_SNAPSHOT.search(name):
            return exact
        return self.row_for(_DATED_SNAPSHOT.sub("", name))

    def source_of(self, row: LimitsRow, limits: TierLimits) -> Source:
        """Where a row's limits at a tier were read."""
        return self.sources[limits.source or row.source]

    def cited(self) -> Iterable[tuple[str, str]]:
        """List every place that names a source, with the key it names."""
        yield from super().cited()
        for row in self.rows:
            yield f"row {row.model!r}", row.source
            for limits in row.tiers:
                if limits.source:
                    yield f"row {row.model!r}, {limits.tier}", limits.source

    @model_validator(mode="after")
    def _each_name_stands_once(self) -> Self:
        names = [name for row in self.rows for name in (row.model, *row.aliases)]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"model {name!r} stands twice; keep it in one row")
            if name != name.strip().lower():
                raise ValueError(f"model {name!r}: write it in lower case, without spaces around")
        return self

    @model_validator(mode="after")
    def _each_tier_stands_once_a_row(self) -> Self:
        for row in self.rows:
            tiers = [limits.tier for limits in row.tiers]
            for tier in tiers:
                if tiers.count(tier) > 1:
                    raise ValueError(f"row {row.model!r} has {tier!r} twice; keep one")
        return self
