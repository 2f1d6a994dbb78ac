"""What the reports say of each reading, evaluation and delay.

The arithmetic of the package's reports stands in their files.
"""

import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import tierlogic as tl
from tierlogic.evidence_reports import REPORTS, Report
from tierlogic.evidence_verdicts import (
    COMBINATIONS,
    VERDICTS,
    Combination,
    Evaluated,
    Judged,
    Verdict,
)
from tierlogic.scenario import Reading

BOUGHT_250 = "openai-490779-bought-250"
STUCK = "openai-490779-stuck-at-tier-1"
PREPAID_150 = "openai-490779-prepaid-150"
BOUGHT_100 = "openai-1354458-100-bought"
AT_ONCE_250 = "openai-659398-250-at-once"
STILL_FREE = "openai-issue-145-still-free"
NOT_IMMEDIATELY = "openai-issue-208-not-immediately"

JUST_AT_TIER_3 = {"paid_before": 100, "used_before": 100}


def report(name: str, **changes: Any) -> Report:
    """A report of the package, some of its keys changed."""
    content = tomllib.loads((REPORTS / f"{name}.toml").read_text("utf-8"), parse_float=Decimal)
    content["account"] |= changes.pop("account", {})
    return Report.model_validate({**content, **changes})


def judged(told: Report) -> Judged:
    (only,) = tl.evidence([told]).judged
    return only


def verdict(told: Report, reading: Reading, evaluated: Evaluated, lag_days: int) -> Verdict:
    return judged(told).verdict(Combination(reading, evaluated, lag_days))


def score(found: tl.Evidence, reading: Reading, evaluated: Evaluated, lag_days: int) -> list[int]:
    """Reports reproduced, contradicted and undecided."""
    at = COMBINATIONS.index(Combination(reading, evaluated, lag_days))
    return [int(found.scores[verdict].iloc[at]) for verdict in VERDICTS]


def seen(day: date, tier: str) -> list[dict[str, Any]]:
    return [{"on": day, "tier": tier}]


@pytest.mark.parametrize(
    ("name", "reading", "evaluated", "says"),
    [
        (BOUGHT_250, "paid", "daily", "RCCCCCCC"),
        (BOUGHT_250, "paid", "at_payment", "RCCCCCCC"),
        (BOUGHT_250, "used", "daily", "CCCCCCCC"),
        (BOUGHT_250, "used", "at_payment", "CCCCCCCC"),
        (STUCK, "paid", "daily", "CCCCCCCC"),
        (STUCK, "paid", "at_payment", "UUUUUUUU"),
        (STUCK, "used", "daily", "CCCCCCCC"),
        (STUCK, "used", "at_payment", "UUUUUUUU"),
        (PREPAID_150, "paid", "daily", "UCCCCCCC"),
        (PREPAID_150, "paid", "at_payment", "UCCCCCCC"),
        (PREPAID_150, "used", "daily", "CCCCCCCC"),
        (PREPAID_150, "used", "at_payment", "CCCCCCCC"),
        (BOUGHT_100, "paid", "daily", "UUUUUUUU"),
        (BOUGHT_100, "paid", "at_payment", "UUUUUUUU"),
        (BOUGHT_100, "used", "daily", "RRRRRRRR"),
        (BOUGHT_100, "used", "at_payment", "RRRRRRRR"),
        (AT_ONCE_250, "paid", "daily", "UUUUUUUU"),
        (AT_ONCE_250, "paid", "at_payment", "UUUUUUUU"),
        (AT_ONCE_250, "used", "daily", "CCCCCCCC"),
        (AT_ONCE_250, "used", "at_payment", "CCCCCCCC"),
        (STILL_FREE, "paid", "daily", "URRRRRRR"),
        (STILL_FREE, "used", "at_payment", "URRRRRRR"),
        (NOT_IMMEDIATELY, "paid", "daily", "URRRRRRR"),
        (NOT_IMMEDIATELY, "used", "at_payment", "URRRRRRR"),
    ],
)
def test_what_fits_a_report_at_delays_of_0_to_7_days(
    name: str, reading: Reading, evaluated: Evaluated, says: str
) -> None:
    found = judged(report(name))
    verdicts = [found.verdict(Combination(reading, evaluated, lag_days)) for lag_days in range(8)]
    assert "".join(one[0] for one in verdicts).upper() == says


@pytest.mark.parametrize(
    ("day", "lag_days", "says"),
    [
        # Bought on the 20th. A look may be before or after what happens on its day.
        (19, 0, "contradicted"),
        (20, 0, "reproduced"),
        (20, 1, "contradicted"),
        (21, 1, "reproduced"),
        (21, 2, "contradicted"),
    ],
)
def test_tier_4_is_seen_from_the_day_it_opens_on(day: int, lag_days: int, says: Verdict) -> None:
    told = report(
        BOUGHT_250, observed=seen(date(2023, 11, day), "Tier 4"), cases=[], account=JUST_AT_TIER_3
    )
    assert verdict(told, "paid", "daily", lag_days) == says


