"""Rules of one's own: a contract's ladder or limits, given as the text of a rules file.

They travel inside a scenario and are kept nowhere else, so that no two sessions ever meet. Where
an own file has the id of a published one, it stands in its place.
"""

import functools

from tierlogic.language import number, say
from tierlogic.rules.catalog import load_ladder, load_limits
from tierlogic.rules.check import parse_any
from tierlogic.rules.faults import Fault, FaultyRulesError
from tierlogic.rules.gates import leaves
from tierlogic.rules.ladder import Ladder, Tier
from tierlogic.rules.limits import LimitsTable
from tierlogic.rules.provider import Provider

MAX_CHARACTERS = 50_000
"""Of one file; the longest published one has 16,000."""
MAX_GATES = 60
"""Of all tiers together; every day of a plan asks each of them."""


def text_of(data: bytes) -> str:
    """Read the bytes of a file as text.

    Raises:
        FaultyRulesError: they are no text in UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(
            say("cannot be read: {reason}; save the file as UTF-8", reason=error)
        ) from error


@functools.lru_cache(maxsize=64)
def own_rules(text: str) -> Ladder | LimitsTable:
    """Read a ladder or a limits table; what the text holds says which.

    Raises:
        FaultyRulesError: it is neither, is too long, or has faults.
    """
    if len(text) > MAX_CHARACTERS:
        raise _refused(
            say(
                "has {characters} characters; {most} are allowed",
                characters=number(len(text)),
                most=number(MAX_CHARACTERS),
            )
        )
    try:
        rules = parse_any(text)
    except RecursionError as error:
        raise _refused(
            say("is nested too deeply; write it with fewer brackets inside each other")
        ) from error
    if isinstance(rules, Provider):
        raise _refused(
            say(
                "is a provider, not rules of one; give a ladder, with [[tiers]], "
                "or a limits table, with [[rows]]"
            )
        )
    gates = sum(1 for tier in _tiers(rules) for _ in leaves(tier.opens_when))
    if gates > MAX_GATES:
        raise _refused(
            say("has {gates} gates; {most} are allowed", gates=number(gates), most=MAX_GATES)
        )
    return rules


def own_ladder(text: str) -> Ladder:
    """Read a ladder.

    Raises:
        FaultyRulesError: it is none, or has faults.
    """
    rules = own_rules(text)
    if not isinstance(rules, Ladder):
        raise _refused(
            say("is a limits table, not a ladder: it has [[rows]]; give it as own_limits")
        )
    return rules


def own_limits(text: str) -> LimitsTable:
    """Read a limits table.

    Raises:
        FaultyRulesError: it is none, or has faults.
    """
    rules = own_rules(text)
    if not isinstance(rules, LimitsTable):
        raise _refused(
            say("is a ladder, not a limits table: it has [[tiers]]; give it as own_ladder")
        )
    return rules


def ladder_of(ladder: str, own: str | None) -> Ladder:
    """Return the own ladder, or the published one of an id where there is no own one.

    Raises:
        RulesError: there is no such ladder.
        FaultyRulesError: the own one has faults.
    """
    return load_ladder(ladder) if own is None else own_ladder(own)


def limits_of(limits: str, own: str | None) -> LimitsTable:
    """Return the own limits table, or the published one of an id where there is no own one.

    Raises:
        RulesError: there is no such table.
        FaultyRulesError: the own one has faults.
    """
    return load_limits(limits) if own is None else own_limits(own)


def limits_not_known(ladder: Ladder) -> str:
    """Write the limits table that goes with an own ladder for which nobody gave one."""
    return (
        "format = 1\n"
        f'provider = "{ladder.provider}"\n'
        f'version = "{ladder.version}"\n'
        'title = "Not known"\n'
        f"in_force_from = {ladder.in_force_from}\n"
        'counts = "not known: no limits table was given"\n'
        "complete = false\n"
        "sources = {}\n"
        "rows = []\n"
    )


def _tiers(rules: Ladder | LimitsTable) -> tuple[Tier, ...]:
    return rules.tiers if isinstance(rules, Ladder) else ()


def _refused(says: str) -> FaultyRulesError:
    return FaultyRulesError([Fault("", says)])
