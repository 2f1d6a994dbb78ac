"""The days of a projection as CSV."""

from tierlogic.projection import Projection


def daily_csv(projection: Projection) -> str:
    """Return the daily figures as CSV: a header, then one row a day, dates as ISO."""
    return projection.daily.to_csv(date_format="%Y-%m-%d", lineterminator="\n")
