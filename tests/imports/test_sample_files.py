"""The exports of tests/imports/samples, read as files.

Beside each export, or several with one stem, lies a TOML file with what is to come out of it: its
`story`, the `formats` that are recognised, and what else its reader would look at. Only what is
written is checked, but the rows left out are always all named.
"""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from tierlogic import imports

SAMPLES = Path(__file__).parent / "samples"


class Written(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ExpectedDay(Written):
    date: date
    tokens: int = 0
    billed: Decimal | None = None
    computed: Decimal | None = None
    difference: Decimal | None = None
    cause: str | None = None


class ExpectedPayment(Written):
    date: date
    amount: Decimal


class ExpectedUnread(Written):
    line: int
    reason: str


class Sample(Written):
    story: str
    formats: list[str]
    today: date | None = None
    read_for: str | None = None
    provider: str | None = None
    currency: str = "USD"
    used: Decimal
    last_whole_day: date | None = None
    days: list[ExpectedDay]
    models: dict[str, int] | None = None
    payments: list[ExpectedPayment] = []
    unread: list[ExpectedUnread] = []
    notes: list[str] = []


def files_of(expected: Path) -> list[Path]:
    names = expected.parent.glob(f"{expected.stem}.*")
    return sorted(name for name in names if name != expected)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_sample(path: Path) -> None:
    sample = Sample.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    imported = imports.read(files_of(path), today=sample.today, provider=sample.read_for)
    assert [file.format for file in imported.files] == sample.formats
    assert (imported.provider, imported.currency) == (sample.provider, sample.currency)
    assert imported.used == sample.used
    assert imported.last_whole_day == sample.last_whole_day
    assert [on.date() for on in imported.days.index] == [day.date for day in sample.days]
    for expected, (_, day) in zip(sample.days, imported.days.iterrows(), strict=True):
        assert (day["tokens"], day["billed"]) == (expected.tokens, expected.billed)
        if expected.cause is not None:
            assert day["cause"] == expected.cause
        if expected.computed is not None:
            assert day["computed"] == expected.computed
        if expected.difference is not None:
            assert day["difference"] == expected.difference
    if sample.models is not None:
        assert dict(imported.models["tokens"]) == sample.models
    assert [(payment.on, payment.amount) for payment in imported.payments] == [
        (payment.date, payment.amount) for payment in sample.payments
    ]
    assert [(row.line, row.reason) for row in imported.unread] == [
        (row.line, row.reason) for row in sample.unread
    ]
    assert len(imported.notes) == len(sample.notes)
    for note, begins in zip(imported.notes, sample.notes, strict=True):
        assert note.startswith(begins)


def test_every_sample_has_its_expectation() -> None:
    expected = {name for path in SAMPLES.glob("*.toml") for name in files_of(path)}
    assert expected == set(SAMPLES.iterdir()) - set(SAMPLES.glob("*.toml"))
