"""From a plan, and what is asked about it, to a link."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from tierlogic.links.asked import NOTHING_ASKED, Asked, asked_to_parameters
from tierlogic.links.lettered import LETTERING, letters_for
from tierlogic.links.names import (
    FIELDS,
    FORMAT,
    LINE_FIELDS,
    OWN,
    PLAN_FILE,
    WRITTEN_IF_GIVEN,
    numbered,
    written,
)
from tierlogic.links.packing import mark, pack, unpack
from tierlogic.scenario import (
    Scenario,
    UsageLine,
)

MAX_ADDRESS = 2_000
"""Characters of an address that every browser, chat and mail carries whole."""


def to_query(scenario: Scenario, asked: Asked = NOTHING_ASKED) -> str:
    """Return a plan, and what is asked about it, as a query string without the question mark."""
    return as_query(to_parameters(scenario, asked))


def as_query(parameters: Mapping[str, Sequence[str]]) -> str:
    """Return parameters as a query string, without the question mark."""
    return urlencode(parameters, doseq=True, safe="/:")


def to_parameters(scenario: Scenario, asked: Asked = NOTHING_ASKED) -> dict[str, list[str]]:
    """Return a plan, and what is asked about it, as parameters, every field written.

    Raises:
        ValueError: there are more plans to compare than a link holds.
    """
    letters = letters_for(1 + len(asked.others))
    first, *others = map(_plan_to_parameters, (scenario, *asked.others))
    parameters = first | asked_to_parameters(asked)
    for letter, other in zip(letters[1:], others, strict=True):
        parameters |= LETTERING.differing(first, other, letter)
    return parameters


def _plan_to_parameters(scenario: Scenario) -> dict[str, list[str]]:
    parameters = {"v": [FORMAT]}
    for name, (field, _) in FIELDS.items():
        value = getattr(scenario, field)
        if value is not None or name not in WRITTEN_IF_GIVEN:
            parameters[name] = [pack(value) if name in OWN else written(value)]
    if scenario.auto_recharge:
        recharge = scenario.auto_recharge
        parts = (recharge.below, recharge.amount, recharge.monthly_limit)
        parameters["recharge"] = ["_".join(written(part) for part in parts)]
    if scenario.noise:
        noise = scenario.noise
        parameters["noise"] = [f"{written(noise.spread)}_{written(noise.seed)}"]
    for number, line in enumerate(scenario.usage, start=1):
        for name, (field, _) in LINE_FIELDS.items():
            parameters[numbered(name, number)] = [written(_field_of_line(line, field))]
    if scenario.purchases:
        parameters["buy"] = [
            "_".join(written(part) for part in (buy.on, buy.amount, buy.every, buy.times) if part)
            for buy in scenario.purchases
        ]
    if scenario.past:
        parameters["past"] = [
            "_".join(written(part) for part in (day.on, day.used, day.purchased))
            for day in scenario.past
        ]
    if scenario.lacks:
        parameters["lacks"] = list(scenario.lacks)
    return parameters


def compared_to_query(scenarios: Sequence[Scenario]) -> str:
    """Return a comparison as a query string, without the question mark.

    Raises:
        ValueError: there are more scenarios than a link holds, or none.
    """
    if not scenarios:
        letters_for(0)
    return to_query(scenarios[0], Asked(others=tuple(scenarios[1:])))


def within_an_address(
    parameters: Mapping[str, Sequence[str]], room: int = MAX_ADDRESS
) -> dict[str, list[str]]:
    """Put marks in the place of what an address has no room for.

    Args:
        parameters: those of a link.
        room: characters that the query may have.

    Returns:
        The parameters where all fit; else with marks of own rules files, the longest first; and
        where that is not enough, the mark of the plan alone.
    """
    short = {name: list(values) for name, values in parameters.items()}
    for name in sorted(OWN.keys() & short, key=lambda name: -len(short[name][0])):
        if len(as_query(short)) > room:
            short[name] = [mark(unpack(short[name][0]))]
    if len(as_query(short)) > room:
        return {"v": [FORMAT], PLAN_FILE: [mark(as_query(parameters))]}
    return short


def _field_of_line(line: UsageLine, field: str) -> object:
    value: object = line
    for part in field.split("."):
        value = getattr(value, part)
    return value
