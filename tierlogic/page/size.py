"""What the page takes on for one visitor: a question of more days than this is for the package."""

from tierlogic.language import number, say, say_count
from tierlogic.scenario import Scenario

_MOST = 8_000_000
"""Days of single usage lines over all plans of a question: some seconds."""


def too_much(scenario: Scenario, plans: int, days: int | None = None) -> str | None:
    """Say why a question is too much for the page, and what is not; None: it is not too much.

    Args:
        scenario: the plan that is asked about.
        plans: how many like it the question projects.
        days: of each; None: the scenario's.
    """
    lines = max(len(scenario.usage), 1)
    most = _MOST // (plans * lines)
    asked = scenario.days if days is None else days
    if asked <= most:
        return None
    said_days = say_count("{count} day", "{count} days", asked)
    if lines == 1:
        return say(
            "{days} take too long here: shorten them to {most}, leave usage lines out, "
            "or ask in Python or in a shell.",
            days=said_days,
            most=number(most),
        )
    return say(
        "{days} with {lines} take too long here: shorten them to {most}, leave usage lines out, "
        "or ask in Python or in a shell.",
        days=said_days,
        lines=say_count("{count} usage line", "{count} usage lines", lines),
        most=number(most),
    )
