"""Files out of a plan: one module a form, each a pure function of a projection or an answer."""

from tierlogic.exports.days import daily_csv
from tierlogic.exports.pictures import (
    PicturesMissingError,
    can_draw,
    chart_data,
    chart_png,
    chart_svg,
)

__all__ = [
    "PicturesMissingError",
    "can_draw",
    "chart_data",
    "chart_png",
    "chart_svg",
    "daily_csv",
]
