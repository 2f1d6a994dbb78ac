"""Do the rules hold in practice? Each field report, tried with every way to take the rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby, product
from typing import Literal, get_args

import pandas as pd

from tierlogic.answer import reading_heading
from tierlogic.evidence_reports import Report, all_reports
from tierlogic.language import number, say, say_count, to_say
from tierlogic.projection import Projection, project_many
from tierlogic.rules.words import days_in_words
from tierlogic.scenario import Reading

Evaluated = Literal["daily", "at_payment"]
Verdict = Literal["reproduced", "contradicted", "undecided"]

DELAYS = range(8)
"""Days of delay that are tried."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_READINGS: tuple[Reading, ...] = ("paid", "used")
_EVALUATIONS: dict[Evaluated, str] = {
    "daily": to_say("{condition} and accounts are looked at every day: {verdicts}."),
    "at_payment": to_say("{condition} and accounts are looked at only when paying: {verdicts}."),
}
_VERDICTS: dict[Verdict, str] = {
    "reproduced": to_say("reproduced"),
    "contradicted": to_say("contradicted"),
    "undecided": to_say("undecided"),
}


@dataclass(frozen=True)
class Combination:
    """One way to take the rules."""

    reading: Reading
    evaluated: Evaluated
    lag_days: int


COMBINATIONS = tuple(
    Combination(reading, evaluated, lag_days)
    for reading, evaluated, lag_days in product(_READINGS, _EVALUATIONS, DELAYS)
)
"""All ways that are tried."""


@dataclass(frozen=True)
class Judged:
    """One report, and in which of its cases each combination gives what was seen."""

    report: Report
    fits: dict[Combination, tuple[bool, ...]]
    """For each case of the report, whether every observation comes out; one where it has none."""

    def verdict(self, combination: Combination) -> Verdict:
        """Say whether a combination reproduces the report.

        Returns:
            "reproduced" where it gives every observation whatever the report leaves open,
            "contradicted" where it never does, "undecided" where that depends on it.
        """
        fits = self.fits[combination]
        return "reproduced" if all(fits) else "undecided" if any(fits) else "contradicted"

    def at_best(self, reading: Reading) -> Verdict:
        """Return the best verdict of a reading, whatever the evaluation and the delay."""
        found = {self.verdict(one) for one in COMBINATIONS if one.reading == reading}
        if "reproduced" in found:
            return "reproduced"
        return "undecided" if "undecided" in found else "contradicted"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What fits and what does not: one sentence for each reading and evaluation."""
        return tuple(
            self._sentence(reading, evaluated)
            for reading, evaluated in product(_READINGS, _EVALUATIONS)
        )

    def _sentence(self, reading: Reading, evaluated: Evaluated) -> str:
        delays = [Combination(reading, evaluated, lag_days) for lag_days in DELAYS]
        said = [
            _at_delays(verdict, [one.lag_days for one in alike])
            for verdict, alike in groupby(delays, self.verdict)
        ]
        return say(
            _EVALUATIONS[evaluated], condition=reading_heading(reading), verdicts=", ".join(said)
        )


@dataclass(frozen=True)
class Evidence:
    """Every report beside every combination, and the counts."""

    judged: tuple[Judged, ...]
    not_simulated: tuple[Report, ...]
    """Reports that say too little to be simulated."""

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Count the reports, one row a combination.

        Columns: reading, evaluated, lag_days; the reports reproduced, contradicted, undecided.
        """
        return pd.DataFrame([self._score(combination) for combination in COMBINATIONS])

    @property
    def sentences(self) -> tuple[str, ...]:
        """The counts in words."""
        simulated, told = len(self.judged), len(self.judged) + len(self.not_simulated)
        return (
            say_count(
                "{simulated} of {reports} can be simulated; {count} says too little for it.",
                "{simulated} of {reports} can be simulated; {count} say too little for it.",
                told - simulated,
                simulated=number(simulated),
                reports=_reports_in_words(told),
            ),
            *(self._reading_in_words(reading) for reading in _READINGS),
            say_count(
                "{count} of {reports} fits neither reading.",
                "{count} of {reports} fit neither reading.",
                self._fit_neither,
                reports=_reports_in_words(simulated),
            ),
            say_count(
                "{count} of {combinations} combinations of reading, evaluation and delay "
                "is contradicted by no report.",
                "{count} of {combinations} combinations of reading, evaluation and delay "
                "are contradicted by no report.",
                self._uncontradicted,
                combinations=number(len(COMBINATIONS)),
            ),
        )

    def _score(self, combination: Combination) -> dict[str, str | int]:
        found = [one.verdict(combination) for one in self.judged]
        return {
            "reading": combination.reading,
            "evaluated": combination.evaluated,
            "lag_days": combination.lag_days,
            **{verdict: found.count(verdict) for verdict in VERDICTS},
        }

    def _reading_in_words(self, reading: Reading) -> str:
        found = [one.at_best(reading) for one in self.judged]
        return say_count(
            "{condition}: {count} of {reports} fits some evaluation and delay, "
            "{undecided} may fit and {contradicted} cannot.",
            "{condition}: {count} of {reports} fit some evaluation and delay, "
            "{undecided} may fit and {contradicted} cannot.",
            found.count("reproduced"),
            condition=reading_heading(reading),
            reports=_reports_in_words(len(found)),
            undecided=number(found.count("undecided")),
            contradicted=number(found.count("contradicted")),
        )

    @property
    def _fit_neither(self) -> int:
        return sum(
            all(one.at_best(reading) == "contradicted" for reading in _READINGS)
            for one in self.judged
        )

    @property
    def _uncontradicted(self) -> int:
        return int((self.scores["contradicted"] == 0).sum())


