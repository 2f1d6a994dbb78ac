"""Percent on the page, shares in a plan: exact both ways."""

from decimal import Decimal


def to_percent(share: float) -> float:
    """Return 12.5 for 0.125."""
    return float(Decimal(str(share)) * 100)


def to_share(percent: float) -> float:
    """Return 0.125 for 12.5."""
    return float(Decimal(str(percent)) / 100)
