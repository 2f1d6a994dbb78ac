"""A model's name finds the row of the table that it draws on."""

import pytest

from tierlogic.rules.catalog import load_limits
from tierlogic.rules.limits import Measure


@pytest.mark.parametrize(
    ("table", "name", "row"),
    [
        # the row's own name
        ("2026-09", "gpt-5-mini", "gpt-5-mini"),
        ("2026-09", "gpt-5.2-chat-latest", "gpt-5.2-chat-latest"),
        ("2024-06", "text-embedding-ada-002", "text-embedding-ada-002"),
        # an alias
        ("2024-06", "gpt-4-turbo-preview", "gpt-4-turbo"),
        ("2024-06", "gpt-4-0125-preview", "gpt-4-turbo"),
        ("2024-06", "gpt-4-1106-preview", "gpt-4-turbo"),
        ("2026-09", "gpt-5.6", "gpt-5.6-sol"),
        # the same name, with limits of its own in an older table
        ("2023-11", "gpt-4-1106-preview", "gpt-4-1106-preview"),
        # a dated snapshot
        ("2024-06", "gpt-4o-2024-08-06", "gpt-4o"),
        ("2024-06", "gpt-4-turbo-2024-04-09", "gpt-4-turbo"),
        ("2024-06", "gpt-4-0613", "gpt-4"),
        ("2023-11", "gpt-4-0314", "gpt-4"),
        ("2024-06", "gpt-3.5-turbo-0125", "gpt-3.5-turbo"),
        ("2024-10", "o1-preview-2024-09-12", "o1-preview"),
        ("2024-10", "gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
        # as people type it
        ("2024-06", "GPT-4o", "gpt-4o"),
        ("2024-06", "GPT-4-1106-Preview", "gpt-4-turbo"),
        ("2024-06", " gpt-4o-2024-08-06 ", "gpt-4o"),
    ],
)
def test_a_name_finds_its_row(table: str, name: str, row: str) -> None:
    found = load_limits(f"openai/{table}").row_for(name)
    assert found is not None
    assert found.model == row


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("2024-06", "claude-3-opus"),
        ("2024-06", ""),
        # younger than the table, though its name begins like a row's
        ("2024-06", "gpt-4o-mini"),
        ("2024-06", "gpt-4o-mini-2024-07-18"),
        ("2023-11", "gpt-4-turbo"),
        # models with limits of their own, which no source gives
        ("2023-11", "gpt-4-32k"),
        ("2023-11", "gpt-4-32k-0314"),
        ("2024-06", "gpt-3.5-turbo-instruct"),
        ("2026-09", "gpt-5.1-codex"),
        # a date alone is no model
        ("2024-06", "2024-08-06"),
        ("2024-06", "-0613"),
    ],
)
def test_a_name_that_the_table_lacks_finds_nothing(table: str, name: str) -> None:
    assert load_limits(f"openai/{table}").row_for(name) is None


