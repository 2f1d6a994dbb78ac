"""Where the rules that a plan uses were read."""

from collections.abc import Iterator
from dataclasses import dataclass

from tierlogic.charts.words import tiers_in_short
from tierlogic.language import say
from tierlogic.rules.document import Source
from tierlogic.scenario import Scenario


@dataclass(frozen=True)
class Citation:
    """One source, and what of the plan rests on it."""

    about: str
    source: Source

    @property
    def is_clickable(self) -> bool:
        """Whether it has an address; a copy without one has the words that find it."""
        return self.source.url.startswith("https://") and not set(self.source.url) & set(' <>"')


def citations(scenario: Scenario) -> list[Citation]:
    """List the sources of the ladder and of the limits that the plan's models draw on."""
    about: dict[Source, list[str]] = {}
    for what, source in (*_of_ladder(scenario), *_of_limits(scenario)):
        about.setdefault(source, []).append(what)
    return [Citation(", ".join(dict.fromkeys(parts)), source) for source, parts in about.items()]


def _of_ladder(scenario: Scenario) -> Iterator[tuple[str, Source]]:
    ladder = scenario.rules
    tiers: dict[Source, list[str]] = {}
    for tier in ladder.tiers:
        tiers.setdefault(ladder.source_of(tier), []).append(tier.name)
    for source, names in tiers.items():
        yield tiers_in_short(names), source
    if ladder.credit_source:
        yield say("purchases and credit"), ladder.sources[ladder.credit_source]


def _of_limits(scenario: Scenario) -> Iterator[tuple[str, Source]]:
    table = scenario.limits_table
    for line in scenario.usage:
        row = table.row_for(line.model)
        if row is None:
            continue
        tiers: dict[Source, list[str]] = {}
        for limits in row.tiers:
            tiers.setdefault(table.source_of(row, limits), []).append(limits.tier)
        for source, names in tiers.items():
            at = tiers_in_short(names)
            yield say("limits of {model} at {tiers}", model=line.model, tiers=at), source