@pytest.mark.parametrize(("day", "says"), [(20, "reproduced"), (21, "contradicted")])
def test_tier_3_is_seen_up_to_the_day_it_ends_on(day: int, says: Verdict) -> None:
    told = report(
        BOUGHT_250, observed=seen(date(2023, 11, day), "Tier 3"), cases=[], account=JUST_AT_TIER_3
    )
    assert verdict(told, "paid", "daily", 0) == says


@pytest.mark.parametrize(("first", "says"), [(6, "reproduced"), (7, "contradicted")])
def test_tier_4_waits_14_days(first: int, says: Verdict) -> None:
    # 20 November is the 14th day after the 6th and the 13th after the 7th.
    told = report(BOUGHT_250, account={"first_payment": date(2023, 11, first)})
    assert verdict(told, "paid", "daily", 0) == says


@pytest.mark.parametrize(("amount", "says"), [("150", "reproduced"), ("149.99", "contradicted")])
def test_a_cent_short_of_250(amount: str, says: Verdict) -> None:
    purchases = [{"on": date(2023, 11, 20), "amount": Decimal(amount)}]
    told = report(BOUGHT_250, cases=[], account={**JUST_AT_TIER_3, "purchases": purchases})
    assert verdict(told, "paid", "daily", 0) == says


@pytest.mark.parametrize(("used", "says"), [("49.99", "reproduced"), ("50", "undecided")])
def test_4_dollars_used_could_as_well_be_49_99(used: str, says: Verdict) -> None:
    # With $50 used Tier 2 asks only for 7 days since the payment: not over after 6, over after 30.
    told = report(BOUGHT_100, account={"used_before": Decimal(used)})
    assert verdict(told, "used", "daily", 0) == says


@pytest.mark.parametrize(
    ("day", "lag_days", "says"),
    [
        (28, 0, "reproduced"),
        (29, 0, "contradicted"),
        (29, 1, "reproduced"),
        (30, 1, "contradicted"),
    ],
)
def test_free_a_day_after_the_purchase_needs_a_delay(
    day: int, lag_days: int, says: Verdict
) -> None:
    bought = {"purchases": [{"on": date(2024, 8, 28), "amount": 5}]}
    told = report(STILL_FREE, observed=seen(date(2024, 8, day), "Free"), cases=[], account=bought)
    assert verdict(told, "paid", "daily", lag_days) == says


def test_the_counts_of_two_reports() -> None:
    found = tl.evidence([report(BOUGHT_250), report(BOUGHT_100)])
    assert len(found.scores) == len(COMBINATIONS) == 2 * 2 * 8
    # Buying at once fits the first and leaves the second open; later it contradicts the first.
    assert score(found, "paid", "daily", 0) == [1, 0, 1]
    assert score(found, "paid", "daily", 1) == [0, 1, 1]
    # Using contradicts the first and fits the second, whatever the delay.
    assert score(found, "used", "at_payment", 7) == [1, 1, 0]
    assert "\n".join(found.sentences) == COUNTS


COUNTS = """\
2 of 2 reports can be simulated; 0 say too little for it.
If buying credit counts: 1 of 2 reports fits some evaluation and delay, 1 may fit and 0 cannot.
If only used money counts: 1 of 2 reports fits some evaluation and delay, 0 may fit and 1 cannot.
0 of 2 reports fit neither reading.
2 of 32 combinations of reading, evaluation and delay are contradicted by no report."""


def test_a_report_that_fits_neither_is_counted() -> None:
    # Three purchases: contradicted whether looked at daily or when paying.
    stuck = report(STUCK)
    told = report(STUCK, cases=[stuck.cases[1].model_dump()])
    found = tl.evidence([told])
    assert "1 of 1 report fits neither reading." in found.sentences
    assert list(found.scores["contradicted"].unique()) == [1]


def test_a_report_that_says_too_little_is_counted_and_not_scored() -> None:
    too_little = next(one for one in tl.evidence().not_simulated if "282" in one.id)
    found = tl.evidence([too_little, report(BOUGHT_250)])
    assert found.sentences[0] == "1 of 2 reports can be simulated; 1 says too little for it."
    assert found.not_simulated == (too_little,)
    assert set(found.scores[["reproduced", "contradicted", "undecided"]].sum(axis=1)) == {1}


def test_all_reports_of_the_package() -> None:
    found = tl.evidence()
    assert (len(found.judged), len(found.not_simulated)) == (7, 7)
    # From the table above: R, C and U of the seven in the same column.
    assert score(found, "paid", "daily", 0) == [1, 1, 5]
    assert score(found, "paid", "at_payment", 0) == [1, 0, 6]
    assert score(found, "used", "daily", 0) == [1, 4, 2]
    assert score(found, "used", "daily", 1) == [3, 4, 0]
    assert found.sentences[-1] == (
        "1 of 32 combinations of reading, evaluation and delay is contradicted by no report."
    )


def test_a_report_in_sentences() -> None:
    buying, _, _, using = judged(report(BOUGHT_250)).sentences
    assert buying == (
        "If buying credit counts and accounts are looked at every day: "
        "reproduced without a delay, contradicted with a delay of 1 to 7 days."
    )
    assert using == (
        "If only used money counts and accounts are looked at only when paying: "
        "contradicted at every delay."
    )
