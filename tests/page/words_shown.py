"""Every word that the page shows, wherever it stands: labels, help, tables, charts, sliders."""

import json
import re
import tomllib
from collections.abc import Iterator, Set
from functools import cache
from typing import Any

import pyarrow as pa
from babel import Locale
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from tests.language.marked import LANGUAGE, outside_of_marks
from tierlogic.prices import known_models
from tierlogic.rules.catalog import DATA

# Fields of Streamlit's messages that hold no word for a reader. The value of a choice is its
# label once more.
_NO_WORDS = {
    "code_text", "column_order", "component_name", "css_content", "css_source_path",
    "deferred_file_id", "format", "html_content", "icon", "id", "js_content", "js_source_path",
    "language", "max", "min", "name", "raw_value", "raw_values", "selection_mode", "tag", "theme",
    "type", "url", "value",
}  # fmt: skip
_AS_GIVEN = r"`[^`]*`|https?://[^)\s]+|\b[\w-]+(?:\.[\w-]+)+\b"
"""Code, addresses and sites."""
_WORD = re.compile(r"[A-Za-z]{2,}")
_MARKDOWN = re.compile(r":(?:material/\w+|small|green|orange|red|blue|gray|[a-z]+-badge)\b|\\")


def not_said(page: AppTest, given: Set[str] = frozenset()) -> set[str]:
    """List what the page shows outside of any sentence.

    Args:
        page: in the language of `marked`.
        given: by the user: names of files and accounts. Those of the rules are known.
    """
    shown = {_MARKDOWN.sub("", text).replace("\u2060", "") for text in _texts(page)}
    return {text for text in shown - given if _WORD.search(_without_names(outside_of_marks(text)))}


def _without_names(text: str) -> str:
    names = "|".join(re.escape(name) for name in _names() if name in text)
    found = rf"(?<![\w.-])(?:{names})(?![\w-]|\.\w)|" if names else ""
    return re.sub(found + _AS_GIVEN, "", text)


@cache
def _names() -> list[str]:
    """What no translation changes, the longest first."""
    files = [tomllib.loads(file.read_text("utf-8")) for file in DATA.glob("**/*.toml")]
    of_rules = {text for file in files for text in _strings(file)}
    providers = {text for file in files if isinstance(text := file.get("prices"), str)}
    models = {model for provider in providers for model in known_models(provider)}
    months = set(Locale(LANGUAGE).months["format"]["abbreviated"].values())
    return sorted(of_rules | models | months | {"PNG", "SVG", "Tierlogic"}, key=len, reverse=True)


def _strings(of: Any) -> Iterator[str]:
    """All texts but the single words that the rules are written with, such as "paid"."""
    if isinstance(of, str) and _WORD.search(of) and not re.fullmatch("[a-z_]+", of):
        yield of
    elif isinstance(of, dict):
        for key, value in of.items():
            yield from (*_strings(key), *_strings(value))
    elif isinstance(of, list):
        for value in of:
            yield from _strings(value)


def _texts(page: AppTest) -> Iterator[str]:
    for block in page._tree.children.values():
        for node in _nodes(block):
            if isinstance(proto := getattr(node, "proto", None), Message):
                yield from _texts_of_message(proto)


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def _texts_of_message(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in _NO_WORDS or hasattr(value, "items"):
            continue
        for each in value if field.is_repeated else [value]:
            if isinstance(each, Message):
                yield from _texts_of_message(each)
            elif isinstance(each, bytes):
                yield from _texts_of_table(each)
            elif field.name == "spec":
                yield from _texts_of_spec(json.loads(each))
            elif field.name in {"columns", "json"} and isinstance(each, str):
                yield from _texts_of_json(json.loads(each))
            elif isinstance(each, str):
                yield each


def _texts_of_table(data: bytes) -> Iterator[str]:
    table = pa.ipc.open_stream(data).read_all()
    for name, column in zip(table.column_names, table.columns, strict=True):
        # Those of a chart say which line, and which side, a row is of.
        if name not in {"line", "side"} and column.type in {pa.string(), pa.large_string()}:
            yield from {text for text in column.to_pylist() if text}


def _texts_of_spec(spec: Any) -> Iterator[str]:
    """What a chart's spec itself says: titles, and descriptions for screen readers."""
    if isinstance(spec, dict):
        for key, value in spec.items():
            if key in {"title", "text", "description"} and isinstance(value, str):
                yield value
            else:
                yield from _texts_of_spec(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _texts_of_spec(value)


def _texts_of_json(given: Any) -> Iterator[str]:
    """What a table's columns or a slider are told to show."""
    if isinstance(given, dict):
        for key, value in given.items():
            if isinstance(value, dict | list):
                yield from _texts_of_json(value)
            elif isinstance(value, str) and key in {"label", "help", "said", "text"}:
                yield value
    elif isinstance(given, list):
        for value in given:
            yield from [value] if isinstance(value, str) else _texts_of_json(value)
