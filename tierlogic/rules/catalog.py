"""The rules that come with the package: which there are, and how to load one."""

import functools
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tierlogic.complaints import complaint, shortened
from tierlogic.rules.document import RulesFile
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable

_PACKAGE = Path(__file__).parent.parent
_INSTALLED, _CHECKOUT = _PACKAGE / "data", _PACKAGE.parent / "data"
DATA = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
"""Folder of the rules: data/<provider>/ladders/<version>.toml and .../limits/<version>.toml."""

File = TypeVar("File", bound=RulesFile)


class RulesError(ValueError):
    """A rules file that cannot be used: names the file, each key, what was given and the fix."""


def read_rules(path: Path, kind: type[File]) -> File:
    """Read one ladder or limits file.

    Raises:
        RulesError: the file is no TOML, or holds what the engine does not implement.
    """
    try:
        with path.open("rb") as file:
            content = tomllib.load(file, parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"{path.name}: cannot be read as TOML: {error}") from error
    try:
        rules = kind.model_validate(content)
    except ValidationError as error:
        raise RulesError(f"{path.name}: {_in_words(error)}") from error
    if path.stem != rules.version:
        raise RulesError(
            f"{path.name}: version is {rules.version!r}; name the file {rules.version}.toml"
        )
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
    return _find(ladder, _all_ladders(), "ladder")


def load_limits(table: str) -> LimitsTable:
    """Load a limits table by its id.

    Raises:
        RulesError: there is no such table.
    """
    return _find(table, _all_limits(), "limits table")


def newest_ladder(provider: str, on: date) -> Ladder:
    """Return the newest ladder in force on a day; the oldest where all are newer."""
    return _newest([ladder for ladder in _all_ladders() if ladder.provider == provider], on)


def newest_limits(provider: str, on: date) -> LimitsTable:
    """Return the newest limits table in force on a day; the oldest where all are newer."""
    return _newest([table for table in _all_limits() if table.provider == provider], on)


def providers() -> tuple[str, ...]:
    """Names of the providers that have a ladder."""
    return tuple(dict.fromkeys(ladder.provider for ladder in _all_ladders()))


def neighbours(ladder: Ladder) -> tuple[Ladder, ...]:
    """Return the versions of the same provider just before and just after this one."""
    versions = [other for other in _all_ladders() if other.provider == ladder.provider]
    here = versions.index(ladder)
    return tuple(versions[max(here - 1, 0) : here] + versions[here + 1 : here + 2])


@functools.cache
def _all_ladders() -> tuple[Ladder, ...]:
    return _read_all("ladders", Ladder)


@functools.cache
def _all_limits() -> tuple[LimitsTable, ...]:
    return _read_all("limits", LimitsTable)


def _read_all(folder: str, kind: type[File]) -> tuple[File, ...]:
    files = []
    for path in DATA.glob(f"*/{folder}/*.toml"):
        rules = read_rules(path, kind)
        if rules.provider != path.parent.parent.name:
            raise RulesError(f"{path}: provider is {rules.provider!r}; move it to that folder")
        files.append(rules)
    return tuple(sorted(files, key=lambda rules: (rules.provider, rules.in_force_from)))


def _find(wanted: str, files: tuple[File, ...], what: str) -> File:
    found = next((rules for rules in files if rules.id == wanted), None)
    if found is None:
        known = ", ".join(rules.id for rules in files)
        raise RulesError(f"there is no {what} {wanted!r}; there are {known}")
    return found


def _newest(files: list[File], on: date) -> File:
    in_force = [rules for rules in files if rules.in_force_from <= on]
    return in_force[-1] if in_force else files[0]


def _in_words(error: ValidationError) -> str:
    found = error.errors()
    return "; ".join(
        f"{_key(problem) or 'the file'}: {complaint(problem)}{_given(problem)}"
        for problem in found
        if not _is_about_its_parts(problem, found)
    )


def _is_about_its_parts(problem: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Whether a list is too short only because entries of it were refused."""
    way = problem["loc"]
    parts = [other for other in found if other["loc"] != way and other["loc"][: len(way)] == way]
    return problem["type"] == "too_short" and bool(parts)


def _key(problem: ErrorDetails) -> str:
    """The way to a key, without the names that pydantic gives to kinds of a value."""
    kinds = {"money", "waiting", "constrained-int", "int"}
    parts = [str(part) for part in problem["loc"]]
    return ".".join(part for part in parts if part not in kinds and "[" not in part)


def _given(problem: ErrorDetails) -> str:
    given = problem["input"]
    return "" if isinstance(given, dict | list | tuple) else f" (given: {shortened(given)})"
