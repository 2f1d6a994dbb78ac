"""Rules whose sources nobody has read for long are said to be stale."""

from datetime import date, timedelta

from tierlogic.rules.catalog import load_ladder
from tierlogic.rules.staleness import stale_in_words


def test_rules_are_stale_on_the_91st_day_after_they_were_read() -> None:
    ladder = load_ladder("openai/2026-05")
    read = max(source.read for source in ladder.sources.values())
    assert read == date(2026, 11, 22)
    assert stale_in_words(ladder, read + timedelta(days=90)) == ""
    assert stale_in_words(ladder, read + timedelta(days=91)) == (
        "These rules were read on 22 Nov 2026, 91 days ago: look again."
    )