def evidence(reports: Iterable[Report] | None = None) -> Evidence:
    """Try every report with each reading, evaluation and delay, in one batch.

    Args:
        reports: which; None: all that come with the package.

    Raises:
        ReportError: a ValueError; a report of the package cannot be used.
    """
    given = all_reports() if reports is None else tuple(reports)
    simulated = [report for report in given if report.account]
    trials = [
        (place, combination, account)
        for place, accounts in enumerate(report.accounts for report in simulated)
        for combination in COMBINATIONS
        for account in accounts
    ]
    projections = project_many(
        account.but(
            reading=combination.reading,
            evaluated=combination.evaluated,
            lag_days=combination.lag_days,
        )
        for _, combination, account in trials
    )
    fits: list[dict[Combination, tuple[bool, ...]]] = [{} for _ in simulated]
    for (place, combination, _), projection in zip(trials, projections, strict=True):
        comes_out = _comes_out(simulated[place], projection)
        fits[place][combination] = (*fits[place].get(combination, ()), comes_out)
    return Evidence(
        judged=tuple(map(Judged, simulated, fits)),
        not_simulated=tuple(report for report in given if not report.account),
    )


def _comes_out(report: Report, projection: Projection) -> bool:
    return all(one.tier in _tiers_on(projection, one.on) for one in report.observed)


def _tiers_on(projection: Projection, day: date) -> tuple[str, str]:
    """The tier before and after what happens on a day: nobody says when they looked."""
    free, *gated = projection.unlocks
    before = after = free.tier
    for unlock in gated:
        if unlock.on is None or unlock.on > day:
            continue
        after = unlock.tier
        if unlock.on < day or unlock.tier in projection.open_at_start:
            before = unlock.tier
    return before, after


def _at_delays(verdict: Verdict, delays: Sequence[int]) -> str:
    said, most = say(_VERDICTS[verdict]), delays[-1]
    if len(delays) == len(DELAYS):
        return say("{verdict} at every delay", verdict=said)
    if most == 0:
        return say("{verdict} without a delay", verdict=said)
    if len(delays) == 1:
        return say("{verdict} with a delay of {days}", verdict=said, days=days_in_words(most))
    return say(
        "{verdict} with a delay of {least} to {days}",
        verdict=said,
        least=number(delays[0]),
        days=days_in_words(most),
    )


def _reports_in_words(count: int) -> str:
    return say_count("{count} report", "{count} reports", count)
