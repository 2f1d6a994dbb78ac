"""Text as Markdown shows it."""

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Keep Markdown from reading anything into a text: no link, picture, formula or heading."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
