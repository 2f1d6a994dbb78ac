"""A limits table: how many tokens and requests a model may carry at each tier."""

import re
from collections.abc import Iterable
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StrictBool, StrictInt, model_validator

from tierlogic.language import say
from tierlogic.rules.document import RuleModel, RulesFile, Source, Words


class Multiple(RuleModel):
    """So many times the limit of another tier."""

    times: Annotated[StrictInt, Field(ge=1, le=1000)]
    of: str
    """The other tier."""


Limit = (
    Annotated[StrictInt, Field(ge=0)]
    | Literal["unlimited", "not available", "unpublished"]
    | Multiple
)
"""A number, or what the provider says in its place. A number that nobody published is absent."""

Measure = Literal["tpm", "input_tpm", "output_tpm", "tpd", "rps", "rpm", "rpd"]
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
    rps: Limit | None = None
    """Requests per second."""
    rpm: Limit | None = None
    """Requests per minute."""
    rpd: Limit | None = None
    """Requests per day."""
    source: str | None = None
    """Key of the file's sources; absent: the row's."""
    note: Words | None = None


class LimitsRow(RuleModel):
    """One model, or several, with the limits of each tier."""

    model: Annotated[str, Field(min_length=1, max_length=80)]
    """Its name. A star stands for any text: "*" is every model that no other row names."""
    aliases: tuple[str, ...] = ()
    """Other models that draw on the same limits."""
    alone: StrictBool = False
    """Whether each model of the row has the limits to itself; otherwise they share them."""
    soft: StrictBool = False
    """Whether more is served, only not guaranteed."""
    cached_input_counts: StrictBool = True
    """Whether input read from the cache counts toward input_tpm."""
    source: str
    tiers: Annotated[tuple[TierLimits, ...], Field(min_length=1)]

    def at(self, tier: str) -> TierLimits | None:
        """What a tier grants, or None where the table does not say."""
        return next((limits for limits in self.tiers if limits.tier == tier), None)

    def number(self, measure: Measure, tier: str) -> float | None:
        """One limit at one tier: infinity if unlimited, 0 if not available, None if unknown."""
        limits = self.at(tier)
        limit: int | str | Multiple | None = getattr(limits, measure) if limits else None
        if isinstance(limit, Multiple):
            base = self.number(measure, limit.of)
            return None if base is None else base * limit.times
        if limit is None or limit == "unpublished":
            return None
        return (
            {"unlimited": float("inf"), "not available": 0.0}.get(str(limit))
            if isinstance(limit, str)
            else float(limit)
        )

    def bucket(self, model: str) -> str:
        """Name of the limits that a model of this row draws on; equal names share them."""
        if not self.alone:
            return self.model
        name = model.strip().lower()
        return f"{self.model} {name if name in self.names else _DATED_SNAPSHOT.sub('', name)}"

    @property
    def names(self) -> tuple[str, ...]:
        """The model and its aliases."""
        return (self.model, *self.aliases)


def _fits(name: str, pattern: str) -> bool:
    """Whether a name is the pattern with any text for each star."""
    first, *parts = map(re.escape, pattern.split("*"))
    # Atomic: the first place of each part will do, and no pattern makes the search try them all.
    inner, last = "".join(f"(?>.*?{part})" for part in parts[:-1]), parts[-1:]
    return bool(re.fullmatch(".*".join([first + inner, *last]), name))


class LimitsTable(RulesFile):
    """Rate limits of a provider's models, as in force from a date."""

    counts: Words
    """What a token limit counts, in words."""
    complete: StrictBool
    """Whether the source listed every model; False: fragments, much is unknown."""
    rows: tuple[LimitsRow, ...]

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the rows."""
        return tuple(row.model for row in self.rows)

    def row_for(self, model: str) -> LimitsRow | None:
        """Find the row that a model draws on, or None where the table lacks it.

        A name matches a row's model or one of its aliases. A dated snapshot (gpt-4o-2024-08-06,
        gpt-4-0613) that no row names draws on its model's row. What is left over falls to the
        longest pattern with a star that it matches.
        """
        name = model.strip().lower()
        exact = self._named(name)
        if exact is None and _DATED_SNAPSHOT.search(name):
            exact = self._named(_DATED_SNAPSHOT.sub("", name))
        return exact or self._matching(name)

    def _named(self, name: str) -> LimitsRow | None:
        return next((row for row in self.rows if name in row.names), None)

    def _matching(self, name: str) -> LimitsRow | None:
        """The row with the longest pattern that a name matches."""
        patterns = [(pattern, row) for row in self.rows for pattern in row.names if "*" in pattern]
        fitting = [(pattern, row) for pattern, row in patterns if _fits(name, pattern)]
        return max(fitting, key=lambda found: len(found[0]), default=("", None))[1]

    def source_of(self, row: LimitsRow, limits: TierLimits) -> Source:
        """Where a row's limits at a tier were read."""
        return self.sources[limits.source or row.source]

    def rules_cited(self) -> Iterable[str]:
        """List the sources of the numbers."""
        return [limits.source or row.source for row in self.rows for limits in row.tiers]

    def cited(self) -> Iterable[tuple[str, str]]:
        """List every place that names a source, with the key it names."""
        yield from super().cited()
        for row in self.rows:
            model = repr(row.model)
            yield say("row {model}", model=model), row.source
            for limits in row.tiers:
                if limits.source:
                    yield say("row {model}, {tier}", model=model, tier=limits.tier), limits.source

    @model_validator(mode="after")
    def _each_name_stands_once(self) -> Self:
        names = [name for row in self.rows for name in row.names]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(
                    say("model {model} stands twice; keep it in one row", model=repr(name))
                )
            if name != name.strip().lower():
                raise ValueError(
                    say(
                        "model {model}: write it in lower case, without spaces around",
                        model=repr(name),
                    )
                )
        return self

    @model_validator(mode="after")
    def _multiples_lead_to_a_number(self) -> Self:
        for row in self.rows:
            for limits in row.tiers:
                for measure in MEASURES:
                    limit = getattr(limits, measure)
                    base = row.at(limit.of) if isinstance(limit, Multiple) else limits
                    if base is None or (
                        isinstance(limit, Multiple) and not isinstance(getattr(base, measure), int)
                    ):
                        raise ValueError(
                            say(
                                "row {model}, {tier}: {measure} is a multiple of {other}, "
                                "which has no number for it",
                                model=repr(row.model),
                                tier=limits.tier,
                                measure=measure,
                                other=repr(limit.of),
                            )
                        )
        return self

    @model_validator(mode="after")
    def _each_tier_stands_once_a_row(self) -> Self:
        for row in self.rows:
            tiers = [limits.tier for limits in row.tiers]
            for tier in tiers:
                if tiers.count(tier) > 1:
                    raise ValueError(
                        say(
                            "row {model} has {tier} twice; keep one",
                            model=repr(row.model),
                            tier=repr(tier),
                        )
                    )
        return self
