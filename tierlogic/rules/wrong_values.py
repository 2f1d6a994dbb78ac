"""Wrong values: what pydantic says of each value of a rules file, in words for who wrote it."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import reduce
from typing import Any

from pydantic_core import ErrorDetails

from tierlogic.complaints import complaint, options_in_words, shortened
from tierlogic.language import say, to_say
from tierlogic.rules.document import Note, RuleModel, Source
from tierlogic.rules.faults import Fault
from tierlogic.rules.gates import (
    AllOf,
    AnyOf,
    BestOfMonths,
    FactGate,
    MoneyGate,
    Opaque,
    RollingDays,
    Since,
    WaitingGate,
)
from tierlogic.rules.ladder import AfterDays, Ladder, OnDayOfMonth, Tier
from tierlogic.rules.limits import MEASURES, LimitsRow, Multiple, TierLimits
from tierlogic.rules.ways import Way, in_words, line_of, value_at

_GATE_MODELS: dict[str, type[RuleModel]] = {
    "money": MoneyGate,
    "waiting": WaitingGate,
    "fact": FactGate,
    "all": AllOf,
    "any": AnyOf,
    "opaque": Opaque,
}
_FORM_MODELS: tuple[type[RuleModel], ...] = (
    Since,
    RollingDays,
    BestOfMonths,
    Multiple,
    OnDayOfMonth,
    AfterDays,
)

_GATE = to_say(
    'must be a gate: { counts = "paid", at_least = 5 }, '
    '{ days_since = "first payment", at_least = 7 }, { fact = "payment method" }, '
    "{ all = [...] } or { any = [...] }"
)
_OPAQUE_INSIDE = to_say(
    "an opaque rule cannot be joined with gates; "
    'write opens_when.opaque = "..." alone, or leave it out here'
)
_LIMIT = to_say(
    "must be a whole number, 'unlimited', 'not available', 'unpublished', "
    'or { times = 2, of = "Tier 1" }'
)
_FORMS: dict[str, str] = {
    "over": to_say(
        "must be 'lifetime', 'month to date', 'month before', { since = 2026-01-31 }, "
        "{ rolling_days = 30 } or { best_of_months = 3 }"
    ),
    "activation": to_say(
        "must be 'at once', 'at a click', { day_of_month = 15 } or { lag_days = [0, 2] }"
    ),
    "monthly_usage_limit": to_say("must be an amount, or [least, most]"),
    **dict.fromkeys(map(str, MEASURES), _LIMIT),
}
"""Values that take several forms: what they may be."""

_FIXED = {
    "union_tag_invalid": _OPAQUE_INSIDE,
    "too_short": to_say("must not be empty"),
    "tuple_type": to_say("must be a list: [...]"),
    "dict_type": to_say("must be a table"),
    "bool_type": to_say("must be true or false"),
}
"""Errors that say the same wherever they come."""

_PATTERNS = {
    "version": to_say("must be a month or a day, such as 2026-05 or 2026-05-29"),
    "fact": to_say("must be a few lower-case words, such as 'payment method'"),
    **dict.fromkeys(("provider", "id"), to_say("must be lower-case letters, digits and hyphens")),
}
"""Texts of a certain form: what they may be."""

_WRONG_SHAPES = re.compile(r"missing|extra_forbidden|literal_error|.*_(type|parsing|from_float)")
"""Errors that say only that a value is not of one form; the others are about its content."""


def faults_of_values(
    problems: list[ErrorDetails],
    content: dict[str, Any],
    kind: type[RuleModel],
    lines: Mapping[Way, int],
) -> Iterator[Fault]:
    """Say what is wrong with each value, in the place of what pydantic says of all its forms."""
    by_value: dict[Way, list[ErrorDetails]] = {}
    for problem in problems:
        if problem["loc"] and not _is_about_its_parts(problem, problems):
            way = _way(problem, content)
            by_value.setdefault(_of_many_forms(way), []).append(problem)
    for way, found in by_value.items():
        telling = [problem for problem in found if not _is_wrong_shape(problem)]
        if way[-1] in _FORMS and not telling:
            given = value_at(content, way)
            says = say(_FORMS[str(way[-1])])
            yield Fault(in_words(way, content), says, line_of(way, lines), _shown(given))
            continue
        if len(found) > 1 and all(problem["type"] == "literal_error" for problem in found):
            given = value_at(content, way)
            lists = [options_in_words(problem["ctx"]["expected"]) for problem in found]
            says = say("must be {options}", options=reduce(_or_else, lists))
            yield Fault(in_words(way, content), says, line_of(way, lines), _shown(given))
            continue
        for problem in _of_one_form(telling, found) if way[-1] in _FORMS else found:
            exact = _way(problem, content)
            yield Fault(
                in_words(exact, content),
                _says(problem, kind),
                line_of(exact, lines),
                None if problem["type"] == "missing" else _shown(problem["input"]),
            )


def _of_one_form(telling: list[ErrorDetails], found: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors of the form that was meant: what tells it, and the keys wrong beside it."""
    tables = [problem["loc"][:-1] for problem in telling]
    keys = ("missing", "extra_forbidden")
    beside = [one for one in found if one["type"] in keys and one["loc"][:-1] in tables]
    return [*telling, *beside]


