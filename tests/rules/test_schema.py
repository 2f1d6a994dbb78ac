"""The JSON Schemas that editors check rules files with."""

import importlib
import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tierlogic.rules.catalog import DATA
from tierlogic.rules.schema import schemas

FILES = sorted(set(DATA.glob("*/**/*.toml")) - set(DATA.glob("reports/*")))
SCHEMA_OF = {"ladders": "../../ladder.schema.json", "limits": "../../limits.schema.json"}

every_file = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: path.relative_to(DATA).as_posix()
)


def schema_of(path: Path) -> str:
    return SCHEMA_OF.get(path.parent.name, "../provider.schema.json")


def problems(content: object, schema: str) -> list[str]:
    # It comes with Altair, and has no types.
    validator: Any = importlib.import_module("jsonschema").Draft202012Validator
    return [problem.message for problem in validator(json.loads(schema)).iter_errors(content)]


def as_json(value: object) -> object:
    """TOML's dates as an editor sees them."""
    if isinstance(value, Mapping):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", schemas())
def test_the_files_are_what_the_models_say(name: str) -> None:
    assert (DATA / name).read_text("utf-8") == schemas()[name], (
        "the models have changed: run python -m tierlogic rules schema data"
    )


@every_file
def test_every_file_names_its_schema_first(path: Path) -> None:
    assert path.read_text("utf-8").split("\n")[0] == f"#:schema {schema_of(path)}"
    assert (path.parent / schema_of(path)).is_file()


@every_file
def test_the_schema_accepts_every_file(path: Path) -> None:
    content = as_json(tomllib.loads(path.read_text("utf-8")))
    assert problems(content, schemas()[Path(schema_of(path)).name]) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": "blue"}, "'colour' was unexpected"),
        ({"currency": "GBP"}, "'GBP' is not one of"),
        ({"tiers": []}, "[] should be non-empty"),
        ({"credit_expiry_days": None}, "None is not of type 'integer'"),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(change: dict[str, object], says: str) -> None:
    text = (DATA / "openai/ladders/2026-05.toml").read_text("utf-8")
    content = as_json(tomllib.loads(text))
    assert isinstance(content, dict)
    found = problems({**content, **change}, schemas()["ladder.schema.json"])
    assert any(says in problem for problem in found), found
