"""The formats that are read: one module a family, each with its FORMATS, listed here once.

Where two formats tell the same day's money or tokens, the first of this list is believed and the
other is not counted again: a provider's own report before a gateway's log before a plain table.
"""

from tierlogic.imports.formats import anthropic, deepseek, litellm, openai, openrouter, plain
from tierlogic.imports.formats.format import Format

FORMATS: tuple[Format, ...] = (
    *openai.FORMATS,
    *anthropic.FORMATS,
    *deepseek.FORMATS,
    *openrouter.FORMATS,
    *litellm.FORMATS,
    *plain.FORMATS,
)


def recognise(columns: frozenset[str]) -> Format | None:
    """Return the first format whose columns these are; None for none."""
    return next((known for known in FORMATS if known.recognises(columns)), None)
