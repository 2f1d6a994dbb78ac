"""What the page takes on for one visitor: a question of more days than this is for the package."""

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
    of_lines = f" with {lines} usage lines" if lines > 1 else ""
    return (
        f"{asked:,} days{of_lines} take too long here: shorten them to {most:,}, leave usage lines "
        "out, or ask in Python or in a shell."
    )
