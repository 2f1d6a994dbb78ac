"""Files that are no report of usage, by mistake or on purpose: a named refusal."""

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tierlogic.imports import Imported, ImportFileError, read


def a_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("cost.csv", "date,cost\n2026-09-01,1\n")
    return stream.getvalue()


HEADER = b"date,cost\n"

REFUSED = {
    "empty": (b"", "is empty"),
    "blank": (b"\n \n", "is empty"),
    "pdf": (b"%PDF-1.7\n", "is a PDF"),
    "image": (b"\x89PNG\r\n\x1a\n", "is an image"),
    "zip": (a_zip(), "is a zip archive"),
    "gzip": (b"\x1f\x8b\x08\x00", "is a gzip archive"),
    "web page": (b"<!doctype html><p>", "is a web page"),
    "any bytes": (bytes(range(1, 256)) * 9, "is not text"),
    "NULs": (b"date,cost\n2026-09-01,\0\n", "is not text"),
    "UTF-32": ("date,cost\n".encode("utf-32"), "is text in UTF-32"),
    "UTF-16 without a mark": ("date,cost\n".encode("utf-16-le"), "is not text"),
    "one column": (b"date\n2026-09-01\n", "neither a table's header nor JSON"),
    "unknown columns": (b"a,b\n1,2\n", "is in no format that is known here (it has a, b)"),
    "10,000 columns": (b",".join([b"c"] * 10_000) + b"\n", "has 10,000 columns; 500 is the most"),
    "a depth of 10,000": (b"[" * 10_000 + b"]" * 10_000, "is nested too deep"),
    "objects to a depth of 10,000": (
        b'{"data": [' + b'{"a": ' * 10_000 + b"1" + b"}" * 10_000 + b"]}",
        "is nested too deep",
    ),
    "5,000 fields": (
        b"[{" + b",".join(b'"k%d": 1' % n for n in range(5_000)) + b"}]",
        "is in no format",
    ),
    "NaN": (b'[{"date": "2026-09-01", "cost": NaN}]', "NaN is not a number"),
    "no JSON": (b"{date: 1}", "is not JSON"),
    "no rows": (HEADER, "no row of it can be used"),
    "only text": (HEADER + b"soon,much\n", "line 2: 'soon' is not a date"),
    "a formula": (HEADER + b"2026-09-01,=1+1\n", "line 2: cost is '=1+1', not a number"),
    "1e999": (HEADER + b"2026-09-01,1e999\n", "cost is 1e999, more than 1,000,000,000"),
    "1e999 in JSON": (b'[{"date": "2026-09-01", "cost": 1e999}]', "cost is 1e999, more than"),
    "10,000 digits": (HEADER + b"2026-09-01," + b"9" * 10_000 + b"\n", "more than 1,000,000,000"),
    "the year 9999": (HEADER + b"9999-12-31T23:59:59-14:00,1\n", "is not a date"),
    "before 2020": (HEADER + b"2019-12-31,1\n", "is not between 2020-01-01 and 2100-12-31"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_names_the_file_and_the_reason(name: str) -> None:
    content, reason = REFUSED[name]
    with pytest.raises(ImportFileError) as refusal:
        read([content])
    assert str(refusal.value).startswith("File 1 ")
    assert reason in str(refusal.value)


def test_a_file_is_named_by_its_own_name() -> None:
    stream = io.BytesIO(b"%PDF-1.7\n")
    stream.name = "/home/someone/invoice.csv"
    with pytest.raises(ImportFileError, match=r"^invoice\.csv is a PDF"):
        read([stream])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match=r"^none\.csv cannot be opened: No such file"):
        read([tmp_path / "none.csv"])


def test_no_file() -> None:
    with pytest.raises(ImportFileError, match="No file was given"):
        read([])


PARTLY_READ = {
    "a line of 3 MB": (b"2026-09-01," + b"1" * 3_000_000, "is longer than 1,000,000 characters"),
    "a cell of 300 kB": (
        b'2026-09-01,"' + b"1" * 300_000 + b'"',
        "is no row of a table: field larger than field limit (131072)",
    ),
    "NULs far down": (b" " * 70_000 + b"2026-09-01,\0", "holds NUL characters"),
    "a cell too many": (b"2026-09-01,1,2", "has 3 cells where the header has 2"),
    "a tiny number": (b"2026-09-01,1e-9999", "cost is '1e-9999', not a number"),
    "infinity": (b"2026-09-01,inf", "cost is 'inf', not a number"),
    "a date of two meanings": (
        b"03/04/2026,1",
        "'03/04/2026' may be two dates: write it as 2026-12-31, year first",
    ),
    "a cost below 0": (b"2026-09-01,-1", "cost is -1; it must not be negative"),
}


@pytest.mark.parametrize("name", PARTLY_READ)
def test_what_can_be_read_is_used(name: str) -> None:
    line, reason = PARTLY_READ[name]
    imported = read([HEADER + line + b"\n2026-09-02,2.50\n"])
    assert imported.used == 2.5
    assert [(row.line, row.reason) for row in imported.unread] == [(2, reason)]
    assert imported.unread_count == 1


def test_all_unreadable_rows_are_counted_and_the_first_are_listed() -> None:
    imported = read([HEADER + b"soon,1\n" * 1_500 + b"2026-09-02,2.50\n"])
    assert (imported.unread_count, len(imported.unread)) == (1_500, 1_000)
    assert imported.files[0].unread == 1_500


@pytest.mark.parametrize(
    "table",
    [
        b"date,cost\r2026-09-01,1.5\r",
        b"sep=;\r\ndate;cost\r\n2026-09-01;1,5\r\n",
        b"Date|Cost\n2026-09-01|1.5\n",
        b'"date","cost"\n"2026-09-01","$1.50"\n',
        b"date\tcost\n1788220800\t1.5\n",
        b"date\tcost\n1788220800000\t1.5\n",
        b"date\tcost\nSep 1, 2026\t1.5\n",
        b"date\tcost\n1 September 2026\t1.5\n",
        b"date\tcost\n2026-09-01 23:59:59 UTC\t1.5\n",
        b"date\tcost\n2026-09-02 01:00:00 +0200\t1.5\n",
        b"date;cost\n2026-09-01;1,500\n",
        b"\n\ndate,cost\n\n2026-09-01,1.5\n\n",
    ],
)
def test_one_day_however_it_is_written(table: bytes) -> None:
    imported = read([table])
    assert imported.actual["used"].to_dict() == {imported.days.index[0]: 1.5}
    assert imported.days.index[0].date().isoformat() == "2026-09-01"
    assert imported.unread_count == 0


SAMPLES = [
    path.read_bytes()
    for path in sorted((Path(__file__).parent / "samples").iterdir())
    if path.suffix != ".toml"
]
PIECES = st.sampled_from(
    [b"\n", b",", b";", b'"', b"{", b"]", b"\0", b"\xff", b"1e999", b"-", b"="]
)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(0, 4000), st.integers(0, 60), PIECES | st.binary())
def test_a_damaged_export_is_read_or_refused(sample: bytes, at: int, gone: int, new: bytes) -> None:
    damaged = sample[:at] + new + sample[at + gone :]
    try:
        imported = read([damaged])
    except ImportFileError:
        return
    assert imported.used >= 0
    assert len(imported.days) == len(imported.actual)


class Endless(io.RawIOBase):
    """A table of a given number of rows, made while it is read."""

    def __init__(self, rows: int) -> None:
        self._left, self._rest = rows, b"date,model,project,input_tokens,cost\n"

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        while len(self._rest) < size and self._left:
            self._left -= 1
            self._rest += b"2026-09-%02d,gpt-4o,p%d,1000,0.0025\n" % (
                self._left % 28 + 1,
                self._left,
            )
        part, self._rest = self._rest[:size], self._rest[size:]
        return part


def used_memory(rows: int) -> tuple[int, Imported, list[int]]:
    reported: list[int] = []
    tracemalloc.start()
    imported = read([Endless(rows)], progress=lambda _name, done, _size: reported.append(done))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak, imported, reported


def test_a_long_file_takes_no_more_memory_than_a_short_one() -> None:
    used_memory(100)
    short, _, _ = used_memory(2_000)
    long, imported, reported = used_memory(20_000)
    assert long < 1.5 * short
    assert imported.used == 50  # 20,000 * $0.0025
    assert reported == sorted(reported)
    assert len(reported) > 10
    assert reported[-1] > 20_000 * len("2026-09-01,gpt-4o,p,1000,0.0025\n")