@pytest.mark.parametrize(
    ("table", "name", "row"),
    [
        # the pattern of a class of models
        ("anthropic/2026-04", "claude-opus-4-7", "claude-opus-4*"),
        ("anthropic/2026-04", "claude-opus-4-1-20250805", "claude-opus-4*"),
        ("anthropic/2026-04", "claude-sonnet-4-5", "claude-sonnet-4*"),
        ("openrouter/2026-10", "qwen/qwen3-coder:free", "*:free"),
        # a name of its own comes before any pattern
        ("anthropic/2026-06-26", "claude-opus-5-5", "claude-opus-5-5"),
        ("anthropic/2026-06-26", "claude-opus-5", "claude-opus-5"),
        ("gemini/2026-04", "gemini-2.5-pro", "gemini-2.5-pro"),
        ("gemini/2026-04", "gemini-9-ultra", "gemini-*"),
        # the longest pattern that fits
        ("hyperbolic/2026-11", "meta-llama/llama-3.1-405b-instruct", "*llama-3.1-405b*"),
        ("hyperbolic/2026-11", "deepseek-v3", "*"),
        ("vertex/2026-10", "gemini-3.1-pro", "gemini-*-pro*"),
        ("vertex/2026-10", "gemini-3.8-flash", "gemini-*-flash*"),
        ("vertex/2026-10", "gemini-3.1-flash-lite", "gemini-*-flash*"),
        ("vertex/2026-10", "gemini-3.1-pro-preview", "gemini-*preview*"),
        # a row for everything
        ("moonshot/2026-05", "kimi-k2.5", "*"),
        ("wylon/2026-11", "anything at all", "*"),
        # an alias that is a pattern
        ("anthropic/2026-04", "claude-3.5-haiku-latest", "claude-3-5-haiku-20241022"),
    ],
)
def test_a_star_stands_for_any_text(table: str, name: str, row: str) -> None:
    found = load_limits(table).row_for(name)
    assert found is not None
    assert found.model == row


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("openrouter/2026-10", "qwen/qwen3-coder"),
        ("openrouter/2026-10", "free"),
        ("anthropic/2026-04", "claude-opus-5"),
        ("anthropic/2024-04", "gpt-4"),
    ],
)
def test_a_name_that_no_pattern_fits_finds_nothing(table: str, name: str) -> None:
    assert load_limits(table).row_for(name) is None


@pytest.mark.parametrize(
    ("table", "names", "shared"),
    [
        # a class of models, and a whole account, draw on one limit
        ("anthropic/2026-04", ("claude-opus-4-6", "claude-opus-4-7"), True),
        ("anthropic/2026-04", ("claude-opus-4-6", "claude-sonnet-4-6"), False),
        ("moonshot/2026-05", ("kimi-k2.5", "moonshot-v1-8k"), True),
        ("openrouter/2026-10", ("a:free", "b:free"), True),
        ("openai/2024-06", ("gpt-4-turbo", "gpt-4-0125-preview"), True),
        # each model of a family has the limits to itself
        ("vertex/2026-10", ("gemini-3.1-pro", "gemini-2.5-pro"), False),
        ("voyage/2026-11", ("voyage-4", "voyage-3.5"), False),
        ("perplexity/2026-05", ("sonar", "sonar-pro"), False),
        # however it is written
        ("voyage/2026-11", ("voyage-3.5", " Voyage-3.5"), True),
        ("vertex/2026-10", ("gemini-3.1-pro", "GEMINI-3.1-PRO"), True),
    ],
)
def test_models_share_a_limit_or_have_it_alone(
    table: str, names: tuple[str, str], shared: bool
) -> None:
    limits = load_limits(table)
    rows = [limits.row_for(name) for name in names]
    buckets = {row.bucket(name) for row, name in zip(rows, names, strict=True) if row}
    assert None not in rows
    assert (len(buckets) == 1) == shared


@pytest.mark.parametrize(
    ("tier", "measure", "number"),
    [
        ("Tier 1", "tpm", 8_000_000),
        ("Tier 2", "tpm", 16_000_000),
        ("Tier 3", "tpm", 24_000_000),
        ("Tier 3", "rpm", 6_000),
        ("Tier 3", "rpd", None),
        ("No tier", "tpm", None),
    ],
)
def test_a_multiple_is_so_many_times_the_other_tiers(
    tier: str, measure: Measure, number: float | None
) -> None:
    row = load_limits("voyage/2026-11").row_for("voyage-3.5")
    assert row is not None
    assert row.number(measure, tier) == number


@pytest.mark.parametrize(
    ("table", "model", "tier", "measure", "number"),
    [
        ("gemini/2026-04", "gemini-2.5-pro", "Tier 1", "rpm", None),
        ("mistral/2026-11", "mistral-large", "Tier 4", "tpm", None),
        ("moonshot/2026-05", "kimi-k2.5", "Tier 1", "tpd", float("inf")),
        ("openai/2026-09", "gpt-5", "Free", "tpm", 0),
    ],
)
def test_what_stands_in_place_of_a_number(
    table: str, model: str, tier: str, measure: Measure, number: float | None
) -> None:
    row = load_limits(table).row_for(model)
    assert row is not None
    assert row.number(measure, tier) == number
