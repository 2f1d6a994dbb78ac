"""Today: read here and nowhere else."""

from datetime import UTC, date, datetime


def today() -> date:
    """Return the calendar day in UTC."""
    return datetime.now(UTC).date()
