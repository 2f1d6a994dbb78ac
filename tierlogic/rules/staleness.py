"""Rules whose sources nobody has read for long may have changed since."""

from datetime import date

from tierlogic.language import day_in_words, number, say
from tierlogic.rules.document import RulesFile

_DAYS_UNTIL_STALE = 90


def stale_in_words(rules: RulesFile, today: date) -> str:
    """Say when the sources of rules were last read, if that is long ago; else an empty text."""
    read = max((source.read for source in rules.sources.values()), default=today)
    age = (today - read).days
    if age <= _DAYS_UNTIL_STALE:
        return ""
    return say(
        "These rules were read on {day}, {days} days ago: look again.",
        day=day_in_words(read),
        days=number(age),
    )
