"""Rates a minute: what a tier grants beside what the plan needs, and when a full request fits."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from tierlogic.engine.block import Floats
from tierlogic.engine.demand import Traffic
from tierlogic.projection import Projection
from tierlogic.rules.limits import LimitsRow
from tierlogic.scenario import Scenario, UsageLine


def per_minute(projection: Projection, line: int = 0) -> pd.DataFrame:
    """Compare the tokens a minute that one usage line's limits grant and need.

    Lines that share the limits are summed. Where a table limits input and output apart, it is
    the input that is compared.

    Returns:
        One row a day, index "date"; columns tpm_limit (NaN where it is not known, infinity where
        there is none), tpm_average over the active hours, and tpm_peak in the busiest minute.
    """
    scenario = projection.scenario
    row = _row(scenario, line)
    limit_at = np.array([_tpm(row, tier) for tier in scenario.rules.tier_names], dtype=float)
    wanted = _tokens_wanted(scenario, _lines_of(scenario, line), row)
    average = wanted / (scenario.active_hours * 60)
    return pd.DataFrame(
        {
            "tpm_limit": limit_at[projection.diary.tier[:, 0]],
            "tpm_average": average,
            "tpm_peak": average * scenario.peak_factor,
        },
        index=projection.daily.index,
    )


@dataclass(frozen=True)
class FullRequest:
    """When one request of a model's whole context window fits in a minute's limit."""

    model: str
    context_window: int
    """Tokens."""
    fits_from: date | None
    """First day on which the tier in force is known to allow it; None: not within the horizon."""
    tier: str | None
    """Tier in force on that day."""
    tpm: float | None
    """That tier's limit."""
    unknown_from: date | None
    """First day with a tier whose limit the table lacks; None: every tier's is known."""
    unknown_tier: str | None
    best_known: tuple[str, float] | None
    """The tier within the horizon with the largest known limit, and that limit."""


def full_request(projection: Projection, line: int = 0) -> FullRequest | None:
    """Find the first day on which a request of the line's whole context window fits.

    Returns:
        None where the model's context window is not known.
    """
    scenario = projection.scenario
    usage = scenario.usage[line]
    if usage.context_window is None:
        return None
    row = _row(scenario, line)
    fits = unknown = best = None
    for day, tier in projection.tier_changes:
        tpm = _tpm(row, tier)
        if np.isnan(tpm):
            unknown = unknown or (day, tier)
            continue
        if fits is None and tpm >= usage.context_window:
            fits = (day, tier)
        if best is None or tpm > best[1]:
            best = (tier, tpm)
    return FullRequest(
        model=usage.model,
        context_window=usage.context_window,
        fits_from=fits[0] if fits else None,
        tier=fits[1] if fits else None,
        tpm=_tpm(row, fits[1]) if fits else None,
        unknown_from=unknown[0] if unknown else None,
        unknown_tier=unknown[1] if unknown else None,
        best_known=best,
    )


def lines_by_row(scenario: Scenario) -> list[list[int]]:
    """Group the usage lines that draw on one row of the limits table, in order."""
    groups: dict[str, list[int]] = {}
    for index, usage in enumerate(scenario.usage):
        row = _row(scenario, index)
        groups.setdefault(row.bucket(usage.model) if row else usage.model, []).append(index)
    return list(groups.values())


def _row(scenario: Scenario, line: int) -> LimitsRow | None:
    return scenario.limits_table.row_for(scenario.usage[line].model)


def limits_input_only(row: LimitsRow | None) -> bool:
    """Whether a row limits tokens a minute for input and output apart."""
    if row is None:
        return False
    return not any(limits.tpm is not None for limits in row.tiers) and any(
        limits.input_tpm is not None for limits in row.tiers
    )


def _tpm(row: LimitsRow | None, tier: str) -> float:
    """Tokens per minute at a tier, or of input where that is limited; NaN where not known."""
    if row is None:
        return np.nan
    tpm = row.number("input_tpm" if limits_input_only(row) else "tpm", tier)
    return np.nan if tpm is None else tpm


def _lines_of(scenario: Scenario, line: int) -> list[int]:
    return next(group for group in lines_by_row(scenario) if line in group)


def _tokens_wanted(scenario: Scenario, lines: list[int], row: LimitsRow | None) -> Floats:
    """Tokens a day that lines of one row want, as far as its limit counts them."""
    wanted = np.zeros(scenario.days)
    for index in lines:
        line = scenario.usage[index]
        only = scenario.model_copy(update={"usage": (line,)})
        traffic = Traffic([only], tiers=len(scenario.rules.tiers))
        tokens = traffic.on(range(scenario.days)).tokens_wanted[:, 0]
        wanted += tokens * (_input_counted(line, row) if limits_input_only(row) else 1)
    return wanted


def _input_counted(line: UsageLine, row: LimitsRow | None) -> float:
    counts_cached = row is None or row.cached_input_counts
    return (1 - line.output_share) * (1 if counts_cached else 1 - line.cached_share)
