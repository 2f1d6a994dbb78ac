"""Disagreements: parts of a rules file that do not fit one another, however sound each may be."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from tierlogic.rules.document import Note, RuleModel, RulesFile, source_lacking
from tierlogic.rules.faults import Fault
from tierlogic.rules.ladder import Ladder, Tier
from tierlogic.rules.limits import LimitsRow
from tierlogic.rules.ways import Way, line_of, value_at

_PARTS: dict[str, type[RuleModel]] = {"notes": Note, "tiers": Tier, "rows": LimitsRow}
"""What a file lists."""


def faults_between_parts(
    content: dict[str, Any], kind: type[RulesFile], lines: Mapping[Way, int]
) -> list[Fault]:
    """Find what does not agree, among the parts as far as each is sound in itself."""
    sound: dict[str, list[tuple[int, RuleModel]]] = {
        name: [
            (index, part)
            for index, entry in enumerate(_listed(content, name))
            if (part := _as_far_as_sound(model, entry)) is not None
        ]
        for name, model in _PARTS.items()
        if name in kind.model_fields
    }
    known = content.get("sources")
    sources = dict.fromkeys(known) if isinstance(known, dict) else None
    blank = kind.model_construct(None, **{**content, **dict.fromkeys(sound, ()), "sources": {}})

    faults: dict[str, Fault] = {}
    for name, parts in sound.items():
        for index, part in parts:
            alone = blank.model_copy(update={name: (part,), "credit_source": None})
            for where, key in alone.cited() if sources is not None else ():
                if key not in (sources or ()):
                    way = _citing(value_at(content, (name, index)), key, (name, index))
                    faults[where + key] = _unknown_source(
                        where, key, sources or {}, line_of(way, lines)
                    )
    credit = content.get("credit_source")
    if isinstance(credit, str) and sources is not None and credit not in sources:
        line = lines.get(("credit_source",))
        faults[credit] = _unknown_source("credit_source", credit, sources, line)

    if kind is Ladder and [index for index, _ in sound["tiers"][:1]] != [0]:
        return list(faults.values())  # without its first tier the others cannot be judged
    all_known = blank.model_copy(update={"sources": _Everything()})
    for name in sound.keys() - {"notes"}:
        agreeing: tuple[RuleModel, ...] = ()
        for index, part in sound[name]:
            together = (*agreeing, part)
            found = list(_disagreements(all_known.model_copy(update={name: together})))
            for says in found:
                faults.setdefault(says, Fault("", says, line_of((name, index), lines)))
            is_first_tier = kind is Ladder and index == 0
            if is_first_tier:
                together = (part.model_copy(update={"opens_when": None}),)
            agreeing = agreeing if found and not is_first_tier else together
    return list(faults.values())


class _Everything(dict[str, Any]):
    """Stands for a table that lacks nothing."""

    def __contains__(self, _: object) -> bool:
        return True


def _unknown_source(where: str, key: str, known: Mapping[str, Any], line: int | None) -> Fault:
    return Fault("", source_lacking(where, key, known), line)


def _citing(value: object, source: str, way: Way) -> Way:
    """The way to the first key under a value that names a source; else the value's own."""
    if isinstance(value, dict):
        for key, inner in value.items():
            named = inner if key == "sources" else [inner] if key == "source" else []
            if source in named:
                return (*way, key)
    entries = value.get("tiers", []) if isinstance(value, dict) else []
    inside = (_citing(entry, source, (*way, "tiers", i)) for i, entry in enumerate(entries))
    return next((found for found in inside if found[-1] == "source"), way)


def _listed(content: dict[str, Any], name: str) -> list[Any]:
    entries = content.get(name)
    return entries if isinstance(entries, list) else []


def _as_far_as_sound(model: type[RuleModel], entry: Any) -> RuleModel | None:
    """A part without the values of it that are refused; None where too little is left."""
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        refused = {problem["loc"][0] for problem in error.errors() if problem["loc"]}
    if not isinstance(entry, dict) or not refused:
        return None
    left = {key: value for key, value in entry.items() if key not in refused}
    if "opens_when" in entry.keys() & refused:
        left["opens_when"] = {"fact": "refused"}
    if "tiers" in refused:
        left["tiers"] = [_without_limits(limits) for limits in _listed(entry, "tiers")]
    try:
        return model.model_validate(left)
    except ValidationError:
        return None


def _without_limits(limits: Any) -> Any:
    """A tier's limits without the numbers, some of which are refused."""
    if not isinstance(limits, dict):
        return limits
    return {key: value for key, value in limits.items() if key in ("tier", "source")}


def _disagreements(rules: RulesFile) -> Iterator[str]:
    """Run each check that compares the parts of a file, on its own."""
    for check in type(rules).__pydantic_decorators__.model_validators:
        try:
            getattr(rules, check)()
        except ValueError as error:
            yield str(error)
