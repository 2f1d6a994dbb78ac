"""The rules that come with the package, and those of the organisation that runs it beside them."""

import functools
from datetime import date
from pathlib import Path
from typing import TypeVar

from tierlogic.language import say, speaking, to_say
from tierlogic.rules.check import Rules, misplaced, parse
from tierlogic.rules.document import RuleModel, RulesFile
from tierlogic.rules.faults import FaultyRulesError
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable
from tierlogic.rules.mounted import PLACES, read_mounted
from tierlogic.rules.provider import Provider
from tierlogic.settings import rules_folder

_PACKAGE = Path(__file__).parent.parent
_INSTALLED, _CHECKOUT = _PACKAGE / "data", _PACKAGE.parent / "data"
DATA = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
"""Folder of the rules: data/<provider>/ladders/<version>.toml and .../limits/<version>.toml."""

RENAMED: dict[str, str] = {}
"""Ids that links may still name, each with the id that it has now. An old one is never reused."""

File = TypeVar("File", bound=RulesFile)
Model = TypeVar("Model", bound=RuleModel)
Versioned = TypeVar("Versioned", Ladder, LimitsTable)
Named = TypeVar("Named", Ladder, LimitsTable, Provider)


class RulesError(ValueError):
    """A rules file that cannot be used: names the file, each key, what was given and the fix."""


def read_rules(path: Path, kind: type[Model]) -> Model:
    """Read one file: a ladder, a limits table or a provider.

    Raises:
        RulesError: the file is no TOML, holds what the engine does not implement, or stands in
            data/ where it does not belong.
    """
    try:
        rules = parse(path.read_text("utf-8"), kind)
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path.name}: cannot be read: {error}") from error
    except FaultyRulesError as error:
        raise RulesError(f"{path.name}: {error}") from error
    if faults := misplaced(path, rules):
        raise RulesError(f"{path}: {'; '.join(map(str, faults))}")
    return rules


def ladders() -> tuple[str, ...]:
    """Ids of all ladders, by provider and then by date: ("openai/2023-11", ...)."""
    return tuple(ladder.id for ladder in _all_ladders())


def limits() -> tuple[str, ...]:
    """Ids of all limits tables, by provider and then by date."""
    return tuple(table.id for table in _all_limits())


def load_ladder(ladder: str) -> Ladder:
    """Load a ladder by its id.

    Raises:
        RulesError: there is no such ladder.
    """
    return _find(ladder, _all_ladders(), to_say("there is no ladder {id}; there are {ids}"))


def load_limits(table: str) -> LimitsTable:
    """Load a limits table by its id.

    Raises:
        RulesError: there is no such table.
    """
    return _find(table, _all_limits(), to_say("there is no limits table {id}; there are {ids}"))


def newest_ladder(provider: str, on: date) -> Ladder:
    """Return the newest ladder in force on a day; the oldest where all are newer."""
    return _newest([ladder for ladder in _all_ladders() if ladder.provider == provider], on)


def newest_limits(provider: str, on: date) -> LimitsTable:
    """Return the newest limits table in force on a day; the oldest where all are newer."""
    return _newest([table for table in _all_limits() if table.provider == provider], on)


def version_before(rules: Versioned) -> Versioned | None:
    """Return the version of the same provider just before this one; None for the first.

    For rules of one's own it is the newest that is published.
    """
    files = _all_ladders() if isinstance(rules, Ladder) else _all_limits()
    versions = [other for other in files if other.provider == rules.provider]
    here = versions.index(rules) if rules in versions else len(versions)
    return versions[here - 1] if here else None


def providers() -> tuple[str, ...]:
    """Ids of all providers, by name; the one with the most ladders stands first."""
    return tuple(provider.id for provider in _all_providers())


def load_provider(provider: str) -> Provider:
    """Load a provider by its id.

    Raises:
        RulesError: there is no such provider.
    """
    return _find(provider, _all_providers(), to_say("there is no provider {id}; there are {ids}"))


def provider_of(ladder: Ladder) -> Provider:
    """Return a ladder's provider; one that is not published has what the ladder says of it."""
    if ladder.provider in providers():
        return load_provider(ladder.provider)
    return Provider(
        format=1,
        id=ladder.provider,
        name=ladder.provider,
        tier_scope=ladder.scope,
        limits_scope=ladder.scope,
    )


def prices_of(provider: str) -> str | None:
    """Return a provider's name in genai-prices; None where there are no prices of it."""
    return load_provider(provider).prices if provider in providers() else None


def toml_of(rules: Ladder | LimitsTable) -> str:
    """Return the text of a file of the catalog."""
    folder = "ladders" if isinstance(rules, Ladder) else "limits"
    place = Path(rules.provider, folder, f"{rules.version}.toml")
    published, mounted = DATA / place, rules_folder()
    path = published if mounted is None or published.is_file() else mounted / place
    return path.read_text("utf-8")


def neighbours(ladder: Ladder) -> tuple[Ladder, ...]:
    """Return the versions of the same provider just before and after this one, and the newest.

    Rules of one's own have none.
    """
    versions = [other for other in _all_ladders() if other.provider == ladder.provider]
    if ladder not in versions:
        return ()
    here = versions.index(ladder)
    around = [*versions[max(here - 1, 0) : here], *versions[here + 1 : here + 2], versions[-1]]
    distinct = {other.id: other for other in around if other != ladder}
    return tuple(distinct.values())


@functools.cache
def _all_providers() -> tuple[Provider, ...]:
    found = _all_of(Provider)
    return tuple(sorted(found, key=lambda provider: (-_count(provider), provider.name.lower())))


def _count(provider: Provider) -> int:
    return sum(ladder.provider == provider.id for ladder in _all_ladders())


@functools.cache
def _all_ladders() -> tuple[Ladder, ...]:
    return _by_date(_all_of(Ladder))


@functools.cache
def _all_limits() -> tuple[LimitsTable, ...]:
    return _by_date(_all_of(LimitsTable))


def _by_date(files: list[File]) -> tuple[File, ...]:
    return tuple(sorted(files, key=lambda rules: (rules.provider, rules.in_force_from)))


def _all_of(kind: type[Model]) -> list[Model]:
    return [rules for rules in _everything() if isinstance(rules, kind)]


@functools.cache
def _everything() -> tuple[Rules, ...]:
    """Read the package's files, and the organisation's, whose faults are so named once."""
    # The log names the faults, and its language is not that of whoever comes first.
    with speaking("en"):
        published = [
            read_rules(path, kind) for place, kind in PLACES.items() for path in DATA.glob(place)
        ]
        folder = rules_folder()
        return (*published, *(read_mounted(folder, published) if folder else ()))


def _find(wanted: str, files: tuple[Named, ...], lacking: str) -> Named:
    # A ladder and a limits table may share an id of which only the other was renamed.
    for name in (wanted, RENAMED.get(wanted)):
        for rules in files:
            if rules.id == name:
                return rules
    known = ", ".join(rules.id for rules in files)
    raise RulesError(say(lacking, id=repr(wanted), ids=known))


def _newest(files: list[File], on: date) -> File:
    in_force = [rules for rules in files if rules.in_force_from <= on]
    return in_force[-1] if in_force else files[0]
