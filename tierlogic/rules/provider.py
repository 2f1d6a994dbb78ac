"""A provider: its name, and what holds for all of its ladders and limits."""

from typing import Annotated, Literal

from pydantic import Field

from tierlogic.rules.document import RuleModel, Words


class Provider(RuleModel):
    """One provider, as data/<id>/provider.toml says."""

    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    """Name of its folder."""
    name: Words
    prices: str | None = None
    """Its name in genai-prices; None: it has no prices there."""
    tier_scope: Words
    """What holds the tier: an organisation, a billing account."""
    limits_scope: Words
    """What the limits are counted for: an organisation, a project."""
    links: tuple[Words, ...] = ()
    """The provider's pages on tiers, limits and billing."""
