"""JSON Schemas of the rules files, for editors that complete and check TOML."""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from tierlogic.rules.document import RuleModel
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable
from tierlogic.rules.provider import Provider

_KINDS: dict[str, type[RuleModel]] = {
    "ladder.schema.json": Ladder,
    "limits.schema.json": LimitsTable,
    "provider.schema.json": Provider,
}


def schemas() -> dict[str, str]:
    """Return the text of each schema by its file's name in data/."""
    return {name: json.dumps(_schema(kind), indent=2) + "\n" for name, kind in _KINDS.items()}


def _schema(kind: type[RuleModel]) -> dict[str, Any]:
    schema = kind.model_json_schema(schema_generator=_OfToml)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


class _OfToml(GenerateJsonSchema):
    """TOML has no null, which is an absent key, and writes an amount as a number."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        return {key: value for key, value in described.items() if (key, value) != ("default", None)}

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        bounds = {"exclusiveMinimum": schema.get("gt"), "maximum": schema.get("le")}
        return {
            "type": "number",
            **{word: float(end) for word, end in bounds.items() if end is not None},
        }

    def field_title_should_be_set(self, schema: object) -> bool:
        del schema  # a title would only repeat the key
        return False
