"""A provider: its name, and what holds for all of its ladders and limits."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tierlogic.language import say
from tierlogic.rules.document import LagDays, RuleModel, Source, Words


class Provider(RuleModel):
    """One provider, as data/<id>/provider.toml says."""

    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    """Name of its folder."""
    name: Words
    prices: str | None = None
    """Its name in genai-prices; None: it has no prices there."""
    first_model: Words | None = None
    """One that many use, to begin a plan with; None: the first that has limits or a price."""
    tier_scope: Words
    """What holds the tier: an organisation, a billing account."""
    limits_scope: Words
    """What the limits are counted for: an organisation, a project."""
    links: tuple[Words, ...] = ()
    """The provider's pages on tiers, limits and billing."""
    observed_lag_days: LagDays | None = None
    """The least and the most days after which users saw a tier that they had earned."""
    observed_lag_source: Source | None = None
    """Where they report it."""
    observed_money_excludes: Annotated[tuple[Words, ...], Field(min_length=1)] | None = None
    """Money that by users' reports does not count, where no ladder says so."""
    observed_money_source: Source | None = None
    """Where they report it."""

    @model_validator(mode="after")
    def _what_users_saw_has_a_source(self) -> Self:
        for said, source in (
            ("observed_lag_days", "observed_lag_source"),
            ("observed_money_excludes", "observed_money_source"),
        ):
            if (getattr(self, said) is None) != (getattr(self, source) is None):
                raise ValueError(
                    say(
                        "{key} and {other} belong together: give both or neither",
                        key=said,
                        other=source,
                    )
                )
        return self
