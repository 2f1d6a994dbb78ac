"""Text as Markdown shows it."""

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_LINK = re.compile(r"(://|www\.|@)", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """Keep Markdown from reading anything into a text: no link, picture, formula or heading.

    Bare addresses become links even where every character is escaped: an invisible character
    within them prevents it.
    """
    joined = _LINK.sub(rf"{_WORD_JOINER}\1{_WORD_JOINER}", " ".join(text.split()))
    return _PUNCTUATION.sub(r"\\\1", joined)
