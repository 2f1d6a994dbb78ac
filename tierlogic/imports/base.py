"""The plan that files are put into where nobody gives one."""

from datetime import date

from tierlogic.rules.catalog import load_provider, newest_ladder, newest_limits, providers
from tierlogic.scenario import Scenario


def known_provider(named: str | None) -> str | None:
    """Return the provider of the rules that a name stands for, here or in files; None: none."""
    known = [each for each in providers() if named in {each, load_provider(each).prices}]
    return known[0] if named and known else None


def plain_plan(provider: str, start: date) -> Scenario:
    """A year on a provider's newest rules, with nothing used, paid or planned."""
    return Scenario(
        ladder=newest_ladder(provider, start).id,
        limits=newest_limits(provider, start).id,
        start=start,
    )
