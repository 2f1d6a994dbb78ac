"""The days on which one tier opens over many draws of a plan."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class TierRange:
    """The days on which one tier opens over the draws, under one reading."""

    tier: str
    planned: date | None
    """In the plan itself."""
    earliest: date | None
    """The tier is open by this day in 10% of the draws; None: in fewer within the plan."""
    likely: date | None
    """In 50% of the draws."""
    latest: date | None
    """In 90% of the draws."""
    most_likely: date | None
    """The day around which most draws open it; None where no draw does."""
    share_on_most_likely: float
    """Share of the draws that open it on that very day."""
    share: float
    """Share of the draws that open it within the plan."""
