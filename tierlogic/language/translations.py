"""The files of translations: which there are, which one suits a reader, and what they say."""

import functools
import logging
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from tierlogic import settings

if TYPE_CHECKING:
    from babel.messages import Message

ENGLISH = "en"
_OWN = Path(__file__).parent
_log = logging.getLogger("tierlogic.language")


def language_for(locale: str | None) -> str:
    """Return the language that suits a reader.

    Args:
        locale: as browsers name it: "de-AT", "pt-BR"; None: unknown.

    Returns:
        A language with a file, or English where none suits.
    """
    files = _files(settings.translations_folder())
    if not files or not locale:
        return ENGLISH
    from babel import negotiate_locale  # noqa: PLC0415

    return negotiate_locale([locale.replace("-", "_")], [*files, ENGLISH]) or ENGLISH


def translations(language: str) -> NullTranslations:
    """Return the sentences of a language, English by English; those of English are empty.

    Raises:
        ValueError: there is no file for it.
    """
    if language == ENGLISH:
        return NullTranslations()
    files = _files(settings.translations_folder())
    if language not in files:
        raise ValueError(
            f"There is no translation {language!r}. Known: {', '.join([ENGLISH, *sorted(files)])}."
        )
    return _read(files[language])


@functools.cache
def _files(theirs: Path | None) -> dict[str, Path]:
    """The .po file of each language; those of whoever runs the page take the place of our own."""
    folders = [_OWN, *([theirs] if theirs else [])]
    files = {file.stem: file for folder in folders for file in sorted(folder.glob("*.po"))}
    return {language: file for language, file in files.items() if _is_known(language, file)}


def _is_known(language: str, file: Path) -> bool:
    # Imported only where it is used: English does without.
    from babel.localedata import exists  # noqa: PLC0415

    if not exists(language):
        _log.error("%s: left out; name it by its language, such as de.po or pt_BR.po", file)
    return exists(language)


@functools.cache
def _read(file: Path) -> NullTranslations:
    """Read a file; the log names the sentences that cannot be used, which stay English."""
    # Imported only where it is used: English does without.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    try:
        with file.open("rb") as opened:
            catalog = read_po(opened, locale=file.stem, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        _log.error("%s: cannot be read, so all of it is said in English: %s", file, error)
        return NullTranslations()
    for message in [message for message in catalog if message.id and message.string]:
        if wrong := _wrong_names(message):
            _log.error(
                "%s, line %s: %s: not used; write each name in braces as the English does",
                file,
                message.lineno,
                wrong,
            )
            catalog.delete(message.id)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _wrong_names(message: "Message") -> str:
    """Name what a translation holds in braces and the English does not; empty where all is well."""
    english = [message.id] if isinstance(message.id, str) else message.id
    said = message.string or ""
    translated = [said] if isinstance(said, str) else said
    known = {name for sentence in english for name in _names(sentence)}
    if not known:
        return ""
    try:
        unknown = {name for sentence in translated for name in _names(sentence)} - known
    except ValueError as error:
        return f"{said!r}: {error}"
    return f"{said!r} has {', '.join(sorted(unknown))}" if unknown else ""


def _names(sentence: str) -> list[str]:
    """List the names in braces, each with all else that its braces hold."""
    return [
        f"{{{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}}}"
        for _, name, form, conversion in Formatter().parse(sentence)
        if name is not None
    ]
