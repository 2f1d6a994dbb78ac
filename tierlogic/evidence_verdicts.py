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
    "daily": "looked at every day",
    "at_payment": "looked at only when paying",
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
            f"{verdict} {_delays_in_words([one.lag_days for one in alike])}"
            for verdict, alike in groupby(delays, self.verdict)
        ]
        condition = reading_heading(reading)
        return f"{condition} and accounts are {_EVALUATIONS[evaluated]}: {', '.join(said)}."


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
        can_be = f"{simulated} of {_reports_in_words(told)} can be simulated"
        tried = f"{len(COMBINATIONS)} combinations of reading, evaluation and delay"
        return (
            f"{can_be}; {told - simulated} say too little for it.",
            *(self._reading_in_words(reading) for reading in _READINGS),
            f"{self._fit_neither} of {_reports_in_words(simulated)} fit neither reading.",
            f"{self._uncontradicted} of {tried} are contradicted by no report.",
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
        return (
            f"{reading_heading(reading)}: {found.count('reproduced')} of "
            f"{_reports_in_words(len(found))} fit some evaluation and delay, "
            f"{found.count('undecided')} may fit and {found.count('contradicted')} cannot."
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


def _delays_in_words(delays: Sequence[int]) -> str:
    if len(delays) == len(DELAYS):
        return "at every delay"
    if delays[-1] == 0:
        return "without a delay"
    span = f"{delays[0]} to " if len(delays) > 1 else ""
    return f"with a delay of {span}{days_in_words(delays[-1])}"


def _reports_in_words(count: int) -> str:
    return "1 report" if count == 1 else f"{count} reports"
