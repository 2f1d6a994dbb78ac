"""What Tierlogic says, in the reader's language.

English stands in the code, each sentence inside `say`; a translation is one .po file, beside this
one or in a folder of whoever runs the page. What no file translates is said in English, and so is
all that the shell prints.
"""

from tierlogic.language.d3 import date_format_for_d3, locale_for_d3
from tierlogic.language.dates import (
    day_in_words,
    day_of_a_year_in_words,
    month_in_words,
    short_month_in_words,
    short_span_in_words,
    span_in_words,
)
from tierlogic.language.kept import kept_by_language
from tierlogic.language.numbers import number
from tierlogic.language.sentences import say, say_count, to_say
from tierlogic.language.spoken import is_english, language, language_tag, speaking
from tierlogic.language.translations import language_for

__all__ = [
    "date_format_for_d3",
    "day_in_words",
    "day_of_a_year_in_words",
    "is_english",
    "kept_by_language",
    "language",
    "language_for",
    "language_tag",
    "locale_for_d3",
    "month_in_words",
    "number",
    "say",
    "say_count",
    "short_month_in_words",
    "short_span_in_words",
    "span_in_words",
    "speaking",
    "to_say",
]
