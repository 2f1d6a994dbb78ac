"""Files as text: opened one at a time, read from front to back, never held whole."""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self

from tierlogic.imports.records import ImportFileError, Unread
from tierlogic.language import number, say, to_say

MAX_LINE = 1_000_000
"""Characters."""
MAX_LISTED = 1_000
"""Unreadable rows that are listed, of each file; all are counted."""
_HEAD = 1 << 16


class Stream(Protocol):
    """An open binary file, or what is read like one."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes; none at the end."""

    def seekable(self) -> bool:
        """Whether it can be read from its start again."""

    def seek(self, offset: int, /) -> int:
        """Go to a place in it."""


Source = str | Path | bytes | Stream
Progress = Callable[[str, int, int | None], None]
"""Called with the file's name, the bytes read of it, and its size or None."""

_IMAGE = to_say("{file} is an image; export the figures as CSV or JSON instead")
_UTF_32 = to_say("{file} is text in UTF-32; save it as UTF-8")
_REFUSED = {
    b"%PDF": to_say("{file} is a PDF; export the figures as CSV or JSON instead"),
    b"PK\x05\x06": to_say("{file} is an empty zip archive; give the files themselves"),
    b"PK\x03\x04": to_say(
        "{file} is a zip archive or an Excel workbook; unpack it, or save the sheet as CSV"
    ),
    b"\x1f\x8b": to_say("{file} is a gzip archive; unpack it first"),
    b"\x89PNG": _IMAGE,
    b"\xff\xd8\xff": _IMAGE,
    b"GIF8": _IMAGE,
    b"\xd0\xcf\x11\xe0": to_say("{file} is an old Excel workbook; save the sheet as CSV"),
    b"PAR1": to_say("{file} is a Parquet file; save it as CSV"),
    b"SQLite format 3": to_say("{file} is a database; export the table as CSV"),
    b"7z\xbc\xaf": to_say("{file} is a 7z archive; unpack it first"),
    b"Rar!": to_say("{file} is a RAR archive; unpack it first"),
    b"\xff\xfe\x00\x00": _UTF_32,
    b"\x00\x00\xfe\xff": _UTF_32,
}
"""Why a file that begins so cannot be read."""


class _Watched(io.RawIOBase):
    """Bytes on their way in: counted, reported and digested."""

    def __init__(self, stream: Stream, name: str, size: int | None, progress: Progress) -> None:
        self._stream, self._name, self._size, self._progress = stream, name, size, progress
        self._read = 0
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._read += len(chunk)
        self.digest.update(chunk)
        self._progress(self._name, self._read, self._size)
        return len(chunk)


@dataclass
class Text:
    """One file as text, and what was found while reading it."""

    name: str
    _watched: _Watched
    _stream: io.TextIOWrapper
    _close: Callable[[], None]
    notes: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    unread_count: int = 0
    line: int = 0
    """Number of the line that was read last."""

    def __enter__(self) -> Self:
        """Read within this; a file that was opened by its path is closed afterwards."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what was opened here."""
        self._close()

    def opening(self) -> str:
        """Return the first line that is not blank, as far as a line may be long."""
        while line := self._stream.readline(MAX_LINE):
            self.line += 1
            if line.strip():
                return self._repaired(line)
        raise _empty(self.name)

    def lines(self) -> Iterator[str]:
        """Yield each further line; what cannot be held or holds NULs is unread."""
        while line := self._stream.readline(MAX_LINE):
            self.line += 1
            if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
                self._skip_rest_of_line()
                most = number(MAX_LINE)
                self.leave_out(self.line, say("is longer than {most} characters", most=most))
            elif "\0" in line:
                self.leave_out(self.line, say("holds NUL characters"))
            else:
                yield self._repaired(line)

    def chunk(self, characters: int) -> str:
        """Return the next characters; "" at the end."""
        return self._repaired(self._stream.read(characters))

    def leave_out(self, line: int, reason: str) -> None:
        """Count a row that cannot be used, and list it while the list is short."""
        self.unread_count += 1
        if len(self.unread) < MAX_LISTED:
            self.unread.append(Unread(self.name, line, reason))

    def note(self, sentence: str) -> None:
        """Keep a sentence about this file for its reader, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    @property
    def digest(self) -> bytes:
        """Tells two files apart once both are read to the end."""
        return self._watched.digest.digest()

    def _skip_rest_of_line(self) -> None:
        while (rest := self._stream.readline(MAX_LINE)) and not rest.endswith(("\n", "\r")):
            pass

    def _repaired(self, text: str) -> str:
        """Read what is not UTF-8 as Latin-1, and say so."""
        if text.isascii():
            return text
        try:
            text.encode()
        except UnicodeEncodeError:
            self.note(say("{file} is not UTF-8; it was read as Latin-1.", file=self.name))
            return "".join(
                chr(ord(char) - 0xDC00) if 0xDC80 <= ord(char) <= 0xDCFF else char for char in text
            )
        return text


def open_text(source: Source, place: int, progress: Progress) -> Text:
    """Open a file as text.

    Args:
        source: a path, the bytes themselves, or a binary stream, which is read from its start.
        place: of the file among all, from 1; names what has no name.
        progress: told how far the file is read.

    Raises:
        ImportFileError: it cannot be opened, is empty, or is not text.
    """
    name, stream, size, close = _opened(source, place)
    watched = _Watched(stream, name, size, progress)
    buffered = io.BufferedReader(watched, _HEAD)
    try:
        encoding = _encoding(name, buffered.peek(_HEAD))
    except ImportFileError:
        close()
        raise
    errors = "replace" if encoding == "utf-16" else "surrogateescape"
    wrapped = io.TextIOWrapper(buffered, encoding, errors, newline="")
    return Text(name, watched, wrapped, close)


def _opened(source: Source, place: int) -> tuple[str, Stream, int | None, Callable[[], None]]:
    """Return a name, the stream, its size if known, and what closes it if it is ours to close."""
    if isinstance(source, bytes):
        return _without_name(place), io.BytesIO(source), len(source), _leave_open
    if isinstance(source, str | Path):
        path = Path(source)
        try:
            stream = path.open("rb")
        except OSError as error:
            raise ImportFileError(
                say("{file} cannot be opened: {reason}", file=path.name, reason=error.strerror)
            ) from error
        return path.name, stream, path.stat().st_size, stream.close
    if source.seekable():
        source.seek(0)
    size = getattr(source, "size", None)
    name = Path(str(getattr(source, "name", ""))).name or _without_name(place)
    return name, source, size if isinstance(size, int) else None, _leave_open


def _without_name(place: int) -> str:
    return say("File {number}", number=place)


def _leave_open() -> None:
    """Leave a stream to whoever gave it."""


def _encoding(name: str, head: bytes) -> str:
    if not head.strip():
        raise _empty(name)
    for start, why in _REFUSED.items():
        if head.startswith(start):
            raise ImportFileError(say(why, file=name))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise ImportFileError(
            say("{file} is a web page or XML; export the figures as CSV or JSON", file=name)
        )
    odd = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
    if head[:1024].count(0) or odd > len(head) / 100:
        raise ImportFileError(
            say("{file} is not text; give CSV, TSV or JSON, best in UTF-8", file=name)
        )
    return "utf-8-sig"


def _empty(name: str) -> ImportFileError:
    return ImportFileError(say("{file} is empty; give a file with a header and rows", file=name))
