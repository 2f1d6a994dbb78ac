"""A plan as a JSON file: the parameters of its link, for plans too long for an address."""

import json
from collections.abc import Mapping, Sequence

from tierlogic.complaints import shortened
from tierlogic.language import number, say

LARGEST_FILE = 1_000_000
"""Bytes."""
_MARK = ("tierlogic", "plan")
_MOST_NAMES = 2_000


class PlanFileError(ValueError):
    """A file that holds no plan; says what it is instead."""


def to_plan_file(parameters: Mapping[str, Sequence[str]]) -> str:
    """Return a link's parameters as JSON: one text each, or a list where there are more."""
    name, kind = _MARK
    content = {name: kind, **{key: _text_or_list(values) for key, values in parameters.items()}}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def read_plan_file(data: bytes) -> dict[str, list[str]]:
    """Return the parameters in a plan file, not yet checked: `open_link` reads them.

    Raises:
        PlanFileError: the file is too large, is no JSON, or holds no plan.
    """
    if len(data) > LARGEST_FILE:
        raise PlanFileError(
            say(
                "the file has {bytes} bytes; a plan has {most} at most",
                bytes=number(len(data)),
                most=number(LARGEST_FILE),
            )
        )
    pairs = _pairs(_decoded(data))
    name, kind = _MARK
    if (name, kind) not in pairs:
        raise PlanFileError(
            say(
                "the file holds no plan: a plan begins with {beginning}",
                beginning=f'"{name}": "{kind}"',
            )
        )
    parameters: dict[str, list[str]] = {}
    for key, value in pairs:
        if key != name:
            parameters.setdefault(key, []).extend(_texts(key, value))
    return parameters


def _text_or_list(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanFileError(
            say(
                "the file is no text in UTF-8 (byte {place}); a plan is a JSON file",
                place=number(error.start + 1),
            )
        ) from None


class _Pairs(list[tuple[str, object]]):
    """An object's members as they stand, doubled ones too."""


def _pairs(text: str) -> _Pairs:
    try:
        # Numbers stay the text that they were: the link's reader knows how to read them.
        content = json.loads(
            text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str
        )
    except json.JSONDecodeError as error:
        raise PlanFileError(
            say("the file is no JSON: line {line}, {fault}", line=error.lineno, fault=error.msg)
        ) from None
    except RecursionError:
        raise PlanFileError(say("the file is nested too deeply for a plan")) from None
    if not isinstance(content, _Pairs):
        raise PlanFileError(say("the file holds no plan: a plan is one JSON object"))
    if len(content) > _MOST_NAMES:
        raise PlanFileError(
            say(
                "the file has {names} names; a plan has {most} at most",
                names=number(len(content)),
                most=number(_MOST_NAMES),
            )
        )
    return content


def _texts(key: str, value: object) -> list[str]:
    _check_characters(key, key)
    if isinstance(value, list) and not isinstance(value, _Pairs):
        values: list[object] = value
    else:
        values = [value]
    for entry in values:
        if not isinstance(entry, str):
            raise PlanFileError(
                say(
                    "{name} is not a text, a number or a list of them; write it as the link does",
                    name=shortened(key),
                )
            )
        _check_characters(key, entry)
    return [str(entry) for entry in values]


def _check_characters(key: str, text: str) -> None:
    """JSON can write half of a character, which no address and no page can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PlanFileError(
            say(
                "{name} holds half of a character, which is no text; write it anew",
                name=shortened(key),
            )
        ) from None
