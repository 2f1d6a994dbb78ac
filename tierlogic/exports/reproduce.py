"""A plan as a shell line and as Python code: what reproduces its figures elsewhere."""

import shlex
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel

from tierlogic.exports.words import link_to
from tierlogic.prices import Price
from tierlogic.scenario import Scenario, UsageLine

_INDENT = " " * 4
_ALWAYS: dict[type[BaseModel], frozenset[str]] = {
    Scenario: frozenset({"days", "reading"}),
    UsageLine: frozenset({"output_share", "cached_share", "price", "context_window"}),
    Price: frozenset({"cached_input"}),
}
"""Fields that are written even where they have their default: what a reader wants to see or
change, and what would otherwise be looked up."""

_PYTHON = """\
from datetime import date
from decimal import Decimal

import tierlogic as tl

plan = {plan}
projection = tl.project(plan)
for unlock in projection.unlocks:
    print(unlock.tier, unlock.on, unlock.why)
"""


class Reproduction(NamedTuple):
    """Two ways to the same figures."""

    command: str
    """One line for a POSIX shell."""
    python: str
    """Code that runs as it stands, and leaves the projection in `projection`."""


def reproduce(scenario: Scenario, address: str = "") -> Reproduction:
    """Write what reproduces a plan.

    Args:
        scenario: the plan.
        address: of the page, without a query; empty: the link stands without it.
    """
    line = f"tierlogic project {shlex.quote(link_to(scenario, address))}"
    return Reproduction(line, _PYTHON.format(plan="\n".join(_code(scenario))))


def _code(value: object) -> list[str]:
    """Write a value in lines of Python, the first of them without indentation."""
    if isinstance(value, BaseModel):
        fields = [_named(name, _code(getattr(value, name))) for name in _written(value)]
        return _wrapped(f"tl.{type(value).__name__}(", fields, ")")
    if isinstance(value, tuple):
        return _wrapped("(", [_code(entry) for entry in value], ")")
    if isinstance(value, str) and "\n" in value:
        return [
            "(",
            *(f"{_INDENT}{_quoted(line)}" for line in value.splitlines(keepends=True)),
            ")",
        ]
    return [_plain(value)]


def _plain(value: object) -> str:
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    if isinstance(value, Decimal):
        return f'Decimal("{value}")'
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return f"{int(value):_}"
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    """Write a text in double quotes, if it has none."""
    return repr(text) if '"' in text else f'"{repr(text)[1:-1]}"'


def _written(model: BaseModel) -> Iterator[str]:
    """Name the fields that a reader needs to make a model again."""
    always = _ALWAYS.get(type(model), frozenset())
    for name, field in type(model).model_fields.items():
        if name in always or field.is_required() or getattr(model, name) != field.default:
            yield name


def _named(name: str, lines: list[str]) -> list[str]:
    return [f"{name}={lines[0]}", *lines[1:]]


def _wrapped(opening: str, parts: list[list[str]], closing: str) -> list[str]:
    """Put parts on lines of their own, or all on one where each is one and they are short."""
    if all(len(part) == 1 for part in parts):
        ending = "," if opening == "(" and len(parts) == 1 else ""
        whole = f"{opening}{', '.join(part[0] for part in parts)}{ending}{closing}"
        if len(whole) <= 80:
            return [whole]
    inner = [f"{_INDENT}{line}" for part in parts for line in (*part[:-1], f"{part[-1]},")]
    return [opening, *inner, closing]
