"""JSON is read piece by piece: nothing is lost where pieces meet, nor at the end."""

from decimal import Decimal

import pytest

from tierlogic.imports import read

PIECE = 1 << 18
"""Characters of JSON that are read at once, after the first line."""


@pytest.mark.parametrize(
    ("cost", "behind"), [("0.5", "0"), ("0.5", "0."), ("5e-1", "5e"), ("5e-1", "5e-")]
)
def test_a_number_of_json_that_lies_in_two_pieces(cost: str, behind: str) -> None:
    first = '{"date": "2026-09-01", "cost": 1}\n'
    opens, closes = '{"date": "2026-09-02", "note": "', '", "cost": '
    note = "x" * (PIECE - len(opens) - len(closes) - len(behind))
    file = f"{first}{opens}{note}{closes}{cost}}}\n".encode()
    assert read([file]).used == Decimal("1.5")


@pytest.mark.parametrize("end", ["}", "}\n", "}\n\n\n", "}]"])
def test_the_last_entry_of_json(end: str) -> None:
    entries = '{"date": "2026-09-01", "cost": 1}, {"date": "2026-09-02", "cost": 0.5'
    file = f"{'[' if end.endswith(']') else ''}{entries}{end}".encode()
    imported = read([file])
    assert (imported.used, imported.unread_count) == (Decimal("1.5"), 0)
