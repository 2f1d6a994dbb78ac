"""A table that is edited: its rows are those that it was opened with, and the edits since."""

from datetime import date

from tierlogic.page.edited import Columns, frame_of, rows_of

COLUMNS: Columns = {"on": "date", "amount": "number", "every": "text"}
FIRST = {"on": date(2026, 6, 1), "amount": 50.0, "every": None}
SECOND = {"on": date(2026, 7, 1), "amount": 20.0, "every": "month"}


def test_without_edits_the_rows_are_those_it_was_opened_with() -> None:
    assert rows_of([FIRST, SECOND], {}, COLUMNS) == [FIRST, SECOND]


def test_cells_are_edited_rows_deleted_and_added_at_the_end() -> None:
    edits = {
        "edited_rows": {0: {"amount": 75}, 1: {"amount": 1}},
        "deleted_rows": [1],
        "added_rows": [{"on": "2026-08-01T00:00:00.000Z", "amount": "5"}],
    }
    assert rows_of([FIRST, SECOND], edits, COLUMNS) == [
        FIRST | {"amount": 75.0},
        {"on": date(2026, 8, 1), "amount": 5.0, "every": None},
    ]
    assert FIRST["amount"] == 50.0


def test_what_is_none_of_its_kind_is_an_empty_cell_and_unknown_places_are_left_out() -> None:
    edits = {
        "edited_rows": {0: {"on": "soon", "amount": "NaN", "other": 1}, 7: {"amount": 1}},
        "added_rows": [{"amount": None}],
    }
    empty = {"on": None, "amount": None, "every": None}
    assert rows_of([FIRST], edits, COLUMNS) == [empty, empty]


def test_an_empty_table_has_the_kinds_of_its_columns() -> None:
    kinds = frame_of([], COLUMNS).dtypes.map(str).to_dict()
    assert kinds == {"on": "datetime64[s]", "amount": "float64", "every": "object"}
