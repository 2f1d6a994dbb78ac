"""A model's name finds the row of the table that it draws on."""

import pytest

from tierlogic.rules.catalog import load_limits


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
