"""Results that hold sentences, kept for a while: apart for each language."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from tierlogic.language.spoken import language

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def kept_by_language(
    most: int | None,
) -> Callable[[Callable[_Given, _Result]], Callable[_Given, _Result]]:
    """Keep a function's results, as `functools.lru_cache` does, for each language its own.

    Args:
        most: results kept at once; None: all.
    """

    def keep(function: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
        def of_language(_language: str, *given: _Given.args, **named: _Given.kwargs) -> _Result:
            return function(*given, **named)

        kept: Callable[..., _Result] = functools.lru_cache(most)(of_language)

        @functools.wraps(function)
        def spoken(*given: _Given.args, **named: _Given.kwargs) -> _Result:
            return kept(language(), *given, **named)

        return spoken

    return keep
