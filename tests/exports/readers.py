"""Strict readers of the files: they fail on what a lenient reader would let pass."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_ENDLESS = {"meta", "link", "br", "img", "input", "hr", "base"}


@dataclass
class Table:
    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)


class Page(HTMLParser):
    """An HTML file: what it is made of, and its tables as text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        """Of all elements: tag, name, value."""
        self.headings: list[int] = []
        self.tables: list[Table] = []
        self.texts: dict[str, list[str]] = {}
        """Text of the elements of each tag."""
        self._open: list[tuple[str, list[str]]] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.tables.append(Table())
        if tag == "tr":
            self.tables[-1].rows.append([])
        if tag not in _ENDLESS:
            self._open.append((tag, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        opened, parts = self._open.pop()
        assert opened == tag
        text = "".join(parts)
        self.texts.setdefault(tag, []).append(text)
        if tag == "caption":
            self.tables[-1].caption = text
        if tag in {"td", "th"}:
            self.tables[-1].rows[-1].append(text)

    def handle_data(self, data: str) -> None:
        for _, parts in self._open:
            parts.append(data)

    def values(self, attribute: str) -> list[str]:
        return [value for _, name, value in self.attributes if name == attribute]

    def table(self, caption: str) -> Table:
        (found,) = [table for table in self.tables if table.caption.startswith(caption)]
        return found


def cells(row: str) -> list[str]:
    """Split a row of a Markdown table at the bars that no backslash stands before."""
    assert row.startswith("| ")
    assert row.endswith(" |")
    return [
        re.sub(r"\\(.)", r"\1", cell.strip()).replace("\u2060", "")
        for cell in re.findall(r"((?:\\.|[^|\\])*)\|", row[1:])
    ]


def markdown_table(text: str) -> list[list[str]]:
    return [cells(row) for row in text.splitlines() if row.startswith("|")]


def calendar(text: str) -> list[dict[str, str]]:
    """Read the events of an iCalendar file; names keep their parameters."""
    data = text.encode()
    assert data.endswith(b"\r\n")
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", data)
    physical = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, physical)) <= 75
    lines: list[str] = []
    for part in physical:
        decoded = part.decode()  # Fails where a fold breaks a character.
        if decoded.startswith(" "):
            lines[-1] += decoded[1:]
        else:
            lines.append(decoded)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    return _events(lines[1:-1])


def _events(lines: list[str]) -> list[dict[str, str]]:
    events: list[dict[str, str]] = []
    inside = False
    for line in lines:
        match = re.fullmatch(r"([A-Z-]+(?:;[A-Z-]+=[A-Z-]+)*):(.*)", line)
        assert match, line
        name, value = match.groups()
        if name in {"BEGIN", "END"}:
            assert value == "VEVENT"
            assert inside == (name == "END")
            inside = name == "BEGIN"
            events += [{}] if inside else []
        elif inside:
            assert name not in events[-1]
            events[-1][name] = _unescaped(value) if name in {"SUMMARY", "DESCRIPTION"} else value
    assert not inside
    assert events
    return events


def _unescaped(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    assert re.fullmatch(r"(?:[^\\]|\\[\\;,nN])*", value)
    return re.sub(r"\\(.)", r"\1", value)
