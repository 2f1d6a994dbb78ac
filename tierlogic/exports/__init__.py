"""Files out of a plan: one module a form, each a pure function of a projection or an answer.

All forms say the same figures in the same words. None of them reads a clock: the day on which a
file is made is an argument, and so is the page's address.
"""

from tierlogic.exports.calendar_file import calendar_ics
from tierlogic.exports.days import daily_csv
from tierlogic.exports.markdown import markdown_summary
from tierlogic.exports.pictures import (
    PicturesMissingError,
    can_draw,
    chart_data,
    chart_png,
    chart_svg,
)
from tierlogic.exports.record import projection_json
from tierlogic.exports.report import html_report

__all__ = [
    "PicturesMissingError",
    "calendar_ics",
    "can_draw",
    "chart_data",
    "chart_png",
    "chart_svg",
    "daily_csv",
    "html_report",
    "markdown_summary",
    "projection_json",
]