def _is_wrong_shape(problem: ErrorDetails) -> bool:
    return _WRONG_SHAPES.fullmatch(problem["type"]) is not None


def _of_many_forms(way: Way) -> Way:
    """The way to the value of several forms in which a value stands, or the value's own."""
    ends = [end for end, key in enumerate(way, 1) if key in _FORMS]
    return way[: ends[0]] if ends else way


def _says(problem: ErrorDetails, kind: type[RuleModel]) -> str:
    if problem["type"] == "extra_forbidden":
        return _unknown(str(problem["loc"][-1]), _model_at(problem["loc"][:-1], kind))
    if problem["type"] in _FIXED:
        return say(_FIXED[problem["type"]])
    if problem["type"] == "model_type":
        model = _model_at(problem["loc"], kind)
        gate = model in _GATE_MODELS.values()
        return (
            say(_GATE) if gate else say("must be a table with the keys {keys}", keys=_keys(model))
        )
    if problem["type"] == "string_pattern_mismatch":
        return say(_PATTERNS[str(problem["loc"][-1])])
    return complaint(problem)


def _unknown(key: str, model: type[RuleModel]) -> str:
    close = get_close_matches(key, model.model_fields, 1)
    if close:
        return say(
            "is not known here; did you mean {key}? The keys here are {keys}",
            key=close[0],
            keys=_keys(model),
        )
    return say("is not known here; leave it out. The keys here are {keys}", keys=_keys(model))


def _or_else(options: str, others: str) -> str:
    return say("{options}, or {others}", options=options, others=others)


def _keys(model: type[RuleModel]) -> str:
    return ", ".join(model.model_fields)


def _model_at(loc: tuple[str | int, ...], kind: type[RuleModel]) -> type[RuleModel]:
    """The model that a place in a file is read as."""
    places: dict[str, type[RuleModel]] = {
        **_GATE_MODELS,
        "sources": Source,
        "observed_lag_source": Source,
        "observed_money_source": Source,
        "notes": Note,
        "rows": LimitsRow,
        "tiers": Tier if kind is Ladder else TierLimits,
        **{model.__name__: model for model in _FORM_MODELS},
    }
    return next((places[str(part)] for part in reversed(loc) if part in places), kind)


def _is_about_its_parts(problem: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Whether a list is too short only because entries of it were refused."""
    way = problem["loc"]
    parts = [other for other in found if other["loc"] != way and other["loc"][: len(way)] == way]
    return problem["type"] == "too_short" and bool(parts)


def _way(problem: ErrorDetails, content: dict[str, Any]) -> Way:
    """The keys to a value, without the names that pydantic gives to its kinds."""
    way: list[str | int] = []
    here: Any = content
    for part in problem["loc"]:
        in_table = isinstance(here, dict) and part in here
        in_list = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if in_table or in_list:
            way.append(part)
            here = here[part]
    if problem["type"] == "missing":
        way.append(problem["loc"][-1])
    return tuple(way)


def _shown(given: object) -> str | None:
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, dict):
        parts = (f"{key} = {_shown(value) or value}" for key, value in given.items())
        return shortened(f"{{ {', '.join(parts)} }}")
    if isinstance(given, list | tuple):
        return shortened(f"[{', '.join(map(str, given))}]") if given else None
    return shortened(given)
