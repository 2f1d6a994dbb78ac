"""Long work in parts, so that its progress can be told and it can be abandoned between them."""

from collections.abc import Callable, Collection, Sequence
from math import ceil

from tierlogic.projection import Projection, project_many
from tierlogic.scenario import Scenario

Progress = Callable[[float], object]
"""Told from time to time what share of the work is done. What it raises ends the work."""

_PLANS_AT_ONCE = 1_024
_DAYS_AT_ONCE = 750_000
"""Of all plans of a part together: some tenths of a second."""


def project_in_parts(
    plans: Sequence[Scenario], progress: Progress | None, keep_days: Collection[int] = ()
) -> list[Projection]:
    """Project many plans of one length, as `project_many` does."""
    days = len(plans) * plans[0].days
    parts = max(ceil(days / _DAYS_AT_ONCE), ceil(len(plans) / _PLANS_AT_ONCE))
    projections: list[Projection] = []
    for part in range(parts):
        if progress:
            progress(part / parts)
        first, end = (len(plans) * edge // parts for edge in (part, part + 1))
        projections += project_many(plans[first:end], keep_days=keep_days)
    return projections
