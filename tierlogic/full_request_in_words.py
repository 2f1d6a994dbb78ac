"""When a request of a model's whole context window fits in one minute's limit, in words."""

from datetime import date

from tierlogic.answer import READINGS, Answer, if_reading
from tierlogic.capacity import FullRequest, full_request
from tierlogic.language import day_in_words, number, say
from tierlogic.rules.catalog import limits, load_limits
from tierlogic.scenario import Reading, Scenario


def full_request_in_words(answered: Answer, line: int = 0) -> str | None:
    """Say when a request of the model's whole context window fits in one minute's limit.

    Returns:
        None where the line or its model's context window is not known.
    """
    if line >= len(answered.scenario.usage):
        return None
    used, paid = (full_request(answered.by_reading[reading], line) for reading in READINGS)
    if used is None or paid is None:
        return None
    said = [_fits(used, paid)]
    if not (used.fits_from and paid.fits_from) and (used.unknown_tier or paid.unknown_tier):
        said.append(_unknown(used, paid, answered.scenario))
    return " ".join(said)


def _fits(used: FullRequest, paid: FullRequest) -> str:
    model, window = used.model, number(used.context_window)
    if used.fits_from or paid.fits_from:
        return say(
            "A full {window}-token request to {model} fits in one minute's limit {from_day}.",
            window=window,
            model=model,
            from_day=_from_day((used.fits_from, paid.fits_from), (_limit(used), _limit(paid))),
        )
    best = max(
        (best for best in (used.best_known, paid.best_known) if best), key=_by_tpm, default=None
    )
    if best is None:
        return say(
            "A full {window}-token request to {model} may or may not fit in one minute's limit.",
            window=window,
            model=model,
        )
    tier, tpm = best
    if tpm == 0:
        return say(
            "A full {window}-token request to {model} cannot be sent at {tier}, "
            "which does not serve this model.",
            window=window,
            model=model,
            tier=tier,
        )
    return say(
        "A full {window}-token request to {model} does not fit in "
        "the {tokens} tokens per minute of {tier}.",
        window=window,
        model=model,
        tokens=number(tpm, ",.0f"),
        tier=tier,
    )


def _limit(request: FullRequest) -> str:
    if request.tier is None or request.tpm is None:
        return ""
    tokens = number(request.tpm, ",.0f")
    return say("{tier}, {tokens} tokens per minute", tier=request.tier, tokens=tokens)


def _by_tpm(best: tuple[str, float]) -> float:
    return best[1]


def _from_day(days: tuple[date | None, date | None], limits: tuple[str, str] = ("", "")) -> str:
    """Say from when something holds under each reading, or once where the readings agree."""
    under_each = [
        (day, limit, reading)
        for day, limit, reading in zip(days, limits, READINGS, strict=True)
        if day
    ]
    first, *_ = under_each
    if days[0] == days[1] and limits[0] == limits[1]:
        return _from(*first[:2])
    return ", ".join(_from_if(*each) for each in under_each)


def _from(day: date, limit: str) -> str:
    if limit:
        return say("from {day} ({limit})", day=day_in_words(day), limit=limit)
    return say("from {day}", day=day_in_words(day))


def _from_if(day: date, limit: str, reading: Reading) -> str:
    said, condition = day_in_words(day), if_reading(reading)
    if limit:
        return say("from {day} {condition} ({limit})", day=said, condition=condition, limit=limit)
    return say("from {day} {condition}", day=said, condition=condition)


def _unknown(used: FullRequest, paid: FullRequest, scenario: Scenario) -> str:
    """Say which limit is not known, and what the nearest other table has for it."""
    unknown = used if used.unknown_tier else paid
    tier = unknown.unknown_tier or ""
    from_day = _from_day((used.unknown_from, paid.unknown_from))
    elsewhere = _known_elsewhere(unknown.model, tier, scenario)
    if elsewhere is None:
        return say(
            "What {tier} allows ({from_day}) is not in {table}.",
            tier=tier,
            from_day=from_day,
            table=scenario.limits,
        )
    other_table, tpm = elsewhere
    return say(
        "What {tier} allows ({from_day}) is not in {table}; "
        "{other_table} has {tokens} tokens per minute.",
        tier=tier,
        from_day=from_day,
        table=scenario.limits,
        other_table=other_table,
        tokens=number(tpm, ",.0f"),
    )


def _known_elsewhere(model: str, tier: str, scenario: Scenario) -> tuple[str, float] | None:
    """Find the limit of the nearest table in time that has it, in tokens a minute."""
    here = scenario.limits_table
    others = [load_limits(table) for table in limits() if table != here.id]
    nearest_first = sorted(
        (table for table in others if table.provider == here.provider),
        key=lambda table: abs((table.in_force_from - here.in_force_from).days),
    )
    for table in nearest_first:
        row = table.row_for(model)
        tpm = row.number("tpm", tier) if row else None
        if tpm is not None:
            return table.id, tpm
    return None
