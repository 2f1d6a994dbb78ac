"""The language that is spoken now."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from gettext import NullTranslations

from tierlogic.language.translations import ENGLISH, translations


@dataclass(frozen=True)
class _Spoken:
    language: str
    sentences: NullTranslations


_IN_ENGLISH = _Spoken(ENGLISH, translations(ENGLISH))
_spoken = ContextVar("spoken", default=_IN_ENGLISH)


def language() -> str:
    """Return the language that is spoken now, as its file is named: "en", "de", "pt_BR"."""
    return _spoken.get().language


def is_english() -> bool:
    """Return whether English is spoken now."""
    return language() == ENGLISH


def language_tag() -> str:
    """Return the language that is spoken now, as a document on the web names it: "pt-BR"."""
    return language().replace("_", "-")


def sentences() -> NullTranslations:
    """Return the sentences of the language that is spoken now, as `gettext` reads them."""
    return _spoken.get().sentences


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language in what follows, in this thread alone.

    Args:
        language: "en", or one that `language_for` returns.

    Raises:
        ValueError: there is no file for it.
    """
    before = _spoken.set(_Spoken(language, translations(language)))
    try:
        yield
    finally:
        _spoken.reset(before)
